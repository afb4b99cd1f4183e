/** Exports of tens of thousands of calls: all of them, or visibly not. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import SQLite from 'better-sqlite3'
import Papa from 'papaparse'
import pg from 'pg'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { createDemoClients } from '../../src/clients/demo-clients.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { DEMO_KEY, START } from '../helpers/app.js'
import { JOHNS_NUMBER } from '../helpers/calls.js'
import { eventually } from '../helpers/deadline.js'
import { DEFAULT_ENGINE, replacing, scratchUrl } from '../helpers/storage.js'

t.setTimeout(400_000)

const CALLS = 20_500
const NAMES = ['John Doe', 'Acme, Corp "West"', 'two\nlines', '=1+1', '@SUM(A1)', '-2', '+cmd|x', 'ज़ोया', '']
const HEADERS = { 'x-api-key': DEMO_KEY }

interface Row {
  readonly 'Session ID': string
  readonly 'Customer Name': string
  readonly 'Phone Number': string
  readonly 'Start Time': string
  readonly 'Duration (s)': string
}

interface Exported {
  readonly calls: readonly { readonly sessionId: string }[]
}

function event(call: number, members: Partial<NewEvent> = {}): NewEvent {
  const occurredAt = START - (CALLS - call) * 60_000
  const customerData = { name: NAMES[call % NAMES.length] ?? '' }
  return {
    clientId: 'client-demo',
    event: 'callEnded',
    data: { callSid: `CA${String(call)}`, phoneNumber: JOHNS_NUMBER, duration: call % 400, customerData },
    occurredAt,
    receivedAt: occurredAt,
    source: 'ribbon',
    timestamp: null,
    context: {},
    idempotencyKey: null,
    ...members,
  }
}

/** Chunks that an export may read: those beyond wait. */
class Gate {
  #isOpen = true
  #open = (): void => undefined
  #opened = Promise.resolve()
  #arrived = (): void => undefined

  /** @returns what resolves when an export has read its first chunks, and waits for the next one */
  close(): Promise<void> {
    this.#isOpen = false
    this.#opened = new Promise((resolve) => (this.#open = resolve))
    return new Promise((resolve) => (this.#arrived = resolve))
  }

  open(): void {
    this.#isOpen = true
    this.#open()
  }

  pass(storage: Storage): Storage {
    let passed = 0
    return replacing('exportChunk', async (query) => {
      passed = query.after === null ? 1 : passed + 1
      if (passed > 3 && !this.#isOpen) {
        this.#arrived()
        await this.#opened
      }
      return storage.exportChunk(query)
    })(storage)
  }
}

interface Served {
  readonly origin: string
  readonly url: string
  readonly storage: Storage
  readonly gate: Gate
}

/** A listening server with this many calls in its store, on a database that tests may look into. */
async function serve(t: Test, calls: number): Promise<Served> {
  const url = await scratchUrl(t, DEFAULT_ENGINE)
  const config = loadConfig({ RATE_LIMIT_MAX: '0' })
  const storage = await openStorage({ url, maxCallAgeMs: config.maxCallAgeMs })
  t.teardown(() => storage.close())
  await createDemoClients(storage, {
    keys: new KeyRing([Buffer.alloc(32)]),
    timezone: config.defaultTimezone,
    now: START,
  })
  for (let first = 0; first < calls; first += 5000) {
    const some = Array.from({ length: Math.min(5000, calls - first) }, (_, i) => first + i)
    await Promise.all(some.map((call) => storage.record(event(call))))
  }
  const gate = new Gate()
  const app = await buildApp({ config, storage: gate.pass(storage), clock: () => START })
  t.teardown(() => app.close())
  return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), url, storage, gate }
}

/** Another session on the same PostgreSQL database. */
async function session(t: Test, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

const OTHER_SESSIONS = 'from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'

/** Whether somebody reads from an older state of the database, as the database itself sees it. */
async function snapshotProbe(t: Test, url: string): Promise<() => Promise<boolean>> {
  if (DEFAULT_ENGINE === 'postgres') {
    const client = await session(t, url)
    return async () => (await client.query(`select 1 ${OTHER_SESSIONS} and xact_start is not null`)).rows.length > 0
  }
  const database = new SQLite(databasePath(url), { timeout: 0 })
  t.teardown(() => database.close())
  // The log can be emptied once nobody reads from it.
  return () => Promise.resolve((database.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }])[0].busy === 1)
}

/** Takes the store away from whoever reads it. */
async function breakStore(t: Test, url: string, storage: Storage): Promise<void> {
  if (DEFAULT_ENGINE !== 'postgres') {
    await storage.close()
    return
  }
  const client = await session(t, Object.assign(new URL(url), { pathname: '/postgres' }).href)
  await client.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`)
}

/** Downloads all calls until the export has read some of its chunks. It goes on when the gate is opened. */
async function halfWay(t: Test, { origin, gate }: Served): Promise<IncomingMessage> {
  const waits = gate.close()
  const sent = request(`${origin}/api/ribbon/export/calls`, { headers: HEADERS, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  t.equal(response.statusCode, 200)
  response.on('error', () => undefined)
  // What comes is kept until somebody reads it.
  response.pause()
  await waits
  return response
}

const served = await serve(t, CALLS)
const { origin, url, storage, gate } = served

t.test('every call is in the file, and nothing in it is run as a formula', async (t) => {
  const csv = await (await fetch(`${origin}/api/ribbon/export/calls?format=csv`, { headers: HEADERS })).text()
  const { data, errors } = Papa.parse<Row>(csv, { header: true, skipEmptyLines: true })
  t.strictSame(errors, [])
  t.equal(data.length, CALLS)
  t.equal(new Set(data.map((row) => row['Session ID'])).size, CALLS)
  t.ok(data.every((row) => row['Phone Number'] === JOHNS_NUMBER))
  t.strictSame([...new Set(data.map((row) => row['Customer Name']))].sort(), [
    '',
    `'+cmd|x`,
    `'-2`,
    `'=1+1`,
    `'@SUM(A1)`,
    'Acme, Corp "West"',
    'John Doe',
    'two\nlines',
    'ज़ोया',
  ])
  const starts = data.map((row) => Date.parse(row['Start Time']))
  t.ok(
    starts.every((start, i) => i === 0 || start >= (starts[i - 1] ?? 0)),
    'oldest first',
  )

  const json = await fetch(`${origin}/api/ribbon/export/calls?format=json`, { headers: HEADERS })
  const { calls } = (await json.json()) as { calls: { sessionId: string; duration: number }[] }
  t.strictSame(
    calls.map(({ sessionId, duration }) => `${sessionId} ${String(duration)}`),
    data.map((row) => `${row['Session ID']} ${row['Duration (s)']}`),
    'both formats have the same calls in the same order',
  )
})

t.test('nothing is held in the database while an export waits for its reader', async (t) => {
  const isHeld = await snapshotProbe(t, url)
  const response = await halfWay(t, served)
  await storage.record(event(CALLS))
  await eventually(1000, 'reading at rest', async () => !(await isHeld()))
  response.destroy()
  gate.open()
})

t.test('a call that moves during the export is in the file exactly once, and no call is missing', async (t) => {
  const { calls: before } = JSON.parse(
    await (await fetch(`${origin}/api/ribbon/export/calls`, { headers: HEADERS })).text(),
  ) as Exported
  const response = await halfWay(t, served)
  // The first call, which was given out, becomes the last; the last ones become the first, where the export was already.
  const [first, last] = [event(0).occurredAt, event(CALLS + 10).occurredAt]
  await storage.record(event(0, { occurredAt: last }))
  for (const call of [CALLS - 1, CALLS - 2]) {
    await storage.record(event(call, { event: 'connected', occurredAt: first - 60_000 }))
  }
  await storage.record(event(CALLS + 1))
  gate.open()
  const { calls } = JSON.parse(await text(response)) as Exported
  const sorted = (list: Exported['calls']) => list.map(({ sessionId }) => sessionId).sort()
  t.strictSame(sorted(calls), sorted(before), 'and none that began to be recorded after it')
})

t.test('an export that fails half-way is broken off, not ended', async (t) => {
  const doomed = await serve(t, 3000)
  const response = await halfWay(t, doomed)
  await breakStore(t, doomed.url, doomed.storage)
  doomed.gate.open()
  let received = ''
  await t.rejects(
    async () => {
      for await (const chunk of response) received += String(chunk)
    },
    { code: 'ECONNRESET' },
  )
  t.match(received, /^\{"client":/)
  t.notOk(received.endsWith(']}'))
  t.notOk(response.complete)
})
