import type { DetailedAnalytics, TalkTimeBucket } from '../../schemas/analytics.js'
import type { CallLog } from '../../schemas/call-log.js'
import type { TallySummary, Usage } from '../../schemas/common.js'
import type { Customer } from '../../schemas/customer.js'
import { formatInstant } from '../core/calendar.js'
import { isObject, type Json, type JsonObject } from '../core/json.js'
import type { ReadingTime } from '../core/published-call.js'
import { answeredByDuration, answerRate, avgDuration, avgTalkTime, talkTime, unansweredCalls } from '../core/report.js'
import type { Tally } from '../core/tally.js'
import { shownData } from '../core/facts.js'
import { DURATION_BUCKETS } from '../core/vocabulary/calls.js'
import type { Client } from '../storage/port/clients.js'
import type { CustomerRecord } from '../storage/port/customers.js'
import type { StoredEvent } from '../storage/port/events.js'

/** Reads the clock and the settings for one answer. */
export type ReadTime = () => ReadingTime

/** What an answer says whose list ended early, because it is as long as an answer may be. */
export function truncated(cut: boolean): { truncated?: true } {
  return cut ? { truncated: true } : {}
}

export function publishedLog(event: StoredEvent, client: Client): CallLog {
  const { domain, agentUserId } = event.context as Pick<CallLog, 'domain' | 'agentUserId'>
  return {
    logId: event.logId,
    clientId: client.clientId,
    clientName: client.name,
    event: event.event,
    data: shownData(event.data),
    timestamp: formatInstant(event.occurredAt),
    ...(domain !== undefined && { domain }),
    ...(agentUserId !== undefined && { agentUserId }),
  }
}

export function publishedSummary(tally: Tally): TallySummary {
  return {
    totalCalls: tally.calls,
    totalDuration: tally.seconds,
    avgDuration: avgDuration(tally),
    inboundCalls: tally.inbound,
    outboundCalls: tally.outbound,
    missedCalls: tally.missed,
    answeredCalls: tally.answered,
    answerRate: answerRate(tally),
    endedCalls: tally.ended,
    unansweredCalls: unansweredCalls(tally),
    rejectedCalls: tally.rejected,
    rejectedInboundCalls: tally.rejectedInbound,
    confirmedCalls: tally.confirmed,
    openCalls: tally.calls - tally.ended,
    openAnsweredCalls: tally.openAnswered,
    totalTalkTime: talkTime(tally),
    avgTalkTime: avgTalkTime(tally),
  }
}

/** Ended calls by duration, answered or not. */
export function publishedDurations(tally: Tally): DetailedAnalytics['durationBuckets'] {
  const counts = DURATION_BUCKETS.map(({ name, counter }) => [name, tally[counter]])
  return Object.fromEntries(counts) as DetailedAnalytics['durationBuckets']
}

/** Ended calls by talk time, those that nobody answered apart from those that were short. */
export function publishedTalkTimes(tally: Tally): TalkTimeBucket[] {
  return [
    { name: 'unanswered', fromSeconds: null, toSeconds: null, calls: unansweredCalls(tally) },
    ...answeredByDuration(tally).map(({ name, fromSeconds, toSeconds, calls }) => {
      return { name, fromSeconds, toSeconds: toSeconds === Infinity ? null : toSeconds, calls }
    }),
  ]
}

export function usageOf(callsThisMonth: number, { monthlyLimit }: Client): Usage {
  return { callsThisMonth, limit: monthlyLimit, remaining: Math.max(0, monthlyLimit - callsThisMonth) }
}

export function publishedCustomer(record: CustomerRecord, client: Client): Customer {
  return {
    ...fitting(record.profile),
    customerId: record.customerId,
    clientId: client.clientId,
    createdAt: formatInstant(record.createdAt),
    lastUpdated: formatInstant(record.updatedAt),
  }
}

const TEXT_MEMBERS: readonly string[] = ['name', 'email', 'phone', 'company']

/**
 * A profile whose members are of the published types. One that calls told of can hold anything: a number where the
 * contract says text becomes text, and what no type fits is left out.
 */
function fitting(profile: JsonObject): JsonObject {
  const members = Object.entries(profile).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined) return []
    if (TEXT_MEMBERS.includes(name)) return typeof value === 'object' ? [] : [[name, String(value)]]
    if (name === 'tags') return isListOfText(value) ? [[name, value]] : []
    if (name === 'customFields') return isObject(value) ? [[name, value]] : []
    return [[name, value]]
  })
  return Object.fromEntries(members)
}

function isListOfText(value: Json): boolean {
  return Array.isArray(value) && value.every((member) => typeof member === 'string')
}
