/** Recording events: the one writer of calls and tallies. */
import { deriveCall } from '../../core/call.js'
import { callKeyOf, customerIdOf, directionOf } from '../../core/identity.js'
import type { NewEvent, RecordOutcome } from '../port.js'
import { find, upsert, type Row, type Transaction } from './bulk.js'
import { callRow } from './call-row.js'
import { TallyChanges } from './changes.js'
import { claimEvents } from './claim.js'
import { eventKeyOf, logIdOf, type EventKey } from './event-key.js'
import { foldEvents, isAnonymous, loadCalls, type FoldedCall, type FreshEvent } from './fold.js'
import { lockLedger } from './ledger.js'
import { findDropped } from './retention.js'

/**
 * Records events inside the caller's transaction. The events are written at once; what they change of calls, tallies and
 * customers is gathered until `flush`, so that many batches in one transaction write each row once. Nothing else may read
 * or write those rows before.
 */
export class Recorder {
  readonly #tx: Transaction
  readonly #maxCallAgeMs: number
  readonly #clients = new Map<string, ClientRecorder>()

  /** @param maxCallAgeMs how long a call can be active: an event that names no call joins no older one */
  constructor(tx: Transaction, maxCallAgeMs: number) {
    this.#tx = tx
    this.#maxCallAgeMs = maxCallAgeMs
  }

  /** @returns one outcome per event, in order */
  async record(events: readonly NewEvent[]): Promise<readonly RecordOutcome[]> {
    const byClient = new Map<string, number[]>()
    events.forEach(({ clientId }, i) => {
      const own = byClient.get(clientId)
      if (own === undefined) byClient.set(clientId, [i])
      else own.push(i)
    })
    const outcomes = new Array<RecordOutcome>(events.length)
    for (const [clientId, indexes] of byClient) {
      let client = this.#clients.get(clientId)
      if (client === undefined) {
        client = new ClientRecorder(this.#tx, clientId, this.#maxCallAgeMs)
        this.#clients.set(clientId, client)
      }
      const recorded = await client.record(indexes.map((i) => events[i] as NewEvent))
      recorded.forEach((outcome, n) => (outcomes[indexes[n] as number] = outcome))
    }
    return outcomes
  }

  /** Writes what was gathered. */
  async flush(): Promise<void> {
    for (const client of this.#clients.values()) await client.flush()
  }
}

class ClientRecorder {
  readonly #tx: Transaction
  readonly #clientId: string
  readonly #maxCallAgeMs: number
  readonly #calls = new Map<string, FoldedCall>()
  readonly #customers = new Map<string, Row<'customers'>>()
  #changes: TallyChanges | null = null

  constructor(tx: Transaction, clientId: string, maxCallAgeMs: number) {
    this.#tx = tx
    this.#clientId = clientId
    this.#maxCallAgeMs = maxCallAgeMs
  }

  async record(events: readonly NewEvent[]): Promise<readonly RecordOutcome[]> {
    const ledger = await lockLedger(this.#tx, this.#clientId, events.length)
    if (ledger === undefined) throw new Error(`client ${this.#clientId} has no ledger`)
    const firstSequence = ledger.last_sequence - events.length + 1
    const { outcomes, fresh } = await sortOut(this.#tx, this.#clientId, events, firstSequence)
    if (fresh.length === 0) return outcomes
    // An event that names no call joins the newest active one, and all active calls are in the database alone.
    if (fresh.some(({ event }) => isAnonymous(event))) await this.flush()
    this.#changes ??= new TallyChanges(this.#clientId, ledger.timezone)
    await this.#fold(fresh, ledger.retained_from, this.#changes)
    return outcomes
  }

  async flush(): Promise<void> {
    const moved: Row<'calls'>[] = []
    const stayed: Row<'calls'>[] = []
    for (const [callKey, { sequence, stored, facts, changed }] of this.#calls) {
      // A call's customer was named by one of its events, which made its record.
      this.#customers.delete(stored?.customerId ?? '')
      if (!changed) continue
      const call = deriveCall(facts)
      this.#changes?.moveCall(stored, call)
      const stays = stored?.startAt === call.startAt && stored.customerId === call.customerId
      ;(stays ? stayed : moved).push(callRow(this.#clientId, callKey, sequence, call, facts))
    }
    const key = ['client_id', 'call_key'] as const
    await upsert(this.#tx, 'calls', moved, { key, how: 'replace' })
    await upsert(this.#tx, 'calls', stayed, { key, how: 'replace', same: ['sequence', 'start_at', 'customer_id'] })
    await this.#changes?.write(this.#tx)
    const customers = [...this.#customers.values()]
    await upsert(this.#tx, 'customers', customers, { key: ['client_id', 'customer_id'], how: 'keep' })
    this.#calls.clear()
    this.#customers.clear()
    this.#changes = null
  }

  async #fold(fresh: readonly FreshEvent[], retainedFrom: number | null, changes: TallyChanges): Promise<void> {
    const tx = this.#tx
    const clientId = this.#clientId
    const calls = this.#calls
    await loadCalls(tx, clientId, calls, fresh, this.#maxCallAgeMs)
    const named = fresh.map(({ event }) => callKeyOf(event.data)).filter((callKey) => callKey !== null)
    const absent = named.filter((callKey) => !calls.has(callKey))
    const dropped = await findDropped(tx, clientId, retainedFrom, absent)
    const { callKeys, begun, turned } = foldEvents(calls, dropped, fresh, this.#maxCallAgeMs)
    await claimEvents(tx, clientId, begun, turned, calls, changes)

    const rows = fresh.map((event, i) => eventRow(event, callKeys[i] ?? null, calls))
    for (const row of rows) {
      changes.countEvent(row, 1)
      this.#noteCustomer(row)
    }
    await upsert(tx, 'events', rows)
  }

  /** Makes a record of a customer that an event names for the first time. What calls tell of them is read from calls. */
  #noteCustomer({ client_id, customer_id, received_at }: Row<'events'>): void {
    if (customer_id === null || this.#customers.has(customer_id)) return
    const times = { created_at: received_at, updated_at: received_at }
    this.#customers.set(customer_id, { client_id, customer_id, profile: null, told: null, ...times })
  }
}

/** Tells repeats from fresh events, among the stored ones and within the batch. */
async function sortOut(
  tx: Transaction,
  clientId: string,
  events: readonly NewEvent[],
  firstSequence: number,
): Promise<{ outcomes: RecordOutcome[]; fresh: FreshEvent[] }> {
  const keys = events.map((event, i) => eventKeyOf(event, firstSequence + i))
  const eventKeys = keys.map(({ eventKey }) => eventKey)
  const stored = await find(tx, 'events', clientId, 'event_key', eventKeys, (db) =>
    db.selectFrom('events').select(['event_key', 'content_hash', 'received_at']),
  )
  const known = new Map(
    stored.map((row) => [row.event_key, { contentHash: row.content_hash, receivedAt: row.received_at }]),
  )
  const fresh: FreshEvent[] = []
  const outcomes = events.map((event, i): RecordOutcome => {
    const { eventKey, contentHash } = keys[i] as EventKey
    const first = known.get(eventKey)
    if (first === undefined) {
      known.set(eventKey, { contentHash, receivedAt: event.receivedAt })
      fresh.push({ event, eventKey, contentHash, sequence: firstSequence + i })
      return { status: 'created', logId: logIdOf(eventKey, event.receivedAt) }
    }
    if (first.contentHash !== contentHash) return { status: 'conflict' }
    return { status: 'duplicate', logId: logIdOf(eventKey, first.receivedAt) }
  })
  return { outcomes, fresh }
}

function eventRow(fresh: FreshEvent, callKey: string | null, calls: ReadonlyMap<string, FoldedCall>): Row<'events'> {
  const { event, eventKey, contentHash, sequence } = fresh
  const own = directionOf(event.data)
  const owner = calls.get(callKey ?? '')
  return {
    client_id: event.clientId,
    occurred_at: event.occurredAt,
    sequence,
    event_key: eventKey,
    content_hash: contentHash,
    call_key: callKey,
    call_sequence: owner?.sequence ?? null,
    event: event.event,
    direction: own ?? owner?.direction ?? '',
    own_direction: own === null ? 0 : 1,
    customer_id: customerIdOf(event.data),
    received_at: event.receivedAt,
    data: JSON.stringify(event.data),
    context: JSON.stringify(event.context),
  }
}
