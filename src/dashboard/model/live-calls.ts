/** The calls that go on, folded from the stream of changes. */
import type { components } from '../../client/client.js'
import type { ServerEvent } from './event-stream.js'

export type Call = components['schemas']['Call']

export interface LiveCalls {
  /** Calls in progress, by session. */
  readonly calls: ReadonlyMap<string, Call>
  /** Those that ended while somebody looked on, the last first. */
  readonly ended: readonly Call[]
  /** How many go on, however many are listed. */
  readonly total: number
  /** How many calls ended or began since the page was opened: reports change with each. */
  readonly changes: number
  /** The event after which the stream goes on. */
  readonly lastId: string
}

export const NOTHING_LIVE: LiveCalls = { calls: new Map(), ended: [], total: 0, changes: 0, lastId: '' }

/** Ended calls that stay in sight. */
const MOST_ENDED = 10

interface Snapshot {
  readonly activeCalls: readonly Call[]
  readonly totalActive: number
}

/** What is known after one more event. The server sends each once, in order. */
export function fold(live: LiveCalls, { name, data, id }: ServerEvent): LiveCalls {
  const lastId = id === '' ? live.lastId : id
  if (name === 'snapshot') {
    const { activeCalls, totalActive } = JSON.parse(data) as Snapshot
    const calls = new Map(activeCalls.map((call) => [call.sessionId, call]))
    return { ...live, calls, total: totalActive, changes: live.changes + 1, lastId }
  }
  if (!name.startsWith('call.')) return { ...live, lastId }
  const { call } = JSON.parse(data) as { readonly call: Call }
  const calls = new Map(live.calls)
  const wasLive = calls.delete(call.sessionId)
  const isLive = call.status === 'active'
  if (isLive) calls.set(call.sessionId, call)
  const others = live.ended.filter(({ sessionId }) => sessionId !== call.sessionId)
  const ended = isLive || !wasLive ? others : [call, ...others].slice(0, MOST_ENDED)
  return {
    calls,
    ended,
    total: Math.max(0, live.total + Number(isLive) - Number(wasLive)),
    changes: live.changes + Number(name !== 'call.updated'),
    lastId,
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
