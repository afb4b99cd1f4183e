import type { ComponentChildren } from 'preact'
import { writeChoice } from '../../model/choice.js'
import type { Call } from '../../model/live-calls.js'
import { useShared } from '../context.js'

/** The name that calls tell of their customer, else their id; empty where they tell neither. */
export function customerOf({ customerData }: Call): string {
  const { name, customerId } = customerData ?? {}
  return [name, customerId].find((told): told is string => typeof told === 'string') ?? ''
}

interface CallOpenerProps {
  readonly sessionId: string
  /** What the link is called, where its text does not say so. */
  readonly label?: string
  readonly children: ComponentChildren
}

/** A link that opens a call. */
export function CallOpener({ sessionId, label, children }: CallOpenerProps) {
  const { choice, choose } = useShared()
  return (
    <a
      href={`/dashboard${writeChoice({ ...choice, call: sessionId })}`}
      aria-label={label}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return
        event.preventDefault()
        choose({ call: sessionId })
      }}
    >
      {children}
    </a>
  )
}

/** The number of a call, as the link that opens it. */
export function CallLink({ call }: { readonly call: Call }) {
  const { texts } = useShared()
  const { sessionId, phoneE164, phoneNumber } = call
  const number = phoneE164 ?? phoneNumber ?? texts.drawer.untitled
  return (
    <CallOpener sessionId={sessionId} label={texts.search.open(number)}>
      {number}
    </CallOpener>
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
