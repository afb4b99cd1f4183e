/**
 * What came after calls, of the same number: whether a caller whom nobody answered was spoken with after all, and whether one who was
 * answered had to call again. It follows from the calls of the days after, so that late events change it as they should.
 */
import { ANSWERED, INBOUND, LONGEST_MS, numberAt, type CallColumns } from './call-columns.js'
import type { FollowUpWindow } from './window.js'

/** States of a missed call, as columns have them; 0 is a call that was not missed, or of no number. */
export const MISSED_STATES = ['open', 'wonBack', 'lost'] as const
export type MissedState = (typeof MISSED_STATES)[number]

export interface FollowUps {
  /** 1 + index in `MISSED_STATES`. */
  readonly state: Uint8Array
  /** Seconds from the end of a call that was won back to the start of the one that was answered. */
  readonly callBackSeconds: Float64Array
  /** Of inbound calls: 1 when the number called again within the window, 2 when it did not and the window is over; else 0. */
  readonly again: Uint8Array
  /** The last instant at which all of this is so without a further call: the first of the windows that are not over ends then. */
  readonly rightUntil: number
}

export const AGAIN = 1
export const NOT_AGAIN = 2

/** What a window is measured by. */
export interface FollowUpTime {
  readonly window: FollowUpWindow
  /** Epoch milliseconds: an open call of before is lost once its window is over. */
  readonly now: number
}

/**
 * The follow-ups of a day's calls. A missed call is `open` until a call with its number, in either direction, that began later is
 * answered: `wonBack` when that one began within the window after the end of the missed call, `lost` when none did.
 * @param next the calls of the days after, as many as a window and a call can reach; afterwards those of the day, too
 */
export function followUpsOf(columns: CallColumns, next: NextCalls, time: FollowUpTime): FollowUps {
  const { count } = columns
  const followUps = {
    rightUntil: Infinity,
    state: new Uint8Array(count),
    callBackSeconds: new Float64Array(count),
    again: new Uint8Array(count),
  }
  for (let row = count - 1; row >= 0; row--) {
    follow(columns, row, next, followUps, time)
    next.note(columns, row)
  }
  return followUps
}

/** When each number is answered, and calls, next: calls are noted backwards in time. */
export class NextCalls {
  readonly answered = new Map<string, number>()
  readonly inbound = new Map<string, number>()

  /** @param columns of a day before all those so far */
  add(columns: CallColumns): void {
    for (let row = columns.count - 1; row >= 0; row--) this.note(columns, row)
  }

  note(columns: CallColumns, row: number): void {
    const number = numberAt(columns, row)
    if (number === null) return
    const start = columns.startAt[row] as number
    const marks = columns.marks[row] as number
    if ((marks & ANSWERED) !== 0) this.answered.set(number, start)
    if ((marks & INBOUND) !== 0) this.inbound.set(number, start)
  }
}

function follow(
  columns: CallColumns,
  row: number,
  next: NextCalls,
  followUps: { -readonly [M in keyof FollowUps]: FollowUps[M] },
  { window, now }: FollowUpTime,
): void {
  const { state, callBackSeconds, again } = followUps
  const number = numberAt(columns, row)
  const marks = columns.marks[row] as number
  const hasEnded = (columns.duration[row] as number) >= 0
  if (number === null || (marks & INBOUND) === 0 || !hasEnded) return
  const end = endOfRow(columns, row)
  const until = window.until(end)
  const calledAgain = (next.inbound.get(number) ?? Infinity) <= until
  if (calledAgain || now > until) again[row] = calledAgain ? AGAIN : NOT_AGAIN
  if (now <= until) followUps.rightUntil = Math.min(followUps.rightUntil, until)
  if ((marks & ANSWERED) !== 0) return
  const answered = next.answered.get(number) ?? Infinity
  const outcome = outcomeOf(until, answered, now)
  state[row] = 1 + MISSED_STATES.indexOf(outcome)
  if (outcome === 'wonBack') callBackSeconds[row] = Math.floor(Math.max(0, answered - end) / 1000)
}

/**
 * When the call of a row was over, which has ended. Of one that was dropped only its start is known; and none takes longer than a
 * day, whatever was reported late.
 */
export function endOfRow({ startAt, endAt }: CallColumns, row: number): number {
  const start = startAt[row] as number
  return Math.min(Math.max(endAt[row] as number, start), start + LONGEST_MS)
}

/**
 * What became of a missed call, the one place that says so.
 * @param until when its window is over
 * @param answered when the next call of its number that was answered began; Infinity when there was none
 */
export function outcomeOf(until: number, answered: number, now: number): MissedState {
  return answered <= until ? 'wonBack' : now > until ? 'lost' : 'open'
}
