/** Calls while a batch changes them: as they are stored, and as their events make them. */
import { begunCall, type DerivedCall } from '../../../core/call.js'
import { decodeFacts, encodeFacts, type Spoken } from '../../../core/facts-codec.js'
import { join, type CallFacts } from '../../../core/facts.js'
import { customerNameOf, textOf } from '../../../core/identity.js'
import { numberKey } from '../../../core/phone-number.js'
import type { JsonObject } from '../../../core/json.js'
import type { CountedCall } from '../../../core/tally.js'
import { LIMITS } from '../../../core/limits.js'
import { find, insert, remove, update } from '../bulk.js'
import {
  ANSWERED,
  answeredCode,
  CONFIRMED,
  COUNTS,
  directionCode,
  directionOfCode,
  statusCode,
  statusOfCode,
  VOIDED,
} from '../codes.js'
import type { CallRow } from '../schema/tables.js'
import { raw, type Transaction, type Value } from '../transaction.js'
import type { SaidName } from './customer-words.js'
import { bytesOfKey, keyOfBytes } from './event-key.js'

export class CallState {
  /** As it is stored; null for a new call. */
  readonly row: CallRow | null
  readonly number: number
  /** Digest of its name. */
  readonly key: string
  readonly callKey: string | null
  /** The join of the events that name the call; null while there is none that changes a call. */
  named: CallFacts | null
  /** The join of the events that name no call and belong to this one. */
  unnamed: CallFacts | null
  /** Attached events, and those of them that name no call. */
  events: number
  nameless: number
  version: number
  changed = false
  #derived: DerivedCall | null | undefined

  private constructor(row: CallRow | null, own: Pick<CallState, 'number' | 'key' | 'callKey'>) {
    this.row = row
    this.number = own.number
    this.key = own.key
    this.callKey = own.callKey
    this.named = row === null ? null : namedFactsOf(row)
    this.unnamed = row?.unnamed == null ? null : decodeFacts(row.unnamed, NOTHING)
    this.events = row?.events ?? 0
    this.nameless = row?.nameless ?? 0
    this.version = row?.version ?? own.number
  }

  static begin(number: number, key: string, callKey: string): CallState {
    return new CallState(null, { number, key, callKey })
  }

  static of(row: CallRow): CallState {
    return new CallState(row, { number: row.number, key: keyOfBytes(row.key), callKey: row.call_key })
  }

  /** Whether the call was dropped: events that name it change nothing any more. */
  get dropped(): boolean {
    return this.callKey === null
  }

  /** Whether the person is erased whom it was about: nothing personal that events say of it is kept. */
  get erased(): boolean {
    return this.row?.erased === 1
  }

  /** Whether it lists no further event. */
  get isFull(): boolean {
    return this.events >= LIMITS.callEvents
  }

  /** What it was counted by before; null when it was not counted. */
  get counted(): CountedCall | null {
    return this.row === null ? null : countedOf(this.row)
  }

  /** As its events make it; null while none of them changes a call. */
  get derived(): DerivedCall | null {
    if (this.#derived !== undefined) return this.#derived
    const facts =
      this.named !== null && this.unnamed !== null ? join(this.named, this.unnamed) : (this.named ?? this.unnamed)
    return (this.#derived = begunCall(facts))
  }

  /** What it is counted by now; null when it is not counted. What was dropped stays as it was counted. */
  get counting(): CountedCall | null {
    if (this.dropped) return this.counted
    return this.derived?.voided === true ? null : this.derived
  }

  /** Its direction as rows have it: 0 while it has not begun. */
  get direction(): number {
    if (this.dropped) return (this.row as CallRow).direction
    return directionCode(this.derived?.direction ?? null)
  }

  /** The direction that its stored events have taken from it. */
  get storedDirection(): number {
    return this.row?.start_at == null ? 0 : this.row.direction
  }

  /** Says that its facts are others. */
  change(): void {
    this.changed = true
    this.#derived = undefined
  }
}

/** Beside facts that are whole. */
export const NOTHING: Spoken = {
  phone: null,
  agent: null,
  virtualNumber: null,
  agentNumber: null,
  endReason: null,
  recording: null,
  notes: null,
  tags: null,
  dispositionCode: null,
  domain: null,
  customerData: null,
}

/** What the columns of a call say beside its facts. */
type SpokenRow = Pick<
  CallRow,
  | 'phone'
  | 'phone_said'
  | 'agent'
  | 'virtual_number'
  | 'virtual_number_said'
  | 'agent_number'
  | 'end_reason'
  | 'recording'
  | 'notes'
  | 'tags'
  | 'disposition_code'
  | 'customer_data'
  | 'domain'
>

function spokenOf(row: SpokenRow): Spoken {
  return {
    phone: row.phone_said ?? row.phone,
    agent: row.agent,
    virtualNumber: row.virtual_number_said ?? row.virtual_number,
    agentNumber: row.agent_number,
    endReason: row.end_reason,
    recording: row.recording,
    notes: row.notes,
    tags: row.tags,
    dispositionCode: row.disposition_code,
    domain: row.domain,
    customerData: row.customer_data === null ? null : (JSON.parse(row.customer_data) as JsonObject),
  }
}

/** The call's own facts; a row that was dropped, or that no event names, has none. */
function namedFactsOf(row: SpokenRow & Pick<CallRow, 'facts'>): CallFacts | null {
  return row.facts === null ? null : decodeFacts(row.facts, spokenOf(row))
}

/** The columns that a stored call is counted by: SQLite reads them from the index of the calls by their start. */
export const COUNTED_COLUMNS = raw('start_at, duration, direction, status, answered')
/** Of calls that count: see `CallRow.answered`. */
export const IS_COUNTED = raw(COUNTS)
export type CountedRow = Pick<CallRow, 'start_at' | 'duration' | 'direction' | 'status' | 'answered'>

/** @returns null for a call that has not begun, and one that does not count */
export function countedOf(row: CountedRow): CountedCall | null {
  if (row.start_at === null || row.answered >= VOIDED) return null
  return {
    startAt: row.start_at,
    durationSeconds: row.duration,
    direction: directionOfCode(row.direction),
    status: statusOfCode(row.status) as CountedCall['status'],
    answered: (row.answered & ANSWERED) !== 0,
    confirmed: (row.answered & CONFIRMED) !== 0,
  }
}

/** Of a call's row, all but the client. */
export const CALL_COLUMNS = [
  'number',
  'version',
  'start_at',
  'answered_at',
  'end_at',
  'duration',
  'customer',
  'events',
  'nameless',
  'direction',
  'status',
  'answered',
  'key',
  'call_key',
  'phone',
  'phone_said',
  'virtual_number',
  'virtual_number_said',
  'agent_number',
  'end_reason',
  'recording',
  'notes',
  'tags',
  'disposition_code',
  'agent',
  'customer_data',
  'domain',
  'facts',
  'unnamed',
  'erased',
] as const satisfies readonly (keyof CallRow)[]

const SELECT = CALL_COLUMNS.map((column) => `calls.${column}`).join(', ')

/** By the digest of the name that events call them by. */
export const callsByKey = find<CallRow>(SELECT, 'calls', ['key'])
export const callsByNumber = find<CallRow>(SELECT, 'calls', ['number'])

/** Of a call's columns, those that an event may change. Indexes hold some of them: what stays is left alone. */
const COUNTED = [
  'version',
  'events',
  'nameless',
  'agent_number',
  'notes',
  'customer_data',
  'domain',
  'facts',
  'unnamed',
  'answered_at',
] as const
/** What a call is found by, and what it is counted by. */
const FOUND = [
  'end_at',
  'duration',
  'direction',
  'status',
  'answered',
  'agent',
  'virtual_number',
  'virtual_number_said',
  'end_reason',
  'recording',
  'tags',
  'disposition_code',
] as const
const OUTCOME = [...COUNTED, ...FOUND] as const
const EVERYTHING = [...OUTCOME, 'start_at', 'customer', 'phone', 'phone_said'] as const

export const insertCalls = insert('calls', CALL_COLUMNS)
const updateEverything = update('calls', ['number'], EVERYTHING)
const updateOutcome = update('calls', ['number'], OUTCOME)
const updateCounted = update('calls', ['number'], COUNTED)
const removeCalls = remove('calls', ['number'])

/**
 * @param states that have changed
 * @param region of the client
 * @param customerNumber finds the number of a customer that an event named
 * @returns the names of customers that they say anew
 */
export function saveCalls(
  tx: Transaction,
  client: number,
  region: string,
  states: Iterable<CallState>,
  customerNumber: (customerId: string) => number,
): readonly SaidName[] {
  const said: SaidName[] = []
  const added: Value[][] = []
  const moved: Value[][] = []
  const ended: Value[][] = []
  const told: Value[][] = []
  for (const state of states) {
    const row = callRowOf(state, region, customerNumber)
    const values = (columns: readonly (keyof CallRow)[]) => columns.map((column) => row[column as keyof typeof row])
    const before = state.row
    const name = row.customer_data === before?.customer_data ? null : textOf(state.derived?.customerData?.['name'])
    if (name !== null && row.customer !== null) said.push({ customer: row.customer, name })
    if (before === null) added.push(values(CALL_COLUMNS))
    else if (before.start_at !== row.start_at || before.customer !== row.customer || phoneMoved(before, row)) {
      moved.push(values(['number', ...EVERYTHING]))
    } else if (FOUND.some((column) => before[column] !== row[column])) {
      ended.push(values(['number', ...OUTCOME]))
    } else told.push(values(['number', ...COUNTED]))
  }
  insertCalls(tx, client, added)
  updateEverything(tx, client, moved)
  updateOutcome(tx, client, ended)
  updateCounted(tx, client, told)
  return said
}

export function removeCallRows(tx: Transaction, client: number, numbers: readonly number[]): void {
  removeCalls(
    tx,
    client,
    numbers.map((number) => [number]),
  )
}

function phoneMoved(before: CallRow, row: Omit<CallRow, 'client'>): boolean {
  return before.phone !== row.phone || before.phone_said !== row.phone_said
}

/** The row of a call, as its events make it. */
export function callRowOf(
  state: CallState,
  region: string,
  customerNumber: (customerId: string) => number,
): Omit<CallRow, 'client'> {
  const { row, derived } = state
  const { number, version, key, events, nameless } = state
  if (state.dropped && row !== null) return { ...row, events }
  const customerId = derived?.customerId ?? null
  const customerData = derived?.customerData ?? null
  // Events that name no call belong to calls of their own number: while they are being moved, it is the named ones' that tells.
  const said = state.named?.phone?.[0] ?? derived?.phoneNumber ?? null
  const phone = said === null ? null : numberKey(said, region)
  const virtualSaid = derived?.virtualNumber ?? null
  const virtual = virtualSaid === null ? null : numberKey(virtualSaid, region)
  return {
    number,
    version,
    start_at: derived?.startAt ?? null,
    answered_at: derived?.answeredAt ?? null,
    end_at: derived?.endAt ?? null,
    duration: derived?.durationSeconds ?? null,
    customer: customerId === null ? null : customerOf(state, customerId, customerNumber),
    events,
    nameless,
    direction: state.direction,
    status: statusCode(derived?.status ?? 'active'),
    answered: derived === null ? 0 : answeredCode(derived),
    key: bytesOfKey(key),
    call_key: state.callKey,
    phone,
    phone_said: said === phone ? null : said,
    virtual_number: virtual,
    virtual_number_said: virtualSaid === virtual ? null : virtualSaid,
    agent_number: derived?.agentNumber ?? null,
    end_reason: derived?.endReason ?? null,
    recording: derived?.recordingUrl ?? null,
    notes: derived?.notes ?? null,
    tags: derived === null ? null : (state.named?.tags?.[0] ?? null),
    disposition_code: derived?.disposition ?? null,
    agent: derived?.agentUserId ?? null,
    customer_data: customerData === null ? null : JSON.stringify(customerData),
    domain: derived?.domain ?? null,
    // What the columns say is not kept twice, unless other events have a part in it, or they say nothing yet.
    facts: state.named === null ? null : encodeFacts(state.named, state.unnamed !== null || derived === null),
    unnamed: state.unnamed === null ? null : encodeFacts(state.unnamed, true),
    erased: row?.erased ?? 0,
  }
}

/** Mostly the customer is the one that the stored call has. */
function customerOf({ row }: CallState, customerId: string, customerNumber: (customerId: string) => number): number {
  if (row?.customer != null && row.customer_data !== null) {
    const { customerId: stored } = JSON.parse(row.customer_data) as JsonObject
    if (customerNameOf(stored) === customerId) return row.customer
  }
  return customerNumber(customerId)
}
