import { canonicalJson, isObject, type Json, type JsonObject } from './json.js'
import { LIMITS } from './limits.js'
import type { Direction } from './vocabulary/calls.js'

const DIRECTION_WORDS: ReadonlyMap<string, Direction> = new Map([
  ['inbound', 'inbound'],
  ['incoming', 'inbound'],
  ['outbound', 'outbound'],
  ['outgoing', 'outbound'],
  ['outbound-api', 'outbound'],
  ['outbound-dial', 'outbound'],
])

/** Text that says something: the SDK sends `""` for what it does not know, and some CRMs send ids as numbers. */
export function textOf(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/**
 * Text that calls, customers, agents and numbers are found by. Every store must compare it alike, so text that one of them cannot
 * keep (NUL, half of a surrogate pair) names nothing, and neither does text that is too long.
 */
export function nameOf(value: Json | undefined, maxLength: number): string | null {
  const text = textOf(value)
  return text === null || text.length > maxLength || text.includes('\0') || !text.isWellFormed() ? null : text
}

/** What names the call among its client's calls: `callSid`, else `callId`; null when the event has neither. */
export function callKeyOf(data: JsonObject): string | null {
  return nameOf(data.callSid, LIMITS.callIdLength) ?? nameOf(data.callId, LIMITS.callIdLength)
}

/** Before the name of a call, in the id of it. */
export const SESSION_PREFIX = 'session-'

export function sessionIdOf(callKey: string): string {
  return SESSION_PREFIX + callKey
}

/**
 * The text whose equality makes two events the same when they carry no key of their own. An event that names neither
 * a call nor a timestamp has nothing to be recognised by: whoever takes it in gives it a key.
 */
export function eventContent(event: { event: string; data: JsonObject; timestamp: string | null }): string {
  return canonicalJson([callKeyOf(event.data), event.event, event.timestamp, event.data])
}

/** How surely a member of `data` names the other party's number, weakest first. */
const PHONE_MEMBERS = ['callFromNumber', 'remoteId', 'phoneNumber'] as const
export const PHONE_GRADES = PHONE_MEMBERS.length

/** The other party's number with its grade, the index in `PHONE_MEMBERS`: an explicit number outranks the SIP peer. */
export function gradedPhoneOf(data: JsonObject): { readonly phone: string; readonly grade: number } | null {
  for (let grade = PHONE_GRADES - 1; grade >= 0; grade--) {
    const text = textOf(data[PHONE_MEMBERS[grade] as string])
    const phone = text === null ? null : nameOf(sipUserOf(text), LIMITS.phoneNumberLength)
    if (phone !== null) return { phone, grade }
  }
  return null
}

/** The other party's number: `phoneNumber`, else `remoteId`, else `callFromNumber`; null when the event has none. */
export function phoneOf(data: JsonObject): string | null {
  return gradedPhoneOf(data)?.phone ?? null
}

/** `sip:+919876543210@example.com;transport=tls` names +919876543210 (RFC 3261, 19.1.1); other text is as it is. */
function sipUserOf(text: string): string {
  return /^(?:[^<]*<)?sips?:([^@:;?>]+)/i.exec(text)?.[1] ?? text
}

/** The direction that the event says itself, whatever its name suggests; null when it says none. */
export function directionOf(data: JsonObject): Direction | null {
  return directionIn(data.callDirection) ?? directionIn(data.direction)
}

/** The direction that a word says, in the words of Exotel's SDK and of its reports. */
export function directionIn(value: Json | undefined): Direction | null {
  return typeof value === 'string' ? (DIRECTION_WORDS.get(value.toLowerCase()) ?? null) : null
}

/** The agent that an event's context names; null when it names none. */
export function agentUserIdOf(context: JsonObject): string | null {
  return nameOf(context.agentUserId, LIMITS.agentUserIdLength)
}

/** The domain of the page that an event's context names, in lower case, as host names are compared; null when it names none. */
export function pageDomainOf({ domain }: JsonObject): string | null {
  return typeof domain === 'string' ? nameOf(domain.toLowerCase(), LIMITS.domainLength) : null
}

/** The customer that a `customerId` names; null when it names none. */
export function customerNameOf(customerId: Json | undefined): string | null {
  return nameOf(customerId, LIMITS.customerIdLength)
}

/** The customer that `data.customerData` names; null when it names none. */
export function customerIdOf(data: JsonObject): string | null {
  const customerData = data.customerData
  return isObject(customerData) ? customerNameOf(customerData.customerId) : null
}
