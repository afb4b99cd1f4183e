/**
 * Gathers what a question asks for from columns of calls: column by column, each sum and part in a loop of its own, so that only
 * those columns are read that it is told from.
 */
import type { TimeRange } from '../range.js'
import { numberAt, type CallColumns } from './call-columns.js'
import { AGAIN, type FollowUps } from './follow-ups.js'
import { Groups, type Part } from './groups.js'
import { bucketOf } from './histogram.js'
import { codesOf, selected, type Coded, type Filters, type ReadingAt } from './selection.js'
import { addedTo, hasRung, wasAnswered, wasMissed, wasWonBack, type RowIs, type ServiceLevel } from './sums.js'
import { SUMS, type Grouping, type Sum } from './vocabulary.js'

/** What is asked of calls. */
export interface Question extends ServiceLevel {
  readonly groupBy: readonly Grouping[]
  readonly filters: Filters
  /** Beside the sums. */
  readonly parts: readonly Part[]
}

/** Combinations of groups that a table finds at once. */
const MOST_IN_TABLE = 1 << 20

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
  const size = rows === null ? columns.count : rows.length
  const rowAt = (i: number) => (rows === null ? i : (rows[i] as number))
  const placeOf = placing(
    groups,
    question.groupBy.map((by) => codesOf(columns, by, at)),
  )
  const places = new Uint32Array(size)
  for (let i = 0; i < size; i++) places[i] = placeOf(rowAt(i))
  const { sums, width } = groups
  for (const [slot, sum] of groups.told.entries()) {
    const added = addedTo(SUMS[sum] as Sum, columns, question, followUps)
    if (added === null) continue
    for (let i = 0; i < size; i++) {
      const place = (places[i] as number) * width + slot
      sums[place] = (sums[place] as number) + added(rowAt(i))
    }
  }
  for (const part of question.parts) {
    const note = noting(part, groups, columns, followUps)
    if (note === null) continue
    for (let i = 0; i < size; i++) note(places[i] as number, rowAt(i))
  }
  return groups
}

/** Finds the group of a row. */
function placing(groups: Groups, [first, second]: readonly Coded[]): (row: number) => number {
  if (first === undefined) {
    let place = -1
    return () => (place === -1 ? (place = groups.place([])) : place)
  }
  const depth = second === undefined ? 1 : 2
  const width = second?.keys.length ?? 1
  const combinations = first.keys.length * width
  const known = combinations <= MOST_IN_TABLE ? new Int32Array(combinations) : new Map<number, number>()
  return (row) => {
    const [one, other] = [first.codes[row] as number, second?.codes[row] ?? 0]
    const combination = one * width + other
    const place = known instanceof Map ? (known.get(combination) ?? 0) : (known[combination] as number)
    if (place > 0) return place - 1
    const made = groups.placeOf(depth, first.keys[one] ?? null, second?.keys[other] ?? null)
    if (known instanceof Map) known.set(combination, made + 1)
    else known[combination] = made + 1
    return made
  }
}

type Note = (place: number, row: number) => void

/** Notes what a call has of a part, in its group. Null where it is about what came after calls, and nobody asks for that. */
function noting(
  part: Part,
  { histograms, sets }: Groups,
  columns: CallColumns,
  followUps: FollowUps | null,
): Note | null {
  const number = (row: number) => numberAt(columns, row)
  switch (part) {
    case 'talk':
      return timing(histograms.talk, columns.duration, wasAnswered(columns))
    case 'ring':
      return timing(histograms.ring, columns.ring, hasRung(columns))
    case 'callBack':
      return followUps && timing(histograms.callBack, followUps.callBackSeconds, wasWonBack(followUps))
    case 'customers': {
      const { customer } = columns
      return naming(
        sets.customers,
        (row) => customer[row] as number,
        (row) => customer[row] !== 0,
      )
    }
    case 'numbers':
      return naming(sets.numbers, number, () => true)
    case 'missedNumbers':
      return naming(sets.missedNumbers, number, wasMissed(columns))
    case 'repeatNumbers':
      return followUps && naming(sets.repeatNumbers, number, (row) => followUps.again[row] === AGAIN)
  }
}

function timing(histograms: Uint32Array[] | undefined, seconds: Float64Array, is: RowIs): Note {
  return (place, row) => {
    if (!is(row)) return
    const counts = histograms?.[place] as Uint32Array
    const bucket = bucketOf(seconds[row] as number)
    counts[bucket] = (counts[bucket] as number) + 1
  }
}

function naming(
  sets: Set<number | string>[] | undefined,
  memberAt: (row: number) => number | string | null,
  is: RowIs,
): Note {
  return (place, row) => {
    const member = is(row) ? memberAt(row) : null
    if (member !== null) sets?.[place]?.add(member)
  }
}
