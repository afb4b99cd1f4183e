import t, { type Test } from 'tap'
import { bulkLoad } from '../../scripts/bench/bulk.js'
import { storedLoad } from '../../scripts/bench/load-calls.js'
import { CLIENT_ID, yearOfCalls } from '../../scripts/bench/year-calls.js'
import { OFFICE_ZONE } from '../../src/demo/office-hours.js'
import { recordAll } from '../../src/demo/record-all.js'
import { localSlot } from '../../src/core/calendar.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { PostgresDatabase } from '../../src/storage/postgres/open.js'
import { countRows, differences } from '../../src/storage/sql/copy.js'
import type { Transaction } from '../../src/storage/sql/transaction.js'
import { SqliteConnection } from '../../src/storage/sqlite/connection.js'
import { ENGINES, newClient, scratchUrl, type EngineName } from '../helpers/storage.js'

t.setTimeout(400_000)

const MAX_CALL_AGE_MS = 4 * 3_600_000
const NOW = Date.UTC(2025, 5, 30, 14)
const YEAR_CALLS = 1000
const LOAD_CALLS = 300

/** A year of calls until yesterday, and those of the ingest load today. */
function* events(): Generator<NewEvent> {
  yield* yearOfCalls(YEAR_CALLS, NOW, 'skewed')
  yield* storedLoad(LOAD_CALLS, Date.UTC(2025, 5, 30, 5), NOW)
}

/** URL of a store with the client alone. */
async function storeWithClient(t: Test, engine: EngineName): Promise<string> {
  const url = await scratchUrl(t, engine)
  await withStorage(url, (storage) => storage.createClient(newClient(CLIENT_ID, { timezone: OFFICE_ZONE })))
  return url
}

async function withStorage(url: string, work: (storage: Storage) => Promise<unknown>): Promise<void> {
  const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  try {
    await work(storage)
  } finally {
    await storage.close()
  }
}

/**
 * Records as servers do. A day's row says which event was the last of the transaction that changed it last: so a
 * transaction ends with the day, because reading commits what was recorded before.
 */
async function recordByDay(storage: Storage): Promise<void> {
  const days = new Map<string, NewEvent[]>()
  for (const event of events()) {
    const { date } = localSlot(OFFICE_ZONE, event.occurredAt)
    const day = days.get(date)
    if (day === undefined) days.set(date, [event])
    else day.push(event)
  }
  for (const [date, day] of days) {
    await recordAll(storage, day)
    await storage.callsInMonth(CLIENT_ID, { first: date, last: date })
  }
}

/** A version is random: it tells two states of one store apart, and says nothing about two stores. */
async function withoutVersion(url: string): Promise<void> {
  const text = 'update client_state set version = 0'
  if (url.startsWith('file:')) {
    const connection = new SqliteConnection(databasePath(url), 'writer')
    connection.exec(text)
    connection.close()
    return
  }
  const database = await PostgresDatabase.connect(url, MAX_CALL_AGE_MS)
  await database.transaction('write', (tx) => tx.all(text, []))
  await database.close()
}

async function reading<T>(t: Test, url: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  if (url.startsWith('file:')) {
    const connection = new SqliteConnection(databasePath(url), 'reader')
    t.teardown(() => {
      connection.close()
    })
    return work(connection)
  }
  const database = await PostgresDatabase.connect(url, MAX_CALL_AGE_MS)
  try {
    return await database.transaction('read', work)
  } finally {
    await database.close()
  }
}

for (const engine of ENGINES) {
  t.test(`${engine}: a bulk load leaves every row, and every report, as recording the same events does`, async (t) => {
    const [recorded, loaded] = [await storeWithClient(t, engine), await storeWithClient(t, engine)]
    await withStorage(recorded, recordByDay)
    const count = await bulkLoad({ url: loaded, maxCallAgeMs: MAX_CALL_AGE_MS, timezone: OFFICE_ZONE }, events())
    t.equal(count, YEAR_CALLS + 2 * LOAD_CALLS)
    for (const url of [recorded, loaded]) await withoutVersion(url)

    await reading(t, recorded, (here) =>
      reading(t, loaded, async (there) => {
        t.same(await differences(here, there), [])
        t.equal(await countRows(there, 'calls'), YEAR_CALLS + LOAD_CALLS)
        t.equal(await countRows(there, 'events'), count)
      }),
    )
  })

  t.test(`${engine}: a store that was bulk loaded goes on as any other`, async (t) => {
    const url = await storeWithClient(t, engine)
    const some = [...events()].slice(0, 100)
    await bulkLoad({ url, maxCallAgeMs: MAX_CALL_AGE_MS, timezone: OFFICE_ZONE }, some)
    const [first] = some as [NewEvent]
    await withStorage(url, async (storage) => {
      t.match(await storage.record(first), { status: 'duplicate' })
      t.match(await storage.record({ ...first, event: 'holdtoggle' }), { status: 'created' })
      t.match(await storage.changesSince(CLIENT_ID, some.length, 10), { changes: [], sequence: some.length + 1 })
    })
    await t.rejects(
      bulkLoad({ url, maxCallAgeMs: MAX_CALL_AGE_MS, timezone: OFFICE_ZONE }, some),
      /cannot be a duplicate/,
    )
  })
}
