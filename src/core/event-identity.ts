/** Whom and what an event is about, whoever reported it: a ribbon's event and Exotel's reports say it in other members. */
import type { CallEvent } from './facts.js'
import { agentUserIdOf, callKeyOf, customerIdOf, directionOf, phoneOf } from './identity.js'
import { callSidOf, claimOf } from './provider/claim.js'
import type { Direction } from './vocabulary/calls.js'
import { OPERATOR_EVENTS, type OperatorEvent, PROVIDER_EVENTS, type ProviderEvent } from './vocabulary/events.js'

type Told = Pick<CallEvent, 'event' | 'source' | 'data'>

const REPORTS: ReadonlySet<string> = new Set(PROVIDER_EVENTS)

/** Whether an event is one of Exotel's own reports: its data is what Exotel sent. */
export function isReport<Event extends Pick<CallEvent, 'event' | 'source'>>(
  event: Event,
): event is Event & { readonly event: ProviderEvent } {
  return event.source === 'provider' && REPORTS.has(event.event)
}

const OPERATORS: ReadonlySet<string> = new Set(OPERATOR_EVENTS)

/** Whether an event is what somebody said of a call afterwards. */
export function isOperators<Event extends Pick<CallEvent, 'event' | 'source'>>(
  event: Event,
): event is Event & { readonly event: OperatorEvent } {
  return event.source === 'operator' && OPERATORS.has(event.event)
}

/** The name of the event's call; null when it names none. */
export function callNameOf(event: Told): string | null {
  return isReport(event) ? callSidOf(event.event, event.data) : callKeyOf(event.data)
}

/** The direction that the event says itself; null when it says none. */
export function saidDirectionOf(event: Told & Pick<CallEvent, 'occurredAt'>): Direction | null {
  return isReport(event) ? claimOf(event.event, event.data, event.occurredAt).direction : directionOf(event.data)
}

/** The number by which an event that names no call finds one. A report that names no call finds none. */
export function searchedNumberOf(event: Told): string | null {
  return isReport(event) ? null : phoneOf(event.data)
}

/** The customer that the event names; null when it names none. */
export function saidCustomerOf(event: Told): string | null {
  return isReport(event) ? null : customerIdOf(event.data)
}

/** The agent that the event names; null when it names none. */
export function saidAgentOf({ context }: Pick<CallEvent, 'context'>): string | null {
  return agentUserIdOf(context)
}
