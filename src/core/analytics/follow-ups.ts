/**
 * What came after calls, of the same number: whether a caller whom nobody answered was spoken with after all, and whether one who was
 * answered had to call again. It follows from the calls of the days after, so that late events change it as they should.
 */
import { ANSWERED, INBOUND, LONGEST_MS, type CallColumns } from './call-columns.js'
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
export function followUpsOf(columns: CallColumns, next: NextCalls, { window, now }: FollowUpTime): FollowUps {
  const { count, marks, duration } = columns
  const state = new Uint8Array(count)
  const callBackSeconds = new Float64Array(count)
  const again = new Uint8Array(count)
  let rightUntil = Infinity
  next.add(columns, (row, answeredAt, inboundAt) => {
    if (((marks[row] as number) & INBOUND) === 0 || (duration[row] as number) < 0) return
    const end = endOfRow(columns, row)
    const until = window.until(end)
    const calledAgain = inboundAt <= until
    if (calledAgain || now > until) again[row] = calledAgain ? AGAIN : NOT_AGAIN
    if (now <= until) rightUntil = Math.min(rightUntil, until)
    if (((marks[row] as number) & ANSWERED) !== 0) return
    const outcome = outcomeOf(until, answeredAt, now)
    state[row] = 1 + MISSED_STATES.indexOf(outcome)
    if (outcome === 'wonBack') callBackSeconds[row] = Math.floor(Math.max(0, answeredAt - end) / 1000)
  })
  return { state, callBackSeconds, again, rightUntil }
}

/** When each number is answered, and calls, next: calls are noted backwards in time. */
export class NextCalls {
  /** Places of numbers in what follows. */
  readonly #places = new Map<string, number>()
  /** Infinity for never. */
  #answeredAt: Float64Array = new Float64Array(0)
  #inboundAt: Float64Array = new Float64Array(0)

  /**
   * @param columns of a day before all those so far
   * @param before is told of each call with a number what came after it: when the number was answered next, and when it called
   */
  add(columns: CallColumns, before?: (row: number, answeredAt: number, inboundAt: number) => void): void {
    const { count, startAt, marks } = columns
    const { values, codes } = columns.texts.phoneNumber
    // Each number of the day is looked up once, whatever calls it has.
    const places = this.#placesOf(values)
    const [answeredAt, inboundAt] = [this.#answeredAt, this.#inboundAt]
    for (let row = count - 1; row >= 0; row--) {
      const code = codes[row] as number
      if (code === 0) continue
      const place = places[code - 1] as number
      before?.(row, answeredAt[place] as number, inboundAt[place] as number)
      const own = marks[row] as number
      if ((own & ANSWERED) !== 0) answeredAt[place] = startAt[row] as number
      if ((own & INBOUND) !== 0) inboundAt[place] = startAt[row] as number
    }
  }

  #placesOf(values: readonly string[]): Uint32Array {
    const known = this.#places
    const places = Uint32Array.from(values, (value) => known.get(value) ?? known.set(value, known.size).size - 1)
    if (known.size > this.#answeredAt.length) {
      this.#answeredAt = grown(this.#answeredAt, known.size * 2)
      this.#inboundAt = grown(this.#inboundAt, known.size * 2)
    }
    return places
  }
}

function grown(instants: Float64Array, size: number): Float64Array {
  const all = new Float64Array(size).fill(Infinity)
  all.set(instants)
  return all
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
