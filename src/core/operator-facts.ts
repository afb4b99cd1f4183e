/** What people say of a call afterwards: notes, tags and a disposition, corrections, and that it does not count. */
import { parseInstant } from './calendar.js'
import type { CallFacts } from './facts.js'
import { agentUserIdOf, directionOf, gradedPhoneOf, nameOf, PHONE_GRADES } from './identity.js'
import { isObject, type Json, type JsonObject } from './json.js'
import { claimMembers, type Register } from './register.js'
import { LIMITS } from './limits.js'
import { DISPOSITIONS } from './vocabulary/calls.js'
import type { OperatorEvent } from './vocabulary/events.js'

/** Over all that ribbons and the provider say: see `factsOfReport`. */
export const OPERATOR_AUTHORITY = 16

interface Told {
  readonly data: JsonObject
  readonly context: JsonObject
  readonly occurredAt: number
}

/** A later word replaces an earlier one; each is taken as it was checked when it came in. */
export function factsOfOperator(event: OperatorEvent, { data, context, occurredAt }: Told): CallFacts {
  const at = <Value extends Json>(value: Value): Register<Value> => [value, OPERATOR_AUTHORITY, occurredAt]
  if (event === 'voided' || event === 'restored') return { voided: at(event === 'voided') }
  if (event === 'annotated') {
    return {
      ...(data.notes !== undefined && { notes: at(textOrNull(data.notes)) }),
      ...(data.tags !== undefined && { tags: at(tagsText(data.tags)) }),
      ...(data.disposition !== undefined && { dispositionCode: at(textOrNull(data.disposition)) }),
    }
  }
  const [start, end] = [instantOf(data.startTime), instantOf(data.endTime)]
  const direction = directionOf(data)
  const phone = gradedPhoneOf(data)
  const agent = agentUserIdOf(context)
  const { status, duration, customerData } = data
  const disposition = DISPOSITIONS.find((word) => word === status)
  return {
    ...(start !== null && { start: [start, OPERATOR_AUTHORITY, start] }),
    ...(end !== null && { end: at(end) }),
    ...(typeof duration === 'number' && { endDuration: at(duration) }),
    ...(typeof status === 'string' && { answered: at(status === 'completed') }),
    ...(disposition !== undefined && { disposition: at(disposition) }),
    ...(direction !== null && { direction: at(direction) }),
    ...(phone !== null && {
      phone: [phone.phone, OPERATOR_AUTHORITY * PHONE_GRADES + phone.grade, occurredAt],
    }),
    ...(agent !== null && { agent: at(agent) }),
    ...(isObject(customerData) && {
      customer: claimMembers(Object.entries(customerData), OPERATOR_AUTHORITY, occurredAt),
    }),
  }
}

function instantOf(value: Json | undefined): number | null {
  return typeof value === 'string' ? parseInstant(value, null) : null
}

function textOrNull(value: Json | undefined): string | null {
  return nameOf(value, LIMITS.notesLength)
}

/** Stands before, between and after the tags of a call, and in none of them: so that a tag is found in the text of all. */
export const TAG_SEPARATOR = '\n'

/** Each tag once, in the order of their letters; null for none. */
function tagsText(value: Json | undefined): string | null {
  const tags = Array.isArray(value) ? (value as readonly Json[]).filter((tag) => typeof tag === 'string') : []
  const kept = [...new Set(tags.filter((tag) => tag !== '' && !tag.includes(TAG_SEPARATOR)))].sort()
  return kept.length === 0 ? null : `${TAG_SEPARATOR}${kept.join(TAG_SEPARATOR)}${TAG_SEPARATOR}`
}

/** Of a text of tags as it is kept. */
export function tagsOf(text: string | null): readonly string[] {
  return text === null ? [] : text.split(TAG_SEPARATOR).slice(1, -1)
}
