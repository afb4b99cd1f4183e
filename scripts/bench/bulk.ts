/**
 * Fills a database that no server has open, through the store's own recording, so that every row is what it would be had
 * ribbons sent the events. What makes it fast: it runs in this process, in large transactions, and nothing waits for a disk.
 */
import { localSlot } from '../../src/core/calendar.js'
import { databasePath } from '../../src/storage/open.js'
import type { NewEvent, RecordOutcome } from '../../src/storage/port/events.js'
import { PostgresDatabase } from '../../src/storage/postgres/open.js'
import { storeContext, type Session } from '../../src/storage/sql/session.js'
import { recordBatch } from '../../src/storage/sql/write/record.js'
import { settle } from '../../src/storage/sql/write/state.js'
import { SqliteConnection } from '../../src/storage/sqlite/connection.js'
import { isServer } from './workspace.js'

/** Events of one transaction at most: more are not faster, and on a server they have to be done within its timeout. */
const BATCH_EVENTS = { sqlite: 20_000, postgres: 4000 }

/** Indexes by hash are written all over: they stay in memory while they grow. */
const SQLITE_CACHE_KIB = 512 * 1024

interface BulkOptions {
  readonly url: string
  readonly maxCallAgeMs: number
  /** IANA zone of the client's days. */
  readonly timezone: string
}

/**
 * Records events of calls in order of their start, of one client that the store has already.
 * @param events none of them stored before; those of a call follow each other
 * @returns how many there were
 * @throws Error when an event turns out to be there already
 */
export async function bulkLoad(options: BulkOptions, events: Iterable<NewEvent>): Promise<number> {
  const loader = isServer(options.url) ? await openServer(options) : openFile(options)
  let count = 0
  try {
    const most = isServer(options.url) ? BATCH_EVENTS.postgres : BATCH_EVENTS.sqlite
    for (const batch of batchesByDay(events, options.timezone, most)) {
      for (const { status } of await loader.record(batch)) {
        if (status !== 'created') throw new Error(`an event of a new database cannot be a ${status}`)
      }
      count += batch.length
    }
  } finally {
    await loader.close()
  }
  return count
}

/**
 * No batch goes over the end of a local day: a day's row says which event of its calls was the last, and says it of the
 * whole transaction.
 */
function* batchesByDay(events: Iterable<NewEvent>, timezone: string, most: number): Generator<NewEvent[]> {
  let batch: NewEvent[] = []
  let day = ''
  for (const event of events) {
    const { date } = localSlot(timezone, event.occurredAt)
    if (batch.length >= most || (date !== day && batch.length > 0)) {
      yield batch
      batch = []
    }
    day = date
    batch.push(event)
  }
  if (batch.length > 0) yield batch
}

interface Loader {
  record(events: readonly NewEvent[]): Promise<readonly RecordOutcome[]>
  close(): Promise<void>
}

function openFile({ url, maxCallAgeMs }: BulkOptions): Loader {
  const connection = new SqliteConnection(databasePath(url), 'writer')
  // A load that does not end leaves a file that nobody uses: so it needs neither a journal nor a disk that is waited for.
  for (const pragma of ['journal_mode = off', 'synchronous = off', `cache_size = ${String(-SQLITE_CACHE_KIB)}`]) {
    connection.exec(`pragma ${pragma}`)
  }
  // One transaction for all: each commit would write every page of the indexes by hash again.
  connection.exec('begin immediate')
  const session: Session = {
    ...storeContext(maxCallAgeMs, 0),
    tx: connection,
    unsettled: new Map(),
    keepPage: () => undefined,
    checkTime: () => undefined,
  }
  return {
    record: async (events) => {
      const outcomes = await recordBatch(session, events)
      await settle(session)
      return outcomes
    },
    close: () => {
      connection.exec('commit')
      connection.close()
      return Promise.resolve()
    },
  }
}

async function openServer({ url, maxCallAgeMs }: BulkOptions): Promise<Loader> {
  const database = await PostgresDatabase.connect(url, maxCallAgeMs)
  return {
    record: async (events) => (await database.call('recordBatch', [events])) as readonly RecordOutcome[],
    close: () => database.close(),
  }
}
