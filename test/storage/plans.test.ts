/** How the engines find rows: whatever a store holds, a request reads the rows that it is about. */
import { join } from 'node:path'
import t from 'tap'
import { ANY_CALL as ANY, type CallFilters } from '../../src/storage/port/calls.js'
import { runMethod, runWrite, type Arguments, type Method, type WriteMethod } from '../../src/storage/sql/methods.js'
import { migrate } from '../../src/storage/sql/schema/migrate.js'
import { storeContext, type Session } from '../../src/storage/sql/session.js'
import type { Transaction } from '../../src/storage/sql/transaction.js'
import { COUNTED_COLUMNS } from '../../src/storage/sql/write/calls.js'
import { settle } from '../../src/storage/sql/write/state.js'
import { PostgresDatabase } from '../../src/storage/postgres/open.js'
import { SqliteConnection } from '../../src/storage/sqlite/connection.js'
import { scratchDatabase } from '../helpers/postgres.js'
import { newClient, newEvent, scratchFolder } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const DAY_MS = 24 * 3_600_000
const CLIENT = 'client-a'
const YEAR = { from: NOW - 365 * DAY_MS, to: NOW + DAY_MS }
const PHONE = '+919876543210'

/** Every filter by itself, and two together. */
const CALL_FILTERS: readonly CallFilters[] = [
  ANY,
  ...(['active', 'completed', 'expired'] as const).map((status) => ({ ...ANY, statuses: [status] })),
  { ...ANY, direction: 'inbound' },
  { ...ANY, customerId: 'C1' },
  { ...ANY, agentUserId: 'agent-1' },
  { ...ANY, phoneNumber: PHONE },
  { ...ANY, virtualNumber: '08041234567' },
  { ...ANY, endReason: 'NORMAL' },
  { ...ANY, disposition: 'sold' },
  { ...ANY, tag: 'vip' },
  { ...ANY, minSeconds: 10 },
  { ...ANY, minSeconds: 900 },
  { ...ANY, maxSeconds: 10 },
  { ...ANY, hasRecording: true },
  { ...ANY, confirmed: false },
  { ...ANY, customerId: 'C1', statuses: ['active', 'completed'] },
]

/** Tables of which a client may have any number of rows. */
const LARGE = ['events', 'calls', 'customers', 'customer_words', 'agents']

/** Statements that were run, by their texts. */
type Texts = Set<string>

function recording(tx: Transaction, texts: Texts): Transaction {
  return new Proxy(tx, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (text: string, values: unknown) => {
        texts.add(text)
        return (member as (...args: unknown[]) => unknown).call(target, text, values)
      }
    },
  })
}

/** Does in one transaction what requests of a client come to, so that each of its statements is run. */
async function useEverything(tx: Transaction): Promise<void> {
  const session: Session = {
    ...storeContext(4 * 3_600_000, 0),
    tx,
    unsettled: new Map(),
    keepPage: () => undefined,
    checkTime: () => undefined,
  }
  const write = async <M extends WriteMethod>(method: M, ...args: Arguments<M>) => {
    await runWrite(session, method, args)
    await settle(session)
  }
  const read = <M extends Method>(method: M, ...args: Arguments<M>) => runMethod(session, method, args)

  await write('createClient', newClient(CLIENT, { retentionMonths: 1 }))
  const log = (event: string, daysAgo: number, data: object, members: object = {}) =>
    write('recordBatch', [newEvent({ event, data: { ...data }, occurredAt: NOW - daysAgo * DAY_MS, ...members })])
  for (let n = 0; n < 40; n++) {
    const data = { callSid: `CA${String(n)}`, phoneNumber: PHONE, customerData: { customerId: `C${String(n % 7)}` } }
    await log('connected', n, data, { context: { agentUserId: `agent-${String(n % 3)}` } })
    await log('callEnded', n, { ...data, duration: n })
    await log('dtmf', n, { phoneNumber: PHONE }, { idempotencyKey: `key ${String(n)}` })
    await log('incoming', n, { phoneNumber: PHONE })
  }
  // Its direction turns, and it takes events that name no call.
  await log('dialing', 3, { callSid: 'CA3', callDirection: 'inbound' })
  await log('connected', 2.99, { callSid: 'late', phoneNumber: PHONE })
  await write('saveCustomer', CLIENT, 'C1', { name: 'Jane' }, NOW)
  for (const agent of ['agent-1', 'agent-new']) await write('saveAgent', CLIENT, agent, { exotelUserId: agent }, NOW)

  const query = { clientId: CLIENT, range: YEAR, pageSize: 5, customerId: null, event: null, direction: null }
  const agent = { agentUserId: 'agent-1' }
  for (const filter of [{}, { customerId: 'C1' }, agent, { event: 'dtmf' }, { direction: 'inbound' as const }]) {
    for (const position of [{ page: 1 }, { page: 3 }, { after: { occurredAt: NOW, sequence: 9 } }]) {
      await read('listEvents', { ...query, ...filter, position })
    }
  }
  await read('changesSince', CLIENT, 3, 10)
  await read('allLastSequences', [CLIENT, 'nobody'])
  for (const filters of CALL_FILTERS) {
    const asked = { clientId: CLIENT, range: YEAR, time: { now: NOW, maxCallAgeMs: 1 }, pageSize: 3, filters }
    for (const oldestFirst of [true, false]) {
      await read('listCalls', { ...asked, oldestFirst, after: null })
      await read('listCalls', { ...asked, oldestFirst, after: { startAt: NOW - 3 * DAY_MS, number: 3 } })
    }
  }
  await read('callBySession', CLIENT, 'session-CA1')
  for (const search of [null, 'C1', 'jane d', PHONE]) {
    const asked = { clientId: CLIENT, search, pageSize: 1 }
    const { next } = (await read('listCustomers', { ...asked, after: null })) as { next: string | null }
    await read('listCustomers', { ...asked, after: next })
    await read('listCustomers', { ...asked, pageSize: 100, after: next })
  }
  await log('missed', 9, { callSid: 'missed', phoneNumber: PHONE }, { context: { agentUserId: 'agent-1' } })
  await log('missed', 1, { callSid: 'missed again', phoneNumber: PHONE }, { context: { agentUserId: 'agent-1' } })
  for (const virtualNumber of [null, '08041234567']) {
    const states = ['open', 'wonBack'] as const
    const asked = {
      clientId: CLIENT,
      range: YEAR,
      now: NOW,
      windowHours: 336,
      windowIn: 'clock' as const,
      states,
      virtualNumber,
    }
    for (const agentUserId of [null, 'agent-1']) {
      await read('missedCalls', { ...asked, agentUserId, pageSize: 5, after: null, mostCalls: 1000 })
      const open = { ...asked, windowHours: 24, windowIn: 'clock' as const, states: ['open'] as const, agentUserId }
      await read('missedCalls', { ...open, pageSize: 5, after: null, mostCalls: 1000 })
    }
  }
  for (const number of [PHONE, '9876543211']) await read('customerByPhone', CLIENT, number, NOW)
  const report = { clientId: CLIENT, range: YEAR, zone: 'Asia/Kolkata', recent: 5 }
  const ragged = { ...report, range: { from: YEAR.from + 12_345, to: NOW - 12_345 }, zone: 'UTC' }
  for (const asked of [report, ragged]) {
    await read('report', asked)
    await read('detailedReport', { ...asked, top: 3 })
    await read('filteredReport', { ...asked, customerId: 'C1' })
    await read('filteredReport', { ...asked, ...agent, top: 3 })
  }
  await read('customerHistory', CLIENT, 'C1', { calls: 5, events: 5 })
  for (const asked of [null, 'agent-1']) await read('activeCalls', CLIENT, YEAR.from, 10, asked)
  await read('agent', CLIENT, 'agent-1', YEAR.from)
  for (const onCall of [null, true, false]) {
    await read('agents', { clientId: CLIENT, active: true, onCall, onCallFrom: YEAR.from, after: 1, limit: 5 })
  }
  await read('agentsKnownAs', CLIENT, { exotelUserId: 'agent-1', email: 'a@b.c', number: PHONE })
  const csv = { columns: ['logIds'], times: 'utc', excel: false, zone: 'UTC' } as const
  const rows = { clientId: CLIENT, range: YEAR, limit: 5, rows: { csv, time: { now: NOW, maxCallAgeMs: 1 } } }
  await read('exportChunk', { ...rows, after: { startAt: YEAR.from, number: 3 } })
  await read('exportChunk', { ...rows, ...agent, after: { startAt: YEAR.from, number: 3 } })
  await read('callsTouchedSince', rows, 3)
  await read('buildPages', CLIENT, 10)
  await write('dropBefore', CLIENT, NOW - 20 * DAY_MS, 30)
  await write('dropBefore', CLIENT, NOW - 20 * DAY_MS, 300)
}

t.test('sqlite: no statement walks all that a client has', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const first = new SqliteConnection(path, 'writer')
  await migrate(first)
  first.close()
  // Statistics are read when a database is opened.
  const connection = new SqliteConnection(path, 'writer')
  t.teardown(() => {
    connection.close()
  })
  const texts: Texts = new Set()
  await useEverything(recording(connection, texts))
  t.ok(texts.size > 60, `${String(texts.size)} statements`)
  const whole = new RegExp(`^(SCAN|SEARCH) (${LARGE.join('|')})\\b(?!.*\\(client=\\? AND )`)
  for (const text of texts) {
    const values = Array<null>(text.split('?').length - 1).fill(null)
    const plan = connection.all<{ detail: string }>(`explain query plan ${text}`, values)
    for (const { detail } of plan) t.notMatch(detail, whole, text)
    const index = searchedIndex(text)
    if (index !== undefined) t.match(plan[0]?.detail, new RegExp(`INDEX ${index} .*start_at,number`), text)
    if (!text.includes(COUNTED_COLUMNS.sql) || /(customer|agent) = \?/.test(text)) continue
    t.match(
      plan[0]?.detail,
      /COVERING INDEX calls_by_start/,
      'the calls of a stretch of time are counted from the index',
    )
  }
})

/** The index that a page of calls is read from, which has them in their order; undefined for another statement. */
function searchedIndex(text: string): string | undefined {
  if (!text.includes(' as hit from calls')) return undefined
  const [, condition = ''] = /client = (?:\?|\$\d+)\s+(.*)/.exec(text.replaceAll('\n', ' ')) ?? []
  const indexes = {
    'and direction \\* 64': 'calls_by_class',
    'and customer =': 'calls_of_customer',
    'and agent =': 'calls_of_agent',
    'and phone =': 'calls_of_phone',
    'and virtual_number =': 'calls_of_virtual_number',
    'and end_reason =': 'calls_of_end_reason',
    'and duration >= 900': 'calls_long',
    'and start_at is not null': 'calls_by_start',
  }
  return Object.entries(indexes).find(([begin]) => new RegExp(`^${begin}`).test(condition))?.[1]
}

/** Rows enough that it matters how they are found: a few are read as quickly one way as the other. */
const MORE_CALLS = `insert into calls (client, number, version, start_at, events, nameless, direction, status, answered, key,
    call_key, customer, phone, facts, agent)
  select 1, 1000 + n, 1, ${String(NOW)} - n * 60000, 1, 0, 1, 1, 1, decode(md5(n::text), 'hex'), n::text, 1 + n % 7,
    'phone ' || n % 500, decode('00', 'hex'), 'agent ' || n % 5
  from generate_series(1, 20000) n`
const MORE_WORDS = `insert into customer_words (client, word, customer)
  select 1, 'word ' || n % 500, 1000 + n from generate_series(1, 20000) n`
const MORE_EVENTS = `insert into events (client, sequence, occurred_at, received_at, call, customer, direction, own_direction,
    own_key, source, key, event, phone, data, context, by_agent)
  select 1, 1000 + n, ${String(NOW)} - n * 60000, 0, 1000 + n, 1 + n % 7, 1, 0, n % 2, 0, decode(md5(n::text), 'hex'),
    'connected', case when n % 10 = 0 then 'phone ' || n % 500 end, '{}', '{}', 1 + n % 5
  from generate_series(1, 20000) n`
const MORE_AGENTS = `insert into agents (client, number, created_at, updated_at, agent_id)
  select 1, 1000 + n, 0, 0, 'other ' || n from generate_series(1, 20000) n`
const MORE_CUSTOMERS = `insert into customers (client, number, created_at, updated_at, customer_id)
  select 1, 1000 + n, 0, 0, 'customer ' || n from generate_series(1, 20000) n`

t.test('postgres: no statement walks all that a client has, with statistics and without', async (t) => {
  const database = await PostgresDatabase.connect(await scratchDatabase(t), 4 * 3_600_000)
  t.teardown(() => database.close())
  const texts: Texts = new Set()
  await database.transaction('write', async (tx) => {
    await useEverything(recording(tx, texts))
    for (const text of [MORE_CALLS, MORE_EVENTS, MORE_CUSTOMERS, MORE_WORDS, MORE_AGENTS]) await tx.all(text, [])
  })
  t.ok(texts.size > 60, `${String(texts.size)} statements`)
  const asked = [...texts].filter((text) => /^\s*(select|insert|update|delete)/.test(text))
  for (const state of ['without', 'with']) {
    if (state === 'with') await database.transaction('write', (tx) => tx.all('analyze', []))
    for (const text of asked) {
      const lines = await planOf(database, text)
      for (const [i, line] of lines.entries()) {
        const [, table = ''] = /Scan (?:Backward )?(?:using \w+ )?on (\w+)/.exec(line) ?? []
        if (!LARGE.includes(table)) continue
        t.match(lines[i + 1], /Index Cond: .* AND /, `${state} statistics: ${text}\n${lines.join('\n')}`)
        const index = searchedIndex(text)
        if (index !== undefined) t.match(line, new RegExp(`Index (Only )?Scan (Backward )?using ${index}`), text)
      }
    }
  }
})

/** The plan of a statement for any values, as a connection keeps it. */
async function planOf(database: PostgresDatabase, text: string): Promise<string[]> {
  return database.transaction('write', async (tx) => {
    await tx.all(`prepare asked as ${text}`, [])
    const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)))
    const values = count === 0 ? '' : `(${Array(count).fill('null').join(', ')})`
    const rows = await tx.all<{ 'QUERY PLAN': string }>(`explain execute asked${values}`, [])
    await tx.all('deallocate asked', [])
    return rows.map((row) => row['QUERY PLAN'])
  })
}
