import { cp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import pg from 'pg'
import t, { type Test } from 'tap'
import { recordAll } from '../../src/demo/record-all.js'
import { createDemoClients } from '../../src/clients/demo-clients.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import { StorageThread } from '../../src/storage/sqlite/thread.js'
import { eventually } from '../helpers/deadline.js'
import { scratchDatabase } from '../helpers/postgres.js'
import { runRibbon, runRibbonAtTerminal, startRibbon } from '../helpers/ribbon.js'
import { newEvent, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

const SAME = 'Every row and all analytics are the same. Start the server on the new store.\n'
const CLIENTS = ['client-demo', 'client-001', 'client-002']
const BEGIN = Date.UTC(2025, 8, 1)
/** Odd on purpose: what is hard to carry from one engine to the other. */
const NOTES = ['', 'नमस्ते', '\u0000', '\ud800', '🙂', "'; --"]

/** Copying leaves its source as it is: several tests copy this one. */
let small: Promise<string> | undefined
const smallStore = () => (small ??= sourceStore(t, 50))

/** Calls of all clients over some weeks, most with a customer, and with customers that were saved. */
async function sourceStore(t: Test, calls: number): Promise<string> {
  const url = `file:${join(await scratchFolder(t), 'ribbon.db')}`
  const storage = await openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })
  await createDemoClients(storage, { keys: new KeyRing([Buffer.alloc(32)]), timezone: 'Asia/Kolkata', now: BEGIN })
  const events = function* (): Generator<NewEvent> {
    for (let call = 0; call < calls; call++) {
      const at = BEGIN + call * 1_234_567
      const clientId = CLIENTS[call % CLIENTS.length] as string
      const customerData = {
        customerId: `CUST${String(call % 40)}`,
        name: 'Jane',
        note: NOTES[call % NOTES.length] ?? '',
      }
      const data = {
        callSid: `CA${String(call)}`,
        callDirection: call % 2 === 0 ? 'inbound' : 'outbound',
        customerData,
      }
      yield newEvent({ clientId, event: 'connected', data, occurredAt: at })
      if (call % 3 > 0)
        yield newEvent({
          clientId,
          event: 'callEnded',
          data: { ...data, duration: call % 400 },
          occurredAt: at + 500_000,
        })
    }
  }
  await recordAll(storage, events())
  await storage.saveCustomer('client-demo', 'CUST0', { name: 'Jane Doe', customFields: { score: 1.5e-7 } }, BEGIN)
  await storage.close()
  return url
}

/** The command that copies, with what it has to be told: a server’s URL has a password, which is no argument. */
function moving(from: string, to: string): [args: string[], env: Record<string, string>] {
  const server = [from, to].find((url) => url.startsWith('postgres'))
  const options = Object.entries({ '--from': from, '--to': to }).filter(([, url]) => url !== server)
  return [['migrate-store', ...options.flat()], server === undefined ? {} : { DATABASE_URL: server }]
}

async function query<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<R>(text)).rows
  } finally {
    await client.end()
  }
}

const countEvents = async (url: string): Promise<number> => {
  const [row] = await query<{ events: string | null }>(
    url,
    `select case when to_regclass('events') is null then '0' else (select count(*) from events)::text end as events`,
  ).catch(() => [{ events: '0' }])
  return Number(row?.events)
}

/** What a statement counts in a SQLite file. */
function countIn(path: string, statement: string): unknown {
  const database = new SQLite(path, { readonly: true })
  try {
    return database.prepare(statement).pluck().get()
  } finally {
    database.close()
  }
}

t.test('a store moves to PostgreSQL: interrupted in the middle, taken up again, and the same at the end', async (t) => {
  const from = await sourceStore(t, 4_000)
  const to = await scratchDatabase(t)
  const interrupted = startRibbon(t, ...moving(from, to))
  await eventually(60_000, 'copying some events', async () => (await countEvents(to)) >= 1_000)
  interrupted.child.kill('SIGKILL')
  t.equal((await interrupted.outcome).code, null)
  const already = await countEvents(to)

  const resumed = await runRibbon(...moving(from, to))
  t.match(resumed, { code: 0, stderr: '' })
  t.ok(resumed.stdout.endsWith(SAME))
  t.match(resumed.stdout, /^events {2,}\[#{30}\] \d+ of \d+ in [\d.]+ s$/m)
  t.comment(`${String(already)} events were there when it went on, ${String(await countEvents(to))} at the end`)

  const again = await runRibbon(...moving(from, to))
  t.match(again, { code: 0, stdout: new RegExp(`${SAME}$`) }, 'a copy that is whole stays as it is')

  // The new store goes on where the old one stopped.
  const storage = await openStorage({ url: to, maxCallAgeMs: 4 * 3_600_000 })
  t.teardown(() => storage.close())
  const data = {
    callSid: 'CA1',
    callDirection: 'outbound',
    customerData: { customerId: 'CUST1', name: 'Jane', note: 'नमस्ते' },
  }
  const repeat = newEvent({ clientId: 'client-001', event: 'connected', data, occurredAt: BEGIN + 1_234_567 })
  t.match(await storage.record(repeat), { status: 'duplicate' })
  t.match(await storage.record({ ...repeat, event: 'holdtoggle' }), { status: 'created' })
})

t.test('what differs at the end is said, and the exit code is 1', async (t) => {
  const from = await smallStore()
  const to = await scratchDatabase(t)
  t.equal((await runRibbon(...moving(from, to))).code, 0)
  const numberOf = (clientId: string) => `(select client from clients where client_id = '${clientId}')`
  const others = `select slots from days where client = ${numberOf('client-demo')} order by local_date limit 1`
  await query(to, `update days set slots = (${others}) where client = ${numberOf('client-001')}`)
  await query(to, `update client_state set last_sequence = 0 where client = ${numberOf('client-002')}`)
  await query(to, `delete from customers where client = ${numberOf('client-demo')} and customer_id = 'CUST0'`)
  const { code, stdout, stderr } = await runRibbon(...moving(from, to))
  t.equal(code, 1)
  t.notMatch(stdout, 'are the same')
  t.match(stderr, 'Not the same: client_state has rows that differ.')
  t.match(stderr, 'Not the same: days has rows that differ.')
  t.match(stderr, /Not the same: customers has \d+ rows here and \d+ there\./)
  t.match(stderr, 'Not the same: the analytics of client-001 differ.')
  t.notMatch(stderr, 'the analytics of client-002')
})

t.test('a target that served before, if only its demo clients, is refused and left alone', async (t) => {
  const from = await smallStore()
  const to = await scratchDatabase(t)
  const storage = await openStorage({ url: to, maxCallAgeMs: 1 })
  await createDemoClients(storage, { keys: new KeyRing([Buffer.alloc(32)]), timezone: 'Asia/Kolkata', now: BEGIN + 1 })
  await storage.close()
  t.match(await runRibbon(...moving(from, to)), {
    code: 1,
    stdout: '',
    stderr: 'The target has clients that the source does not have: give it an empty database.\n',
  })
  t.equal(await countEvents(to), 0)
})

t.test('a store moves back into a file', async (t) => {
  const from = await smallStore()
  const to = await scratchDatabase(t)
  t.equal((await runRibbon(...moving(from, to))).code, 0)
  const folder = await scratchFolder(t)
  const back = join(folder, 'new', 'ribbon.db')
  t.match(await runRibbon(...moving(to, `file:${back}`)), { code: 0, stderr: '' })
  t.equal(countIn(back, 'select count(*) from calls'), 50)
})

t.test('what a crash left in the log of a file moves with it', async (t) => {
  const from = await sourceStore(t, 10)
  const troubles: string[] = []
  const thread = await StorageThread.start(
    { path: databasePath(from), role: 'writer', maxCallAgeMs: 1 },
    { trouble: (sentence) => troubles.push(sentence) },
  )
  const event = newEvent({ clientId: 'client-001', event: 'dialing', data: { callSid: 'CA-last' }, occurredAt: BEGIN })
  const answered = thread.request('method', JSON.stringify(['recordBatch', [[event]]]))
  // Copied without any commit since the last checkpoint: what a cut of the power leaves.
  const crashed = join(await scratchFolder(t), 'ribbon.db')
  t.match(await answered, [{ status: 'created' }])
  await cp(dirname(databasePath(from)), dirname(crashed), {
    recursive: true,
    filter: (name) => !/-(wal|shm)$/.test(name),
  })
  await thread.close()
  t.strictSame(troubles, [])
  t.equal(countIn(crashed, "select count(*) from calls where call_key = 'CA-last'"), 0, 'it is in the log alone')
  const to = join(await scratchFolder(t), 'ribbon.db')
  t.match(await runRibbon(['migrate-store', '--from', `file:${crashed}`, '--to', `file:${to}`]), {
    code: 0,
    stderr: '',
  })
  t.equal(countIn(to, "select count(*) from calls where call_key = 'CA-last'"), 1)
})

t.test('wrong usage and stores that cannot be opened are said in one sentence', async (t) => {
  const from = await smallStore()
  for (const [args, sentence] of [
    [[], /^--from must be file:<path> or postgres:/],
    [['--from', from], /^--to must be file:<path> or postgres:/],
    [['--from', from, '--to', 'mysql://db/ribbon'], /^--to must be file:<path> or postgres:/],
    [['--from', 'ribbon.db', '--to', from], /^--from must be file:<path> or postgres:/],
    [['--from', from, '--to', from], '--from and --to are the same database.\n'],
    [['--from', from, '--to', 'postgres://ribbon:secret@db/ribbon'], /^--to shows a password .*: set DATABASE_URL/],
    [['--from', 'postgres://db/ribbon?password=secret', '--to', from], /^--from shows a password/],
  ] as const) {
    t.match(await runRibbon(['migrate-store', ...args], { DATABASE_URL: '' }), {
      code: 2,
      stdout: '',
      stderr: sentence,
    })
  }
  const absent = ['migrate-store', '--from', 'file:/nowhere/ribbon.db', '--to', from]
  t.match(await runRibbon(absent), {
    code: 1,
    stdout: '',
    stderr: /^[^\n]*\/nowhere\/ribbon\.db[^\n]*\n$/,
  })
  const unreachable = ['migrate-store', '--from', from, '--to', 'postgres://127.0.0.1:1/ribbon']
  t.match(await runRibbon(unreachable), {
    code: 1,
    stdout: '',
    stderr: /^PostgreSQL at 127\.0\.0\.1:1 [^\n]*ECONNREFUSED[^\n]*\n$/,
  })
})

t.test('a store that no option names is that of DATABASE_URL, which may hold a password', async (t) => {
  const [from, DATABASE_URL] = [await smallStore(), 'postgres://ribbon:secret@127.0.0.1:1/ribbon']
  for (const args of [
    ['--from', from],
    ['--to', from],
  ]) {
    const outcome = await runRibbon(['migrate-store', ...args], { DATABASE_URL })
    t.match(outcome, { code: 1, stderr: /^PostgreSQL at 127\.0\.0\.1:1 [^\n]*ECONNREFUSED/ })
    t.notMatch(outcome.stderr, 'secret')
  }
})

t.test('at a terminal the copy of each table is shown as it goes', async (t) => {
  const from = await sourceStore(t, 2_000)
  const to = `file:${join(await scratchFolder(t), 'ribbon.db')}`
  const { code, stdout } = await runRibbonAtTerminal(t, ...moving(from, to), '')
  t.equal(code, 0)
  t.match(stdout, /\revents {13}\[#+\.+\] \d+ of \d+\r/, 'a line is written over')
  t.match(stdout, /\revents {13}\[#{30}\] (\d+) of \1 in [\d.]+ s\n/)
})
