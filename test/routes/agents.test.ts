import t from 'tap'
import { AgentService } from '../../src/services/agents.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import type { Agent, Agents } from '../../schemas/agent.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'

const test = await buildTestApp(t)
const { clock, get, inject, post, storage } = test
const CLIENT = 'client-demo'
const PAGE = { origin: 'https://yourcrm.com' }

const agents = async (path = '', key = DEMO_KEY) => get(`/api/ribbon/agents${path}`, { 'x-api-key': key })
const save = (id: string, payload: object, headers: Record<string, string> = { 'x-api-key': DEMO_KEY }) =>
  inject({ method: 'PATCH', url: `/api/ribbon/agents/${encodeURIComponent(id)}`, headers, payload })
const init = (more: object, key = DEMO_KEY) =>
  post('/api/ribbon/init', { domain: 'yourcrm.com', ...more }, { 'x-api-key': key, ...PAGE })

t.test('an agent is saved, read back, changed member by member and listed', async (t) => {
  const asha = { name: 'Asha Rao', exotelUserId: 'asha.rao', email: 'asha@acme.in', phone: '+919812345678' }
  const saved = await save('asha/1', { ...asha, apiKey: DEMO_KEY }, {})
  t.equal(saved.statusCode, 200)
  t.strictSame(saved.json(), {
    agentUserId: 'asha/1',
    clientId: CLIENT,
    ...asha,
    active: true,
    activeCalls: 0,
    createdAt: '2025-10-12T10:35:00Z',
    lastUpdated: '2025-10-12T10:35:00Z',
  })
  const changed = (await save('asha/1', { email: null, name: 'Asha' })).json<Agent>()
  t.equal(changed.name, 'Asha')
  t.equal(changed.exotelUserId, 'asha.rao')
  t.notOk('email' in changed)
  t.strictSame((await agents('/asha%2F1')).json(), changed)
  t.strictSame((await agents()).json<Agents>().agents, [changed])
})

t.test('a page of agents leads to the next one, and under the same filters alone', async (t) => {
  for (const id of ['b', 'c', 'd']) await save(id, { active: id !== 'c' })
  const page = (await agents('?active=true&pageSize=2')).json<Agents>()
  t.strictSame(
    page.agents.map(({ agentUserId }) => agentUserId),
    ['asha/1', 'b'],
  )
  const next = `pageSize=2&cursor=${String(page.pagination.nextCursor)}`
  const rest = (await agents(`?active=true&${next}`)).json<Agents>()
  t.strictSame(
    rest.agents.map(({ agentUserId }) => agentUserId),
    ['d'],
  )
  t.equal(rest.pagination.nextCursor, null)
  t.equal((await agents(`?${next}`)).statusCode, 400)
  t.equal((await agents(`?active=true&${next}`, COLLECTIONS_KEY)).statusCode, 400)
})

t.test('who is on a call is told as active calls tell it', async (t) => {
  const log = (event: string, callSid: string) =>
    post('/api/ribbon/log-call', { event, data: { callSid }, agentUserId: 'busy' }, { 'x-api-key': DEMO_KEY })
  await log('connected', 'CA1')
  await log('connected', 'CA2')
  await log('callEnded', 'CA2')
  t.match((await agents('?onCall=true')).json(), { agents: [{ agentUserId: 'busy', activeCalls: 1 }] })
  t.match((await get('/api/ribbon/active-calls?agentUserId=busy')).json(), { count: 1 })
  clock.now += 4 * 3_600_000
  t.strictSame((await agents('?onCall=true')).json<Agents>().agents, [], 'not one whose end was lost')
  t.match((await get('/api/ribbon/active-calls?agentUserId=busy')).json(), { count: 0 })
  t.match((await agents('/busy')).json(), { activeCalls: 0 })
  t.match((await get('/api/ribbon/analytics/detailed')).json(), {
    topAgents: [{ agentUserId: 'busy', agentName: null, callCount: 2, answeredCalls: 1 }],
  })
  t.match((await get('/api/ribbon/analytics?agentUserId=busy')).json(), { summary: { totalCalls: 2 } })
  t.match((await get('/api/ribbon/call-logs?agentUserId=busy')).json(), { pagination: { total: 3 } })
  t.match((await get('/api/ribbon/call-logs?agentUserId=nobody')).json(), { pagination: { total: 0 } })
  t.equal((await get('/api/ribbon/export/calls?agentUserId=busy')).json<{ calls: unknown[] }>().calls.length, 2)
  t.equal((await get('/api/ribbon/export/calls?agentUserId=b')).json<{ calls: unknown[] }>().calls.length, 0)
})

t.test('an Exotel user is one agent’s', async (t) => {
  const taken = await save('d', { exotelUserId: 'asha.rao' })
  t.match(taken.json(), { status: 409, code: 'exotel_user_taken', detail: /agent "asha\/1" has/ })
  t.notOk('exotelUserId' in (await agents('/d')).json<Agent>())
})

t.test('what cannot be an agent is refused', async (t) => {
  for (const body of [{ name: '' }, { exotelUserId: 'x'.repeat(129) }, { active: null }, { nickname: 'A' }, []]) {
    t.equal((await save('e', body)).statusCode, 400, JSON.stringify(body))
  }
  t.equal((await save('x'.repeat(129), {})).statusCode, 400)
  t.equal((await agents('/e')).statusCode, 404)
})

t.test('init signs a ribbon in as the agent’s own Exotel user, where there is one', async (t) => {
  t.match((await init({})).json(), { userId: 'demo-exotel-user', exotelToken: 'demo-exotel-token' })
  t.match((await init({ agentUserId: 'asha/1' })).json(), { userId: 'asha.rao', exotelToken: 'demo-exotel-token' })
  t.match((await init({ agentUserId: 'd' })).json(), { userId: 'demo-exotel-user' }, 'none is saved')
  t.match((await init({ agentUserId: 'nobody' })).json(), { userId: 'demo-exotel-user' }, 'nobody knows the agent')
  t.equal((await agents('/nobody')).statusCode, 404, 'nor is it made known by that')
  t.match((await init({ agentUserId: 'c' })).json(), { status: 403, code: 'agent_inactive' })
})

t.test('a session’s agent counts, and the page names no other', async (t) => {
  const sessionOf = async (agentUserId: string) => {
    const answer = await post(
      '/api/ribbon/agent-sessions',
      { agentUserId, domain: 'yourcrm.com' },
      { 'x-api-key': DEMO_KEY },
    )
    return answer.json<{ token: string }>().token
  }
  const asha = await sessionOf('asha/1')
  t.match((await init({}, asha)).json(), { userId: 'asha.rao' })
  t.match((await init({ agentUserId: 'asha/1' }, asha)).json(), { userId: 'asha.rao' })
  t.match((await init({ agentUserId: 'd' }, asha)).json(), {
    status: 400,
    errors: [{ pointer: '/agentUserId', message: 'is "d", and this agent session is of "asha/1": leave it out' }],
  })
  t.match((await init({}, await sessionOf('c'))).json(), { status: 403, code: 'agent_inactive' })
})

t.test('whom Exotel means is one agent or nobody, and known for a second', async (t) => {
  let lookUps = 0
  const counted = {
    ...storage,
    agentsKnownAs: (...asked: Parameters<typeof storage.agentsKnownAs>) => {
      lookUps += 1
      return storage.agentsKnownAs(...asked)
    },
  }
  const readTime = () => ({ now: clock.now, maxCallAgeMs: 1 })
  const keys = new KeyRing([Buffer.alloc(32)])
  const service = new AgentService({ storage: counted, readTime, keys, clock: () => clock.now })
  const agentOf = (identity: object, clientId = CLIENT) =>
    service.agentOf(clientId, { exotelUserId: null, email: null, number: null, ...identity })
  await save('twin', { email: 'desk@acme.in', phone: '+919812345678' })
  await save('other twin', { email: 'desk@acme.in' })
  await storage.agents({ clientId: CLIENT, active: null, onCall: null, onCallFrom: 0, after: 0, limit: 1 })
  t.equal(await agentOf({ exotelUserId: 'asha.rao', number: '+910000000000' }), 'asha/1')
  t.equal(await agentOf({ exotelUserId: 'asha.rao' }, 'client-001'), null, 'of another client')
  t.equal(await agentOf({ exotelUserId: 'nobody' }), null)
  t.equal(await agentOf({ exotelUserId: 'nobody', number: '09812345678' }), 'twin', 'asha is another Exotel user')
  t.equal(await agentOf({ number: '09812345678' }), null, 'it could be either')
  t.equal(await agentOf({ email: 'desk@acme.in' }), null, 'it could be either')
  await save('other twin', { active: false })
  await storage.agents({ clientId: CLIENT, active: null, onCall: null, onCallFrom: 0, after: 0, limit: 1 })
  t.equal(await agentOf({ email: 'desk@acme.in' }), null, 'as it was')
  clock.now += 1000
  t.equal(await agentOf({ email: 'desk@acme.in' }), 'twin', 'who is the one that works')
  await save('twin', { active: false })
  clock.now += 1000
  t.equal(await agentOf({ email: 'desk@acme.in' }), null, 'neither works any more')
  await save('twin', { active: true })
  clock.now += 1000
  const before = lookUps
  for (let n = 0; n < 5; n++) await agentOf({ exotelUserId: 'nobody' })
  t.equal(lookUps, before + 1)
})

t.test('what Exotel reports of a call is of the agent whose address or number it tells', async (t) => {
  const admin = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const key = await post(`/api/admin/clients/${CLIENT}/keys`, { kind: 'callback' }, admin)
  const { popup } = key.json<{ callbackUrls: Record<string, string> }>().callbackUrls
  const parties = { CallFrom: '09876543210', CallTo: '08041234567', Direction: 'incoming', Status: 'busy' }
  const report = async (CallSid: string, agent: Record<string, string>) => {
    const query = new URLSearchParams({ CallSid, ...parties, ...agent })
    t.equal((await inject({ url: `${String(popup)}?${query.toString()}` })).statusCode, 200)
    return (await get(`/api/ribbon/calls/session-${CallSid}`)).json<{ call: { agentUserId?: string } }>().call
      .agentUserId
  }
  await save('by-address', { email: 'vik@acme.in' })
  await save('by-number', { phone: '09811111111' })
  await storage.agents({ clientId: CLIENT, active: null, onCall: null, onCallFrom: 0, after: 0, limit: 1 })
  t.equal(await report('CB1', { AgentEmail: 'Vik@acme.in', DialWhomNumber: '09811111111' }), 'by-address')
  t.equal(await report('CB2', { DialWhomNumber: '+91 98111 11111' }), 'by-number')
  t.equal(await report('CB3', { AgentEmail: 'nobody@acme.in', DialWhomNumber: '' }), undefined)
})
