/** The answer to a question: its groups in order, each with what was asked of it, now and in the range it is compared with. */
import { DURATION_BUCKETS } from '../vocabulary.js'
import { CYCLE_LENGTHS, CYCLES, TIME_GRAINS, type Grouping, type Metric } from './vocabulary.js'
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

interface Peaked {
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
  filled: (groups: readonly (readonly Key[])[]) => Iterable<readonly Key[]>,
): Answer {
  const peaks = [now, before].flatMap((gathered) => gathered?.peaks?.grouped.keys ?? [])
  for (const keys of [...(before?.groups.keys ?? []), ...peaks]) now.groups.place(keys)
  for (const keys of filled(now.groups.keys)) now.groups.place(keys)
  const none = now.groups.totalOf([])
  const measure = ({ groups, peaks }: Gathered, keys: readonly Key[]) => {
    const group = groups.find(keys)
    return metrics.map((metric) => {
      if (metric === 'peakConcurrent') return (peaks as Peaked).grouped.of(keys)
      return group === undefined ? metricOf(metric, none, 0) : metricOf(metric, groups, group)
    })
  }
  const rows = now.groups.keys.map((keys) => ({
    keys,
    order: keys.map((key, at) => orderOf(groupBy[at] as Grouping, key)),
    values: measure(now, keys),
    previous: before === null ? null : measure(before, keys),
  }))
  rows.sort(comparing(groupBy, metrics, sort))
  const beyond = rows.splice(limit)
  return {
    rows: rows.map(({ keys, values, previous }) => ({ keys, values, previous })),
    total: together(metrics, now, before, null),
    other:
      beyond.length === 0
        ? null
        : {
            groups: beyond.length,
            ...together(
              metrics,
              now,
              before,
              beyond.map(({ keys }) => keys),
            ),
          },
  }
}

/** What some groups have together, or all; how many of their calls went on at once is known of all alone. */
function together(
  metrics: readonly Metric[],
  now: Gathered,
  before: Gathered | null,
  only: readonly (readonly Key[])[] | null,
): Measured {
  const sum = ({ groups, all: whole = groups, peaks }: Gathered) => {
    const all = only === null ? whole.total() : groups.totalOf(only)
    return metrics.map((metric) => {
      if (metric !== 'peakConcurrent') return metricOf(metric, all, 0)
      return only === null ? (peaks as Peaked).total.of([]) : null
    })
  }
  return { values: sum(now), previous: before === null ? null : sum(before) }
}

interface Row extends AnswerRow {
  /** Its keys, as they are compared. */
  readonly order: readonly Key[]
}

/** Hours are told with their offset, and buckets by name: neither text ascends as what it names does. */
function orderOf(by: Grouping, key: Key): Key {
  if (key === null) return null
  if (by === 'hour') return Date.parse(String(key))
  return by === 'durationBucket' ? DURATION_BUCKETS.findIndex(({ name }) => name === key) : key
}

function comparing(
  groupBy: readonly Grouping[],
  metrics: readonly Metric[],
  sort: Asked['sort'],
): (a: Row, b: Row) => number {
  const byTime = [...TIME_GRAINS, ...CYCLES].some((time) => time === groupBy[0])
  const { by, descending } = sort ?? { by: byTime ? 'group' : (metrics[0] as Metric), descending: !byTime }
  const sign = descending ? -1 : 1
  if (by === 'group') return (a, b) => sign * compareKeys(a.order, b.order)
  const at = metrics.indexOf(by)
  return (a, b) => {
    const [one, other] = [a.values[at] ?? null, b.values[at] ?? null]
    if (one === other) return compareKeys(a.order, b.order)
    // What is not defined comes last either way.
    if (one === null) return 1
    return other === null ? -1 : sign * (one - other)
  }
}

/** Of two groups: they differ in one of their keys at least. */
function compareKeys(a: readonly Key[], b: readonly Key[]): number {
  const at = a.findIndex((key, i) => key !== b[i])
  const [one, other] = [a[at] ?? null, b[at] ?? null]
  if (one === null) return 1
  return other === null || one < other ? -1 : 1
}

/** The groups of a range as those of another one: stretches of time by their place in it, everything else as it is. */
export function aligned(
  groups: Groups,
  parts: readonly Part[],
  keysOf: (keys: readonly Key[]) => readonly Key[] | null,
): Groups {
  const moved = new Groups(parts)
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
