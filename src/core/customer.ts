import type { Call } from './call.js'
import { textOf } from './identity.js'
import { isObject, type Json, type JsonObject } from './json.js'

/**
 * What calls tell of a customer that nobody saved: each member of `customerData` but the id, as the newest call that has
 * one says it. `phone` falls back to `phoneNumber` there, and to the number on the line where no call tells another.
 * A function of the calls, so that no order of events can change it.
 * @param calls newest first
 */
export function profileFromCalls(calls: readonly Telling[]): JsonObject {
  const members = new Map<string, Json>()
  const note = (name: string, value: Json | undefined): void => {
    if (value !== null && value !== undefined && !members.has(name)) members.set(name, value)
  }
  for (const { customerData } of calls) {
    for (const [name, value] of Object.entries(customerData ?? {})) if (name !== 'customerId') note(name, value)
  }
  for (const { customerData } of calls) note('phone', textOf(customerData?.['phoneNumber']))
  for (const { phoneNumber } of calls) note('phone', phoneNumber)
  return Object.fromEntries(members)
}

/** What a call tells of its customer. */
export type Telling = Pick<Call, 'customerData' | 'phoneNumber'>

/**
 * Calls as one that tells what all of them do, so that `profileFromCalls` can do without them.
 * @param calls newest first
 */
export function toldByAll(calls: readonly Telling[]): Telling {
  const members = new Map<string, Json>()
  for (const { customerData } of [...calls].reverse()) {
    for (const [name, value] of Object.entries(customerData ?? {})) {
      if (value !== null && value !== undefined) members.set(name, value)
    }
  }
  const phoneNumber = calls.find((call) => call.phoneNumber !== null)?.phoneNumber ?? null
  return { customerData: Object.fromEntries(members), phoneNumber }
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
