import type { CallEvent } from '../../src/core/facts.js'
import { canonicalJson, type Json, type JsonObject } from '../../src/core/json.js'

/**
 * The definitions of calls and analytics, told a second time and naively: every number is found by listing the calls,
 * every attribute by sorting what its events claim. Slow and plain on purpose; it shares no code with what it checks
 * but the canonical text that breaks ties.
 */
export interface OracleCall {
  sessionId: string
  startAt: number
  answeredAt: number | null
  endAt: number | null
  ringSeconds: number | null
  durationSeconds: number | null
  direction: 'inbound' | 'outbound'
  status: string
  answered: boolean
  confirmed: boolean
  customerAnsweredAt: number | null
  phoneNumber: string | null
  agentUserId: string | null
  domain: string | null
  agentNumber: string | null
  virtualNumber: string | null
  endReason: string | null
  recordingUrl: string | null
  corrected: boolean
  voided: boolean
  notes: string | null
  tags: readonly string[]
  disposition: string | null
  customerId: string | null
  customerData: JsonObject | null
}

export interface OracleReport {
  /** Newest start first, then by session id; `expired` where the clock says so. */
  calls: OracleCall[]
  activeCalls: number
  totalCalls: number
  endedCalls: number
  answeredCalls: number
  missedCalls: number
  inboundCalls: number
  outboundCalls: number
  totalDuration: number
  avgDuration: number
  answerRate: number
  unansweredCalls: number
  rejectedCalls: number
  rejectedInboundCalls: number
  confirmedCalls: number
  openCalls: number
  openAnsweredCalls: number
  totalTalkTime: number
  avgTalkTime: number
  /** Newest first. */
  callsByDate: [string, number][]
  callsByHour: number[]
  callsByDayOfWeek: number[]
  durationBuckets: Record<string, number>
  talkTimeBuckets: Record<string, number>
  topCustomers: { customerId: string; calls: number; seconds: number }[]
  topAgents: { agentUserId: string; calls: number; seconds: number; answered: number }[]
}

interface OracleOptions {
  /** Epoch milliseconds. */
  now: number
  zone: string
  maxCallAgeMs?: number
  /** Half-open; all calls when absent. */
  range?: { from: number; to: number }
  /** Only this customer's calls; all when absent. */
  customerId?: string
  /** Only this agent's. */
  agentUserId?: string
}

const KNOWN = 'incoming connected callEnded holdtoggle mutetoggle dialing dtmf missed rejected'.split(' ')
const TERMINAL = ['callEnded', 'missed', 'rejected']

/** @param events of one client; order and duplicates do not matter */
export function oracle(events: readonly CallEvent[], options: OracleOptions): OracleReport {
  const calls = oracleCalls(events, options.maxCallAgeMs)
    .map((call) => expire(call, options))
    .filter(({ startAt }) => !options.range || (startAt >= options.range.from && startAt < options.range.to))
    .filter((call) => options.customerId === undefined || call.customerId === options.customerId)
    .filter((call) => options.agentUserId === undefined || call.agentUserId === options.agentUserId)
    .sort((a, b) => b.startAt - a.startAt || (a.sessionId < b.sessionId ? -1 : 1))
  const ended = calls.filter((call) => call.endAt !== null)
  const totalDuration = total(ended)
  const answered = ended.filter((call) => call.answered)
  const unanswered = ended.filter((call) => !call.answered)
  const rejected = unanswered.filter((call) => call.status === 'rejected')
  const open = calls.filter((call) => call.endAt === null)
  const buckets = (of: readonly OracleCall[]): Record<string, number> => {
    const between = (from: number, to: number) =>
      of.filter((call) => seconds(call) >= from && seconds(call) < to).length
    return {
      '0-30s': between(0, 30),
      '30s-1m': between(30, 60),
      '1m-3m': between(60, 180),
      '3m-5m': between(180, 300),
      '5m+': between(300, Infinity),
    }
  }
  const where = calls.map((call) => localParts(call.startAt, options.zone))
  const agents = [...new Set(calls.map((call) => call.agentUserId).filter((id) => id !== null))]
  const customers = [...new Set(calls.map((call) => call.customerId).filter((id) => id !== null))]
  return {
    calls,
    activeCalls: calls.filter((call) => call.status === 'active').length,
    totalCalls: calls.length,
    endedCalls: ended.length,
    answeredCalls: answered.length,
    missedCalls: unanswered.filter((call) => call.direction === 'inbound').length,
    inboundCalls: calls.filter((call) => call.direction === 'inbound').length,
    outboundCalls: calls.filter((call) => call.direction === 'outbound').length,
    totalDuration,
    avgDuration: ended.length === 0 ? 0 : Math.round(totalDuration / ended.length),
    answerRate: ended.length === 0 ? 0 : Number((answered.length / ended.length).toFixed(4)),
    unansweredCalls: unanswered.length,
    rejectedCalls: rejected.length,
    confirmedCalls: ended.filter((call) => call.confirmed).length,
    rejectedInboundCalls: rejected.filter((call) => call.direction === 'inbound').length,
    openCalls: open.length,
    openAnsweredCalls: open.filter((call) => call.answered).length,
    totalTalkTime: total(answered),
    avgTalkTime: answered.length === 0 ? 0 : Math.round(total(answered) / answered.length),
    callsByDate: [...new Set(where.map(({ date }) => date))]
      .sort()
      .reverse()
      .map((date) => [date, where.filter((at) => at.date === date).length]),
    callsByHour: Array.from({ length: 24 }, (_, hour) => where.filter((at) => at.hour === hour).length),
    callsByDayOfWeek: Array.from({ length: 7 }, (_, day) => where.filter((at) => at.weekday === day).length),
    durationBuckets: buckets(ended),
    talkTimeBuckets: { unanswered: unanswered.length, ...buckets(answered) },
    topCustomers: customers
      .map((customerId) => {
        const theirs = calls.filter((call) => call.customerId === customerId)
        return { customerId, calls: theirs.length, seconds: total(theirs) }
      })
      .sort((a, b) => b.calls - a.calls || b.seconds - a.seconds || (a.customerId < b.customerId ? -1 : 1))
      .slice(0, 10),
    topAgents: agents
      .map((agentUserId) => {
        const theirs = calls.filter((call) => call.agentUserId === agentUserId)
        const answered = theirs.filter((call) => call.endAt !== null && call.answered).length
        return { agentUserId, calls: theirs.length, seconds: total(theirs), answered }
      })
      .sort((a, b) => b.calls - a.calls || b.seconds - a.seconds || (a.agentUserId < b.agentUserId ? -1 : 1))
      .slice(0, 10),
  }
}

const MAX_CALL_AGE_MS = 4 * 3_600_000

export function oracleCalls(events: readonly CallEvent[], maxCallAgeMs = MAX_CALL_AGE_MS): OracleCall[] {
  return oracleMembers(events, maxCallAgeMs).map(({ call }) => call)
}

/**
 * Each call with its events, those that change no call included. Events that name no call belong to the named call of their
 * number that began latest among those begun by their time, less than the maximum age ago, whose own events do not end it
 * more than a minute before. What is left makes calls of its own, in order of time: the first known event begins one, later
 * ones of the number join it within the maximum age, up to and including one that ends it.
 */
export function oracleMembers(
  events: readonly CallEvent[],
  maxCallAgeMs = MAX_CALL_AGE_MS,
): { call: OracleCall; events: CallEvent[] }[] {
  const keys = [...new Set(events.map(({ data }) => keyOf(data)).filter((key) => key !== ''))]
  const named = keys
    .map((key) => ({ key, events: events.filter(({ data }) => keyOf(data) === key) }))
    .filter((group) => group.events.some(isKnown))
    .map((group) => ({ ...group, own: oracleCall(group.key, group.events.filter(isKnown)), taken: [] as CallEvent[] }))
  const left: CallEvent[] = []
  for (const event of events.filter(({ data }) => keyOf(data) === '')) {
    const number = phoneIn(event.data).value
    const at = event.occurredAt
    const [newest] = named
      .filter(({ own }) => number !== null && own.phoneNumber === number)
      .filter(({ own }) => own.startAt <= at && at - own.startAt < maxCallAgeMs)
      .filter(({ own }) => own.endAt === null || at - own.endAt <= 60_000)
      .sort((a, b) => b.own.startAt - a.own.startAt || (a.key < b.key ? -1 : 1))
    if (newest === undefined) left.push(event)
    else newest.taken.push(event)
  }
  const own: CallEvent[][] = []
  const open = new Map<string, CallEvent[]>()
  for (const event of [...left].sort((a, b) => a.occurredAt - b.occurredAt)) {
    const number = phoneIn(event.data).value
    let group = number === null ? undefined : open.get(number)
    if (group !== undefined && event.occurredAt - (group[0]?.occurredAt ?? 0) >= maxCallAgeMs) group = undefined
    if (group === undefined) {
      if (number !== null) open.delete(number)
      if (!isKnown(event)) continue
      own.push((group = []))
      if (number !== null) open.set(number, group)
    }
    group.push(event)
    if (TERMINAL.includes(event.event) && number !== null) open.delete(number)
  }
  return [
    ...named.map(({ key, events: theirs, taken }) => {
      const all = [...theirs, ...taken]
      return { call: oracleCall(key, all.filter(isKnown)), events: all }
    }),
    ...own.map((group) => ({ call: oracleCall(UNNAMED, group.filter(isKnown)), events: group })),
  ]
}

/** What stands in the session id of a call that no event names. */
export const UNNAMED = 'unnamed'

function isKnown({ event }: CallEvent): boolean {
  return KNOWN.includes(event)
}

interface Claim {
  value: Json
  rank: number
  at: number
}

function oracleCall(key: string, events: readonly CallEvent[]): OracleCall {
  const terminal = events.filter(({ event }) => TERMINAL.includes(event))
  const during = events.filter(({ event }) => !TERMINAL.includes(event))
  const claim = (from: readonly CallEvent[], read: (event: CallEvent) => Json): Claim[] =>
    from
      .map((event) => ({ value: read(event), rank: event.source === 'provider' ? 1 : 0, at: event.occurredAt }))
      .filter(({ value }) => value !== null && value !== '')
  const instants = (from: readonly CallEvent[], read: (event: CallEvent) => number | null): Claim[] =>
    claim(from, read).map(({ value, rank }) => ({ value, rank, at: value as number }))

  const answers = [
    ...instants(events, (event) => told(event, ['callEstablishedTime', 'callAnswerTime'])),
    ...instants(
      events.filter(({ event }) => event === 'connected'),
      ({ occurredAt }) => occurredAt,
    ),
  ]
  const starts = [
    ...answers,
    ...instants(events, (event) => told(event, ['callStartedTime', 'startTime'])),
    ...instants(during, ({ occurredAt }) => occurredAt),
  ]
  const end = claim(terminal, (event) => told(event, ['callEndedTime', 'endTime']) ?? event.occurredAt)
  const endAt = latest(end) as number | null
  const reported = latest(claim(terminal, ({ data }) => reportedDuration(data))) as number | null
  const mentioned = latest(claim(during, ({ data }) => reportedDuration(data))) as number | null
  const fallback = endAt === null ? null : endAt - (reported ?? 0) * 1000
  const startAt = Math.min((earliest(starts) ?? fallback) as number, endAt ?? Infinity)
  const answer = earliest(answers) as number | null
  const answeredAt = answer === null ? null : Math.min(Math.max(answer, startAt), endAt ?? Infinity)

  const named = (name: string): boolean => events.some(({ event }) => event === name)
  const guessed = named('dialing') ? 'outbound' : named('incoming') || named('missed') ? 'inbound' : 'outbound'
  const direction = (latest(claim(events, ({ data }) => saidDirection(data))) ?? guessed) as OracleCall['direction']
  const answered = answeredAt !== null || (reported ?? 0) > 0
  const rangUntil = answered ? answeredAt : endAt
  const rang = rangUntil !== null && rangUntil > startAt
  const said = latest(claim(terminal, (event) => (event.event === 'rejected' ? 'rejected' : saidStatus(event.data))))
  const outcome = answered ? 'completed' : direction === 'inbound' ? 'missed' : 'no-answer'
  const worked = answeredAt === null || endAt === null ? null : Math.floor((endAt - answeredAt) / 1000)

  const phones = events.map(({ data, source, occurredAt }) => {
    const { value, index } = phoneIn(data)
    return { value, rank: (source === 'provider' ? 10 : 0) - index, at: occurredAt }
  })

  // From the strongest to the weakest: who answered, as the provider or else a ribbon tells it, outranks who merely took part.
  const spoke = ['provider', 'ribbon']
    .map((source) => events.filter((event) => event.source === source))
    .flatMap((theirs) => [theirs.filter(({ event }) => event === 'connected'), theirs])
  const agents = spoke.map((theirs) => latest(claim(theirs, ({ context }) => asText(context['agentUserId']))))
  const domains = spoke.map((theirs) => latest(claim(theirs, ({ context }) => asDomain(context['domain']))))

  const members = [...new Set(events.flatMap(({ data }) => Object.keys(objectOf(data['customerData']))))].sort()
  const customerData = Object.fromEntries(
    members
      .map(
        (name) => [name, latest(claim(events, ({ data }) => ownMember(objectOf(data['customerData']), name)))] as const,
      )
      .filter(([, value]) => value !== null),
  )
  const customerId = customerData['customerId']
  return {
    sessionId: `session-${key}`,
    startAt,
    answeredAt,
    endAt,
    ringSeconds: rang ? Math.floor((rangUntil - startAt) / 1000) : null,
    durationSeconds: endAt === null ? null : (reported ?? worked ?? mentioned ?? 0),
    direction,
    status: endAt === null ? 'active' : asText(said ?? outcome),
    answered,
    confirmed: false,
    customerAnsweredAt: null,
    phoneNumber: earliest(phones.filter(({ value }) => value !== null)) as string | null,
    agentUserId: (agents.find((agent) => agent !== null) as string | undefined) ?? null,
    domain: (domains.find((domain) => domain !== null) as string | undefined) ?? null,
    agentNumber: null,
    virtualNumber: null,
    endReason: latest(claim(terminal, ({ data }) => asText(data['callEndReason']))) as string | null,
    recordingUrl: null,
    // What people say of a call afterwards is in none of these streams.
    corrected: false,
    voided: false,
    notes: null,
    tags: [],
    disposition: null,
    customerId: typeof customerId === 'string' || typeof customerId === 'number' ? String(customerId) : null,
    customerData: Object.keys(customerData).length === 0 ? null : customerData,
  }
}

function expire(call: OracleCall, { now, maxCallAgeMs = 4 * 3_600_000 }: OracleOptions): OracleCall {
  return call.status === 'active' && call.startAt <= now - maxCallAgeMs ? { ...call, status: 'expired' } : call
}

function earliest(claims: Claim[]): Json {
  return claims.sort((a, b) => b.rank - a.rank || a.at - b.at || byText(a, b))[0]?.value ?? null
}

function latest(claims: Claim[]): Json {
  return claims.sort((a, b) => b.rank - a.rank || b.at - a.at || byText(a, b))[0]?.value ?? null
}

function byText(a: Claim, b: Claim): number {
  return canonicalJson(a.value) > canonicalJson(b.value) ? -1 : 1
}

function keyOf(data: JsonObject): string {
  return [data['callSid'], data['callId']].map(asText).find((id) => id !== '') ?? ''
}

function told({ data, occurredAt }: CallEvent, members: readonly string[]): number | null {
  const read = members
    .map((member) => data[member])
    .map((value) => {
      if (typeof value === 'number') return value
      if (typeof value !== 'string' || value === '') return NaN
      return /^\d+$/.test(value) ? Number(value) : /Z$|[-+]\d\d:\d\d$/.test(value) ? Date.parse(value) : NaN
    })
  return read.find((instant) => Math.abs(instant - occurredAt) <= 86_400_000) ?? null
}

function reportedDuration(data: JsonObject): number | null {
  const read = [data['duration'], data['callDuration']].map((value) => {
    const isDigits = typeof value === 'string' && /^[0-9]+([.][0-9]+)?$/.test(value)
    return typeof value === 'number' || isDigits ? Math.floor(Number(value)) : NaN
  })
  return read.find((value) => value >= 0 && value <= 86_400) ?? null
}

function saidDirection(data: JsonObject): 'inbound' | 'outbound' | null {
  for (const value of [data['callDirection'], data['direction']]) {
    const word = typeof value === 'string' ? value.toLowerCase() : ''
    if (word === 'inbound' || word === 'incoming') return 'inbound'
    if (['outbound', 'outgoing', 'outbound-api', 'outbound-dial'].includes(word)) return 'outbound'
  }
  return null
}

function saidStatus(data: JsonObject): string | null {
  const words = ['status', 'callStatus', 'disposition', 'callEndReason'].map((member) =>
    asText(data[member]).toLowerCase().replace('cancelled', 'canceled'),
  )
  return words.find((word) => ['busy', 'failed', 'rejected', 'canceled'].includes(word)) ?? null
}

function phoneIn(data: JsonObject): { value: string | null; index: number } {
  const values = [data['phoneNumber'], data['remoteId'], data['callFromNumber']]
  const index = values.findIndex((value) => typeof value === 'string' && value !== '')
  return { value: index < 0 ? null : asText(values[index]).replace(/^sips?:([^@]+)@.*$/, '$1'), index }
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function asDomain(value: Json | undefined): string {
  return typeof value === 'string' ? value.toLowerCase() : ''
}

function ownMember(object: JsonObject, name: string): Json {
  return Object.entries(object).find(([member]) => member === name)?.[1] ?? null
}

function seconds(call: OracleCall): number {
  return call.durationSeconds ?? 0
}

function total(calls: readonly OracleCall[]): number {
  return calls.reduce((sum, call) => sum + seconds(call), 0)
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const formats = new Map<string, Intl.DateTimeFormat>()

/** The wall clock as the platform's own formatter shows it. */
export function localParts(ms: number, zone: string): { date: string; hour: number; weekday: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      weekday: 'short',
    })
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  return {
    date: `${parts['year'] ?? ''}-${parts['month'] ?? ''}-${parts['day'] ?? ''}`,
    hour: Number(parts['hour']),
    weekday: WEEKDAYS.indexOf(parts['weekday'] ?? ''),
  }
}
