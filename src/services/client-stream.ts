/** What one client's streams have in common: what changes is read once, and said to all of them. */
import { oldestActive, publishedCall } from '../core/published-call.js'
import type { PublishedChange, StreamSnapshot, Today } from '../../schemas/stream.js'
import { addDays, formatInstant, localSlot, monthSpan, startOfDay } from '../core/calendar.js'
import { LIMITS } from '../core/limits.js'
import { publishedSummary, type ReadTime, truncated, usageOf } from '../http/convert.js'
import { type EventStream, eventMessage, HEARTBEAT } from '../http/event-stream.js'
import type { CallChange } from '../storage/port/changes.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'

/** Events that are read at a time. */
const AT_ONCE = 200

type Reads = Pick<Storage, 'changesSince' | 'activeCalls' | 'report' | 'callsInMonth'>

interface Reader {
  readonly stream: EventStream
  /** Of the last event of which the reader was told. */
  sequence: number
}

export class ClientStream {
  readonly #storage: Reads
  readonly #readTime: ReadTime
  #client: Client
  /** Those who have been told of all that the others have. */
  readonly #live = new Set<Reader>()
  #sequence = 0
  #today: string | null = null
  #isStale = true
  #reading: Promise<void> | null = null
  #again = false

  constructor(client: Client, parts: { readonly storage: Reads; readonly readTime: ReadTime }) {
    this.#client = client
    this.#storage = parts.storage
    this.#readTime = parts.readTime
  }

  /**
   * Begins a stream.
   * @param after sequence of the last event that the reader knows of; null, and one that was never given, begin with a snapshot
   */
  async begin(client: Client, stream: EventStream, after: number | null): Promise<Reader> {
    this.#client = client
    if (after !== null) {
      const { lastSequence } = await this.#storage.changesSince(client.clientId, after, 0)
      if (after <= lastSequence) return { stream, sequence: after }
    }
    return { stream, sequence: await this.#snapshot(stream) }
  }

  /** Says what has changed since a stream began, and goes on with that until it is closed. */
  async follow(reader: Reader): Promise<void> {
    const { stream } = reader
    stream.once('close', () => this.#live.delete(reader))
    await this.#catchUp(reader)
    await this.#sayToday([reader])
    this.wake()
  }

  /** Reads what was recorded since, once more after what is being read now. */
  wake(): void {
    if (this.#reading !== null) {
      this.#again = true
      return
    }
    this.#reading = this.#advance()
      // Who follows asks again before long.
      .catch(() => undefined)
      .finally(() => {
        this.#reading = null
        if (!this.#again) return
        this.#again = false
        this.wake()
      })
  }

  beat(): void {
    this.#isStale = true
    for (const { stream } of this.#live) stream.say(HEARTBEAT)
  }

  /** Says today's numbers where they may have changed. */
  async refresh(): Promise<void> {
    if (!this.#isStale || this.#live.size === 0) return
    this.#isStale = false
    const before = this.#today
    this.#today = await this.#readToday().catch(() => before)
    if (this.#today !== before) await this.#sayToday(this.#live)
  }

  /** @returns the sequence of the last event that is seen in it */
  async #snapshot(stream: EventStream): Promise<number> {
    const { clientId, timezone } = this.#client
    const time = this.#readTime()
    const active = await this.#storage.activeCalls(clientId, oldestActive(time), LIMITS.activeCalls)
    const { calls, count, cut, sequence } = active
    const data: StreamSnapshot = {
      sequence,
      timezone,
      activeCalls: calls.map((call) => publishedCall(call, time)),
      totalActive: count,
      ...truncated(cut),
    }
    stream.say(eventMessage(sequence, 'snapshot', JSON.stringify(data)))
    return sequence
  }

  /** Reads for one reader alone until it knows what the others do; then it is one of them. */
  async #catchUp(reader: Reader): Promise<void> {
    const { stream } = reader
    for (;;) {
      await stream.taken()
      if (stream.isOver()) return
      const { changes, sequence, lastSequence } = await this.#storage.changesSince(
        this.#client.clientId,
        reader.sequence,
        AT_ONCE,
      )
      for (const change of changes) stream.say(messageOf(change, this.#readTime()))
      reader.sequence = sequence
      if (sequence < lastSequence || stream.isOver()) continue
      if (this.#live.size === 0) this.#sequence = sequence
      if (sequence < this.#sequence) continue
      this.#live.add(reader)
      return
    }
  }

  async #advance(): Promise<void> {
    for (;;) {
      if (this.#live.size === 0) return
      const from = this.#sequence
      const { changes, sequence, lastSequence } = await this.#storage.changesSince(this.#client.clientId, from, AT_ONCE)
      // The first of those who listen now may have begun elsewhere meanwhile.
      if (from === this.#sequence) {
        this.#tell(changes, sequence)
        if (sequence >= lastSequence) return
      }
    }
  }

  #tell(changes: readonly CallChange[], sequence: number): void {
    for (const { stream } of this.#live) stream.endIfBehind()
    for (const change of changes) {
      const message = messageOf(change, this.#readTime())
      for (const reader of this.#live) if (reader.sequence < change.sequence) reader.stream.say(message)
    }
    for (const reader of this.#live) reader.sequence = Math.max(reader.sequence, sequence)
    this.#sequence = sequence
    if (changes.length > 0) this.#isStale = true
  }

  async #sayToday(readers: Iterable<Reader>): Promise<void> {
    this.#today ??= await this.#readToday().catch(() => null)
    if (this.#today === null) return
    for (const { stream, sequence } of readers) stream.say(eventMessage(sequence, 'today', this.#today))
  }

  async #readToday(): Promise<string> {
    const { clientId, timezone } = this.#client
    const time = this.#readTime()
    const { date } = localSlot(timezone, time.now)
    const range = { from: startOfDay(timezone, date), to: startOfDay(timezone, addDays(date, 1)) }
    const asked = { clientId, range, zone: timezone, recent: 0 }
    const [report, active, monthCalls] = await Promise.all([
      this.#storage.report(asked),
      this.#storage.activeCalls(clientId, oldestActive(time), 0),
      this.#storage.callsInMonth(clientId, monthSpan(timezone, time.now)),
    ])
    const today: Today = {
      date,
      timezone,
      summary: publishedSummary(report.summary),
      activeCalls: active.count,
      usage: usageOf(monthCalls, this.#client),
    }
    return JSON.stringify(today)
  }
}

/** The call is as it was at the event, whatever the clock says: whoever goes on after it gets the same. */
function messageOf(
  { sequence, type, call, event }: CallChange,
  { maxCallAgeMs }: Pick<ReturnType<ReadTime>, 'maxCallAgeMs'>,
): string {
  const data: PublishedChange = {
    sequence,
    type,
    call: publishedCall(call, { now: event.occurredAt, maxCallAgeMs }),
    logId: event.logId,
    event: event.event,
    occurredAt: formatInstant(event.occurredAt),
  }
  return eventMessage(sequence, type, JSON.stringify(data))
}
