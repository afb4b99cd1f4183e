import type { Call } from './call.js'
import { textOf } from './identity.js'
import { isObject, type Json, type JsonObject } from './json.js'
import { BRACES, weightOf } from './register.js'
import { LIMITS } from './limits.js'

/** What a call says about its customer. */
export type CustomerMention = Pick<Call, 'customerData' | 'phoneNumber'>

/**
 * The profile of a customer that nobody saved: each member of `customerData` but the id, as the newest call that has one
 * says it. `phone` falls back to `phoneNumber` there, and to the number on the line where no call says another.
 * A function of the calls, so that no order of events can change it.
 * @param mentions newest first
 */
export function profileFromCalls(mentions: readonly CustomerMention[]): JsonObject {
  const members = new Map<string, Json>()
  const note = (name: string, value: Json | undefined): void => {
    if (value !== null && value !== undefined && !members.has(name)) members.set(name, value)
  }
  for (const { customerData } of mentions) {
    for (const [name, value] of Object.entries(customerData ?? {})) if (name !== 'customerId') note(name, value)
  }
  for (const { customerData } of mentions) note('phone', textOf(customerData?.['phoneNumber']))
  for (const { phoneNumber } of mentions) note('phone', phoneNumber)
  return withinLength(members)
}

/**
 * Merges what several calls say into one mention, so that the profile survives when the calls are deleted.
 * @param mentions newest first
 */
export function mergeMentions(mentions: readonly CustomerMention[]): CustomerMention {
  const members = new Map<string, Json>()
  for (const { customerData } of [...mentions].reverse()) {
    for (const [name, value] of Object.entries(customerData ?? {})) {
      if (value !== null && value !== undefined) members.set(name, value)
    }
  }
  const phoneNumber = mentions.find((mention) => mention.phoneNumber !== null)?.phoneNumber ?? null
  return { customerData: withinLength(members), phoneNumber }
}

/** The members, or the first of them by name that fit a customer's record. */
function withinLength(members: ReadonlyMap<string, Json>): JsonObject {
  let length = BRACES
  const weights = new Map([...members].map(([name, value]) => [name, weightOf(name, JSON.stringify(value))]))
  for (const weight of weights.values()) length += weight
  if (length <= LIMITS.customerLength) return Object.fromEntries(members)
  length = BRACES
  const fitting = [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name]) => (length += weights.get(name) as number) <= LIMITS.customerLength)
  return Object.fromEntries(fitting)
}

/**
 * JSON merge patch (RFC 7396) of an object: members given replace, `null` removes, members that are objects merge
 * member by member, what is not mentioned stays.
 */
export function mergePatch(target: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(target))
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) {
      merged.delete(name)
    } else if (isObject(value)) {
      const before = merged.get(name)
      merged.set(name, mergePatch(isObject(before) ? before : {}, value))
    } else {
      merged.set(name, value)
    }
  }
  return Object.fromEntries(merged)
}
