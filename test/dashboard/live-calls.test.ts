import t from 'tap'
import type { components, StreamMessage } from '../../src/client/client.js'
import {
  type Call,
  fold,
  listed,
  type LiveCalls,
  NOTHING_LIVE,
  secondsOf,
} from '../../src/dashboard/model/live-calls.js'
import { timelineOf } from '../../src/dashboard/model/timeline.js'

type CallChangeType = components['schemas']['CallChangeType']
type Today = components['schemas']['Today']

function call(sessionId: string, more: Partial<Call> = {}): Call {
  return {
    sessionId,
    clientId: 'client-demo',
    startTime: '2025-10-12T10:30:00Z',
    callDirection: 'inbound',
    status: 'active',
    ...more,
  }
}

function change(event: CallChangeType, call: Call): StreamMessage {
  const data = { sequence: 1, type: event, call, logId: 'log-1-a', event: 'any', occurredAt: call.startTime }
  return { id: 1, event, data }
}

function snapshot(totalActive: number, ...activeCalls: Call[]): StreamMessage {
  return { id: 1, event: 'snapshot', data: { sequence: 1, timezone: 'Asia/Kolkata', activeCalls, totalActive } }
}

const foldAll = (live: LiveCalls, ...messages: StreamMessage[]) => messages.reduce(fold, live)

t.test('a call is live from its start to its end, and stays in sight when it has ended', async (t) => {
  const begun = foldAll(NOTHING_LIVE, snapshot(3, call('a')), change('call.started', call('b')))
  t.same([...begun.calls.keys()], ['a', 'b'])
  t.equal(begun.total, 4, 'calls that are not listed count')
  const answered = foldAll(begun, change('call.answered', call('b', { answeredAt: '2025-10-12T10:30:09Z' })))
  t.equal(answered.total, 4)
  t.equal(answered.calls.get('b')?.answeredAt, '2025-10-12T10:30:09Z')
  const ended = foldAll(answered, change('call.ended', call('b', { status: 'completed', duration: 5 })))
  t.same([...ended.calls.keys()], ['a'])
  t.match(ended, { total: 3, ended: [{ sessionId: 'b', duration: 5 }] })
  t.ok(ended.changes > answered.changes, 'reports have changed')
  t.equal(begun.changes, 1, 'what one began with is no change')
  t.equal(fold(begun, snapshot(0)).changes, 2, 'what one begins with again may be one')
  const corrected = foldAll(ended, change('call.updated', call('b', { status: 'busy' })))
  t.match(corrected, { total: 3, ended: [] }, 'what changed after its end is not news of now')
  t.match(foldAll(ended, change('call.updated', call('b'))), { total: 4, ended: [] }, 'it goes on after all')
})

t.test('an end of a call that nobody saw changes nothing that is live', async (t) => {
  const live = foldAll(NOTHING_LIVE, snapshot(0))
  t.match(foldAll(live, change('call.missed', call('old', { status: 'missed' }))), { total: 0, ended: [] })
})

t.test('how many calls go on, and what is left of the month, are as the server counts', async (t) => {
  const usage = { callsThisMonth: 7, limit: 100, remaining: 93 }
  const data = { date: '2025-10-12', timezone: 'Asia/Kolkata', activeCalls: 2, usage, summary: {} } as Today
  t.match(fold(NOTHING_LIVE, { id: 1, event: 'today', data }), { total: 2, usage })
})

t.test('calls are listed the newest first, and only those that were chosen', async (t) => {
  const calls = [
    call('a', { agentUserId: 'agent-1' }),
    call('b', { startTime: '2025-10-12T10:31:00Z', virtualNumber: '+918041234567' }),
    call('c', { startTime: '2025-10-12T10:32:00Z', callDirection: 'outbound' }),
  ]
  const ids = (chosen: object) =>
    listed(calls, { agent: '', direction: '', number: '', ...chosen }).map(({ sessionId }) => sessionId)
  t.same(ids({}), ['c', 'b', 'a'])
  t.same(ids({ agent: 'agent-1' }), ['a'])
  t.same(ids({ direction: 'inbound' }), ['b', 'a'])
  t.same(ids({ number: '+918041234567' }), ['b'])
})

t.test('a call’s time runs from its answer or, while it rings, from its start', async (t) => {
  const now = Date.parse('2025-10-12T10:31:00.900Z')
  t.equal(secondsOf(call('a'), now), 60)
  t.equal(secondsOf(call('a', { answeredAt: '2025-10-12T10:30:50Z' }), now), 10)
  t.equal(secondsOf(call('a', { startTime: '2025-10-12T10:32:00Z' }), now), 0, 'clocks differ')
})

t.test('what happened in a call is told in order, from its start on', async (t) => {
  const event = (logId: string, name: string, timestamp: string) => ({
    logId,
    event: name,
    timestamp,
    receivedAt: timestamp,
    source: 'ribbon' as const,
    data: {},
  })
  const moments = timelineOf({
    call: call('a'),
    facts: {},
    holds: [],
    mutes: [],
    events: [
      event('2', 'connected', '2025-10-12T10:30:09Z'),
      event('1', 'incoming', '2025-10-12T10:30:00Z'),
      event('0', 'popup', '2025-10-12T10:29:59Z'),
    ],
  })
  t.same(
    moments.map(({ event, afterSeconds }) => [event, afterSeconds]),
    [
      ['popup', 0],
      ['incoming', 0],
      ['connected', 9],
    ],
  )
})
