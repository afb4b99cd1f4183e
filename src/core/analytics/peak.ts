/** The most calls that went on at one moment. */
import type { TimeRange } from '../range.js'
import { slotOf } from '../calendar.js'
import { SLOT_MS } from '../instants.js'
import { LONGEST_MS, type CallColumns } from './call-columns.js'
import { codesOf, selected, timeKey, type Filters, type Key, type ReadingAt } from './selection.js'
import { isTime, type Grouping } from './vocabulary.js'

interface PeakQuestion {
  readonly groupBy: readonly Grouping[]
  readonly filters: Filters
}

interface Going {
  readonly from: number
  readonly to: number
  /** What it is grouped by beside time. */
  readonly keys: readonly Key[]
}

/**
 * The most calls at one moment, by group, over stretches of time that follow each other. A call goes on from its start until just
 * before its end, for a day at the most; one that goes on still, until now. One that has expired, or of which all that is kept is
 * what it is counted by, is left out, because nobody knows how long it went on.
 */
export class Peaks {
  readonly #question: PeakQuestion
  readonly #at: ReadingAt & { readonly now: number }
  readonly #peaks = new Map<string, { readonly keys: readonly Key[]; peak: number }>()
  /** Calls that go on beyond what was swept. */
  #going: Going[] = []

  constructor(question: PeakQuestion, at: ReadingAt & { readonly now: number }) {
    this.#question = question
    this.#at = at
  }

  /**
   * Takes the calls that start in the next stretch of time.
   * @param counted the part of it of which peaks are asked
   */
  sweep(columns: CallColumns, stretch: TimeRange, counted: TimeRange): void {
    const going = [...this.#going, ...this.#started(columns)]
    this.#going = going.filter(({ to }) => to > stretch.to)
    const from = Math.max(stretch.from, counted.from)
    const to = Math.min(stretch.to, counted.to)
    if (from >= to) return
    const byGroup = new Map<string, Going[]>()
    for (const call of going) {
      if (call.to <= from || call.from >= to) continue
      const name = JSON.stringify(call.keys)
      const own = byGroup.get(name)
      if (own === undefined) byGroup.set(name, [call])
      else own.push(call)
    }
    for (const calls of byGroup.values()) this.#sweepGroup(calls, { from, to })
  }

  /** Takes over the peaks of other stretches of time. */
  add(other: Peaks): void {
    for (const { keys, peak } of other.#peaks.values()) this.#raise(keys, peak)
  }

  /** The same peaks of groups that are called otherwise; without those that are called nothing. */
  as(keysOf: (keys: readonly Key[]) => readonly Key[] | null): Peaks {
    const moved = new Peaks(this.#question, this.#at)
    for (const { keys, peak } of this.#peaks.values()) {
      const own = keysOf(keys)
      if (own !== null) moved.#raise(own, peak)
    }
    return moved
  }

  /** How many groups have a peak. */
  get size(): number {
    return this.#peaks.size
  }

  /** @returns the peak of a group; 0 where no call of it went on */
  of(keys: readonly Key[]): number {
    return this.#peaks.get(JSON.stringify(keys))?.peak ?? 0
  }

  /** Every group in which a call went on. */
  get keys(): readonly (readonly Key[])[] {
    return [...this.#peaks.values()].map(({ keys }) => keys)
  }

  #started(columns: CallColumns): Going[] {
    const { startAt, endAt, duration, count } = columns
    const rows = selected(columns, { from: -Infinity, to: Infinity }, this.#question.filters, this.#at)
    const coded = this.#question.groupBy.filter((by) => !isTime(by)).map((by) => codesOf(columns, by, this.#at))
    const going: Going[] = []
    for (let i = 0; i < (rows === null ? count : rows.length); i++) {
      const row = rows === null ? i : (rows[i] as number)
      const from = startAt[row] as number
      const isOpen = (duration[row] as number) < 0 && from >= this.#at.activeFrom
      const to = Math.min(isOpen ? this.#at.now : (endAt[row] as number), from + LONGEST_MS)
      if (to > from) going.push({ from, to, keys: coded.map(({ keys, codes }) => keys[codes[row] as number] ?? null) })
    }
    return going
  }

  /** Ends come before starts of the same moment: who hands over does not count twice. */
  #sweepGroup(calls: readonly Going[], { from, to }: TimeRange): void {
    const starts = Float64Array.from(calls, (call) => Math.max(call.from, from)).sort()
    const ends = Float64Array.from(calls, (call) => Math.min(call.to, to)).sort()
    const [{ keys }] = calls as [Going]
    const moments = this.#question.groupBy.some(isTime) ? slotsFrom(from, to) : [from]
    let ended = 0
    let started = 0
    for (const [i, moment] of moments.entries()) {
      const until = moments[i + 1] ?? to
      // What goes on as the stretch begins, and then whatever begins in it.
      while (started < starts.length && (starts[started] as number) <= moment) started++
      while (ended < ends.length && (ends[ended] as number) <= moment) ended++
      let peak = started - ended
      while (started < starts.length && (starts[started] as number) < until) {
        const start = starts[started++] as number
        while ((ends[ended] as number) <= start) ended++
        peak = Math.max(peak, started - ended)
      }
      this.#raise(this.#keysAt(keys, moment), peak)
    }
  }

  #keysAt(keys: readonly Key[], moment: number): readonly Key[] {
    const others = [...keys]
    return this.#question.groupBy.map((by) =>
      isTime(by) ? timeKey(by, this.#at.zone, slotOf(moment)) : (others.shift() ?? null),
    )
  }

  #raise(keys: readonly Key[], peak: number): void {
    if (peak === 0) return
    const name = JSON.stringify(keys)
    const known = this.#peaks.get(name)
    if (known === undefined) this.#peaks.set(name, { keys, peak })
    else known.peak = Math.max(known.peak, peak)
  }
}

/** The moments at which quarter hours begin, and the one at which the stretch does: every stretch of time is made of these. */
function slotsFrom(from: number, to: number): number[] {
  const moments = [from]
  for (let slot = slotOf(from) + SLOT_MS; slot < to; slot += SLOT_MS) moments.push(slot)
  return moments
}
