/** What the readers of Exotel's reports share. */
import { nameOf } from '../identity.js'
import type { JsonObject } from '../json.js'
import { LIMITS } from '../limits.js'
import type { Direction, Disposition } from '../vocabulary/calls.js'
import { textIn } from './payload.js'

/** A report of Exotel's, in the words of this product. What it does not say is null. Instants are epoch milliseconds. */
export interface ProviderClaim {
  readonly direction: Direction | null
  /** The other party's number. */
  readonly phone: string | null
  /** The number of Exotel's that was called, or that the call shows: neither party. */
  readonly virtualNumber: string | null
  /** The number, or SIP address, at which the agent was rung. */
  readonly agentNumber: string | null
  readonly startAt: number | null
  /** When the two parties began to talk. */
  readonly answeredAt: number | null
  /** Whether that was seen as it happened, and not worked out from the end. */
  readonly answerSeen: boolean
  readonly endAt: number | null
  /** Whole seconds for which they talked. */
  readonly talkSeconds: number | null
  /** Whether the call is over. */
  readonly isOver: boolean
  /** Whether they talked, once it is over and that is told. */
  readonly answered: boolean | null
  readonly disposition: Disposition | null
  readonly endReason: string | null
  readonly recordingUrl: string | null
}

export const NOTHING: ProviderClaim = {
  direction: null,
  phone: null,
  virtualNumber: null,
  agentNumber: null,
  startAt: null,
  answeredAt: null,
  answerSeen: false,
  endAt: null,
  talkSeconds: null,
  isOver: false,
  answered: null,
  disposition: null,
  endReason: null,
  recordingUrl: null,
}

export function outcome(end: {
  readonly answered: boolean | null
  readonly talkSeconds: number | null
  readonly endAt: number
}): Pick<ProviderClaim, 'isOver' | 'answered' | 'talkSeconds' | 'endAt' | 'answeredAt'> {
  const { answered, endAt } = end
  const talkSeconds = answered === false ? 0 : end.talkSeconds
  const answeredAt = answered === true && talkSeconds !== null ? endAt - talkSeconds * 1000 : null
  return { isOver: true, answered, talkSeconds, endAt, answeredAt }
}

const DISPOSITION_WORDS: ReadonlyMap<string, Disposition> = new Map([
  ['busy', 'busy'],
  ['failed', 'failed'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
])

export function dispositionOf(status: string | null): Disposition | null {
  return DISPOSITION_WORDS.get(status ?? '') ?? null
}

/** Who is who: the first number is the caller's, who on an outbound call is the agent. */
export function partiesOf(
  direction: Direction | null,
  from: string | null,
  to: string | null,
): Pick<ProviderClaim, 'phone' | 'agentNumber'> {
  if (direction === null) return { phone: null, agentNumber: null }
  return direction === 'inbound' ? { phone: from, agentNumber: to } : { phone: to, agentNumber: from }
}

export function numberIn(payload: JsonObject, ...members: readonly string[]): string | null {
  return nameOf(textIn(payload, ...members) ?? undefined, LIMITS.phoneNumberLength)
}

export function reasonOf(text: string | null): string | null {
  return nameOf(text ?? undefined, LIMITS.endReasonLength)
}

/** An address on the web; whose it may be is asked before anything is fetched. */
export function recordingIn(payload: JsonObject, ...members: readonly string[]): string | null {
  const text = textIn(payload, ...members)
  return text !== null && /^https?:\/\//i.test(text) ? nameOf(text, LIMITS.recordingUrlLength) : null
}
