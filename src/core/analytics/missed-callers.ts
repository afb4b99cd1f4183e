/** Whose calls were missed: one entry a number, from the columns of days, the newest first. */
import type { TimeRange } from '../range.js'
import { ANSWERED, numberAt, type CallColumns, type TextColumn } from './call-columns.js'
import { endOfRow, outcomeOf, type FollowUpTime, type MissedState } from './follow-ups.js'
import { wasMissed } from './sums.js'

/** Which missed calls are asked for. */
export interface MissedQuestion extends FollowUpTime {
  /** In which they began. */
  readonly range: TimeRange
  /** States of a number's last one. */
  readonly states: readonly MissedState[]
  /** Spellings of a virtual number of which it has one, and its agent; null is any. */
  readonly virtualNumbers: readonly string[] | null
  readonly agent: string | null
  /** Where the page before ended; null for the first page. */
  readonly after: MissedPlace | null
}

/** A number's place: by its last missed call, the newest first, then by the number. */
export interface MissedPlace {
  readonly lastAt: number
  readonly phoneNumber: string
}

/** A number, and its missed calls that were asked for. Instants are epoch milliseconds. */
export interface MissedNumber extends MissedPlace {
  misses: number
  firstAt: number
  /** Of the last one. */
  readonly state: MissedState
  /** When the call that won it back began; null unless it was won back. */
  readonly answeredAt: number | null
}

export class MissedCallers {
  readonly #question: MissedQuestion
  readonly #callers = new Map<string, MissedNumber>()
  /** When each number is answered next: calls are read backwards in time. */
  readonly #answered = new Map<string, number>()
  readonly #listed: MissedNumber[] = []

  constructor(question: MissedQuestion) {
    this.#question = question
  }

  /** Numbers that are asked for and whose last missed call is among the days so far. */
  get found(): number {
    return this.#listed.length
  }

  /** @param columns of a day before all those so far */
  add(columns: CallColumns): void {
    const { virtualNumbers, agent, range } = this.#question
    const isMissed = wasMissed(columns)
    const isOfNumber = having(columns.texts.virtualNumber, virtualNumbers)
    const isOfAgent = having(columns.texts.agent, agent === null ? null : [agent])
    for (let row = columns.count - 1; row >= 0; row--) {
      const number = numberAt(columns, row)
      if (number === null) continue
      const start = columns.startAt[row] as number
      const marks = columns.marks[row] as number
      if ((marks & ANSWERED) !== 0) this.#answered.set(number, start)
      else if (isMissed(row) && start >= range.from && start < range.to && isOfNumber(row) && isOfAgent(row))
        this.#note(number, start, endOfRow(columns, row))
    }
  }

  /** The first of those that are asked for, in order. Of one instant all are told or none: they are of one day. */
  first(limit: number): MissedNumber[] {
    return this.#listed.sort(compare).slice(0, limit)
  }

  #note(phoneNumber: string, start: number, end: number): void {
    const known = this.#callers.get(phoneNumber)
    if (known !== undefined) {
      known.misses += 1
      known.firstAt = start
      return
    }
    const { states, after, window, now } = this.#question
    const answered = this.#answered.get(phoneNumber) ?? Infinity
    const state = outcomeOf(window.until(end), answered, now)
    const answeredAt = state === 'wonBack' ? answered : null
    const caller = { phoneNumber, misses: 1, firstAt: start, lastAt: start, state, answeredAt }
    this.#callers.set(phoneNumber, caller)
    if (states.includes(state) && (after === null || compare(after, caller) < 0)) this.#listed.push(caller)
  }
}

function compare(a: MissedPlace, b: MissedPlace): number {
  return b.lastAt - a.lastAt || (a.phoneNumber < b.phoneNumber ? -1 : a.phoneNumber > b.phoneNumber ? 1 : 0)
}

/** Tells which rows have one of some texts. */
function having({ values, codes }: TextColumn, texts: readonly string[] | null): (row: number) => boolean {
  if (texts === null) return () => true
  const wanted = new Set(texts.map((text) => values.indexOf(text) + 1).filter((code) => code > 0))
  return (row) => wanted.has(codes[row] as number)
}
