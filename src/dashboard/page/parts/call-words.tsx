import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'
import { ChoiceLink } from './choice-link.js'

/** The name that calls tell of their customer, else their id; empty where they tell neither. */
export function customerOf({ customerData }: Call): string {
  const { name, customerId } = customerData ?? {}
  return [name, customerId].find((told): told is string => typeof told === 'string') ?? ''
}

/** The number of a call, as the link that opens it. */
export function CallLink({ call }: { readonly call: Call }) {
  const { texts } = useShared()
  const { sessionId, phoneE164, phoneNumber } = call
  const number = phoneE164 ?? phoneNumber ?? texts.drawer.untitled
  return (
    <ChoiceLink change={{ call: sessionId }} label={texts.search.open(number)}>
      {number}
    </ChoiceLink>
  )
}

/** Inbound or outbound, by an arrow with its word. */
export function Direction({ call }: { readonly call: Call }) {
  const { texts } = useShared()
  return (
    <span class={`direction ${call.callDirection}`}>
      <span aria-hidden="true">{call.callDirection === 'inbound' ? '↙' : '↗'}</span>{' '}
      {texts.directions[call.callDirection]}
    </span>
  )
}

export function Status({ call }: { readonly call: Call }) {
  const { texts } = useShared()
  return <span class={`status ${call.status}`}>{texts.statuses[call.status]}</span>
}
