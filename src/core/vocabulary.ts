/**
 * The words and limits of the product, each written once. Schemas publish them, the core folds by them and storage
 * indexes by them.
 */

/** The five events of Exotel's browser SDK, and the four this API adds. Any other name is stored and changes no call. */
export const KNOWN_EVENTS = [
  'incoming',
  'connected',
  'callEnded',
  'holdtoggle',
  'mutetoggle',
  'dialing',
  'dtmf',
  'missed',
  'rejected',
] as const

/** Events after which a call is over. */
export const TERMINAL_EVENTS = ['callEnded', 'missed', 'rejected'] as const

export const DIRECTIONS = ['inbound', 'outbound'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** What a provider may say of a call that ended, over what its events alone would tell. */
export const DISPOSITIONS = ['busy', 'failed', 'rejected', 'canceled'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** `expired` is never stored: it is how an active call older than the maximum call age reads. */
export const CALL_STATUSES = ['active', 'completed', 'missed', 'no-answer', ...DISPOSITIONS, 'expired'] as const
export type CallStatus = (typeof CALL_STATUSES)[number]

/** Media type of the stream of changes. */
export const STREAM_TYPE = 'text/event-stream'

/**
 * What an event can change of a call, the furthest that it came: one that begins and answers a call has `call.answered`. Whatever
 * else becomes known of a call, also after its end, is `call.updated`.
 */
export const CALL_CHANGES = ['call.started', 'call.answered', 'call.updated', 'call.ended', 'call.missed'] as const
export type CallChangeType = (typeof CALL_CHANGES)[number]

/** Who reported an event, weakest first: a later entry outranks the ones before it. */
export const EVENT_SOURCES = ['ribbon', 'provider', 'operator'] as const
export type EventSource = (typeof EVENT_SOURCES)[number]

/**
 * How a fact of a call is known: `said`, by whoever knows; `implied` by the names of events; `assumed`, as nothing tells;
 * `reported` with the end; `measured` from the answer to the end; `mentioned` during the call; by the `answer` or the `end`;
 * `nothing` tells of any.
 */
export const FACT_BASES = [
  'said',
  'implied',
  'assumed',
  'reported',
  'measured',
  'mentioned',
  'answer',
  'end',
  'nothing',
] as const
export type FactBasis = (typeof FACT_BASES)[number]

/**
 * What Exotel reports of a call, by the name under which the report is logged, weakest first: a later entry outranks the ones
 * before it. `popup` is sent while an agent's phone rings, `passthru` from within a call's flow, `integrationCallback` by its
 * integrations, `statusCallback` once a call is answered or over; `callDetails` is what its API tells when asked.
 */
export const PROVIDER_EVENTS = ['popup', 'passthru', 'integrationCallback', 'statusCallback', 'callDetails'] as const
export type ProviderEvent = (typeof PROVIDER_EVENTS)[number]

/** What people say of a call afterwards: an `operator`'s events. They outrank all others. */
export const OPERATOR_EVENTS = ['annotated', 'corrected', 'voided', 'restored'] as const
export type OperatorEvent = (typeof OPERATOR_EVENTS)[number]
/** Those that Exotel sends by itself, to an address that ends so. */
export const CALLBACK_PATHS = {
  statusCallback: 'status-callback',
  integrationCallback: 'integration-callback',
  passthru: 'passthru',
  popup: 'popup',
} as const satisfies Partial<Record<ProviderEvent, string>>
export type CallbackEvent = keyof typeof CALLBACK_PATHS
/** Where callbacks of a kind go. */
export function callbackPath(event: CallbackEvent, key: string): string {
  return `${CALLBACK_ROOT}/${key}/${CALLBACK_PATHS[event]}`
}
export const CALLBACK_ROOT = '/api/exotel'
export const CALLBACK_EVENTS = Object.keys(CALLBACK_PATHS) as [CallbackEvent, ...CallbackEvent[]]

/** What is counted of callbacks, whatever they say: all, and those of them that had come before. */
export const CALLBACK_COUNTS = ['received', 'repeated'] as const
export type CallbackCount = (typeof CALLBACK_COUNTS)[number]

/**
 * What is odd about a callback: a member, or a value of a member, that is not known; no id of the call; a time that none of
 * the known ways of writing one explains; a member that could not be kept, and was left out; and whatever else was odd when
 * as many oddities as are told apart were known.
 */
export const CALLBACK_ODDITIES = [
  'unknown-member',
  'unknown-value',
  'missing-callsid',
  'unusable-time',
  'left-out',
  'others',
] as const
export type CallbackOddity = (typeof CALLBACK_ODDITIES)[number]

/**
 * What of a call is compared with Exotel's own record of it. Not when it began and ended: of the same call one report of Exotel's
 * says a second more than another.
 */
export const RECONCILED_MEMBERS = [
  'status',
  'answered',
  'confirmed',
  'durationSeconds',
  'direction',
  'phoneNumber',
  'virtualNumber',
  'recordingUrl',
] as const
export type ReconciledMember = (typeof RECONCILED_MEMBERS)[number]

/**
 * What reconciliation finds of a call: Exotel knew of one that was not known here; it told something of a known one; or it knows
 * nothing of one.
 */
export const RECONCILED_KINDS = ['missing', 'changed', 'unknown'] as const
export type ReconciledKind = (typeof RECONCILED_KINDS)[number]

/** `running` until it is `finished`, `failed`, or `stopped` with its server. The order is that of the database: add at the end. */
export const RECONCILIATION_STATES = ['running', 'finished', 'failed', 'stopped'] as const
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number]

/** The zone of Exotel's times that say none. */
export const PROVIDER_TIMEZONE = 'Asia/Kolkata'

/** The country whose way of writing numbers a client uses, unless it says otherwise: ISO 3166-1, two letters. */
export const DEFAULT_REGION = 'IN'
/** What becomes of an event of a batch. */
export const EVENT_OUTCOMES = ['created', 'duplicate', 'invalid'] as const

export const PLANS = ['trial', 'professional', 'enterprise'] as const
export type Plan = (typeof PLANS)[number]

export const FEATURES = ['call', 'mute', 'hold', 'dtmf', 'transfer'] as const
export type Feature = (typeof FEATURES)[number]

/**
 * What API keys are for. A `publishable` key stands in pages, where everybody can read it: it opens what a ribbon needs. A
 * `secret` key is a server's, and opens what its scopes say. A `full` key opens everything but callbacks. A `callback` key
 * stands in the addresses to which Exotel sends its reports, and opens those alone.
 */
export const KEY_KINDS = ['publishable', 'secret', 'full', 'callback'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/** What a secret key may do: read calls, customers and reports; log events and save customers; export; save agents, hand out agent sessions, set business hours and keep webhooks. */
export const KEY_SCOPES = ['read', 'write', 'export', 'manage'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** One that is `deleting` opens nothing, as a suspended one, and can be restored for a while. */
export const CLIENT_STATUSES = ['active', 'suspended', 'deleting'] as const

/** What administrators do, as the audit log calls it. */
export const AUDIT_ACTIONS = [
  'client.created',
  'client.updated',
  'client.deleting',
  'client.restored',
  'client.deleted',
  'business-hours.set',
  'key.created',
  'key.ended',
  'recording.heard',
  'secrets.rotated',
  'store.repaired',
  'reconciliation.started',
  'webhook.created',
  'webhook.updated',
  'webhook.secret-rotated',
  'webhook.redelivered',
  'webhook.deleted',
  'person.erased',
  'person.exported',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** What webhooks are sent: changes of calls, and that the month's calls are nearly or all used up. */
export const WEBHOOK_EVENT_TYPES = [...CALL_CHANGES, 'quota.warning', 'quota.reached'] as const
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number]
/** Sent to an endpoint when somebody tries it. */
export const WEBHOOK_TEST = 'webhook.test'

/** The order is that of the database: add at the end. */
export const WEBHOOK_STATUSES = ['active', 'paused'] as const
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number]

/** What pages may do, and an agent's session may be limited to. */
export const PAGE_PERMISSIONS = ['init', 'config', 'log-call'] as const
export type PagePermission = (typeof PAGE_PERMISSIONS)[number]

/** The callback key of the demo client. */
export const DEMO_CALLBACK_KEY = 'demo-callback-key-789'

/** Endpoints of the demo clients, paused, for examples to name; one of them to be deleted. */
export const DEMO_WEBHOOK = 'we_00000000000000d1'
export const DEMO_WEBHOOK_TO_DELETE = 'we_00000000000000d2'

/** The key of the demo client: every example of the documentation can be sent with it as it stands. */
export const DEMO_API_KEY = 'demo-api-key-789'

/**
 * Duration buckets of ended calls: `[from, to)` in whole seconds, in the order they are published. `counter` counts all of
 * a bucket's calls, `unanswered` those of them that nobody answered.
 */
export const DURATION_BUCKETS = [
  { name: '0-30s', counter: 'under30s', unanswered: 'unansweredUnder30s', fromSeconds: 0, toSeconds: 30 },
  { name: '30s-1m', counter: 'under1m', unanswered: 'unansweredUnder1m', fromSeconds: 30, toSeconds: 60 },
  { name: '1m-3m', counter: 'under3m', unanswered: 'unansweredUnder3m', fromSeconds: 60, toSeconds: 180 },
  { name: '3m-5m', counter: 'under5m', unanswered: 'unansweredUnder5m', fromSeconds: 180, toSeconds: 300 },
  { name: '5m+', counter: 'over5m', unanswered: 'unansweredOver5m', fromSeconds: 300, toSeconds: Infinity },
] as const

/** What a column of a spreadsheet's file holds, by the name that asks for it: its heading, and what stands in it. */
export const EXPORT_COLUMNS = {
  sessionId: { heading: 'Session ID', holds: 'id of the call' },
  customerName: { heading: 'Customer Name', holds: 'name that the events gave the customer' },
  phoneNumber: { heading: 'Phone Number', holds: 'the customer’s number' },
  direction: { heading: 'Direction', holds: '`inbound` or `outbound`' },
  startTime: { heading: 'Start Time', holds: 'when the call began' },
  endTime: { heading: 'End Time', holds: 'when it ended' },
  duration: { heading: 'Duration (s)', holds: 'talk time in whole seconds' },
  customerId: { heading: 'Customer ID', holds: 'id of the customer' },
  status: { heading: 'Status', holds: 'status of the call as it is when the file is made' },
  answeredAt: { heading: 'Answered At', holds: 'when it was answered' },
  ringSeconds: {
    heading: 'Ring (s)',
    holds: 'whole seconds until it was answered or, if nobody answered, until it ended',
  },
  agentUserId: { heading: 'Agent', holds: 'the agent' },
  localDate: { heading: 'Date', holds: 'local date under which reports count the call' },
  localHour: { heading: 'Hour', holds: 'local hour, 0 to 23, under which reports count it' },
  virtualNumber: { heading: 'Virtual Number', holds: 'Exotel’s number that was called, or that the call showed' },
  endReason: { heading: 'End Reason', holds: 'why the call ended' },
  confirmed: { heading: 'Confirmed', holds: '`yes` when Exotel itself said how the call ended' },
  notes: { heading: 'Notes', holds: 'what somebody noted of it' },
  tags: { heading: 'Tags', holds: 'its tags, with a comma and a space between' },
  disposition: { heading: 'Disposition', holds: 'what it came to, in the client’s own words' },
  domain: { heading: 'Domain', holds: 'domain of the page that reported it' },
  logIds: { heading: 'Log IDs', holds: 'ids of its logged events, oldest first, with a space between' },
} as const satisfies Record<string, { readonly heading: string; readonly holds: string }>
export type ExportColumn = keyof typeof EXPORT_COLUMNS

/** How times are written in a file: as the API writes them, local with their offset, or local alone. */
export const EXPORT_TIMES = ['utc', 'offset', 'local'] as const
export type ExportTimes = (typeof EXPORT_TIMES)[number]

/** What the hours are of within which a missed call can be won back: those of the clock, or business hours alone. */
export const WINDOW_UNITS = ['clock', 'businessHours'] as const
export type WindowUnit = (typeof WINDOW_UNITS)[number]

/** The zone of clients that set none, unless `DEFAULT_TIMEZONE` says otherwise. */
export const DEFAULT_TIMEZONE = 'Asia/Kolkata'

/** The grain of the finest tallies. Every UTC offset in use is a multiple of it, so any local day is whole slots. */
export const SLOT_MS = 15 * 60 * 1000

/** The first and the last instant, exclusive, that an event or a range may name: 2000-01-01 and 2100-01-01, UTC. */
export const MIN_INSTANT_MS = 946_684_800_000
export const MAX_INSTANT_MS = 4_102_444_800_000

/**
 * Ceilings on whatever grows with what a caller sends. Each is published in the contract by the schema that enforces it, or
 * whose description names it.
 */
export const LIMITS = {
  bodyBytes: 64 * 1024,
  /** Events of one batch, and the bytes of its body. Each of them is as long as one that comes by itself may be. */
  batchEvents: 1000,
  batchBytes: 4 * 1024 * 1024,
  /** Characters of the faults and warnings of all events of a batch together: those of the first ones that fit are told. */
  batchFaultsLength: 64 * 1024,
  /** Characters of an event's `data` as JSON. */
  dataLength: 32 * 1024,
  /** Characters, as JSON, of what an event says beside its `data`. */
  contextLength: 4 * 1024,
  /** Levels of nesting inside `data`, `customerData` and `customFields`. */
  nestingDepth: 100,
  /** Members of one `customerData` or `customFields`. */
  members: 256,
  /** Events of one call whose ids a file lists: of a call that has more it lists none. */
  callLogIds: 100,
  /** Faults of a request that its answer names, and unknown members that are compared with the known ones. */
  faults: 100,
  /** Characters of those faults together: the first ones that fit are named. */
  faultsLength: 8 * 1024,
  /**
   * Characters, as JSON, of the customer data that a call gathers from its events. Members are gathered in the order of
   * their names, each counted at the longest value that was sent for it; what is beyond stays with its event.
   */
  callCustomerLength: 16 * 1024,
  /** Characters of a customer's record as JSON. */
  customerLength: 32 * 1024,
  /** Events of one call that are listed with it and take its direction. Those beyond are kept, and still change the call. */
  callEvents: 500,
  /** Calls of one number, the newest that had begun, among which the call of an event that names none is looked for. */
  callsOfNumber: 100,
  /** Events that name no call and that one call takes, the first in time. Those beyond are kept, and change no call. */
  namelessOfCall: 500,
  /** Events of one number that name no call and are assigned again when one of them, or a call, turns up late. */
  namelessEvents: 1000,
  /** Requests of one address that fail to authenticate, in so much time. */
  authenticationFailures: 30,
  authenticationFailuresMs: 60_000,
  agentUserIdLength: 128,
  apiKeyLength: 128,
  /** Characters of an agent session’s token, and how long a session lasts at the least and at the most. */
  sessionTokenLength: 2048,
  leastSessionSeconds: 60,
  sessionSeconds: 24 * 60 * 60,
  /** How long a stream token opens streams; and streams that may be open at once, of one client and of all. */
  streamTokenSeconds: 600,
  streamsOfClient: 200,
  streams: 5000,
  apiKeyNameLength: 64,
  clientIdLength: 64,
  clientNameLength: 128,
  /** Keys of a client that may open the API at a time, and the newest of all its keys, which are listed. */
  clientKeys: 100,
  listedKeys: 1000,
  /** Domains that one client may allow. */
  clientDomains: 100,
  /** Calls a month that a plan can allow. */
  monthlyCalls: 1_000_000_000,
  callIdLength: 128,
  customerIdLength: 128,
  domainLength: 253,
  endReasonLength: 64,
  eventNameLength: 64,
  idempotencyKeyLength: 128,
  phoneNumberLength: 64,
  /** Characters of the address of a call's recording. */
  recordingUrlLength: 1024,
  /** Of a call's id in a path: that of its name, with what stands before it. */
  sessionIdLength: 136,
  textLength: 1024,
  timestampLength: 40,
  timezoneLength: 64,
  cursorLength: 512,
  tags: 100,
  /** How far back, and how far ahead, an event may lie that comes with a key that stands in a page. */
  pageEventAgeMs: 24 * 60 * 60 * 1000,
  pageEventAheadMs: 5 * 60 * 1000,
  /** How far ahead of the server's clock an event may claim to have happened. */
  aheadMs: 24 * 60 * 60 * 1000,
  /** Longest call that is believed, in seconds. */
  durationSeconds: 24 * 60 * 60,
  pageSize: 500,
  page: 1_000_000_000,
  /** Characters of the notes on a call, of its disposition, of a tag, and of why it was corrected. */
  notesLength: 4096,
  dispositionLength: 64,
  tagLength: 64,
  reasonLength: 512,
  /** Tags of one call. */
  callTags: 32,
  /** Calls that are looked at for one page of a search by several filters: it ends there, and another page follows. */
  lookedAtCalls: 2500,
  /** Words of a name that it is searched by, how long each of them may be, and how many a customer that nobody saved has. */
  nameWords: 12,
  nameWordLength: 32,
  customerWords: 48,
  /** Names of customers that are looked at for one page of a search. */
  lookedAtNames: 2000,
  /** Most customers of one page. */
  customersPage: 100,
  /** Characters of what customers are searched by. */
  searchLength: 128,
  /** Saved customers of one number among which the one saved last is looked for. */
  customersOfNumber: 20,
  /** Newest calls that come with the customer of a number. */
  callsOfCaller: 5,
  /** Most calls that one list of calls returns. */
  listCalls: 500,
  /** Most active calls that one answer lists; `count` stays exact beyond it. */
  activeCalls: 10_000,
  /** Characters, as JSON, of the calls or events that one answer lists: a list that reaches it ends there, and says so. */
  answerLength: 2 * 1024 * 1024,
  /** Calls that are read for one question beyond what is known from before, groups that it is counted by, and those that are told. */
  askedCalls: 12_000_000,
  askedGroups: 200_000,
  answeredGroups: 10_000,
  /** Times of the week, and of one date, in a client's schedule, its dates that are unlike their weekday, and the characters of their names. */
  scheduleWeeklyTimes: 84,
  scheduleTimes: 12,
  scheduleDates: 400,
  scheduleNameLength: 64,
  /** Schedules of one client that follow each other. */
  scheduleVersions: 100,
  /** Values of one dimension that calls are filtered by. */
  filterValues: 100,
  /** Most numbers of one page of missed calls. */
  missedCallsPage: 100,
  /** Longest window in which a missed call can be won back: two weeks. */
  missedCallWindowHours: 336,
  /** After which the window of a missed call is over, however few of them were business hours. */
  missedCallWindowDays: 60,
  /** Longest retention that a client may set: a century, as far as events reach. */
  retentionMonths: 1200,
  /** Most events that a customer's call history carries. */
  historyEvents: 500,
  /** Most clients that one answer of the admin API lists. */
  clients: 1000,
  /** Most entries of the audit log that one answer lists. */
  auditEntries: 500,
  /** Longest time that an API key may be made for, and that a rotated one may go on. */
  keyDays: 36_500,
  overlapHours: 8760,
  /** Days for which the deletion of a client can be taken back. */
  graceDays: 365,
  /** Characters of a word that Exotel makes: an account's SID, an API key. */
  exotelWordLength: 128,
  /** Characters of the text that goes with a call through Exotel: it takes 128, of which the server's own are 32. */
  customFieldLength: 96,
  /** Longest call that Exotel makes, in seconds, and the shortest that anybody can mean. */
  callSeconds: 14_400,
  leastCallSeconds: 10,
  /** Days for which a request to make a call is remembered: sent again after that it dials again. */
  placedCallDays: 30,
  /** Differences that the report of a reconciliation lists, and calls that Exotel does not list which one run asks it for. */
  listedDifferences: 100,
  unlistedCalls: 100,
  /** How long a reconciliation may say nothing of itself before another takes its place. */
  reconciliationSilenceMs: 10 * 60 * 1000,
  /** Longest and largest recording that is listened to: four hours, uncompressed and in two channels, are less than that. */
  recordingMs: 60 * 60 * 1000,
  recordingBytes: 2 * 1024 * 1024 * 1024,
  /** How long one who listened to a recording may go on listening as the same visit to it. */
  listeningMs: 15 * 60 * 1000,
  /** Addresses and CIDR blocks from which one callback key may be used. */
  keyAddresses: 50,
  /** Members of a callback that comes as a form, nested ones too, and how deeply they may be nested. Those beyond are left out. */
  callbackMembers: 1000,
  callbackDepth: 5,
  /** Oddities of one client's callbacks that are told apart, those of one callback, and characters of what each is. */
  callbackOddities: 200,
  oddityOfCallback: 20,
  oddityLength: 80,
  /** As often as any other key may a callback key be used: the reports of many calls come at once, and each several times. */
  callbackTimes: 10,
  /** Endpoints of one client, characters of the address of each, and secrets that it signs with at a time. */
  webhooks: 20,
  webhookUrlLength: 1024,
  webhookSecrets: 3,
  /** Messages that may wait to be sent again to one endpoint, and the newest tries that are kept of each. */
  webhookPending: 10_000,
  webhookDeliveries: 10_000,
  /** Characters of the reason of an erasure. */
  erasureReasonLength: 200,
  /** Most tries of one page, and characters of an answer that are kept. */
  webhookDeliveriesPage: 100,
  webhookAnswerLength: 1024,
} as const

export const DEFAULTS = {
  /** Of a client that is created. */
  plan: 'professional',
  monthlyLimit: 5000,
  features: ['call', 'mute', 'hold', 'dtmf'],
  recentCalls: 100,
  customerCalls: 50,
  recentActivity: 10,
  topCustomers: 10,
  /** Within how long a call is answered in time, and how soon a caller gives up who hardly heard it ring. */
  serviceLevelSeconds: 20,
  abandonSeconds: 5,
  page: 1,
  pageSize: 50,
  exportColumns: [
    'sessionId',
    'customerName',
    'phoneNumber',
    'direction',
    'startTime',
    'endTime',
    'duration',
    'customerId',
  ],
  exportTimes: 'utc',
  overlapHours: 24,
  sessionSeconds: 8 * 60 * 60,
  graceDays: 30,
  auditEntries: 50,
  missedCallWindowHours: 24,
  missedCallWindowIn: 'clock',
  missedCallDays: 7,
  exotelHost: 'api.exotel.com',
} as const
