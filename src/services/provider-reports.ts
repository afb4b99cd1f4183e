/** What Exotel tells of a call, as an event of it. */
import type { JsonObject } from '../core/json.js'
import type { ProviderClaim } from '../core/provider/claim-parts.js'
import { claimOf } from '../core/provider/claim.js'
import { textIn } from '../core/provider/payload.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from '../core/instants.js'
import { LIMITS } from '../core/limits.js'
import type { ProviderEvent } from '../core/vocabulary/events.js'
import type { AgentIdentity } from '../storage/port/agents.js'
import type { NewEvent, RecordOutcome } from '../storage/port/events.js'
import type { Storage } from '../storage/port/storage.js'
import type { AgentService } from './agents.js'
import { noteMadeCall } from './call-placing.js'

interface Parts {
  readonly storage: Pick<Storage, 'record' | 'settleCall'>
  /** Knows whom Exotel means, in the CRM's words. */
  readonly agents: Pick<AgentService, 'agentOf'>
}

/** A report before it is known which agent it is about. */
interface Report extends NewEvent {
  readonly event: ProviderEvent
}

/** @param receivedAt epoch milliseconds */
export function reportOf(clientId: string, event: ProviderEvent, payload: JsonObject, receivedAt: number): Report {
  return {
    clientId,
    event,
    data: payload,
    occurredAt: occurredAt(claimOf(event, payload, receivedAt), receivedAt),
    receivedAt,
    source: 'provider',
    timestamp: null,
    context: {},
    idempotencyKey: null,
  }
}

/**
 * Records a report, durably before it resolves: of the agent whom it is about, and of the call that this server was asked to make.
 * Its content is its identity: a repeat gets the first one's log id.
 */
export async function recordReport(
  { storage, agents }: Parts,
  report: Report,
): Promise<Exclude<RecordOutcome, { status: 'conflict' }>> {
  const { clientId, event, data, receivedAt } = report
  const agentUserId = await agents.agentOf(clientId, agentIn(data, claimOf(event, data, receivedAt)))
  const outcome = await storage.record({ ...report, context: agentUserId === null ? {} : { agentUserId } })
  await noteMadeCall(storage, clientId, data)
  // Only a caller's own key can conflict.
  return outcome as Exclude<typeof outcome, { status: 'conflict' }>
}

/** What Exotel says of the agent; a member is null where it says nothing. */
function agentIn(payload: JsonObject, { agentNumber }: ProviderClaim): AgentIdentity {
  return {
    exotelUserId: textIn(payload, 'AppUserID'),
    email: textIn(payload, 'AgentEmail'),
    number: agentNumber,
  }
}

/** When the call was over, if the report says so and that can be; else when it came. */
function occurredAt({ endAt }: ProviderClaim, receivedAt: number): number {
  const latest = Math.min(receivedAt + LIMITS.aheadMs, MAX_INSTANT_MS - 1)
  return endAt !== null && endAt >= MIN_INSTANT_MS && endAt <= latest ? endAt : receivedAt
}
