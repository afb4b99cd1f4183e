/** Gathers what a question asks for from columns of calls. */
import type { TimeRange } from '../range.js'
import { CALL_STATUSES } from '../vocabulary/calls.js'
import { ANSWERED, INBOUND, numberAt, type CallColumns } from './call-columns.js'
import { AGAIN, MISSED_STATES, NOT_AGAIN, type FollowUps } from './follow-ups.js'
import { Groups, type Part } from './groups.js'
import { bucketOf } from './histogram.js'
import { codesOf, selected, type Coded, type Filters, type ReadingAt } from './selection.js'
import { SUM_AT as AT, SUMS, type Grouping } from './vocabulary.js'

/** What is asked of calls. */
export interface Question {
  readonly groupBy: readonly Grouping[]
  readonly filters: Filters
  /** Beside the sums. */
  readonly parts: readonly Part[]
  readonly serviceLevelSeconds: number
  readonly abandonSeconds: number
}

/** Combinations of groups that a table finds at once. */
const MOST_IN_TABLE = 1 << 20
const REJECTED = CALL_STATUSES.indexOf('rejected')
const WIDTH = SUMS.length

/**
 * Adds the calls that start in a range to their groups.
 * @param followUps of the same rows; null where nobody asks what came after
 * @returns the groups
 */
export function gather(
  columns: CallColumns,
  range: TimeRange,
  question: Question,
  at: ReadingAt,
  followUps: FollowUps | null = null,
  groups = new Groups(question.parts),
): Groups {
  const rows = selected(columns, range, question.filters, at)
  const placeOf = placing(
    groups,
    question.groupBy.map((by) => codesOf(columns, by, at)),
  )
  const size = rows === null ? columns.count : rows.length
  for (let i = 0; i < size; i++) {
    const row = rows === null ? i : (rows[i] as number)
    const place = placeOf(row)
    addSums(groups.sums, place * WIDTH, columns, row, question)
    if (question.parts.length > 0) addParts(groups, place, columns, row)
    if (followUps !== null) addFollowUps(groups, place, columns, followUps, row)
  }
  return groups
}

/** Finds the group of a row. */
function placing(groups: Groups, [first, second]: readonly Coded[]): (row: number) => number {
  if (first === undefined) {
    let place = -1
    return () => (place === -1 ? (place = groups.place([])) : place)
  }
  const width = second?.keys.length ?? 1
  const combinations = first.keys.length * width
  const known = combinations <= MOST_IN_TABLE ? new Int32Array(combinations) : new Map<number, number>()
  return (row) => {
    const [one, other] = [first.codes[row] as number, second?.codes[row] ?? 0]
    const combination = one * width + other
    const place = known instanceof Map ? (known.get(combination) ?? 0) : (known[combination] as number)
    if (place > 0) return place - 1
    const keys =
      second === undefined ? [first.keys[one] ?? null] : [first.keys[one] ?? null, second.keys[other] ?? null]
    const made = groups.place(keys)
    if (known instanceof Map) known.set(combination, made + 1)
    else known[combination] = made + 1
    return made
  }
}

/** What one call adds: see `DEFINITIONS`. */
function addSums(sums: Float64Array, base: number, columns: CallColumns, row: number, question: Question): void {
  const raise = (sum: number, by: number): void => {
    sums[base + sum] = (sums[base + sum] as number) + by
  }
  const marks = columns.marks[row] as number
  const isInbound = (marks & INBOUND) !== 0
  raise(AT.calls, 1)
  raise(isInbound ? AT.inbound : AT.outbound, 1)
  const duration = columns.duration[row] as number
  if (duration < 0) return
  raise(AT.ended, 1)
  const ring = columns.ring[row] as number
  const wasAnswered = (marks & ANSWERED) !== 0
  if (wasAnswered) {
    raise(AT.answered, 1)
    raise(AT.talkSeconds, duration)
  } else {
    if (isInbound) raise(AT.missed, 1)
    if (columns.status[row] === REJECTED) raise(AT.rejected, 1)
  }
  if (ring < 0) return
  raise(AT.rung, 1)
  raise(AT.ringSeconds, ring)
  if (!isInbound || (!wasAnswered && ring < question.abandonSeconds)) return
  raise(AT.offered, 1)
  if (wasAnswered && ring <= question.serviceLevelSeconds) raise(AT.inTime, 1)
}

function addParts({ histograms, sets }: Groups, place: number, columns: CallColumns, row: number): void {
  const { talk, ring } = histograms
  const { customers, numbers, missedNumbers } = sets
  const duration = columns.duration[row] as number
  const rang = columns.ring[row] as number
  const marks = columns.marks[row] as number
  const wasAnswered = (marks & ANSWERED) !== 0
  if (talk !== undefined && duration >= 0 && wasAnswered) count(talk[place] as Uint32Array, duration)
  if (ring !== undefined && duration >= 0 && rang >= 0) count(ring[place] as Uint32Array, rang)
  const customer = columns.customer[row] as number
  if (customer > 0) customers?.[place]?.add(customer)
  const number = numberAt(columns, row)
  if (number === null) return
  numbers?.[place]?.add(number)
  if (duration >= 0 && !wasAnswered && (marks & INBOUND) !== 0) missedNumbers?.[place]?.add(number)
}

const SUM_OF_STATE = { open: AT.openMissed, wonBack: AT.wonBack, lost: AT.lost }

function addFollowUps(
  { sums, histograms, sets }: Groups,
  place: number,
  columns: CallColumns,
  { state, callBackSeconds, again }: FollowUps,
  row: number,
): void {
  const raise = (sum: number): void => {
    sums[place * WIDTH + sum] = (sums[place * WIDTH + sum] as number) + 1
  }
  const missed = MISSED_STATES[(state[row] as number) - 1]
  if (missed !== undefined) raise(SUM_OF_STATE[missed])
  if (missed === 'wonBack' && histograms.callBack !== undefined) {
    count(histograms.callBack[place] as Uint32Array, callBackSeconds[row] as number)
  }
  if (again[row] === AGAIN) sets.repeatNumbers?.[place]?.add(numberAt(columns, row) as string)
  if (again[row] === 0 || ((columns.marks[row] as number) & ANSWERED) === 0) return
  raise(AT.resolvable)
  if (again[row] === NOT_AGAIN) raise(AT.resolved)
}

function count(counts: Uint32Array, seconds: number): void {
  const bucket = bucketOf(seconds)
  counts[bucket] = (counts[bucket] as number) + 1
}
