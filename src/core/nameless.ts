import { LIMITS } from './limits.js'

/** An event that names no call, only a number. All of one number, in the order of `byTime`. */
export interface NamelessEvent {
  /** Tells events of one instant apart, whatever order they came in. */
  readonly key: string
  /** Epoch milliseconds. */
  readonly occurredAt: number
  /** Whether its name is known: only such events begin a call. */
  readonly known: boolean
  /** Whether it ends its call. */
  readonly terminal: boolean
}

/** A call of the same number, as the events that name it tell it. */
export interface NamedCall {
  readonly key: string
  readonly startAt: number
  readonly endAt: number | null
  /** Nameless events before these that it has taken; none when absent. */
  readonly taken?: number
}

/** The call of a nameless event: one that others name, one that the event at `first` began, or none. */
export type Assignment = { readonly call: string } | { readonly first: number } | null

/** An event that comes no later than this after a call's end is still of that call: clocks and networks are not exact. */
export const AFTER_END_MS = 60_000

export function byTime(a: NamelessEvent, b: NamelessEvent): number {
  if (a.occurredAt !== b.occurredAt) return a.occurredAt - b.occurredAt
  // At one instant the end comes last.
  if (a.terminal !== b.terminal) return a.terminal ? 1 : -1
  return a.key < b.key ? -1 : 1
}

/**
 * Finds the call of each event that names none. It belongs to the named call of its number that began latest among those
 * begun by its time, less than the maximum call age ago, and not over for more than a minute. Events that no named call
 * takes make calls of their own, in order of time: the first known one begins a call, later ones join it within the maximum
 * call age, up to and including one that ends it. A call takes so many and no more: events beyond that are of no call.
 * A function of the two sets: arrival does not matter.
 * @param events sorted by `byTime`
 * @param calls in any order
 * @returns the call of each event, in the same order
 */
export function assignNameless(
  events: readonly NamelessEvent[],
  calls: readonly NamedCall[],
  maxCallAgeMs: number,
): Assignment[] {
  const newestFirst = [...calls].sort((a, b) => b.startAt - a.startAt || (a.key < b.key ? -1 : 1))
  const taken = new Map(calls.map((call) => [call.key, call.taken ?? 0]))
  let own: { first: number; startAt: number; events: number } | null = null
  return events.map(({ occurredAt, known, terminal }, index) => {
    const call = callAt(newestFirst, occurredAt, maxCallAgeMs)
    if (call !== null) {
      const count = taken.get(call) as number
      taken.set(call, count + 1)
      return count < LIMITS.namelessOfCall ? { call } : null
    }
    if (own !== null && (occurredAt - own.startAt >= maxCallAgeMs || own.events >= LIMITS.namelessOfCall)) own = null
    if (own === null) {
      if (!known) return null
      own = { first: index, startAt: occurredAt, events: 0 }
    }
    own.events += 1
    const { first } = own
    if (terminal) own = null
    return { first }
  })
}

function callAt(newestFirst: readonly NamedCall[], at: number, maxCallAgeMs: number): string | null {
  const first = firstBegunBy(newestFirst, at)
  for (let i = first; i < Math.min(first + LIMITS.callsOfNumber, newestFirst.length); i++) {
    const { key, startAt, endAt } = newestFirst[i] as NamedCall
    if (at - startAt >= maxCallAgeMs) return null
    if (endAt === null || at <= endAt + AFTER_END_MS) return key
  }
  return null
}

/** Where the calls begin, newest first, that had begun at an instant. */
function firstBegunBy(newestFirst: readonly NamedCall[], at: number): number {
  let [low, high] = [0, newestFirst.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((newestFirst[middle] as NamedCall).startAt > at) low = middle + 1
    else high = middle
  }
  return low
}
