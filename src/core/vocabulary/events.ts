/** Events: their names, who reports them, and what becomes of them. */

/** The five events of Exotel's browser SDK, and the four this API adds. Any other name is stored and changes no call. */
export const KNOWN_EVENTS = [
  'incoming',
  'connected',
  'callEnded',
  'holdtoggle',
  'mutetoggle',
  'dialing',
  'dtmf',
  'missed',
  'rejected',
] as const

/** Events after which a call is over. */
export const TERMINAL_EVENTS = ['callEnded', 'missed', 'rejected'] as const

/** Who reported an event, weakest first: a later entry outranks the ones before it. */
export const EVENT_SOURCES = ['ribbon', 'provider', 'operator'] as const
export type EventSource = (typeof EVENT_SOURCES)[number]

/**
 * What Exotel reports of a call, by the name under which the report is logged, weakest first: a later entry outranks the ones
 * before it. `popup` is sent while an agent's phone rings, `passthru` from within a call's flow, `integrationCallback` by its
 * integrations, `statusCallback` once a call is answered or over; `callDetails` is what its API tells when asked.
 */
export const PROVIDER_EVENTS = ['popup', 'passthru', 'integrationCallback', 'statusCallback', 'callDetails'] as const
export type ProviderEvent = (typeof PROVIDER_EVENTS)[number]

/** What people say of a call afterwards: an `operator`'s events. They outrank all others. */
export const OPERATOR_EVENTS = ['annotated', 'corrected', 'voided', 'restored'] as const
export type OperatorEvent = (typeof OPERATOR_EVENTS)[number]

/** What becomes of an event of a batch. */
export const EVENT_OUTCOMES = ['created', 'duplicate', 'invalid'] as const
