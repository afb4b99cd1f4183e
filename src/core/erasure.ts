/** What is left of a call, and of an event, once the person is erased whom it is about. */
import { factsOf, type CallEvent, type CallFacts } from './facts.js'
import type { JsonObject } from './json.js'

/** Claims that say who somebody is, and what people wrote: free text may say anything. */
const PERSONAL: ReadonlySet<string> = new Set<keyof CallFacts>([
  'phone',
  'customer',
  'recording',
  'notes',
  'tags',
  'dispositionCode',
])

/** A reason in words, as Exotel and its SDK give them: without digits that could be a number. */
const REASON = /^[A-Za-z][A-Za-z _-]{0,39}$/

/**
 * A call's facts without the person. It goes through a join: erasing before events are folded or after comes to the same, so a
 * call that was erased goes on as the call that it is, and what it is counted by is never another. See test/core/erasure.test.ts.
 */
export function withoutPerson(facts: CallFacts): CallFacts {
  const left = Object.fromEntries(Object.entries(facts).filter(([attribute]) => !PERSONAL.has(attribute))) as CallFacts
  const { endReason, ...others } = left
  return endReason !== undefined && REASON.test(endReason[0]) ? left : others
}

/**
 * An event without the person: in place of what was sent it holds what it claims of its call. Data that callers send is an object, so
 * this, a list, can come from nobody else.
 */
export function erasedEvent(event: CallEvent): Pick<CallEvent, 'data' | 'context'> {
  const facts = factsOf(event)
  return {
    data: (facts === null ? [] : [withoutPerson(facts)]) as unknown as JsonObject,
    // The agent is another person, and stays.
    context: Object.fromEntries(
      Object.entries(event.context).filter(([member]) => member === 'agentUserId' || member === 'domain'),
    ),
  }
}

/** The name that an erased call has instead of its own, which may hold a number, and leads to the person at the provider. */
export function erasedCallKey(digest: Uint8Array): string {
  return `${ERASED_CALL}${Buffer.from(digest).toString('hex')}`
}

const ERASED_CALL = 'erased-'

/** The digest that an erased call's name was made of; null for another name. */
export function digestInErased(callKey: string): Uint8Array | null {
  return /^erased-[0-9a-f]{24}$/.test(callKey) ? Buffer.from(callKey.slice(ERASED_CALL.length), 'hex') : null
}
