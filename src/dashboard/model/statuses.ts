import type { Call } from './live-calls.js'

export type CallStatus = Call['status']

/** What the search asks for, in the order in which it is offered. */
export const STATUSES: readonly CallStatus[] = [
  'active',
  'completed',
  'missed',
  'no-answer',
  'busy',
  'failed',
  'rejected',
  'canceled',
  'expired',
]
