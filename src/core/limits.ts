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
