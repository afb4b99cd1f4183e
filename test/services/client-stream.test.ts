/** Readers of one client's stream who come and go while the store is being read. */
import t, { type Test } from 'tap'
import { begunCall, type DerivedCall } from '../../src/core/call.js'
import { factsOf } from '../../src/core/facts.js'
import { ZERO } from '../../src/core/tally.js'
import { EventStream } from '../../src/http/event-stream.js'
import { ClientStream } from '../../src/services/client-stream.js'
import type { CallChange } from '../../src/storage/port/changes.js'
import type { Client } from '../../src/storage/port/clients.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { eventually } from '../helpers/deadline.js'
import { messagesIn } from '../helpers/event-stream.js'
import { listedClient } from '../helpers/storage.js'

const CLIENT: Client = listedClient('client-a')
const START = 1_760_265_000_000

function change(sequence: number): CallChange {
  const event = { event: 'dialing', occurredAt: START }
  const facts = factsOf({ ...event, source: 'ribbon', data: {}, context: {} })
  const derived = begunCall(facts) as DerivedCall
  const call = { ...derived, clientId: 'client-a', sessionId: `session-${String(sequence)}`, phoneE164: null }
  return { sequence, type: 'call.started', call, event: { ...event, logId: `log-${String(sequence)}` } }
}

/** A store of changes 1 to `last`, whose answers wait while it is held: they are as of when they were asked for. */
function setUp(t: Test) {
  const state = { last: 5, held: false, waiting: [] as (() => void)[] }
  const changesSince: Storage['changesSince'] = async (_clientId, sequence, limit) => {
    const { last } = state
    const upTo = Math.min(last, sequence + Math.min(limit, 2))
    const changes = Array.from({ length: upTo - sequence }, (_, i) => change(sequence + i + 1))
    if (state.held) await new Promise<void>((resolve) => state.waiting.push(resolve))
    return { changes, sequence: upTo, lastSequence: last }
  }
  const storage = {
    changesSince,
    activeCalls: () => Promise.resolve({ calls: [], cut: false, count: 0, sequence: state.last }),
    report: () => Promise.resolve({ summary: ZERO }),
    callsInMonth: () => Promise.resolve(0),
  }
  const shared = new ClientStream(CLIENT, {
    storage: storage as unknown as Storage,
    readTime: () => ({ now: START, maxCallAgeMs: 1 }),
  })
  const join = async (after: number | null) => {
    const stream = new EventStream()
    t.teardown(() => stream.destroy())
    let text = ''
    stream.setEncoding('utf8').on('data', (part) => (text += String(part)))
    const reader = await shared.begin(CLIENT, stream, after)
    const following = shared.follow(reader)
    const told = () => messagesIn(text).filter(({ event }) => event === 'call.started')
    return { stream, following, ids: () => told().map(({ id }) => id) }
  }
  const release = () => {
    state.held = false
    for (const resolve of state.waiting.splice(0)) resolve()
  }
  return { state, shared, join, release }
}

const until = (what: string, condition: () => boolean) => eventually(5_000, what, condition)

t.test('who joins while others are told more reads that, too, and then hears it with them', async (t) => {
  const { state, shared, join, release } = setUp(t)
  const first = await join(3)
  await first.following
  state.held = true
  const begun = await Promise.race([join(null), until('the second', () => state.waiting.length > 0).then(() => null)])
  const second = begun ?? (await join(null))
  await until('its reading', () => state.waiting.length > 0)
  const [late] = state.waiting.splice(0)
  state.held = false
  state.last = 9
  shared.wake()
  await until('the first to be told', () => first.ids().length === 6)
  late?.()
  await second.following
  state.last = 10
  shared.wake()
  await until('both', () => first.ids().at(-1) === 10 && second.ids().at(-1) === 10)
  t.same(first.ids(), [4, 5, 6, 7, 8, 9, 10])
  t.same(second.ids(), [6, 7, 8, 9, 10])
  release()
})

t.test('what was read for those who have gone is not told to who came meanwhile', async (t) => {
  const { state, shared, join, release } = setUp(t)
  const first = await join(null)
  await first.following
  state.last = 7
  state.held = true
  shared.wake()
  await until('reading', () => state.waiting.length > 0)
  const [late] = state.waiting.splice(0)
  first.stream.destroy()
  await until('its end', () => first.stream.closed)
  release()
  const second = await join(null)
  await second.following
  state.last = 8
  shared.wake()
  late?.()
  await until('the change', () => second.ids().length > 0)
  t.same(second.ids(), [8])
})

t.test('one that closes while it is read for hears nothing more, and nobody waits for it', async (t) => {
  const { state, shared, join, release } = setUp(t)
  state.held = true
  const begun = await join(null)
  await until('reading', () => state.waiting.length > 0)
  begun.stream.destroy()
  release()
  await begun.following
  state.last = 6
  shared.wake()
  await shared.refresh()
  t.same(begun.ids(), [])
})
