import type { CallEvent } from './facts.js'
import { customerIdOf, phoneOf, textOf } from './identity.js'
import { isObject, type JsonObject } from './json.js'
import { claimMembers, joinMembers, valuesOf, type Registers } from './register.js'
import { EVENT_SOURCES } from './vocabulary.js'

/** What calls tell of a customer that nobody saved: claims by member of the profile, later ones winning. Plain JSON. */
export type CustomerFacts = Registers

/**
 * What one event, whatever its name, tells of the customer it names: the members of `data.customerData` but the id,
 * and a `phone`, which falls back to `phoneNumber` there, and to the call's own number where no event names another.
 * @returns null when the event names no customer
 */
export function customerFactsOf(event: CallEvent): CustomerFacts | null {
  const { data, occurredAt, source } = event
  const customerData = data.customerData
  if (!isObject(customerData) || customerIdOf(data) === null) return null
  const authority = EVENT_SOURCES.indexOf(source)
  const phone = textOf(customerData.phone) ?? textOf(customerData.phoneNumber)
  const members = Object.entries(customerData).filter(([name]) => name !== 'customerId' && name !== 'phone')
  // Above every source that only knows which number was on the line.
  const said = EVENT_SOURCES.length + authority
  return joinMembers(
    claimMembers([...members, ['phone', phone]], said, occurredAt),
    claimMembers([['phone', phoneOf(data)]], authority, occurredAt),
  )
}

/** Joins what two sets of events tell. Commutative, associative and idempotent. */
export function joinCustomer(a: CustomerFacts, b: CustomerFacts): CustomerFacts {
  return joinMembers(a, b)
}

/** The profile that the winning claims describe. Without `customerId`. */
export function profileOf(facts: CustomerFacts): JsonObject {
  return valuesOf(facts)
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
