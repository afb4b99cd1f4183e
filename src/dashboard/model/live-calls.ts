/** The calls that go on, folded from the stream of changes. */
import type { components, StreamMessage } from '../../client/client.js'

export type Call = components['schemas']['Call']

export interface LiveCalls {
  /** Calls in progress, by session. */
  readonly calls: ReadonlyMap<string, Call>
  /** Those that ended while somebody looked on, the last first. */
  readonly ended: readonly Call[]
  /** How many go on, however many are listed; null until the stream tells it. */
  readonly total: number | null
  /** Goes up when reports may have changed. */
  readonly changes: number
  /** How much of the month's calls is used; null until the stream tells it. */
  readonly usage: components['schemas']['Usage'] | null
}

export const NOTHING_LIVE: LiveCalls = { calls: new Map(), ended: [], total: null, changes: 0, usage: null }

/** Ended calls that stay in sight. */
const MOST_ENDED = 10

/** What is known after one more message. Each comes once, in order. */
export function fold(live: LiveCalls, { event, data }: StreamMessage): LiveCalls {
  if (event === 'today') return { ...live, total: data.activeCalls, usage: data.usage }
  if (event === 'snapshot') {
    const calls = new Map(data.activeCalls.map((call) => [call.sessionId, call]))
    return { ...live, calls, total: data.totalActive, changes: live.changes + Number(live.total !== null) }
  }
  const { call } = data
  const calls = new Map(live.calls)
  const wasLive = calls.delete(call.sessionId)
  const isLive = call.status === 'active'
  if (isLive) calls.set(call.sessionId, call)
  const others = live.ended.filter(({ sessionId }) => sessionId !== call.sessionId)
  return {
    ...live,
    calls,
    ended: isLive || !wasLive ? others : [call, ...others].slice(0, MOST_ENDED),
    total: Math.max(0, Number(live.total) + Number(isLive) - Number(wasLive)),
    changes: live.changes + 1,
  }
}

/** Calls of an agent, a direction and a number of Exotel's, each where it was chosen: the newest first. */
export function listed(
  calls: Iterable<Call>,
  { agent, direction, number }: { readonly agent: string; readonly direction: string; readonly number: string },
): Call[] {
  return [...calls]
    .filter((call) => agent === '' || call.agentUserId === agent)
    .filter((call) => direction === '' || call.callDirection === direction)
    .filter((call) => number === '' || call.virtualNumber === number)
    .sort((a, b) => b.startTime.localeCompare(a.startTime))
}

/** Whole seconds since it was answered or, while it rings, since it began. @param now on the server's clock */
export function secondsOf({ answeredAt, startTime }: Call, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(answeredAt ?? startTime)) / 1000))
}
