import t from 'tap'
import { eventReader } from '../../src/dashboard/model/event-stream.js'
import {
  type Call,
  fold,
  listed,
  type LiveCalls,
  NOTHING_LIVE,
  secondsOf,
} from '../../src/dashboard/model/live-calls.js'
import { timelineOf } from '../../src/dashboard/model/timeline.js'

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

const told = (name: string, data: object, id = '') => ({ name, data: JSON.stringify(data), id })
const foldAll = (live: LiveCalls, ...events: ReturnType<typeof told>[]) => events.reduce(fold, live)

t.test('events are read however their text is cut into pieces, comments aside', async (t) => {
  const text =
    ': here I am\n\nid: 7\nevent: call.started\ndata: {"a":\ndata: 1}\n\n: still\r\n\r\nevent: tiles\r\ndata:{}\r\n\r\n'
  const expected = [
    { name: 'call.started', data: '{"a":\n1}', id: '7' },
    { name: 'tiles', data: '{}', id: '' },
  ]
  for (const size of [1, 3, 10, text.length]) {
    const read = eventReader()
    const pieces = text.match(new RegExp(`[\\s\\S]{1,${String(size)}}`, 'g')) ?? []
    t.same(pieces.flatMap(read), expected, `${String(size)} characters at a time`)
  }
})

t.test('a call is live from its start to its end, and stays in sight when it has ended', async (t) => {
  const begun = foldAll(
    NOTHING_LIVE,
    told('snapshot', { sequence: 1, activeCalls: [call('a')], totalActive: 3 }, '1'),
    told('call.started', { call: call('b') }, '2'),
  )
  t.same([...begun.calls.keys()], ['a', 'b'])
  t.equal(begun.total, 4, 'calls that are not listed count')
  const answered = foldAll(
    begun,
    told('call.answered', { call: call('b', { answeredAt: '2025-10-12T10:30:09Z' }) }, '3'),
  )
  t.match(answered, { total: 4, lastId: '3', calls: new Map([['b', { answeredAt: '2025-10-12T10:30:09Z' }]]) })
  const ended = foldAll(answered, told('call.ended', { call: call('b', { status: 'completed', duration: 5 }) }, '4'))
  t.same([...ended.calls.keys()], ['a'])
  t.match(ended, { total: 3, ended: [{ sessionId: 'b', duration: 5 }] })
  const corrected = foldAll(ended, told('call.updated', { call: call('b', { status: 'busy' }) }, '5'))
  t.match(corrected, { total: 3, ended: [], changes: ended.changes }, 'what changed after its end is not news of now')
  const wrongAboutItsEnd = foldAll(ended, told('call.updated', { call: call('b') }, '5'))
  t.match(wrongAboutItsEnd, { total: 4, ended: [] })
})

t.test('calls of before, and figures of the day, change nothing that is live', async (t) => {
  const live = foldAll(NOTHING_LIVE, told('snapshot', { sequence: 1, activeCalls: [], totalActive: 0 }, '1'))
  t.match(foldAll(live, told('call.ended', { call: call('old', { status: 'missed' }) }, '2')), { total: 0, ended: [] })
  t.match(foldAll(live, told('tiles', { totalCalls: 7 })), { total: 0, lastId: '1' })
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
