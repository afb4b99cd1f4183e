/** What Exotel's own record of a call tells that is not known of it yet. */
import { begunCall, deriveCall, type DerivedCall } from '../call.js'
import { isOperators } from '../event-identity.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../facts.js'
import { isObject, type JsonObject } from '../json.js'
import { numberKey } from '../phone-number.js'
import { EVENT_SOURCES } from '../vocabulary/events.js'
import { RECONCILED_MEMBERS, type ReconciledMember } from '../vocabulary/reconciliation.js'
import { claimOf } from './claim.js'
import { legsIn, secondsIn, textIn, timeIn, wordIn } from './payload.js'

type Known = string | number | boolean | null

/** A member of a call, as it was and as it is with what was missed. Null is not known. */
interface CallChange {
  readonly member: ReconciledMember
  readonly before: Known
  readonly after: Known
}

/**
 * What a report changes of a call. Members that a report alone says a little differently, such as the second at which a call
 * ended, are no change: see `RECONCILED_MEMBERS`.
 * @param known events of the call; none for a call that is not known
 * @param region whose way of writing numbers tells whether two of them are one: see `numberKey`
 * @returns nothing when the report tells what is known
 */
export function changesBy(report: CallEvent, known: readonly CallEvent[], region: string): readonly CallChange[] {
  const facts = factsOfAll(known)
  const before = begunCall(facts)
  const after = deriveCall(join(facts, factsOf(report) ?? {}))
  return RECONCILED_MEMBERS.flatMap((member): CallChange[] => {
    const [was, is] = [valueOf(before, member), valueOf(after, member)]
    return isSame(was, is, region) ? [] : [{ member, before: was, after: is }]
  })
}

/** The events of a call without what people said of it afterwards: what Exotel tells is worth keeping beside that. */
export function withoutOperators(events: readonly CallEvent[]): readonly CallEvent[] {
  return events.filter((event) => !isOperators(event))
}

/** Whether Exotel has said how the call ended, and for how long the two talked. */
export function isSettled(known: readonly CallEvent[]): boolean {
  const { end, answered, endDuration } = factsOfAll(withoutOperators(known))
  if (end === undefined || answered === undefined || endDuration === undefined) return false
  return endDuration[1] > EVENT_SOURCES.indexOf('ribbon')
}

/** How long after it last changed a call may be told without its end. */
const END_FOLLOWS_MS = 60 * 60 * 1000

/**
 * Whether Exotel has yet to say how a call ended: it goes on, or it has just ended, and its end is filled in some minutes later.
 * @param details a call as Exotel's API tells it
 * @param now epoch milliseconds
 */
export function isYetToEnd(details: JsonObject, now: number): boolean {
  if (!claimOf('callDetails', details, now).isOver) return true
  const changedAt = timeIn(details, 'DateUpdated', 'StartTime', 'DateCreated')
  return timeIn(details, 'EndTime') === null && changedAt !== null && changedAt > now - END_FOLLOWS_MS
}

/**
 * Whether a call that is over is told with its verdict. `completed` alone only says that its first leg was answered: Exotel's
 * lists leave out how long the two talked, and the second leg.
 */
export function hasVerdict(details: JsonObject): boolean {
  const { Details: more } = details
  const all = isObject(more) ? { ...details, ...more } : details
  if (wordIn(all, 'Status') !== 'completed') return true
  return textIn(all, 'Leg2Status') !== null || secondsIn(all, 'ConversationDuration') !== null || legsIn(all).length > 1
}

/** The same without a word on how it ended. */
export function withoutVerdict(details: JsonObject): JsonObject {
  return { ...details, Status: null }
}

function factsOfAll(events: readonly CallEvent[]): CallFacts {
  return events.reduce<CallFacts>((facts, event) => join(facts, factsOf(event) ?? {}), {})
}

/** Other texts than numbers are their own keys. */
function isSame(one: Known, other: Known, region: string): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other
  return one === other || numberKey(one, region) === numberKey(other, region)
}

function valueOf(call: DerivedCall | null, member: ReconciledMember): Known {
  return call === null ? null : call[member]
}
