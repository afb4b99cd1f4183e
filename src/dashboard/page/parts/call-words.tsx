import { writeChoice } from '../../model/choice.js'
import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'

/** The name that calls tell of their customer, else their id; empty where they tell neither. */
export function customerOf({ customerData }: Call): string {
  const { name, customerId } = customerData ?? {}
  return [name, customerId].find((told): told is string => typeof told === 'string') ?? ''
}

/** The number of a call, as the link that opens it. */
export function CallLink({ call }: { readonly call: Call }) {
  const { texts, choice, choose } = useShared()
  const { sessionId, phoneE164, phoneNumber } = call
  const number = phoneE164 ?? phoneNumber ?? texts.drawer.untitled
  return (
    <a
      href={`/dashboard${writeChoice({ ...choice, call: sessionId })}`}
      aria-label={texts.search.open(number)}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        choose({ call: sessionId })
      }}
    >
      {number}
    </a>
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
