/** The answer to a question: its groups in order, each with what was asked of it, now and in the range it is compared with. */
import { DURATION_BUCKETS } from '../vocabulary/calls.js'
import { CYCLE_LENGTHS, isTime, type Grouping, type Metric } from './vocabulary.js'
import { Groups, type Part } from './groups.js'
import { metricOf } from './metrics.js'
import type { Peaks } from './peak.js'
import type { Key } from './selection.js'

export interface Asked {
  readonly metrics: readonly Metric[]
  readonly groupBy: readonly Grouping[]
  /** By what groups are ordered; null orders them by time, or else by the first metric, most first. */
  readonly sort: { readonly by: Metric | 'group'; readonly descending: boolean } | null
  readonly limit: number
}

export interface Peaked {
  readonly grouped: Peaks
  readonly total: Peaks
}

/** What was gathered of one range. */
export interface Gathered {
  readonly groups: Groups
  /** All of it, where some of it is in no group here: a month that is compared may have more days. */
  readonly all?: Groups
  /** By group, and of all; null where nobody asked. */
  readonly peaks: Peaked | null
}

/** Values are in the order of the metrics. */
export interface Measured {
  readonly values: readonly (number | null)[]
  /** Null where nothing is compared. */
  readonly previous: readonly (number | null)[] | null
}

export interface AnswerRow extends Measured {
  readonly keys: readonly Key[]
}

export interface Answer {
  readonly rows: readonly AnswerRow[]
  readonly total: Measured
  /** Groups beyond the limit, and what they have together; null where there are none. */
  readonly other: (Measured & { readonly groups: number }) | null
}

/** @param filled groups that are to be there though no call is in them, beside those that are there anyway */
export function answerOf(
  { metrics, groupBy, sort, limit }: Asked,
  now: Gathered,
  before: Gathered | null,
  filled: (groups: Groups) => Iterable<readonly Key[]>,
): Answer {
  const peaks = [now, before].flatMap((gathered) => gathered?.peaks?.grouped.keys ?? [])
  for (const keys of [...(before?.groups.keys ?? []), ...peaks]) now.groups.place(keys)
  for (const keys of filled(now.groups)) now.groups.place(keys)
  const none = now.groups.totalOf([])
  const measured: Measure = (gathered, place, metric) => {
    const keys = now.groups.keysAt(place)
    if (metric === 'peakConcurrent') return (gathered.peaks as Peaked).grouped.of(keys)
    const group = gathered === now ? place : gathered.groups.find(keys)
    return group === undefined ? metricOf(metric, none, 0) : metricOf(metric, gathered.groups, group)
  }
  const [told, beyond] = firstOf(now.groups.size, limit, comparing(now, { groupBy, metrics, sort }, measured))
  const rows = told.map((place): AnswerRow => {
    const of = (gathered: Gathered) => metrics.map((metric) => measured(gathered, place, metric))
    return {
      keys: now.groups.keysAt(place),
      values: of(now),
      previous: before === null ? null : of(before),
    }
  })
  return {
    rows,
    total: together(metrics, now, before, null),
    other: beyond.length === 0 ? null : { groups: beyond.length, ...together(metrics, now, before, beyond) },
  }
}

/** What some groups have together, or all; how many of their calls went on at once is known of all alone. */
function together(
  metrics: readonly Metric[],
  now: Gathered,
  before: Gathered | null,
  only: readonly number[] | null,
): Measured {
  const sum = ({ groups, all: whole = groups, peaks }: Gathered) => {
    const own =
      groups === now.groups
        ? (only ?? [])
        : (only ?? []).flatMap((group) => groups.find(now.groups.keysAt(group)) ?? [])
    const all = only === null ? whole.total() : groups.totalOf(own)
    return metrics.map((metric) => {
      if (metric !== 'peakConcurrent') return metricOf(metric, all, 0)
      return only === null ? (peaks as Peaked).total.of([]) : null
    })
  }
  return { values: sum(now), previous: before === null ? null : sum(before) }
}

/** Of a group, by its place among those of now. */
type Measure = (gathered: Gathered, place: number, metric: Metric) => number | null
type Compare = (one: number, other: number) => number

/** Compares groups by their places. */
function comparing(now: Gathered, { groupBy, metrics, sort }: Omit<Asked, 'limit'>, measure: Measure): Compare {
  const { groups } = now
  const isByTime = groupBy[0] !== undefined && isTime(groupBy[0])
  const { by, descending } = sort ?? { by: isByTime ? 'group' : (metrics[0] as Metric), descending: !isByTime }
  const sign = descending ? -1 : 1
  const orders: (readonly Key[])[] = []
  const order = (place: number) => (orders[place] ??= orderOf(groupBy, groups.keysAt(place)))
  const compareKeys: Compare = (one, other) => compareOrders(order(one), order(other))
  if (by === 'group') return (one, other) => sign * compareKeys(one, other)
  const values = Array.from({ length: groups.size }, (_, place) => measure(now, place, by))
  return (one, other) => {
    const [a, b] = [values[one] ?? null, values[other] ?? null]
    if (a === b) return compareKeys(one, other)
    // What is not defined comes last either way.
    if (a === null) return 1
    return b === null ? -1 : sign * (a - b)
  }
}

/** The first of some places by an order, and the others: there may be very many, of which few are told. */
function firstOf(size: number, limit: number, compare: Compare): [first: number[], others: number[]] {
  const first: number[] = []
  const others: number[] = []
  for (let place = 0; place < size; place++) {
    if (first.length === limit && compare(place, first[limit - 1] as number) > 0) {
      others.push(place)
      continue
    }
    let [from, to] = [0, first.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if (compare(place, first[middle] as number) > 0) from = middle + 1
      else to = middle
    }
    first.splice(from, 0, place)
    if (first.length > limit) others.push(first.pop() as number)
  }
  return [first, others]
}

/** Keys as they are compared. Hours are told with their offset, and buckets by name: neither text ascends as what it names does. */
function orderOf(groupBy: readonly Grouping[], keys: readonly Key[]): Key[] {
  return keys.map((key, at) => {
    if (key === null) return null
    if (groupBy[at] === 'hour') return Date.parse(String(key))
    return groupBy[at] === 'durationBucket' ? DURATION_BUCKETS.findIndex(({ name }) => name === key) : key
  })
}

/** Of two groups: they differ in one of their keys at least. */
function compareOrders(a: readonly Key[], b: readonly Key[]): number {
  const at = a.findIndex((key, i) => key !== b[i])
  const [one, other] = [a[at] ?? null, b[at] ?? null]
  if (one === null) return 1
  return other === null || one < other ? -1 : 1
}

/** The groups of a range as those of another one: stretches of time by their place in it, everything else as it is. */
export function aligned(
  groups: Groups,
  { parts, sums }: { readonly parts: readonly Part[]; readonly sums?: readonly number[] },
  keysOf: (keys: readonly Key[]) => readonly Key[] | null,
): Groups {
  const moved = new Groups(parts, sums)
  for (const [group, keys] of groups.keys.entries()) {
    const own = keysOf(keys)
    if (own !== null) moved.addGroup(moved.place(own), groups, group)
  }
  return moved
}

/** All groups of some lists of keys, one of each. */
export function* crossed(lists: readonly (readonly Key[])[]): Generator<readonly Key[]> {
  const [first, second] = lists
  if (first === undefined) {
    yield []
    return
  }
  for (const one of first) {
    if (second === undefined) yield [one]
    else for (const other of second) yield [one, other]
  }
}

/** Every place of a cycle. */
export function cycleKeys(cycle: keyof typeof CYCLE_LENGTHS): Key[] {
  return Array.from({ length: CYCLE_LENGTHS[cycle] }, (_, place) => place)
}
