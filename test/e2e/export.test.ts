/** Exports of tens of thousands of calls: all of them, or visibly not. */
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import SQLite from 'better-sqlite3'
import Papa from 'papaparse'
import pg from 'pg'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { createDemoClients } from '../../src/services/demo-clients.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { NewEvent, Storage } from '../../src/storage/port.js'
import { DEMO_KEY, START } from '../helpers/app.js'
import { JOHNS_NUMBER } from '../helpers/calls.js'
import { eventually } from '../helpers/deadline.js'
import { DEFAULT_ENGINE, scratchUrl } from '../helpers/storage.js'

t.setTimeout(180_000)

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

function event(call: number): NewEvent {
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
  }
}

/** A listening server with this many calls in its store, on a database that tests may look into. */
async function serve(t: Test, calls: number): Promise<{ origin: string; url: string; storage: Storage }> {
  const url = await scratchUrl(t, DEFAULT_ENGINE)
  const config = loadConfig({ RATE_LIMIT_MAX: '0' })
  const storage = await openStorage({ url, maxCallAgeMs: config.maxCallAgeMs })
  t.teardown(() => storage.close())
  await createDemoClients(storage, { secretsKey: Buffer.alloc(32), timezone: config.defaultTimezone, now: START })
  for (let first = 0; first < calls; first += 5000) {
    const some = Array.from({ length: Math.min(5000, calls - first) }, (_, i) => first + i)
    await Promise.all(some.map((call) => storage.record(event(call))))
  }
  const app = await buildApp({ config, storage, clock: () => START })
  t.teardown(() => app.close())
  return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), url, storage }
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
  if (DEFAULT_ENGINE === 'postgres')
    await (await session(t, url)).query(`select pg_terminate_backend(pid) ${OTHER_SESSIONS}`)
  else await storage.close()
}

/** Begins to download all calls, and stops reading after the first piece. */
async function halfWay(t: Test, origin: string): Promise<IncomingMessage> {
  const sent = request(`${origin}/api/ribbon/export/calls`, { headers: HEADERS, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  t.equal(response.statusCode, 200)
  response.pause()
  return response
}

const { origin, url, storage } = await serve(t, CALLS)

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

t.test('closing the connection half-way frees the reader within a second', async (t) => {
  const isHeld = await snapshotProbe(t, url)
  await eventually(1000, 'reading at rest', async () => !(await isHeld()))

  const response = await halfWay(t, origin)
  await storage.record(event(CALLS))
  t.ok(await isHeld(), 'the export holds its snapshot')
  response.destroy()
  await eventually(1000, 'freeing the snapshot', async () => !(await isHeld()))
})

t.test('an export that fails half-way is broken off, not ended', async (t) => {
  const doomed = await serve(t, CALLS / 2)
  const response = await halfWay(t, doomed.origin)
  await breakStore(t, doomed.url, doomed.storage)
  let text = ''
  await t.rejects(
    async () => {
      for await (const chunk of response) text += String(chunk)
    },
    { code: 'ECONNRESET' },
  )
  t.match(text, /^\{"client":/)
  t.notOk(text.endsWith(']}'))
  t.notOk(response.complete)
})
