/** Recording events: the one writer of events and calls. */
import { AFTER_END_MS } from '../../../core/nameless.js'
import { erasedEvent } from '../../../core/erasure.js'
import { deriveCall, type DerivedCall } from '../../../core/call.js'
import { factsOf, join } from '../../../core/facts.js'
import {
  callNameOf,
  saidAgentOf,
  saidCustomerOf,
  saidDirectionOf,
  searchedNumberOf,
} from '../../../core/event-identity.js'
import { numberKey } from '../../../core/phone-number.js'
import type { Direction } from '../../../core/vocabulary/calls.js'
import { EVENT_SOURCES } from '../../../core/vocabulary/events.js'
import type { NewEvent, RecordOutcome } from '../../port/events.js'
import { find, insert } from '../bulk.js'
import { directionCode } from '../codes.js'
import { AGENTS, CUSTOMERS } from '../dimensions.js'
import type { EventRow } from '../schema/tables.js'
import { requireClient, type Session } from '../session.js'
import type { Transaction, Value } from '../transaction.js'
import { callsByKey, CallState, saveCalls } from './calls.js'
import { noteNames } from './customer-words.js'
import { takeDirections } from './directions.js'
import {
  bytesOfKey,
  callKeyDigest,
  identityOf,
  keyOfBytes,
  logIdOf,
  unnamedCallDigest,
  unnamedCallKey,
  type EventIdentity,
} from './event-key.js'
import { assignAgain, type Window } from './nameless.js'
import { NamedValues, numbersOf } from './names.js'
import { openClient, type LockedClient, type UnsettledClient } from './state.js'
import { talliesAhead, type TallyChanges } from './tallies.js'

/**
 * Records events in the session's transaction: all of them or, when it rejects, none.
 * @returns one outcome per event, in order
 */
export async function recordBatch(session: Session, events: readonly NewEvent[]): Promise<readonly RecordOutcome[]> {
  const byClient = new Map<string, number[]>()
  for (const [i, { clientId }] of events.entries()) {
    const own = byClient.get(clientId)
    if (own === undefined) byClient.set(clientId, [i])
    else own.push(i)
  }
  const outcomes = new Array<RecordOutcome>(events.length)
  for (const [clientId, indexes] of byClient) {
    const recorded = await recordOfClient(
      session,
      await requireClient(session, clientId),
      indexes.map((i) => events[i] as NewEvent),
    )
    for (const [n, outcome] of recorded.entries()) outcomes[indexes[n] as number] = outcome
  }
  return outcomes
}

/** An event of the batch, and what it is found by. */
interface Arrival extends EventIdentity {
  /** As it is recorded: without the person, where its call was erased. */
  event: NewEvent
  /** The direction that it says itself. */
  readonly saidDirection: Direction | null
  /** The name of its call; null when it names none. */
  readonly callKey: string | null
  /** Digest of that name; empty when it names none. */
  readonly callDigest: string
  /** Unique among all events of the client, or among those of its call: the latter are told apart by call and key. */
  readonly identity: string
  sequence: number
  call: CallState | null
}

interface KnownEvent {
  readonly receivedAt: number
  readonly contentHash: string | null
}

type KnownRow = Pick<EventRow, 'key' | 'content_hash' | 'received_at'>

const eventsByKey = find<KnownRow>('key, content_hash, received_at', 'events', ['key'], 'own_key = 1')
const eventsOfCalls = find<KnownRow & { call: Uint8Array }>(
  'calls.key as call, events.key, events.content_hash, events.received_at',
  'calls join events on events.call = calls.number',
  ['calls.key', 'events.key'],
)
const insertEvents = insert('events', [
  'sequence',
  'occurred_at',
  'received_at',
  'call',
  'customer',
  'direction',
  'own_direction',
  'own_key',
  'source',
  'key',
  'content_hash',
  'event',
  'phone',
  'data',
  'context',
  'by_agent',
])

async function recordOfClient(
  session: Session,
  client: number,
  events: readonly NewEvent[],
): Promise<readonly RecordOutcome[]> {
  const { tx } = session
  const digests = new Map<string, string>()
  const arrivals = events.map((event) => arrivalOf(event, digests))
  const customerIds = new Set<string>()
  const agentIds = new Set<string>()
  for (const event of events) {
    const customerId = saidCustomerOf(event)
    if (customerId !== null) customerIds.add(customerId)
    const agentId = saidAgentOf(event)
    if (agentId !== null) agentIds.add(agentId)
  }
  // What is asked together makes one round trip to a server, and the lock is taken before the rest is looked at. So a server
  // is also asked for what may turn out not to be needed; SQLite answers each question at once, and is asked when it is.
  const isServer = tx.engine === 'postgres'
  const erasures = session.erasures.get(client)
  const [unsettled, callRows, lookedUp, agents, known, tallies] = await Promise.all([
    openClient(session, client),
    callsByKey(
      tx,
      client,
      [...digests.values()].map((digest) => [bytesOfKey(digest)]),
    ),
    numbersOf(session, client, CUSTOMERS, customerIds),
    numbersOf(session, client, AGENTS, agentIds),
    isServer ? knownEvents(tx, client, arrivals) : null,
    isServer ? talliesAhead(session, client, events) : null,
  ])
  // Some were remembered that may be erased by now.
  const isBehind = erasures !== unsettled.state.erasures
  const customers = isBehind ? await numbersOf(session, client, CUSTOMERS, customerIds) : lookedUp
  const calls = new Map(callRows.map((row) => [keyOfBytes(row.key), CallState.of(row)]))
  const stored = known ?? (await knownEvents(tx, client, arrivals, calls))
  await addKnownOfFullCalls(tx, client, arrivals, calls, stored)
  const { outcomes, fresh } = sortOut(arrivals, stored)
  if (tallies !== null) unsettled.changes.knows(tallies)
  if (fresh.length > 0) {
    const named = {
      customers: new NamedValues(CUSTOMERS, unsettled.state, customers),
      agents: new NamedValues(AGENTS, unsettled.state, agents),
    }
    await new ClientRecorder(session, client, unsettled, calls, named).record(fresh)
  }
  return outcomes
}

/** @param digests of the names of calls, of which most are named by several events of a batch */
function arrivalOf(event: NewEvent, digests: Map<string, string>): Arrival {
  const { key, contentHash } = identityOf(event)
  const callKey = callNameOf(event)
  const callDigest = callKey === null ? '' : digestOf(callKey, digests)
  const identity = contentHash === null ? callDigest + key : key
  const saidDirection = saidDirectionOf(event)
  return { event, key, contentHash, callKey, callDigest, identity, saidDirection, sequence: 0, call: null }
}

function digestOf(callKey: string, digests: Map<string, string>): string {
  let digest = digests.get(callKey)
  if (digest === undefined) digests.set(callKey, (digest = callKeyDigest(callKey)))
  return digest
}

/**
 * The stored events that have an arrival's identity, by that.
 * @param calls those that are stored, when that is known already
 */
async function knownEvents(
  tx: Transaction,
  client: number,
  arrivals: readonly Arrival[],
  calls?: ReadonlyMap<string, CallState>,
): Promise<Map<string, KnownEvent>> {
  const ofCalls: Value[][] = []
  const byKey: Value[][] = []
  for (const { key, contentHash, callKey, callDigest } of arrivals) {
    if (callKey === null || contentHash !== null) byKey.push([bytesOfKey(key)])
    else if (calls?.has(callDigest) !== false) ofCalls.push([bytesOfKey(callDigest), bytesOfKey(key)])
  }
  const [sameCall, sameKey] = await Promise.all([eventsOfCalls(tx, client, ofCalls), eventsByKey(tx, client, byKey)])
  const known = new Map<string, KnownEvent>()
  for (const row of sameCall) known.set(keyOfBytes(row.call) + keyOfBytes(row.key), knownOf(row))
  for (const row of sameKey) known.set(keyOfBytes(row.key), knownOf(row))
  return known
}

/** A call lists so many events and no more: those beyond are found by their key alone. */
async function addKnownOfFullCalls(
  tx: Transaction,
  client: number,
  arrivals: readonly Arrival[],
  calls: ReadonlyMap<string, CallState>,
  known: Map<string, KnownEvent>,
): Promise<void> {
  const beyond = arrivals.filter(
    ({ callDigest, contentHash }) => contentHash === null && calls.get(callDigest)?.isFull === true,
  )
  const rows = await eventsByKey(
    tx,
    client,
    beyond.map(({ key }) => [bytesOfKey(key)]),
  )
  for (const row of rows) known.set(keyOfBytes(row.key), knownOf(row))
}

function knownOf({ received_at, content_hash }: KnownRow): KnownEvent {
  return { receivedAt: received_at, contentHash: content_hash === null ? null : keyOfBytes(content_hash) }
}

/** Tells repeats from fresh events, among the stored ones and within the batch. */
function sortOut(
  arrivals: readonly Arrival[],
  known: Map<string, KnownEvent>,
): { outcomes: RecordOutcome[]; fresh: Arrival[] } {
  const fresh: Arrival[] = []
  const outcomes = arrivals.map((arrival): RecordOutcome => {
    const { event, key, contentHash, identity } = arrival
    const first = known.get(identity) ?? (contentHash === null ? known.get(key) : undefined)
    if (first === undefined) {
      known.set(identity, { contentHash, receivedAt: event.receivedAt })
      fresh.push(arrival)
      return { status: 'created', logId: logIdOf(key, event.receivedAt) }
    }
    if (first.contentHash !== contentHash) return { status: 'conflict' }
    return { status: 'duplicate', logId: logIdOf(key, first.receivedAt) }
  })
  return { outcomes, fresh }
}

interface Named {
  readonly customers: NamedValues
  readonly agents: NamedValues
}

/** Folds the fresh events of one client into its calls, and writes what they change. */
class ClientRecorder {
  readonly #calls: Map<string, CallState>
  readonly #named: Named
  readonly #session: Session
  readonly #client: number
  readonly #state: LockedClient
  readonly #changes: TallyChanges

  /**
   * @param calls those that events name and that are stored, by the digest of their name
   * @param named the customers and agents that events name
   */
  constructor(
    session: Session,
    client: number,
    { state, changes }: UnsettledClient,
    calls: Map<string, CallState>,
    named: Named,
  ) {
    this.#session = session
    this.#client = client
    this.#state = state
    this.#calls = calls
    this.#named = named
    this.#changes = changes
  }

  async record(fresh: readonly Arrival[]): Promise<void> {
    const { tx } = this.#session
    const client = this.#client
    const before = this.#windows()
    for (const arrival of fresh) this.#attach(arrival)

    const changed = [...this.#calls.values()].filter((call) => call.changed)
    for (const call of changed) this.#changes.moveCall(call.counted, call.counting)
    await takeDirections(this.#session, client, changed, this.#changes)
    insertEvents(
      tx,
      client,
      fresh.map((arrival) => this.#eventRow(arrival)),
    )
    // Whom a call is with, one of its events names: here, or when the call was stored.
    const { customers, agents } = this.#named
    const { region } = this.#state
    const said = saveCalls(tx, client, region, changed, (customerId) => customers.known(customerId))
    customers.write(tx, client)
    agents.write(tx, client)
    await noteNames(this.#session, client, region, said)
    await this.#assignNameless(fresh, changed, before)
  }

  /** When each call took events that name none; null where the client never had any. */
  #windows(): ReadonlyMap<CallState, CallWindow | null> | null {
    if (this.#state.has_nameless === 0) return null
    return new Map([...this.#calls.values()].map((call) => [call, this.#windowOf(call)]))
  }

  #attach(arrival: Arrival): void {
    const { event, key, callKey, callDigest } = arrival
    arrival.sequence = this.#state.last_sequence += 1
    if (callKey === null) {
      const facts = factsOf(event)
      if (searchedNumberOf(event) === null && facts !== null && !this.#isBeforeRetained(event)) {
        // It names neither a call nor a number: so it is a call of its own.
        const name = unnamedCallKey(key, event.occurredAt)
        const call = CallState.begin(arrival.sequence, unnamedCallDigest(name), name)
        call.unnamed = facts
        call.events = call.nameless = 1
        call.change()
        this.#calls.set(call.key, call)
        arrival.call = call
      }
      return
    }
    let call = this.#calls.get(callDigest)
    if (call?.erased === true) arrival.event = { ...event, ...erasedEvent(event) }
    if (call === undefined) this.#calls.set(callDigest, (call = CallState.begin(arrival.sequence, callDigest, callKey)))
    if (!call.isFull) {
      call.events += 1
      arrival.call = call
    }
    call.change()
    const facts = factsOf(arrival.event)
    if (call.dropped || facts === null) return
    call.named = call.named === null ? facts : join(call.named, facts)
    call.version = arrival.sequence
    this.#noteLate(call)
  }

  /** The number by which an event finds its call; null when it names its call, or nothing finds it one. */
  #searchedNumber({ event, callKey }: Arrival): string | null {
    const number = callKey === null && !this.#isBeforeRetained(event) ? searchedNumberOf(event) : null
    return number === null ? null : numberKey(number, this.#state.region)
  }

  #isBeforeRetained({ occurredAt }: NewEvent): boolean {
    return occurredAt < (this.#state.retained_from ?? -Infinity)
  }

  /** A call that turns up among those that were dropped is dropped with the next ones. */
  #noteLate({ derived }: CallState): void {
    const { dropped_to } = this.#state
    if (dropped_to !== null && derived !== null && derived.startAt < dropped_to)
      this.#state.dropped_to = derived.startAt
  }

  #eventRow(arrival: Arrival) {
    const { event, sequence, call, key, contentHash, callKey, saidDirection: own } = arrival
    const direction = own === null ? (call?.direction ?? 0) : directionCode(own)
    this.#changes.countEvent({ occurredAt: event.occurredAt, event: event.event, direction }, 1)
    const customerId = saidCustomerOf(event)
    const agentId = saidAgentOf(event)
    const phone = this.#searchedNumber(arrival)
    return [
      sequence,
      event.occurredAt,
      event.receivedAt,
      call?.number ?? null,
      customerId === null ? null : this.#named.customers.number(customerId, event.receivedAt),
      direction,
      own === null ? 0 : 1,
      // Events that name their call are found by it; all others, and those beyond what a call lists, by their key alone.
      contentHash !== null || callKey === null || call === null ? 1 : 0,
      EVENT_SOURCES.indexOf(event.source),
      bytesOfKey(key),
      contentHash === null ? null : bytesOfKey(contentHash),
      event.event,
      phone,
      JSON.stringify(event.data),
      JSON.stringify(event.context),
      agentId === null ? null : this.#named.agents.number(agentId, event.receivedAt),
    ]
  }

  #windowOf(call: CallState): CallWindow | null {
    return windowOf(call, this.#session.maxCallAgeMs, this.#state.region)
  }

  /** Finds the calls of events that name none, and again of those that a call of their number may have taken or left. */
  async #assignNameless(
    fresh: readonly Arrival[],
    changed: readonly CallState[],
    before: ReadonlyMap<CallState, CallWindow | null> | null,
  ): Promise<void> {
    const windows: Window[] = []
    for (const arrival of fresh) {
      const { event } = arrival
      const phone = this.#searchedNumber(arrival)
      if (phone !== null) windows.push({ phone, from: event.occurredAt, to: event.occurredAt })
    }
    if (windows.length > 0) this.#state.has_nameless = 1
    // Without earlier events that name no call, there are none that a call could take or leave.
    for (const call of before === null ? [] : changed) {
      const was = before?.get(call) ?? null
      const now = this.#windowOf(call)
      if (JSON.stringify(was) === JSON.stringify(now)) continue
      for (const window of [was, now]) if (window !== null) windows.push(window)
    }
    if (windows.length > 0) await assignAgain(this.#session, this.#client, this.#state, windows, this.#changes)
  }
}

/** When a call may take events that name none. The end is part of it: it decides until when. */
type CallWindow = Window & { readonly endAt: number | null }

/** @returns null when the call takes none */
function windowOf(call: CallState, maxCallAgeMs: number, region: string): CallWindow | null {
  if (call.named === null || call.dropped) return null
  const { startAt, endAt, phoneNumber }: DerivedCall = deriveCall(call.named)
  if (phoneNumber === null) return null
  return { phone: numberKey(phoneNumber, region), from: startAt, to: startAt + maxCallAgeMs + AFTER_END_MS, endAt }
}
