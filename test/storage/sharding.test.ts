import pg from 'pg'
import t from 'tap'
import { SECTION_NAMES } from '../../schemas/report-sections.js'
import { demoKeyId } from '../../src/clients/demo-clients.js'
import { callbackPath } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY } from '../../src/core/vocabulary/demo.js'
import { openStorage } from '../../src/storage/open.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, MARKETING_KEY, START } from '../helpers/app.js'
import { place } from '../helpers/calls.js'
import { eventually } from '../helpers/deadline.js'
import { ExotelServer, giveExotelApi } from '../helpers/exotel-server.js'
import { scratchDatabase } from '../helpers/postgres.js'
import { captureStatements, clientsOf, tablesOf, transactionsOf, type Statement } from '../helpers/statements.js'

/** Copied to every node: the look-up of a key, which tells whose request it is, can be asked of any. */
const EVERYWHERE = new Set(['clients', 'api_keys'])
/** Of administrators alone. */
const ON_COORDINATOR = 'audit_log'
const isSharded = (table: string) => !EVERYWHERE.has(table) && table !== ON_COORDINATOR
const MAX_CALL_AGE_MS = 4 * 3_600_000

const statements = captureStatements(t)
const exotel = await ExotelServer.start(t)
exotel.recordings.set('/CA1.mp3', { content: Buffer.from('ID3') })
const recordingOf = () => Promise.resolve(`${exotel.origin}/CA1.mp3`)
const app = await buildTestApp(t, { engine: 'postgres', env: exotel.env, recordingOf })
await giveExotelApi(app, 'client-demo')
app.clock.now += 2000
statements()

const DAY_MS = 24 * 3_600_000
const at = (daysAgo: number, seconds = 0) => START - daysAgo * DAY_MS - seconds * 1000
const iso = (daysAgo: number, seconds = 0) => new Date(at(daysAgo, seconds)).toISOString()

const asked = new Set<string>()
const operations = Object.entries((app.app.swagger() as { paths: Record<string, object> }).paths).flatMap(
  ([template, methods]) => Object.keys(methods).map((method) => ({ method, template })),
)

async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  key: string,
  payload?: object,
): Promise<string> {
  const headers = url.startsWith('/api/admin')
    ? { authorization: `Bearer ${ADMIN_TOKEN}` }
    : { 'x-api-key': key, ...(url.endsWith('/calls') && { 'idempotency-key': 'one' }) }
  const { statusCode, body } = await app.inject({ method, url, headers, ...(payload && { payload }) })
  if (statusCode >= 300 && statusCode !== 422) throw new Error(`${method} ${url} is refused: ${body}`)
  for (const { method: verb, template } of operations) {
    const path = new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`)
    if (verb === method.toLowerCase() && path.test(String(url.split('?')[0]))) asked.add(`${verb} ${template}`)
  }
  return body
}

/** What is asked of webhooks, and what their sender asks of the store. */
async function useWebhooks(clientId: string, base: string): Promise<void> {
  const asked = (method: Parameters<typeof ask>[0], path: string, payload?: object) =>
    ask(method, `${base}${path}`, DEMO_KEY, payload)
  const { storage } = app
  const made = await asked('POST', '', { url: 'https://crm.example.com/webhooks' })
  const { endpointId } = (JSON.parse(made) as { webhook: { endpointId: string } }).webhook
  const endpoint = `/${endpointId}`
  await asked('POST', `${endpoint}/test`)
  await asked('POST', `${endpoint}/rotate-secret`, {})
  await asked('POST', `${endpoint}/redeliver`, { from: iso(41), to: iso(0) })
  const lease = { owner: 'x', now: START, ends: START + 1 }
  const claimed = await storage.claimWebhook(clientId, endpointId, lease)
  if (claimed === null) throw new Error('it was not claimed')
  const pending = await storage.pendingMessages(clientId, endpointId)
  const { changes, position, nextAt, failingSince, quotaTold } = claimed
  const tried = { messageId: 'x', type: 'x', sequence: 1, attempt: 1, at: 1, durationMs: 1, status: 200, error: null }
  await storage.saveWebhookProgress(clientId, endpointId, {
    ...{ lease, changes, position, nextAt, failingSince, quotaTold, pending, settled: [1], pausedReason: null },
    deliveries: [{ ...tried, answer: '' }],
  })
  await asked('PATCH', endpoint, { eventTypes: ['call.ended'], status: 'active' })
  for (const path of ['', endpoint, `${endpoint}/deliveries`]) await asked('GET', path)
  await asked('DELETE', endpoint)
}

/** Everything a CRM does in a day, so that each endpoint comes by all of its statements. */
async function useEverything(): Promise<void> {
  const ribbon = (path: string, key = DEMO_KEY) => ask('GET', `/api/ribbon/${path}`, key)
  const send = (path: string, payload: object, key = DEMO_KEY) => ask('POST', `/api/ribbon/${path}`, key, payload)
  await ask('GET', '/health', DEMO_KEY)
  await ask('GET', '/health/ready', DEMO_KEY)
  await ask('GET', '/health/live', DEMO_KEY)
  await send('init', { apiKey: DEMO_KEY, domain: 'crm.example', agentUserId: 'agent-42' })
  await send('agent-sessions', { agentUserId: 'agent-42', domain: 'crm.example' })

  // One customer each, and enough calls of some that a ranking is told from the tops of its lists.
  const calls = Array.from({ length: 36 }, (_, n) => ({
    callSid: `CA${String(n)}`,
    at: at(40 - (n % 36), n),
    seconds: n % 5,
    direction: n % 2 === 0 ? ('inbound' as const) : ('outbound' as const),
    phoneNumber: `+91987654${String(3210 + (n % 12))}`,
    customerData: { customerId: `C${String(n % 12)}`, name: 'John Doe' },
  }))
  for (const key of [DEMO_KEY, COLLECTIONS_KEY]) await place(app, key, calls)
  await place(app, MARKETING_KEY, calls.slice(0, 3))

  const phoneNumber = '+919876543210'
  const log = (event: string, members: object) => send('log-call', { event, timestamp: iso(0, 60), ...members })
  await log('incoming', { data: { callSid: 'turned' } })
  await log('dialing', { data: { callSid: 'turned', callDirection: 'outbound' }, agentUserId: 'agent-43' })
  await log('dialing', { data: { phoneNumber } })
  await log('dtmf', { data: { phoneNumber, digit: 1 } })
  await log('dtmf', { data: { phoneNumber }, eventId: 'once' })
  await log('dtmf', { data: { phoneNumber }, eventId: 'once' })
  await log('dtmf', { data: { phoneNumber, digit: 2 }, eventId: 'once' })

  await send('log-calls', { events: [1, 2].map((digit) => ({ event: 'dtmf', data: { callSid: 'CA1', digit } })) })

  await send('customer', { customerData: { customerId: 'C1', name: 'Jane Doe', customFields: { tier: 'gold' } } })
  await send('customer', { customerData: { name: 'New' } })
  const call = { from: '+919876500001', to: phoneNumber }
  for (const members of [call, call, { ...call, record: true }]) await send('calls', members)
  await ribbon('calls/session-CA1/recording')
  await ribbon('config')
  await ribbon('stream')
  await ribbon('stream?lastEventId=3')
  await send('stream-tokens', {})
  await ribbon('active-calls')
  await ribbon('active-calls?agentUserId=agent-42')
  for (const name of ['Asha', 'Asha Rao']) await ask('PATCH', '/api/ribbon/agents/agent-42', DEMO_KEY, { name })
  for (const path of ['agents', 'agents?onCall=true&active=true', 'agents/agent-42']) await ribbon(path)
  await ask('PUT', '/api/ribbon/business-hours', DEMO_KEY, { schedule: { weekly: [] } })
  await ribbon('business-hours')
  await useWebhooks('client-demo', '/api/ribbon/webhooks')
  for (const path of ['customer/C1', 'customer/C1/calls', 'customer/C2/calls']) await ribbon(path)
  const filters = [
    'status=completed&maxDuration=2',
    'phoneNumber=09876543210&customerId=C1',
    'agentUserId=a',
    'endReason=b',
  ]
  for (const filter of ['', ...filters, 'virtualNumber=1', 'minDuration=900&sort=startTime', 'hasRecording=false']) {
    await ribbon(`calls?${filter}`)
  }
  await ribbon('calls/session-CA1')
  await ask('PATCH', '/api/ribbon/calls/session-CA1', DEMO_KEY, { notes: 'x', tags: ['vip'], disposition: 'sold' })
  await send('calls/session-CA1/corrections', { reason: 'x', status: 'missed' })
  for (const voided of [true, false]) await send('calls/session-CA1/corrections', { reason: 'x', voided })
  for (const filter of ['tag=vip', 'disposition=sold']) await ribbon(`calls?${filter}`)
  for (const search of ['', 'search=C1', 'search=jane%20d', 'search=9876543210']) await ribbon(`customers?${search}`)
  for (const number of ['09876543210', '9876543211']) await ribbon(`customers/by-phone/${number}`)

  for (const filter of ['', '&agentUserId=a&virtualNumber=1']) {
    await ribbon(`missed-calls?startDate=${iso(39)}&state=open,wonBack,lost&pageSize=1${filter}`)
  }

  const ragged = `startDate=${iso(30, 77)}&endDate=${iso(1, 33)}`
  const days = `startDate=${iso(30).slice(0, 10)}&endDate=${iso(1).slice(0, 10)}`
  for (const range of ['', days, ragged, `${ragged}&timezone=America/St_Johns`, `startDate=${iso(0, 90)}`]) {
    for (const path of ['analytics', 'analytics/detailed', 'call-logs', 'export/calls']) {
      for (const key of [DEMO_KEY, MARKETING_KEY]) await ribbon(`${path}?${range}`, key)
    }
    for (const whose of ['customerId=C1', 'agentUserId=agent-42']) await ribbon(`analytics?${range}&${whose}`)
    for (const question of ['groupBy=customer,date', 'groupBy=agent&customerId=C1&metrics=calls,peakConcurrent']) {
      await ribbon(`analytics/query?${range}&${question}`)
    }
    for (const path of ['analytics/detailed', 'export/calls']) await ribbon(`${path}?${range}&agentUserId=agent-42`)
    for (const filter of [
      'customerId=C1',
      'agentUserId=agent-42',
      'event=connected',
      'callDirection=inbound',
      'page=3&pageSize=5',
    ]) {
      await ribbon(`call-logs?${range}&${filter}`)
    }
  }
  for (const whose of ['', '&agentUserId=agent-42']) {
    await ribbon(`analytics/detailed?${days}${whose}&sections=${SECTION_NAMES.join(',')}`)
  }
  for (const date of [2, 1]) await ribbon(`reports/daily?date=${iso(date).slice(0, 10)}`)
  const page = await app.get('/api/ribbon/call-logs?pageSize=5')
  const cursor = page.json<{ pagination: { nextCursor: string } }>().pagination.nextCursor
  await ribbon(`call-logs?pageSize=5&cursor=${cursor}`)

  await app.storage.dropBefore('client-demo', at(20), 100)
  await log('dtmf', { data: { callSid: 'CA1' } })
  for (const path of ['call-logs', 'export/calls', 'customer/C1', 'analytics/detailed', 'analytics/query']) {
    await ribbon(path)
  }
}

/** What Exotel reports, some of it twice. */
async function report(): Promise<void> {
  const url = callbackPath('statusCallback', DEMO_CALLBACK_KEY).replace(/[^/]+$/, '')
  for (const path of ['status-callback', 'integration-callback', 'popup', 'status-callback'])
    await ask('POST', `${url}${path}`, '', { CallSid: 'CA1', Odd: 1 })
  for (const path of ['passthru', 'popup']) await ask('GET', `${url}${path}?CallSid=CA2`, '')
  await ask('GET', '/api/admin/clients/client-demo/callbacks', '')
}

/** Exotel's own records of a day: a call that nobody told of, and one that a ribbon invented. */
async function reconcile(): Promise<void> {
  exotel.add(at(1), 0, { Details: { ConversationDuration: 5 } })
  const url = '/api/admin/clients/client-demo/reconciliation'
  await ask('POST', url, '', { from: iso(2), to: iso(0) })
  await eventually(20_000, 'reconciling', async () => {
    await ask('GET', url, '')
    return (await app.storage.reconciliation('client-demo'))?.state === 'finished'
  })
}

await useEverything()
await report()
await reconcile()
const requestPath = statements()
await ask('GET', '/api/admin/clients', '')
await ask('GET', '/api/admin/analytics/all', '')
const admin = statements()

async function manageClients(): Promise<void> {
  const client = '/api/admin/clients/client-002'
  const settings = { name: 'Acme', exotelToken: 'token', userId: 'user' }
  await ask('POST', '/api/admin/clients', '', settings)
  await ask('PATCH', client, '', { timezone: 'UTC', limit: 1 })
  for (const path of ['', '/keys']) await ask('GET', `${client}${path}`, '')
  await ask('POST', `${client}/keys`, '', {})
  await ask('POST', `${client}/keys/${demoKeyId('client-002')}/rotate`, '', {})
  await ask('DELETE', `${client}/keys/${demoKeyId('client-002')}`, '')
  await ask('DELETE', client, '')
  await ask('POST', `${client}/restore`, '')
  await useWebhooks('client-002', `${client}/webhooks`)
  await ask('PUT', `${client}/business-hours`, '', { schedule: null })
  await ask('GET', `${client}/business-hours`, '')
  await ask('POST', `${client}/person`, '', { phoneNumber: '+919876543210' })
  await ask('POST', `${client}/erasures`, '', { phoneNumber: '+919876543210' })
  await ask('POST', `${client}/erasures`, '', { customerId: 'CUST001' })
  await ask('GET', '/api/admin/audit-log', '')
  await app.storage.updateClient('client-002', { deletesAt: START })
  const entry = { at: START, actor: 'server', clientId: 'client-002', details: {}, requestId: null } as const
  await app.storage.deleteClient('client-002', 1000, { ...entry, action: 'client.deleted' })
}

await manageClients()
const management = statements()

const sharded = (statement: Statement) => tablesOf(statement).filter(isSharded)

t.test('every endpoint was asked', async (t) => {
  t.strictSame(
    operations.map(({ method, template }) => `${method} ${template}`).filter((operation) => !asked.has(operation)),
    [],
  )
})

t.test('every key of every table that is sharded starts with its client', async (t) => {
  const url = await scratchDatabase(t)
  await (await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  const { rows } = await client.query<{ index: string; table: string; first: string; primary: boolean }>(`
    select i.indexrelid::regclass::text as index, i.indrelid::regclass::text as table, a.attname as first,
           i.indisprimary as primary
      from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
     where i.indisunique and c.relname <> 'ribbon_schema' and c.relkind = 'r'`)
  for (const { index, table, first } of rows) if (isSharded(table)) t.equal(first, 'client', index)
  const tables = await client.query<{ table: string }>(`
    select relname as table from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'ribbon_schema'`)
  const withKey = new Set(rows.filter(({ primary }) => primary).map(({ table }) => table))
  t.strictSame(
    tables.rows.filter(({ table }) => !withKey.has(table)),
    [],
    'and every table has a primary key, without which its shards could not be moved',
  )
  const used = new Set([...requestPath, ...management].flatMap(tablesOf))
  t.strictSame(
    tables.rows.filter(({ table }) => !used.has(table)),
    [],
    'and the requests of this test came by every table',
  )
})

t.test('every statement of a request binds its client wherever it names a sharded table', async (t) => {
  t.ok(requestPath.length > 500)
  const offences = [...requestPath, ...management].filter((statement) => {
    const clients = clientsOf(statement)
    return clients.length < sharded(statement).length || new Set(clients).size > 1
  })
  t.strictSame(
    offences.map(({ text }) => text),
    [],
  )
})

t.test('no transaction of a request touches two clients', async (t) => {
  const transactions = transactionsOf([...requestPath, ...management])
  t.ok(transactions.some((transaction) => transaction.length > 5))
  t.strictSame(
    transactions.filter((transaction) => new Set(transaction.flatMap(clientsOf)).size > 1),
    [],
  )
})

t.test('recording writes to sharded tables alone: a copied table would need every node to agree', async (t) => {
  const writes = requestPath.filter(({ text }) => /^(insert|update|delete)/.test(text))
  // That a key was used is noted beside, once an hour: nobody waits for it, and whoever fails to tries again.
  const noted = writes.filter(({ text }) => text.startsWith('update api_keys set last_used_at'))
  const written = writes.filter((statement) => !noted.includes(statement)).flatMap(tablesOf)
  t.ok(written.length > 0)
  t.notOk(written.some((table) => EVERYWHERE.has(table)))
})

t.test('lists of all clients are three statements, however many clients there are', async (t) => {
  // What webhooks are to be told of is read beside, a client at a time.
  const across = admin.filter(
    (statement) =>
      sharded(statement).length > 0 && statement.text.trim().startsWith('select') && clientsOf(statement).length === 0,
  )
  const texts = [...new Set(across.map(({ text }) => text.replace(/\s+/g, ' ')))]
  t.strictSame(texts.length, 3)
  t.ok(texts.some((text) => / sum\(calls\) .* from days .* group by client/.test(text)))
  t.ok(across.every(({ text }) => !/ from (events|calls|customers) /.test(text)))
})

const citusUrl = process.env['TEST_CITUS_URL']
if (citusUrl === undefined) t.comment('TEST_CITUS_URL is not given: no cluster was asked for its plans')
else {
  t.test('a Citus cluster runs every statement of a request as one task', async (t) => {
    await (await openStorage({ url: citusUrl, maxCallAgeMs: MAX_CALL_AGE_MS })).close()
    const client = new pg.Client({ connectionString: citusUrl })
    await client.connect()
    t.teardown(() => client.end())
    const tasksOf = async ({ text, values }: Statement) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, [...values])
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      return { plan, tasks: /Task Count: (\d+)/.exec(plan)?.[1] }
    }
    const placed = requestPath.filter((each) => tablesOf(each).some((table) => table !== ON_COORDINATOR))
    const distinct = new Map(placed.map((each) => [each.text, each]))
    for (const statement of distinct.values()) {
      const { plan, tasks } = await tasksOf(statement)
      t.equal(tasks, '1', statement.text, { plan })
    }
    for (const statement of admin.filter((each) => sharded(each).length > 0 && each.text.trim().startsWith('select'))) {
      const { tasks } = await tasksOf(statement)
      t.ok(Number(tasks) > 1, 'and the analytics of all clients as one task a shard')
    }
  })
}
