import { nameOf } from '../identity.js'
import type { JsonObject } from '../json.js'
import { LIMITS } from '../limits.js'
import type { ProviderEvent } from '../vocabulary/events.js'
import { callDetails, statusCallback } from './call-claims.js'
import type { ProviderClaim } from './claim-parts.js'
import { integrationCallback, passthru, popup } from './flow-claims.js'
import { textIn } from './payload.js'

type Read = (payload: JsonObject, at: number) => ProviderClaim

const READERS: Readonly<Record<ProviderEvent, Read>> = {
  popup,
  passthru,
  integrationCallback,
  statusCallback,
  callDetails,
}

/** @param at when it was reported, in epoch milliseconds: what a report says of "now" is then */
export function claimOf(event: ProviderEvent, payload: JsonObject, at: number): ProviderClaim {
  return READERS[event](payload, at)
}

/** Exotel's id of the call that a report is about; null when it names none. */
export function callSidOf(event: string, payload: JsonObject): string | null {
  return nameOf(textIn(payload, event === 'callDetails' ? 'Sid' : 'CallSid') ?? undefined, LIMITS.callIdLength)
}
