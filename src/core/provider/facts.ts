import type { CallFacts } from '../facts.js'
import { PHONE_GRADES } from '../identity.js'
import { isBelieved, type Register } from '../register.js'
import { PROVIDER_EVENTS, type ProviderEvent } from '../vocabulary/events.js'
import { claimOf } from './claim.js'
import type { JsonObject } from '../json.js'

/** Added to the rank of what was seen as it happened, over what is worked out from the end. */
const SEEN = PROVIDER_EVENTS.length + 1

/** A number of which digits are hidden. */
const MASKED = /[x*]{2}/i

/**
 * What a report of Exotel's claims of its call. It outranks what ribbons say, and the stronger reports the weaker ones: but
 * where a report only shows that the call had begun or that an agent was rung, it ranks with the ribbons'.
 * @param occurredAt when it was reported, in epoch milliseconds
 */
export function factsOfReport(
  event: ProviderEvent,
  payload: JsonObject,
  { occurredAt, agentUserId }: { readonly occurredAt: number; readonly agentUserId: string | null },
): CallFacts {
  const claim = claimOf(event, payload, occurredAt)
  const authority = 1 + PROVIDER_EVENTS.indexOf(event)
  const believed = (instant: number | null) => (instant !== null && isBelieved(instant, occurredAt) ? instant : null)
  const at = <Value extends string | number | boolean>(value: Value | null): Register<Value> | undefined =>
    value === null ? undefined : [value, authority, occurredAt]
  const since = (instant: number | null, rank: number): Register<number> | undefined =>
    instant === null ? undefined : [instant, rank, instant]

  const startAt = believed(claim.startAt)
  const { phone } = claim
  const masked = phone !== null && MASKED.test(phone)
  const facts: { readonly [attribute in keyof CallFacts]: CallFacts[attribute] | undefined } = {
    // Whatever is reported of a call, it had begun by then.
    start: startAt !== null ? since(startAt, authority) : claim.isOver ? undefined : since(occurredAt, 0),
    conversation: since(believed(claim.answeredAt), claim.answerSeen ? authority + SEEN : authority),
    end: at(claim.isOver ? (believed(claim.endAt) ?? occurredAt) : null),
    endDuration: at(claim.isOver ? claim.talkSeconds : null),
    answered: at(claim.answered),
    disposition: at(claim.disposition),
    endReason: at(claim.endReason),
    direction: at(claim.direction),
    phone: phone === null ? undefined : [phone, masked ? 0 : authority * PHONE_GRADES, occurredAt],
    virtualNumber: at(claim.virtualNumber),
    agent: agentUserId === null ? undefined : [agentUserId, 0, occurredAt],
    agentNumber: at(claim.agentNumber),
    recording: at(claim.recordingUrl),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, register]) => register !== undefined))
}
