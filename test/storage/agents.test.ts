import pg from 'pg'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../src/core/range.js'
import { openStorage } from '../../src/storage/open.js'
import type { AgentQuery } from '../../src/storage/port/agents.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { initial } from '../../src/storage/sql/schema/001-initial.js'
import { keyKinds } from '../../src/storage/sql/schema/002-key-kinds.js'
import { agentSessions } from '../../src/storage/sql/schema/003-agent-sessions.js'
import { administration } from '../../src/storage/sql/schema/004-administration.js'
import { providerReports } from '../../src/storage/sql/schema/005-provider-reports.js'
import { SqliteConnection } from '../../src/storage/sqlite/connection.js'
import { AS_JSON, callsIn } from '../helpers/rows.js'
import { ENGINES, newClient, newEvent, scratchStorage, scratchUrl, type EngineName } from '../helpers/storage.js'

const T0 = Date.parse('2025-10-12T10:30:00Z')
const MINUTE = 60_000
const MAX_CALL_AGE_MS = 4 * 3_600_000
const A = 'client-a'

function onBoth(name: string, scenario: (t: Test, storage: Storage) => Promise<unknown>): void {
  for (const engine of ENGINES) {
    t.test(`${engine}: ${name}`, async (t) => {
      const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
      await storage.createClient(newClient(A))
      await storage.createClient(newClient('client-b'))
      await scenario(t, storage)
    })
  }
}

/** An event of a call, as the ribbon of an agent tells it. */
function told(callSid: string, agentUserId: unknown, members: Partial<NewEvent> = {}): NewEvent {
  const context = { agentUserId } as NewEvent['context']
  return newEvent({ event: 'connected', data: { callSid }, context, occurredAt: T0, ...members })
}

const asked = (members: Partial<AgentQuery> = {}): AgentQuery => {
  return { clientId: A, active: null, onCall: null, onCallFrom: T0, after: 0, limit: 100, ...members }
}

const idsOf = async (storage: Storage, members: Partial<AgentQuery> = {}) =>
  (await storage.agents(asked(members))).map(({ agentUserId }) => agentUserId)

onBoth('an event makes the agent known that it names, once, and nothing of it is saved', async (t, storage) => {
  await storage.record(told('CA1', 'asha', { receivedAt: T0 + 5 }))
  await Promise.all([1, 2, 3].map((n) => storage.record(told(`CA${String(n)}`, 'asha', { event: 'dtmf' }))))
  await storage.record(told('CA4', 42, { event: 'no event that changes a call' }))
  for (const nobody of ['', null, 'x'.repeat(129)]) await storage.record(told('CA5', nobody))
  await storage.record(told('CA1', 'elsewhere', { clientId: 'client-b' }))
  t.match(await storage.agent(A, 'asha', T0), {
    agentUserId: 'asha',
    active: true,
    profile: {},
    createdAt: T0 + 5,
    updatedAt: T0 + 5,
    activeCalls: 3,
  })
  t.same(await idsOf(storage), ['42', 'asha'])
  t.equal(await storage.agent(A, 'elsewhere', T0), null, 'whom another client has')
  t.equal(await storage.agent('nobody', 'asha', T0), null)
  t.same(await storage.agents(asked({ clientId: 'nobody' })), [])
})

onBoth('a patch replaces what it names, and an event overwrites nothing that was saved', async (t, storage) => {
  const patch = { name: 'Asha', exotelUserId: 'e-1', email: 'Asha@acme.in', phone: '09812345678' }
  t.equal(await storage.saveAgent(A, 'asha', patch, T0), null)
  t.equal(await storage.saveAgent(A, 'asha', { email: null, active: false }, T0 + 7), null)
  await storage.record(told('CA1', 'asha'))
  const { name, exotelUserId, phone } = patch
  const profile = { name, exotelUserId, phone }
  const record = { profile, active: false, createdAt: T0, updatedAt: T0 + 7, activeCalls: 1 }
  t.strictSame(await storage.agent(A, 'asha', T0), { number: 1, agentUserId: 'asha', ...record })
  await storage.saveAgent(A, 'asha', { active: true }, T0 + 8)
  t.equal((await storage.agent(A, 'asha', T0))?.active, true)
  // One that an event named first is the same agent when it is saved.
  await storage.record(told('CA2', 'ravi'))
  await storage.saveAgent(A, 'ravi', { name: 'Ravi' }, T0 + 9)
  t.match(await storage.agent(A, 'ravi', T0), { number: 2, profile: { name: 'Ravi' }, active: true, createdAt: T0 })
})

onBoth('no two agents of a client are one Exotel user, also when both are saved at once', async (t, storage) => {
  const saved = await Promise.all(['a', 'b', 'c'].map((id) => storage.saveAgent(A, id, { exotelUserId: 'e-1' }, T0)))
  t.equal(saved.filter((other) => other === null).length, 1)
  const [owner] = await storage.agentsKnownAs(A, { exotelUserId: 'e-1', email: null, number: null })
  for (const other of saved) if (other !== null) t.equal(other, owner?.agentUserId)
  t.equal((await idsOf(storage)).length, 1, 'nothing was written of the others')
  t.equal(await storage.saveAgent('client-b', 'b', { exotelUserId: 'e-1' }, T0), null, 'another client may have it')
  await storage.saveAgent(A, String(owner?.agentUserId), { exotelUserId: null }, T0)
  t.equal(await storage.saveAgent(A, 'd', { exotelUserId: 'e-1' }, T0), null, 'and whoever comes after')
})

onBoth('agents are listed by id, a page at a time, by whether they work and are on a call', async (t, storage) => {
  for (const id of ['é', 'b', 'A', 'a']) await storage.saveAgent(A, id, { active: id !== 'b' }, T0)
  await storage.record(told('CA1', 'a'))
  await storage.record(told('CA2', 'é'))
  await storage.record(told('CA2', 'é', { event: 'callEnded', occurredAt: T0 + MINUTE }))
  await storage.record(told('CA0', 'A', { occurredAt: T0 - 1 }))
  t.same(await idsOf(storage), ['A', 'a', 'b', 'é'])
  const [, second] = await storage.agents(asked({ limit: 2 }))
  t.same(await idsOf(storage, { after: second?.number as number }), ['b', 'é'])
  t.same(await idsOf(storage, { active: true }), ['A', 'a', 'é'])
  t.same(await idsOf(storage, { active: false }), ['b'])
  t.same(await idsOf(storage, { onCall: true }), ['a'], 'a call that is too old, or over, goes on no more')
  t.same(await idsOf(storage, { onCall: false }), ['A', 'b', 'é'])
  t.same(await idsOf(storage, { onCall: true, onCallFrom: T0 - 1 }), ['A', 'a'])
  t.same(
    (await storage.agents(asked())).map(({ activeCalls }) => activeCalls),
    [0, 1, 0, 0],
  )
  // The call goes over to another agent, who answers it later.
  await storage.record(told('CA1', 'b', { occurredAt: T0 + 1 }))
  t.same(await idsOf(storage, { onCall: true }), ['b'])
})

onBoth('an agent is known by the Exotel user, the address and the number that were saved', async (t, storage) => {
  await storage.saveAgent(A, 'asha', { exotelUserId: 'e-1', email: 'Asha@Acme.in', phone: '098123 45678' }, T0)
  await storage.saveAgent(A, 'ravi', { email: 'desk@acme.in', phone: 'sip:ravi@acme.in', active: false }, T0)
  const known = async (identity: object) =>
    (await storage.agentsKnownAs(A, { exotelUserId: null, email: null, number: null, ...identity })).map(
      ({ agentUserId, active, by }) => `${agentUserId} ${String(active)} ${by}`,
    )
  t.same(await known({ exotelUserId: 'e-1' }), ['asha true exotelUserId'])
  t.same(await known({ email: 'ASHA@acme.IN', number: '+919812345678' }), ['asha true email', 'asha true number'])
  t.same(await known({ number: 'sip:ravi@acme.in' }), ['ravi false number'])
  t.same(await known({ exotelUserId: 'e-2', email: 'asha@acme.in' }), [], 'another Exotel user is somebody else')
  t.same(await known({ exotelUserId: 'e-2', email: 'desk@acme.in' }), ['ravi false email'])
  t.same(await known({ email: 'nobody@acme.in' }), [])
  t.same(await storage.agentsKnownAs('client-b', { exotelUserId: 'e-1', email: null, number: null }), [])
  t.same(await storage.agentsKnownAs('nobody', { exotelUserId: 'e-1', email: null, number: null }), [])
})

onBoth('lists and files of one agent have the agent’s, and no other', async (t, storage) => {
  for (const [n, agent] of ['asha', 'ravi', 'asha', 'asha'].entries()) {
    await storage.record(told(`CA${String(n)}`, agent, { occurredAt: T0 + n }))
  }
  await storage.record(told('CA0', null, { event: 'dtmf', occurredAt: T0 + 20 }))
  const list = { clientId: A, range: OPEN_RANGE, customerId: null, event: null, direction: null, pageSize: 2 }
  const eventsOf = async (agentUserId: string, page: number) => {
    const { events, total } = await storage.listEvents({ ...list, agentUserId, position: { page } })
    return [total, events.map(({ data }) => data['callSid'])]
  }
  t.same(await eventsOf('asha', 1), [3, ['CA3', 'CA2']])
  t.same(await eventsOf('asha', 2), [3, ['CA0']])
  t.same(await eventsOf('nobody', 1), [0, []])
  t.match(await storage.activeCalls(A, T0, 10, 'asha'), { count: 3 })
  t.match(await storage.activeCalls(A, T0, 1, 'ravi'), { count: 1, calls: [{ sessionId: 'session-CA1' }] })
  const file = { clientId: A, range: OPEN_RANGE, limit: 2, rows: AS_JSON, agentUserId: 'asha' }
  const first = await storage.exportChunk({ ...file, after: null })
  const second = await storage.exportChunk({ ...file, after: first.after })
  t.same(
    [...callsIn(first.rows), ...callsIn(second.rows)].map(({ sessionId }) => sessionId),
    ['CA0', 'CA2', 'CA3'].map((name) => `session-${name}`),
  )
  await storage.record(told('CA1', 'ravi', { event: 'callEnded', occurredAt: T0 + MINUTE }))
  await storage.record(told('CA2', 'asha', { event: 'callEnded', occurredAt: T0 + MINUTE }))
  const { rows } = await storage.callsTouchedSince(file, first.sequence)
  t.same(
    callsIn(rows).map(({ sessionId }) => sessionId),
    ['session-CA2'],
  )
  t.same(await storage.filteredReport({ clientId: 'nobody', range: OPEN_RANGE, zone: 'UTC', recent: 1 }), {
    ...(await storage.filteredReport({ clientId: A, range: OPEN_RANGE, zone: 'UTC', recent: 1, customerId: 'nobody' })),
  })
})

onBoth('calls that are no longer kept still count for their agent', async (t, storage) => {
  const LONG_AGO = T0 - 90 * 86_400_000
  await storage.record(told('CA1', 'asha', { occurredAt: LONG_AGO }))
  await storage.record(told('CA1', 'asha', { event: 'callEnded', occurredAt: LONG_AGO + MINUTE }))
  await storage.record(told('CA2', 'asha'))
  const query = { clientId: A, range: OPEN_RANGE, zone: 'Asia/Kolkata', recent: 5, top: 5 }
  const counted = async () => {
    const { topAgents } = await storage.detailedReport(query)
    const { summary, topAgents: own } = await storage.filteredReport({ ...query, agentUserId: 'asha' })
    return [topAgents, own, summary]
  }
  const before = await counted()
  t.match(before, [[{ agentUserId: 'asha', calls: 2, seconds: 60, answered: 1 }]])
  while ((await storage.dropBefore(A, T0 - 86_400_000, 10)) > 0);
  t.same(await counted(), before)
  t.equal((await storage.activeCalls(A, 0, 5, 'asha')).count, 1)
  const kept = { clientId: A, range: OPEN_RANGE, after: null, limit: 9, rows: AS_JSON, agentUserId: 'asha' }
  t.equal((await storage.exportChunk(kept)).rows.length, 1, 'and are in no file')
})

const OLD = [initial, keyKinds, agentSessions, administration, providerReports]
const OLD_NAMES = ['001-initial', '002-key-kinds', '003-agent-sessions', '004-administration', '005-provider-reports']

/** A store as it was before there were agents, with a call and some events. */
function oldStore(engine: EngineName): readonly string[] {
  const bytes = (hex: string) => (engine === 'sqlite' ? `x'${hex}'` : `'\\x${hex}'::bytea`)
  const event = (sequence: number, context: object, call: number | null) =>
    `insert into events (client, sequence, occurred_at, received_at, call, direction, own_direction, own_key, source, key, event,
      data, context) values (1, ${String(sequence)}, ${String(T0)}, ${String(T0 - sequence)}, ${String(call)}, 2, 0, 0, 0,
      ${bytes(`0${String(sequence)}`)}, 'note', '{}', '${JSON.stringify(context)}')`
  return [
    'create table ribbon_schema (name text not null primary key)',
    ...OLD.flatMap((migration) => migration(engine)),
    ...OLD_NAMES.map((name) => `insert into ribbon_schema (name) values ('${name}')`),
    `insert into clients (client, client_id, name, plan, monthly_limit, features, allowed_domains, timezone, sealed_exotel,
      status, created_at) values (1, '${A}', 'A', 'trial', 1, '[]', '[]', 'UTC', '', 'active', 0)`,
    `insert into client_state (client, version, last_sequence, last_customer, calls, seconds, has_nameless)
      values (1, 0, 5, 0, 0, 0, 0)`,
    `insert into calls (client, number, version, start_at, events, nameless, direction, status, answered, key, call_key, agent)
      values (1, 1, 1, ${String(T0)}, 2, 0, 2, 0, 1, ${bytes('0102')}, 'CA1', 'asha')`,
    event(1, { agentUserId: 'asha' }, 1),
    event(2, { agentUserId: 42 }, 1),
    event(3, { agentUserId: '' }, null),
    event(4, { domain: 'agentUserId', agentUserId: null }, null),
    event(5, { agentUserId: 'x'.repeat(129) }, null),
  ]
}

async function makeOld(t: Test, engine: EngineName): Promise<string> {
  const url = await scratchUrl(t, engine)
  const statements = oldStore(engine)
  if (engine === 'sqlite') {
    const connection = new SqliteConnection(url.slice('file:'.length), 'writer')
    for (const statement of statements) connection.exec(statement)
    connection.checkpoint('truncate')
    connection.close()
    return url
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
  return url
}

for (const engine of ENGINES) {
  t.test(`${engine}: a store from before there were agents knows those that it names`, async (t) => {
    const storage = await openStorage({ url: await makeOld(t, engine), maxCallAgeMs: MAX_CALL_AGE_MS })
    t.teardown(() => storage.close())
    t.match(await storage.agents(asked()), [
      { agentUserId: '42', active: true, profile: {}, createdAt: T0 - 2, activeCalls: 0 },
      { agentUserId: 'asha', active: true, profile: {}, createdAt: T0 - 1, activeCalls: 1 },
    ])
    const list = { clientId: A, range: OPEN_RANGE, customerId: null, event: null, direction: null, pageSize: 9 }
    for (const agentUserId of ['42', 'asha']) {
      t.equal((await storage.listEvents({ ...list, agentUserId, position: { page: 1 } })).total, 1)
    }
    await storage.record(told('CA9', 'new'))
    t.equal((await storage.agents(asked())).length, 3)
    const query = { clientId: A, range: OPEN_RANGE, zone: 'UTC', recent: 0, top: 5 }
    t.match(await storage.filteredReport({ ...query, agentUserId: 'asha' }), { topAgents: [{ calls: 1 }] })
  })
}
