import fc from 'fast-check'
import assert from 'node:assert/strict'
import t from 'tap'
import pg from 'pg'
import type { CallEvent } from '../../src/core/facts.js'
import { canonicalJson, type Json } from '../../src/core/json.js'
import { openStorage } from '../../src/storage/open.js'
import type { CallChange } from '../../src/storage/port/changes.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { callEvent } from '../helpers/events.js'
import { eventually } from '../helpers/deadline.js'
import { oracleCalls, type OracleCall } from '../helpers/oracle.js'
import { scratchDatabase } from '../helpers/postgres.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const CLIENT = 'client-a'
const T0 = 1_760_265_000_000

/** Events of a few calls, in the order in which they arrive. Each names its call, so that the call of each is certain. */
const stream = fc.array(callEvent(fc.constantFrom('CA1', 'CA2', 'CA3')), { maxLength: 25 })

async function withClient(storage: Storage): Promise<Storage> {
  await storage.createClient(newClient(CLIENT))
  return storage
}

async function allChanges(storage: Storage, clientId: string, limit: number): Promise<CallChange[]> {
  const changes: CallChange[] = []
  for (let sequence = 0; ;) {
    const page = await storage.changesSince(clientId, sequence, limit)
    changes.push(...page.changes)
    if (page.sequence === page.lastSequence) return changes
    ;({ sequence } = page)
  }
}

/** The call of an event among some events; null while there is none. */
function callAmong(events: readonly CallEvent[], { data }: CallEvent): OracleCall | null {
  return oracleCalls(events).find(({ sessionId }) => sessionId === `session-${data['callSid'] as string}`) ?? null
}

/** What an event changed, by what the words mean. */
function expectedType(before: OracleCall | null, after: OracleCall | null): string | null {
  if (after === null) return null
  const isOver = (call: OracleCall | null) => call !== null && call.endAt !== null
  if (after.status === 'missed' && before?.status !== 'missed') return 'call.missed'
  if (isOver(after) && !isOver(before)) return 'call.ended'
  if (!isOver(after) && after.answered && !(before?.answered ?? false)) return 'call.answered'
  if (before === null) return 'call.started'
  return canonicalJson(before as unknown as Json) === canonicalJson(after as unknown as Json) ? null : 'call.updated'
}

for (const engine of ENGINES) {
  t.test(`${engine}: changes are what each event makes of the call that the events before it told`, async (t) => {
    const storage = await scratchStorage(t, undefined, engine)
    let runs = 0
    const property = fc.asyncProperty(stream, fc.integer({ min: 1, max: 9 }), async (arrived, limit) => {
      const clientId = `client-${String((runs += 1))}`
      await storage.createClient(newClient(clientId, { apiKeyHash: clientId }))
      // Equal events are one event.
      const events = [...new Map(arrived.map((event) => [JSON.stringify(event), event])).values()]
      await storage.recordAll(events.map((event) => newEvent({ ...event, clientId })))
      const expected = events.flatMap((event, i) => {
        const after = callAmong(events.slice(0, i + 1), event)
        const type = expectedType(callAmong(events.slice(0, i), event), after)
        return type === null ? [] : [{ sequence: i + 1, type, status: after?.status, duration: after?.durationSeconds }]
      })
      const changes = await allChanges(storage, clientId, limit)
      assert.deepEqual(
        changes.map(({ sequence, type, call }) => {
          return { sequence, type, status: call.status, duration: call.durationSeconds }
        }),
        expected,
      )
      assert.deepEqual(changes, await allChanges(storage, clientId, 100), 'pages of any length tell the same')
    })
    await fc.assert(property, { numRuns: Number(process.env['ORACLE_RUNS'] ?? 30) })
  })

  t.test(`${engine}: the last change of each call shows it as the call itself is`, async (t) => {
    const storage = await withClient(await scratchStorage(t, undefined, engine))
    const say = (event: string, seconds: number, members: Partial<NewEvent> = {}) => {
      const data = { callSid: 'CA1', phoneNumber: '09876543210', duration: 5, ...members.data }
      return storage.record(newEvent({ event, occurredAt: T0 + seconds * 1000, ...members, data }))
    }
    await say('incoming', 0)
    await say('connected', 4, { context: { agentUserId: 'agent-1' } })
    await say('dtmf', 5)
    await say('callEnded', 9)
    const [first, second, third, ...more] = await allChanges(storage, CLIENT, 9)
    t.same([first?.type, second?.type, third?.type, more], ['call.started', 'call.answered', 'call.ended', []])
    t.match(first, { call: { phoneE164: '+919876543210', status: 'active', agentUserId: null }, sequence: 1 })
    const record = await storage.callBySession(CLIENT, 'session-CA1')
    t.same({ ...third?.call, number: 1 }, record?.call)
    t.match(third, { sequence: 4, event: { event: 'callEnded', occurredAt: T0 + 9000 } })
  })

  t.test(`${engine}: a call that is voided says so once, and again when it is restored`, async (t) => {
    const storage = await withClient(await scratchStorage(t, undefined, engine))
    const say = (event: string, seconds: number, source: NewEvent['source'] = 'operator') =>
      storage.record(newEvent({ event, source, occurredAt: T0 + seconds * 1000, data: { callSid: 'CA1' } }))
    await say('dialing', 0, 'ribbon')
    for (const [i, event] of ['voided', 'annotated', 'restored'].entries()) await say(event, i + 1)
    const changes = await allChanges(storage, CLIENT, 2)
    t.same(
      changes.map(({ type, call }) => [type, call.voided]),
      [
        ['call.started', false],
        ['call.updated', true],
        ['call.updated', false],
      ],
    )
  })

  t.test(`${engine}: the end of a call is told however many events it has`, async (t) => {
    const storage = await withClient(await scratchStorage(t, undefined, engine))
    const event = (event: string, n: number) =>
      newEvent({ event, occurredAt: T0 + n * 1000, data: { callSid: 'CA1', n, duration: 700 } })
    await storage.recordAll(Array.from({ length: 502 }, (_, n) => event(n === 0 ? 'connected' : 'dtmf', n)))
    await storage.record(event('callEnded', 502))
    await storage.record(newEvent({ event: 'callEnded', occurredAt: T0, data: { phoneNumber: '1' } }))
    const changes = await allChanges(storage, CLIENT, 50)
    t.match(changes, [
      { type: 'call.answered', sequence: 1 },
      { type: 'call.ended', sequence: 503, call: { durationSeconds: 700, status: 'completed' } },
      { type: 'call.ended', sequence: 504, call: { phoneNumber: '1' } },
    ])
  })

  t.test(`${engine}: the sequences of the last events of clients are found together`, async (t) => {
    const storage = await withClient(await scratchStorage(t, undefined, engine))
    await storage.createClient(newClient('__proto__', { apiKeyHash: 'other' }))
    await storage.record(newEvent({ event: 'dialing', occurredAt: T0, data: { callSid: 'CA1' } }))
    await storage.changesSince(CLIENT, 0, 1)
    const all = await storage.allLastSequences([CLIENT, 'nobody', '__proto__'])
    t.same(
      [...all].sort((a, b) => b.sequence - a.sequence),
      [
        { clientId: CLIENT, sequence: 1 },
        { clientId: '__proto__', sequence: 0 },
      ],
    )
    t.same(await storage.allLastSequences([]), [])
  })
}

t.test('who listens hears of what is recorded, until it stops', async (t) => {
  const storage = await withClient(await scratchStorage(t))
  const heard: string[] = []
  const stop = storage.onRecorded((clientId) => heard.push(clientId))
  const say = (callSid: string) => storage.record(newEvent({ event: 'dialing', occurredAt: T0, data: { callSid } }))
  await say('CA1')
  t.same(heard, [CLIENT])
  stop()
  await say('CA2')
  t.same(heard, [CLIENT])
})

t.test('on a server the other processes hear of it, also once a broken connection is there again', async (t) => {
  const url = await scratchDatabase(t)
  const open = async () => {
    const storage = await openStorage({ url, maxCallAgeMs: 1 })
    t.teardown(() => storage.close())
    return storage
  }
  const [here, there] = [await withClient(await open()), await open()]
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  const heard: string[] = []
  there.onRecorded((clientId) => heard.push(clientId))
  let n = 0
  const hearing = async () => {
    heard.length = 0
    await eventually(20_000, 'hearing of another process', async () => {
      await here.record(newEvent({ event: 'dialing', occurredAt: T0, data: { callSid: `CA${String((n += 1))}` } }))
      return heard.length > 0
    })
  }
  await hearing()
  const { rowCount } = await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()",
  )
  t.equal(rowCount, 1)
  await hearing()
  t.same([...new Set(heard)], [CLIENT])
})
