/**
 * The storage port: all that services know of a database. Times are epoch milliseconds UTC, ranges half-open
 * `[from, to)`, dates local `YYYY-MM-DD` in the client's own zone. Every method is about the one client that it names, and can
 * neither read nor touch another's rows; those named `allClients…` and the key lookup are about all.
 *
 * Any method may reject with `StorageUnavailable` (try again) and nothing else that a caller could have caused.
 */
import type { Answer, Asked } from '../core/analytics/answer.js'
import type { ScheduleVersion } from '../core/analytics/schedule.js'
import type { MissedState } from '../core/analytics/follow-ups.js'
import type { MissedPlace } from '../core/analytics/missed-callers.js'
import type { Filters } from '../core/analytics/selection.js'
import type { Call } from '../core/call.js'
import type { RowFormat } from '../core/call-row.js'
import type { JsonObject } from '../core/json.js'
import type { DateSpan, TimeRange } from '../core/range.js'
import type { Report } from '../core/report.js'
import type { ReadingTime } from '../core/published-call.js'
import type {
  AuditAction,
  CallbackCount,
  CallbackEvent,
  CallbackOddity,
  CallChangeType,
  CallStatus,
  Direction,
  EventSource,
  Feature,
  KeyKind,
  KeyScope,
  Plan,
  ReconciliationState,
  WindowUnit,
} from '../core/vocabulary.js'
import type { StoreFigures, StoreMeasures } from './figures.js'
import type { NewWebhook, WebhookChanges, WebhookStorage } from './webhooks-port.js'

/** A tenant, as configured. `sealedExotel` can be opened by the credentials service only. */
export interface Client {
  readonly clientId: string
  readonly name: string
  readonly plan: Plan
  /** Calls a month. */
  readonly monthlyLimit: number
  readonly features: readonly Feature[]
  /** Host names; `*` allows any, `*.example.com` any subdomain. */
  readonly allowedDomains: readonly string[]
  /** IANA zone of the client's days and months: tallies are kept by them. */
  readonly timezone: string
  /** ISO 3166-1: the country whose way of writing numbers counts where a number names none. */
  readonly region: string
  /** Whole local months of events and calls that are kept before the current one, from 1; null keeps everything. */
  readonly retentionMonths: number | null
  /** Whether nothing of what is no longer kept is dropped for now. */
  readonly retentionPaused: boolean
  /** Within how many hours after its end a missed call is won back by one that is answered. */
  readonly missedCallWindowHours: number
  /** What those hours are of. Without business hours they are those of the clock. */
  readonly missedCallWindowIn: WindowUnit
  readonly sealedExotel: string
  /** What the server signs in to Exotel's API with, sealed alike; null when it was not given. */
  readonly sealedExotelApi: string | null
  /** Whether keys that stand in pages get no Exotel credentials. */
  readonly requireAgentSessions: boolean
  /** One that is `suspended` or about to be deleted opens nothing. */
  readonly status: 'active' | 'suspended' | 'deleting'
  /** From when on all that it has is removed; null unless it is `deleting`. */
  readonly deletesAt: number | null
}

export interface NewClient extends Omit<
  Client,
  'status' | 'deletesAt' | 'region' | 'missedCallWindowHours' | 'missedCallWindowIn' | 'retentionPaused'
> {
  /** Absent: `DEFAULT_REGION`. */
  readonly region?: string
  /** Absent: `DEFAULTS.missedCallWindowHours`. */
  readonly missedCallWindowHours?: number
  /** Absent: `DEFAULTS.missedCallWindowIn`. */
  readonly missedCallWindowIn?: WindowUnit
  readonly status: 'active' | 'suspended'
  /** SHA-256 of the API key, lower-case hex. */
  readonly apiKeyHash: string
  /** The key's first characters, to recognise it by: never enough to use it. */
  readonly apiKeyHint: string
  readonly createdAt: number
}

export interface ClientListing extends Client {
  readonly createdAt: number
  /** Of its oldest live key; null when the client has none. */
  readonly apiKeyHint: string | null
}

/**
 * What is to be different about a client: members that are absent stay as they are. With `deletesAt` it is deleting; null
 * takes that back, and its status is what it was.
 */
export type ClientChanges = Partial<Omit<Client, 'clientId' | 'status'> & Pick<NewClient, 'status'>>

/** A key, as a list of keys shows it. */
export interface StoredApiKey {
  /** SHA-256 of the API key, lower-case hex. */
  readonly keyHash: string
  readonly hint: string
  readonly kind: KeyKind
  /** Of a secret key; empty for the other kinds. */
  readonly scopes: readonly KeyScope[]
  /** For people; null when nobody gave it one. */
  readonly name: string | null
  readonly createdAt: number
  /** From then on it opens nothing; null never. */
  readonly endsAt: number | null
  /** To the hour; null when it never was. */
  readonly lastUsedAt: number | null
  /** Of a callback key: addresses and CIDR blocks from which it may be used; null from anywhere. */
  readonly addresses: readonly string[] | null
  /** Whether people's numbers are masked in all that the key is answered. */
  readonly maskNumbers: boolean
}

/** A key to be created: a full one, without a name, for ever, unless it says otherwise. */
export type NewApiKey = Pick<StoredApiKey, 'keyHash' | 'hint' | 'createdAt'> &
  Partial<Pick<StoredApiKey, 'kind' | 'scopes' | 'name' | 'endsAt' | 'addresses' | 'maskNumbers'>>

/** What an administrator does, of which the audit log keeps a record. */
export type AdminChange =
  | readonly ['createClient', client: NewClient]
  | readonly ['updateClient', clientId: string, changes: ClientChanges]
  | readonly ['createApiKey', clientId: string, key: NewApiKey]
  | readonly ['revokeApiKey', clientId: string, keyHash: string, at: number]
  | readonly ['setBusinessHours', clientId: string, version: ScheduleVersion]
  | readonly ['createWebhook', clientId: string, webhook: NewWebhook]
  | readonly ['updateWebhook', clientId: string, endpointId: string, changes: WebhookChanges, now: number]
  | readonly ['deleteWebhook', clientId: string, endpointId: string]

/** A person, as whoever asks knows them: by a number in any spelling, or as a customer. */
export type Subject = { readonly phoneNumber: string } | { readonly customerId: string }

/** A batch of an erasure. */
export interface Erasure {
  readonly subject: Subject
  /** Keyed hash of the subject, which alone is kept of it. */
  readonly hash: string
  /** Calls, or events, of one batch. */
  readonly limit: number
}

/** What an erasure has erased so far, in all batches. */
export interface Erased {
  readonly calls: number
  readonly events: number
  readonly customers: number
  /** Whether nothing is left: the audit log says so. */
  readonly isOver: boolean
}

/** What is held on a person. */
export interface PersonCustomer {
  readonly customerId: string
  /** Null where nobody saved the customer. */
  readonly profile: JsonObject | null
  readonly createdAt: number
  readonly updatedAt: number
}
export interface PersonCall {
  readonly number: number
  readonly call: Call
  readonly events: readonly CallEventRecord[]
}
export interface PersonPage {
  readonly customers: readonly PersonCustomer[]
  readonly calls: readonly PersonCall[]
  /** Events that belong to no call. */
  readonly events: readonly CallEventRecord[]
  /** Tries to send what those events told. */
  readonly deliveries: readonly PersonDelivery[]
  /** Where the next page starts; null after the last. */
  readonly next: string | null
}
export interface PersonDelivery {
  readonly url: string
  readonly messageId: string
  readonly at: number
  readonly status: number | null
}

/** What the audit log says of one action. It holds no secret. */
/** What is stored beside events, in the order in which each part follows from those before it. */
export const CHECK_PARTS = ['events', 'calls', 'customers', 'words', 'days', 'eventDays', 'totals', 'pages'] as const
export type CheckPart = (typeof CHECK_PARTS)[number]
/** Where a batch of a check ended. */
export type CheckPlace = string | number

/** Something that does not follow from the events. */
export interface Difference {
  /** What it is one of, in words: they name many. */
  readonly kind: string
  /** Which one. */
  readonly id: string
}

/** How far dropping what a client no longer keeps is. */
export interface RetentionProgress {
  readonly isPaused: boolean
  readonly retainedFrom: number | null
  /** Since when rows are being dropped, without a long break; null when none are left. */
  readonly droppingSince: number | null
  readonly droppedAt: number | null
  /** Events and calls that were dropped since then, or the last time. */
  readonly droppedRows: number
  /** Events and calls that are left to drop, by whole days. */
  readonly rowsLeft: number
}

export interface CheckBatch {
  /** How many were compared. */
  readonly checked: number
  /** Where the next batch goes on; null when there is none. */
  readonly next: CheckPlace | null
  readonly differences: readonly Difference[]
}

export interface AuditEntry {
  readonly at: number
  /** Who: the name of an admin token, or whoever ran the command line. */
  readonly actor: string
  readonly action: AuditAction
  /** Null is about all clients. */
  readonly clientId: string | null
  /** What was set, and how. */
  readonly details: JsonObject
  /** Of the request that asked for it; null where none did. */
  readonly requestId: string | null
}

export interface StoredAuditEntry extends AuditEntry {
  /** Ascends with the order of the actions, without gaps. */
  readonly id: number
}

/** How often something was seen of a client's callbacks. It is statistics: a server that is killed may lose the last second. */
export interface CallbackNote {
  readonly event: CallbackEvent
  readonly kind: CallbackCount | CallbackOddity
  /** What is odd: see `Oddity`. Empty where callbacks are counted. */
  readonly what: string
  readonly times: number
  readonly firstAt: number
  readonly lastAt: number
  /** Of the last event of which it is told. */
  readonly logId: string
}

/** A client, and the key that found it. */
export interface KeyHolder extends Client {
  readonly key: StoredApiKey
}

/** What is saved of an agent. */
export interface AgentProfile {
  readonly name?: string
  /** What Exotel calls the agent: no two of a client have the same. */
  readonly exotelUserId?: string
  readonly email?: string
  /** Number or SIP address at which Exotel rings the agent. */
  readonly phone?: string
}

/** A JSON merge patch (RFC 7396): what is absent stays, null goes. */
export type AgentPatch = { readonly [Member in keyof AgentProfile]?: string | null } & { readonly active?: boolean }

export interface AgentRecord {
  /** Never changes: a place in the list. */
  readonly number: number
  readonly agentUserId: string
  readonly active: boolean
  /** Empty of an agent that nobody saved. */
  readonly profile: AgentProfile
  readonly createdAt: number
  readonly updatedAt: number
  /** Calls of the agent that go on. */
  readonly activeCalls: number
}

export interface AgentQuery {
  readonly clientId: string
  /** Null is any. */
  readonly active: boolean | null
  readonly onCall: boolean | null
  /** Calls that started before it are over. */
  readonly onCallFrom: number
  /** Number of the agent before the first of these; 0 for the first ones. */
  readonly after: number
  readonly limit: number
}

/** What Exotel says of an agent. */
export interface AgentIdentity {
  readonly exotelUserId: string | null
  readonly email: string | null
  readonly number: string | null
}

/** An agent, and by which of its marks it was found: the surest. */
export interface KnownAgent {
  readonly agentUserId: string
  readonly active: boolean
  readonly by: keyof AgentIdentity
}

/** An event as accepted, before it is folded. */
export interface NewEvent {
  readonly clientId: string
  readonly event: string
  /** As sent; comes back deep-equal. */
  readonly data: JsonObject
  readonly occurredAt: number
  readonly receivedAt: number
  readonly source: EventSource
  /** `timestamp` as sent, part of the event's identity; null when it was not sent and arrival stands in. */
  readonly timestamp: string | null
  /** The other members of the request worth keeping: `domain`, `agentUserId` and the like. */
  readonly context: JsonObject
  /** `Idempotency-Key` or `eventId`: what makes a repeat the same event. Null: its content does. */
  readonly idempotencyKey: string | null
}

/**
 * `created`: on disk. `duplicate`: the same event was recorded before, `logId` is the first one's, nothing changed.
 * `conflict`: the idempotency key was used for another event; nothing changed.
 */
export type RecordOutcome =
  { readonly status: 'created' | 'duplicate'; readonly logId: string } | { readonly status: 'conflict' }

/** Of an event among others. `failed`: this one cannot be recorded, whatever the reason; nothing of it was written. */
export type BatchOutcome = RecordOutcome | { readonly status: 'failed'; readonly error: unknown }

export interface StoredEvent {
  readonly logId: string
  readonly event: string
  readonly data: JsonObject
  readonly occurredAt: number
  readonly context: JsonObject
}

/**
 * What a client has dropped, as of the answer that says so. Events that occurred, and calls that started, before
 * `retainedFrom` are in no answer; null when none were ever dropped. Counts of calls stay, by whole quarter hours.
 */
interface Retained {
  readonly retainedFrom: number | null
}

export interface EventQuery {
  readonly clientId: string
  readonly range: TimeRange
  /** Filters: null is any. */
  readonly customerId: string | null
  /** The agent that the event itself names; absent is any, too. */
  readonly agentUserId?: string | null
  readonly event: string | null
  readonly direction: Direction | null
  readonly pageSize: number
  /** A page number from 1, or where a cursor stopped: events older than it follow. */
  readonly position: { readonly page: number } | { readonly after: EventPosition }
}

/** A place between two events in newest-first order. */
export interface EventPosition {
  readonly occurredAt: number
  readonly sequence: number
}

export interface EventPage extends Retained {
  /** Newest first: by `occurredAt`, then by the order of recording. Fewer than asked where an answer is as long as it may be. */
  readonly events: readonly StoredEvent[]
  /** Exact. Costs the same at any volume, but for those of one customer or agent, which are counted. */
  readonly total: number
  /** Where the next page starts; null after the last event. */
  readonly next: EventPosition | null
}

/** What an event changed of a call. */
export interface CallChange {
  /** Of the event: ascends with the order of commits, per client, without gaps. */
  readonly sequence: number
  readonly type: CallChangeType
  /** As it was after the event: the same whenever it is asked for. */
  readonly call: Call
  readonly event: Pick<StoredEvent, 'logId' | 'event' | 'occurredAt'>
}

export interface CallChanges {
  /** In the order of their sequences. Events that changed nothing that is shown of a call have none. */
  readonly changes: readonly CallChange[]
  /** Of the last event that was looked at: who has seen it has seen all before it. */
  readonly sequence: number
  /** Of the client's last event: more follow where it is a later one. */
  readonly lastSequence: number
}

/** @property sequence of the client's last event; 0 when there is none */
export interface LastSequence {
  readonly clientId: string
  readonly sequence: number
}

/** In which missed calls are won back, and callers call again: see `Client`. */
export interface MissedCallWindow {
  readonly windowHours: number
  readonly windowIn: WindowUnit
}

/** A question about the calls that start in a range: see `core/analytics`. */
export interface CallsQuestion extends Asked, MissedCallWindow {
  readonly clientId: string
  readonly range: TimeRange
  /** IANA zone of hours, days and months. */
  readonly zone: string
  /** When it is asked. */
  readonly now: number
  /** The range that it is compared with; null for none. */
  readonly comparedTo: TimeRange | null
  /** Customers by their ids, numbers as people write them. */
  readonly filters: Filters
  readonly serviceLevelSeconds: number
  readonly abandonSeconds: number
  /** Whether groups are told in which no call is. */
  readonly fill: boolean
}

/** What one question may cost no more of: calls that are read, groups, and time. */
export type TooLargeIn = 'calls' | 'groups' | 'time'

/** Groups of customers are told by their ids. `too-large`: more calls would have to be read, or groups be told, than one question may cost. */
export type CallsAnswer =
  | (Answer &
      Retained & {
        readonly status: 'answered'
        /** Names of the customers and the agents among the rows, by id; null when nobody told one. */
        readonly customers: Readonly<Record<string, string | null>>
        readonly agents: Readonly<Record<string, string | null>>
      })
  | { readonly status: 'too-large'; readonly what: TooLargeIn }

export interface MissedCallsQuery extends MissedCallWindow {
  readonly clientId: string
  /** In which the missed calls began. */
  readonly range: TimeRange
  /** When it is asked. */
  readonly now: number
  /** What became of the last of a number's missed calls: any of these. */
  readonly states: readonly MissedState[]
  /** Of the missed calls: a virtual number in any spelling, and the agent; null is any. Others are not looked at. */
  readonly virtualNumber: string | null
  readonly agentUserId: string | null
  readonly pageSize: number
  /** Where the page before ended; null for the first page. */
  readonly after: MissedPlace | null
  /** How many calls may be read. */
  readonly mostCalls: number
}

/** A number whose calls were missed. */
export interface MissedCaller {
  /** How many were. */
  readonly misses: number
  readonly firstMissedAt: number
  readonly lastMiss: Call
  /** What became of the last one. */
  readonly state: MissedState
  /** The call that won it back; null unless it was. */
  readonly wonBackBy: Call | null
  /** The customer saved last with the number, else that of the newest call with it that names one; null when there is none. */
  readonly customer: { readonly customerId: string; readonly name: string | null } | null
  /** Of the newest answered call of the number, among its `LIMITS.callsOfNumber` newest ones; null when there is none. */
  readonly lastAgent: { readonly agentUserId: string; readonly name: string | null } | null
}

/** `too-large`: more calls would have to be read than may be. */
export type MissedCallsAnswer =
  | (Retained & {
      readonly status: 'listed'
      /** By the last missed call, the newest first. */
      readonly callers: readonly MissedCaller[]
      /** Where the next page starts; null after the last number. */
      readonly next: MissedPlace | null
    })
  | { readonly status: 'too-large' }

export interface ReportQuery {
  readonly clientId: string
  readonly range: TimeRange
  /** IANA zone of the report's dates, hours and weekdays. */
  readonly zone: string
  /** How many calls to list, newest start first. */
  readonly recent: number
}

export interface FilteredReportQuery extends ReportQuery {
  /** Null, or absent, is any. */
  readonly customerId?: string | null
  readonly agentUserId?: string | null
  /** How long the lists of those with the most calls are: none unless told. */
  readonly top?: number
}

/** The report of a range and the newest of its calls, read from one snapshot. */
export interface ClientReport extends Report, Retained {
  readonly recent: readonly Call[]
  /** Whether calls were left out of `recent` because the answer is as long as it may be. */
  readonly recentCut: boolean
}

export interface RankedCustomer {
  readonly customerId: string
  readonly name: string | null
  readonly phoneNumber: string | null
  readonly calls: number
  readonly seconds: number
}

export interface RankedAgent {
  readonly agentUserId: string
  /** The saved one; null when nobody saved one. */
  readonly name: string | null
  readonly calls: number
  readonly seconds: number
  /** Calls that were answered and have ended. */
  readonly answered: number
}

/** Who has the most calls of a report, in order: by calls, then seconds, then id. */
export interface TopLists {
  readonly top: readonly RankedCustomer[]
  readonly topAgents: readonly RankedAgent[]
}

export interface CallList {
  readonly calls: readonly Call[]
  /** Whether calls were left out because the answer is as long as it may be. */
  readonly cut: boolean
}

/** What calls are asked for by: null is any. */
export interface CallFilters {
  /** As they read at the time of the query. */
  readonly statuses: readonly CallStatus[] | null
  readonly direction: Direction | null
  readonly customerId: string | null
  readonly agentUserId: string | null
  /** Numbers in any spelling. */
  readonly phoneNumber: string | null
  readonly virtualNumber: string | null
  readonly endReason: string | null
  /** What the call came to, in the client's own words. */
  readonly disposition: string | null
  readonly tag: string | null
  /** Of calls that have ended: whole seconds, both included. */
  readonly minSeconds: number | null
  readonly maxSeconds: number | null
  readonly hasRecording: boolean | null
  /** Whether the provider said how it ended. */
  readonly confirmed: boolean | null
}

/** Filters that leave every call. */
export const ANY_CALL: CallFilters = {
  statuses: null,
  direction: null,
  customerId: null,
  agentUserId: null,
  phoneNumber: null,
  virtualNumber: null,
  endReason: null,
  disposition: null,
  tag: null,
  minSeconds: null,
  maxSeconds: null,
  hasRecording: null,
  confirmed: null,
}

/** A call's place among others, by start and then by number. */
export interface CallPosition {
  readonly startAt: number
  readonly number: number
}

export interface CallQuery {
  readonly clientId: string
  readonly range: TimeRange
  readonly filters: CallFilters
  readonly time: ReadingTime
  readonly oldestFirst: boolean
  readonly pageSize: number
  /** Where the page before ended; null for the first page. */
  readonly after: CallPosition | null
}

export interface CallPage extends Retained, CallList {
  /** Where the next page starts, though this one may be short of calls or have none; null after the last call. */
  readonly next: CallPosition | null
}

/** An event of a call, and who reported it. */
export interface CallEventRecord extends StoredEvent {
  readonly receivedAt: number
  readonly source: EventSource
}

export interface CallRecord {
  readonly call: Call
  /** Oldest first: by `occurredAt`, then by the order of recording. The first `LIMITS.callEvents` of them. */
  readonly events: readonly CallEventRecord[]
  /** Whether events were left out. */
  readonly cut: boolean
}

export interface ExportQuery {
  readonly clientId: string
  readonly range: TimeRange
  /** Calls of this agent alone; null, or absent, is any. */
  readonly agentUserId?: string | null
  /** The last call of the chunk before; null for the first chunk. */
  readonly after: { readonly startAt: number; readonly number: number } | null
  readonly limit: number
  readonly rows: RowFormat
}

/** A call as a row of a file. */
export interface CallRow {
  /** The call's: ascends in the order in which calls began to be recorded, and never changes. */
  readonly number: number
  readonly text: string
}

export interface ExportChunk extends Retained {
  /** Oldest start first, then by number. */
  readonly rows: readonly CallRow[]
  /** Where the next chunk starts; null after the last call of the range. */
  readonly after: ExportQuery['after']
  /** Sequence of the last event recorded when the chunk was read. */
  readonly sequence: number
}

export interface CustomerRecord {
  readonly customerId: string
  /** The saved profile, or what calls say about a customer that nobody saved. Without `customerId`. */
  readonly profile: JsonObject
  readonly createdAt: number
  readonly updatedAt: number
}

export interface CustomerHistory extends Retained, CallList {
  readonly customer: CustomerRecord
  /** Events of those calls, oldest first; the newest `events` of them. */
  readonly events: readonly Pick<StoredEvent, 'logId' | 'event' | 'occurredAt'>[]
  /** Over all the customer's calls, not only those listed. */
  readonly totals: { readonly calls: number; readonly seconds: number }
}

export interface CustomerQuery {
  readonly clientId: string
  /** The beginning of words of a name or of an id, or a number in any spelling; null lists by the newest call. */
  readonly search: string | null
  readonly pageSize: number
  /** `next` of the page before; null for the first page. */
  readonly after: string | null
}

/** A customer as lists have it. */
export interface CustomerEntry {
  readonly customerId: string
  readonly name: string | null
  readonly phoneNumber: string | null
  /** Start of its newest call; null where no call of it is kept. */
  readonly lastCallAt: number | null
}

export interface CustomerPage {
  readonly customers: readonly CustomerEntry[]
  /** Where the next page starts, though this one may be short of customers or have none; null after the last. */
  readonly next: string | null
}

/** Whose a number is. */
export interface Caller extends CallList {
  readonly customer: CustomerRecord
  /** The newest calls with the number. */
  readonly calls: readonly Call[]
  /** Whether one of them goes on. */
  readonly isActive: boolean
}

export interface ClientTotals {
  readonly clientId: string
  readonly calls: number
  readonly seconds: number
  /** Calls by local month `YYYY-MM`, from the month asked for on. */
  readonly callsByMonth: Readonly<Record<string, number>>
}

/** Part of a list of clients, by client id: those after `after`, at most `limit`. */
export interface ClientWindow {
  readonly after: string
  readonly limit: number
}

/** A write that was acknowledged and could not be applied, as its log kept it. */
export interface SetAsideWrite {
  readonly id: number
  /** When it was set aside. */
  readonly at: number
  readonly method: string
  /** Arguments of the method, as JSON. */
  readonly args: string
  /** What it failed of, last. */
  readonly error: string
}

/** A call that somebody asks for, before it is made. */
export interface CallClaim {
  /** Names the request among its client's: the same request again has the same. */
  readonly id: string
  /** What makes two requests of one id the same. */
  readonly contentHash: string
  /** Epoch milliseconds. */
  readonly now: number
  /** Requests from before are forgotten. */
  readonly keptFrom: number
}

/** What became of a call that was asked for: it is made, or whether it is made is not known. */
export type PlacedCall =
  { readonly status: 'placed'; readonly callSid: string; readonly callStatus: string } | { readonly status: 'unknown' }

/**
 * `claimed`: it is whoever asked who makes the call, and says what became of it. `dialling`: somebody claimed it before, and has
 * not said so yet. `conflict`: it was another call that was claimed under this id.
 */
export type ClaimOutcome =
  | PlacedCall
  | { readonly status: 'claimed' }
  | { readonly status: 'conflict' }
  | { readonly status: 'dialling'; readonly since: number }

/** A client's reconciliation with Exotel's records. */
export interface StoredReconciliation {
  /** Names the run: another one of the client has another. */
  readonly runId: string
  /** Name of an admin token, or `server`. */
  readonly startedBy: string
  readonly state: ReconciliationState
  readonly startedAt: number
  /** When the run last said something of itself. */
  readonly updatedAt: number
  /** What it has found, as JSON. */
  readonly report: string
}

/** A reconciliation that somebody wants to start. */
export interface ReconciliationClaim extends Pick<StoredReconciliation, 'runId' | 'startedBy' | 'report'> {
  /** Epoch milliseconds. */
  readonly now: number
  /** One that goes on and has said nothing since is given up. */
  readonly silentFrom: number
  /** One that the same started since, and that came to its end, is enough; `Infinity` when none is. */
  readonly ownFrom: number
}

/** @property run the one that was claimed, or the one in its way */
export interface ReconciliationOutcome {
  readonly isClaimed: boolean
  readonly run: StoredReconciliation
}

export interface StorageStatus {
  /**
   * Since when writing has been impossible while reading goes on; null while all is well. Reads then answer from what was
   * committed before.
   */
  readonly behindSince: number | null
}

export interface Storage extends WebhookStorage {
  /**
   * Records one event: the event, its call, tallies and customer in one transaction, together with whatever else is
   * waiting. Durable when it resolves. Events of one client are recorded in the order of the calls.
   * @throws StorageBusy when too many events wait; nothing was written
   */
  record(event: NewEvent): Promise<RecordOutcome>
  /**
   * Records events of one client as `record` would one after the other, and all in one transaction: after a crash either all
   * of them are there or none. If one of them cannot be recorded, it fails alone, and the others take several transactions.
   * @returns one outcome an event, in order
   * @throws StorageBusy as `record` does; StorageUnavailable with `outcomeOpen` when some may have been written
   */
  recordAll(events: readonly NewEvent[]): Promise<readonly BatchOutcome[]>

  listEvents(query: EventQuery): Promise<EventPage>
  /**
   * What events after a sequence changed of calls, at most `limit` events at a time. Costs what these events and the earlier ones
   * of their calls cost to read.
   */
  changesSince(clientId: string, sequence: number, limit: number): Promise<CallChanges>
  /** Sequences of the last events of clients, those alone that exist. Waits for no commit. */
  allLastSequences(clientIds: readonly string[]): Promise<readonly LastSequence[]>
  /**
   * Tells a listener of clients for whom events were recorded, here or in another process that shares the server. It may say so of
   * one for whom none were, and of one too late or not at all, as when a connection breaks: whoever has to know asks again.
   * @returns stops it
   */
  onRecorded(listener: (clientId: string) => void): () => void

  /** Adds up tallies of quarter hours: costs the same at any volume. */
  report(query: ReportQuery): Promise<ClientReport>
  /** The report of one customer's or one agent's calls, which are read one by one. */
  filteredReport(query: FilteredReportQuery): Promise<ClientReport & TopLists>
  /** The report, and the customers and agents with the most calls in the range. */
  detailedReport(query: ReportQuery & { readonly top: number }): Promise<ClientReport & TopLists>
  /**
   * Answers a question about calls from columns of their days. What was counted of days that are over is kept in memory: a
   * question that was asked before costs the same at any volume.
   */
  askCalls(question: CallsQuestion): Promise<CallsAnswer>
  /**
   * Numbers whose calls were missed, one entry a number, all from one snapshot. Days are read from the newest backwards until the
   * page is full and, where only open calls are asked for, no further than a call can be open; the earlier missed calls of the
   * numbers of a page are counted by their index.
   */
  missedCalls(query: MissedCallsQuery): Promise<MissedCallsAnswer>
  /** Calls that started on these local dates: one sum over at most a month of days. */
  callsInMonth(clientId: string, month: DateSpan): Promise<number>

  /**
   * Calls that have not ended and started at or after `startedFrom`, newest first; `count` is exact beyond `limit`, and `sequence`
   * is that of the last event that is seen in them.
   */
  activeCalls(
    clientId: string,
    startedFrom: number,
    limit: number,
    agentUserId?: string | null,
  ): Promise<CallList & { readonly count: number; readonly sequence: number }>
  /**
   * Calls that all filters leave, by start and then by number. Looks at so many calls and no more: a page may end before it is
   * full, and says where the next one starts.
   */
  listCalls(query: CallQuery): Promise<CallPage>
  /** @returns null when there is no such call, or none any more */
  callBySession(clientId: string, sessionId: string): Promise<CallRecord | null>
  /** The next calls of an export, oldest first, as rows of its file. */
  exportChunk(query: ExportQuery): Promise<ExportChunk>
  /** The calls in a range that events after a sequence are about, with the last of these events' sequence. */
  callsTouchedSince(
    query: Omit<ExportQuery, 'after'>,
    sequence: number,
  ): Promise<{ readonly rows: readonly CallRow[]; readonly sequence: number; readonly more: boolean }>

  /**
   * Applies a JSON merge patch (RFC 7396) to a customer's profile, creating it when it is new. Durable when it resolves.
   * The patch of a customer that only calls named is applied to what calls say.
   * @returns false when the record would be longer than a customer's may be; nothing was written
   */
  saveCustomer(clientId: string, customerId: string, patch: JsonObject, now: number): Promise<boolean>
  /** @returns null when nobody saved the customer and no call named it */
  customerHistory(
    clientId: string,
    customerId: string,
    limits: { readonly calls: number; readonly events: number },
  ): Promise<CustomerHistory | null>

  /**
   * Applies a patch to an agent, who is made when nobody saved or named one of this id. Durable when it resolves.
   * @returns the id of another agent who has the Exotel user already: then nothing was written; null when it is saved
   */
  saveAgent(clientId: string, agentUserId: string, patch: AgentPatch, now: number): Promise<string | null>
  /** @param onCallFrom calls that started before it are over. @returns null when nobody saved the agent and no event named one */
  agent(clientId: string, agentUserId: string, onCallFrom: number): Promise<AgentRecord | null>
  /** Agents by id: those after one, at most `limit`. */
  agents(query: AgentQuery): Promise<readonly AgentRecord[]>
  /**
   * Agents that have this Exotel user, e-mail address or number: whichever of these is not null, the surest first. One who is
   * another Exotel user is not among them. Waits for no commit
   */
  agentsKnownAs(clientId: string, identity: AgentIdentity): Promise<readonly KnownAgent[]>

  /**
   * Customers by what they are found by: those of the number first, then by their ids, then by their names. Without a search
   * those with the newest calls first, then those of whom no call is kept.
   */
  listCustomers(query: CustomerQuery): Promise<CustomerPage>
  /**
   * The customer saved last with a number, in any spelling, else that of the newest call with it that names one.
   * @param activeFrom calls without an end that began before it are over
   * @returns null when there is none
   */
  customerByPhone(clientId: string, phoneNumber: string, activeFrom: number): Promise<Caller | null>

  /** The client that a key belongs to, whatever the status of either; null when no key has this hash. Waits for no commit. */
  clientByKeyHash(apiKeyHash: string): Promise<KeyHolder | null>
  /** Creates a client and its key. @returns false when the client exists; nothing was written */
  createClient(client: NewClient): Promise<boolean>
  /**
   * Changes a client, all of it or nothing. A new zone sorts its tallies into the days of that zone.
   * @returns false when there is no such client
   */
  updateClient(clientId: string, changes: ClientChanges): Promise<boolean>
  /** Replaces a client's sealed credentials, of either kind, if they are still those of `from`. @returns whether they were */
  resealClient(clientId: string, from: string, to: string): Promise<boolean>
  /** @returns null when there is no such client. Waits for no commit */
  client(clientId: string): Promise<ClientListing | null>
  /** The keys of a client, revoked ones too, oldest first; none when there is no such client. Waits for no commit. */
  apiKeys(clientId: string): Promise<readonly StoredApiKey[]>
  /** Gives a client one more key. @returns false when there is no such client, or it has the key already; it stays as it is then */
  createApiKey(clientId: string, key: NewApiKey): Promise<boolean>
  /** Makes a key open nothing from an instant on. @returns false when the client has no such key, or it ends before that */
  revokeApiKey(clientId: string, keyHash: string, at: number): Promise<boolean>
  /**
   * Makes a change and adds an entry about it to the audit log, in one transaction.
   * @returns what the change's own method does; false adds no entry
   */
  administer(change: AdminChange, entry: AuditEntry): Promise<boolean>
  /** Entries of the audit log, newest first: those before an id, of one client or of all. Waits for no commit. */
  auditLog(query: {
    readonly clientId: string | null
    readonly before: number | null
    readonly limit: number
  }): Promise<readonly StoredAuditEntry[]>
  /**
   * Removes up to `limit` rows of a client that was to be deleted by the time of the entry, for good. The last ones go together
   * with the client, and the entry is added: nothing of it is in any answer after that, and its id stays taken.
   * @returns how many rows went; 0 when there is nothing to do, or nothing left
   */
  deleteClient(clientId: string, limit: number, entry: AuditEntry): Promise<number>
  /** Notes that a key was used. */
  touchApiKey(clientId: string, keyHash: string, now: number): Promise<void>
  /** Clients by id, with or without a live key. Waits for no commit. */
  allClients(window: ClientWindow): Promise<readonly ClientListing[]>
  /** Totals of the clients of a window; `fromMonth` is the first month of `callsByMonth`. */
  allClientTotals(window: ClientWindow, fromMonth: string): Promise<readonly ClientTotals[]>
  /** Totals of all clients together: one row a client is added up. */
  allClientsSum(): Promise<{ readonly clients: number; readonly calls: number }>

  /**
   * Adds to what is counted of a client's callbacks. Of its oddities `LIMITS.callbackOddities` are told apart; others are
   * counted together, under `others`. Processes that write at once may tell a few more apart.
   */
  noteCallbacks(clientId: string, notes: readonly CallbackNote[]): Promise<void>
  /** What was counted of a client's callbacks; nothing when there is no such client. */
  callbackNotes(clientId: string): Promise<readonly CallbackNote[]>

  /** When a client is at work, by the dates from which it is so; none when there is no such client. */
  businessHours(clientId: string): Promise<readonly ScheduleVersion[]>
  /**
   * Says when a client is at work from a date on: what was said of that date or a later one goes, what was said of earlier ones
   * stays. Durable when it resolves.
   * @returns false when that would be more versions than `LIMITS.scheduleVersions`; nothing was written
   */
  setBusinessHours(clientId: string, version: ScheduleVersion): Promise<boolean>

  /** The instant before which a client's events and calls were dropped; null when none ever were. It never goes back. */
  retainedFrom(clientId: string): Promise<number | null>
  /**
   * Drops up to `limit` events and calls from before an instant, in one transaction, for good. The first of them to go
   * advances `retainedFrom` to the instant, so that all vanish from every answer at once, whatever is left to drop.
   *
   * A dropped call keeps what it is counted by, and nothing else: an event that names it later is recorded and changes
   * nothing, and so is one that names no call and occurred before `retainedFrom`. An idempotency key is known for as long as
   * its event is kept.
   * @param instant the start of a local day of the client's zone
   * @param at when this is, for `retentionProgress`
   * @returns how many went; 0 when none are left, or it is paused
   */
  dropBefore(clientId: string, instant: number, limit: number, at?: number): Promise<number>
  /**
   * How far dropping is.
   * @param instant as for `dropBefore`
   * @returns null when there is no such client
   */
  retentionProgress(clientId: string, instant: number): Promise<RetentionProgress | null>

  /**
   * Compares a batch of what is stored beside a client's events with what follows from them, in one transaction.
   * @param after where the batch before it ended; null begins
   */
  checkStored(clientId: string, part: CheckPart, after: CheckPlace | null): Promise<CheckBatch>
  /**
   * As `checkStored`, and puts right what differs, in the same transaction, which also adds the entry to the audit log when there is
   * something. Servers that run may remember reports that were counted before it.
   */
  repairStored(clientId: string, part: CheckPart, after: CheckPlace | null, entry: AuditEntry): Promise<CheckBatch>

  /**
   * Erases a batch of what is held on a person: the customers that they are, and what says of calls and events who they were about.
   * Calls stay, and what is counted of them. Later events of these calls are recorded without the person, repeats are repeats, and
   * what is new of the person is new. Call it until it is over: the last batch adds the entry, with what was erased in all.
   */
  erasePerson(clientId: string, erasure: Erasure, entry: AuditEntry): Promise<Erased>
  /** Lets go of what was erased where it still lies in files. @returns whether all of it is gone; else it is tried again later */
  forgetErased(): Promise<boolean>
  /** Part of what is held on a person. @param after `next` of the part before; null for the first */
  personPage(clientId: string, subject: Subject, after: string | null): Promise<PersonPage>

  /** Builds pages that are missing or behind, ahead of need, up to `limit`. @returns how many were built */
  buildPages(clientId: string, limit: number): Promise<number>

  /** Adds an entry to the audit log about what is no change. Durable when it resolves. */
  audit(entry: AuditEntry): Promise<void>

  /**
   * Claims the making of a call, for one of all that ask for it, in any process. Durable when it resolves: a call that was
   * claimed is not claimed again, whatever becomes of the process.
   */
  claimCall(clientId: string, claim: CallClaim): Promise<ClaimOutcome>
  /**
   * Says what became of a call. One that is placed stays so. Null gives it back: nothing was made, and it can be claimed anew.
   * @returns false when there is no such claim, or it has an outcome that stays; nothing was written
   */
  settleCall(clientId: string, id: string, outcome: PlacedCall | null): Promise<boolean>

  /**
   * Starts a reconciliation, in place of the client's last one, unless one goes on, in any process, or is enough. Durable when it
   * resolves.
   */
  claimReconciliation(clientId: string, claim: ReconciliationClaim): Promise<ReconciliationOutcome>
  /** Says how far a run is. @returns false when another has taken its place; nothing was written */
  saveReconciliation(
    clientId: string,
    run: Pick<StoredReconciliation, 'runId' | 'state' | 'updatedAt' | 'report'>,
  ): Promise<boolean>
  /** The run that goes on, or the last one; null when there was none. */
  reconciliation(clientId: string): Promise<StoredReconciliation | null>

  /** Writes that could not be applied, oldest first. Only an embedded store, which acknowledges before it commits, has any. */
  setAsideWrites(limit: number): Promise<readonly SetAsideWrite[]>
  /** Tries to apply one of them again. @returns whether it went through; it is then no longer set aside */
  retrySetAside(id: number): Promise<boolean>

  /** Known without asking the database. */
  status(): StorageStatus
  /** What waits and what is in use, known without asking the database. */
  figures(): StoreFigures
  /** What the database is asked for, beside `figures`: it can take as long as any read. */
  measure(): Promise<StoreMeasures>
  /** Resolves when the store answers; rejects when it does not. Waits for no commit. */
  ping(): Promise<void>
  /** Commits what was accepted, then lets go of everything. */
  close(): Promise<void>
}
