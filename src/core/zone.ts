import { Temporal } from 'temporal-polyfill'
import { SLOT_MS } from './instants.js'

export const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** A stretch of slots, `[from, to)` counted from the epoch, through which the zone's clocks do not change. */
interface Segment {
  readonly from: number
  readonly to: number
  /** Where it ends exactly, in epoch milliseconds: a change inside a slot is seen from the next slot on. */
  readonly untilMs: number
  readonly offsetMs: number
  /** The local day that had begun when the stretch did: clocks that go back do not bring a past day again. */
  readonly firstDay: number
}

/** A slot as the zone's clocks show it. `day` counts from 1970-01-01. */
interface WallSlot {
  readonly day: number
  readonly hour: number
}

/**
 * The wall clock of one IANA zone, at the grain of slots. Offsets are kept by the stretch between two changes, because
 * asking the time zone database costs a thousand times more than a report can pay for each of its slots.
 */
export class Zone {
  readonly #name: string
  readonly #segments: Segment[] = []
  #latest: Segment = { from: 0, to: 0, untilMs: 0, offsetMs: 0, firstDay: 0 }

  /** @throws RangeError when the zone is unknown */
  constructor(name: string) {
    this.#name = name
    this.#at(0)
  }

  /**
   * A slot is shown as its first instant is, and days never run backwards: where clocks went back past midnight
   * (St. John's until 2011, at 00:01), the repeated time stays with the day that had begun, so that days are whole
   * stretches of slots and partition time.
   */
  wallSlot(slot: number): WallSlot {
    const segment = this.#segmentOf(slot)
    const wallMs = slot * SLOT_MS + segment.offsetMs
    const day = Math.floor(wallMs / DAY_MS)
    return { day: Math.max(day, segment.firstDay), hour: Math.floor((wallMs - day * DAY_MS) / HOUR_MS) }
  }

  /** The first slot of a local day; of the next one when the zone skipped the day. */
  firstSlotOf(day: number): number {
    const slotsPerDay = DAY_MS / SLOT_MS
    let before = (day - 1) * slotsPerDay
    let reached = (day + 1) * slotsPerDay
    while (reached - before > 1) {
      const middle = Math.floor((before + reached) / 2)
      if (this.wallSlot(middle).day >= day) reached = middle
      else before = middle
    }
    return reached
  }

  /** How far the zone's clocks are ahead of UTC at an instant; epoch milliseconds, and milliseconds. */
  offsetMsAt(ms: number): number {
    const { untilMs, offsetMs } = this.#segmentOf(Math.floor(ms / SLOT_MS))
    return ms < untilMs ? offsetMs : offsetOf(this.#at(ms))
  }

  #segmentOf(slot: number): Segment {
    if (!covers(this.#latest, slot)) {
      this.#latest = this.#segments.find((segment) => covers(segment, slot)) ?? this.#measure(slot)
    }
    return this.#latest
  }

  #measure(slot: number): Segment {
    const startMs = slot * SLOT_MS
    const local = this.#at(startMs)
    const previous = this.#at(startMs + 1).getTimeZoneTransition('previous')
    const next = local.getTimeZoneTransition('next')
    const from = previous === null ? -Infinity : Math.ceil(previous.epochMilliseconds / SLOT_MS)
    const segment = {
      from,
      to: next === null ? Infinity : Math.ceil(next.epochMilliseconds / SLOT_MS),
      untilMs: next === null ? Infinity : next.epochMilliseconds,
      offsetMs: offsetOf(local),
      firstDay: previous === null ? -Infinity : this.#dayBefore(from),
    }
    this.#segments.push(segment)
    return segment
  }

  #dayBefore(slot: number): number {
    const startMs = (slot - 1) * SLOT_MS
    return Math.floor((startMs + offsetOf(this.#at(startMs))) / DAY_MS)
  }

  #at(ms: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.#name)
  }
}

function covers(segment: Segment, slot: number): boolean {
  return slot >= segment.from && slot < segment.to
}

function offsetOf(local: Temporal.ZonedDateTime): number {
  return local.offsetNanoseconds / 1_000_000
}
