import type { CallbackAnswer, CallbackSummary } from '../../schemas/exotel-callbacks.js'
import { isLongerThan, type JsonObject } from '../core/json.js'
import type { ProviderClaim } from '../core/provider/claim-parts.js'
import { claimOf } from '../core/provider/claim.js'
import { textIn } from '../core/provider/payload.js'
import { keepable, odditiesOf } from '../core/provider/oddities.js'
import { LIMITS, MAX_INSTANT_MS, MIN_INSTANT_MS, type CallbackEvent } from '../core/vocabulary.js'
import { fail } from '../errors.js'
import type { AgentIdentity, Client, Storage } from '../storage/port.js'
import type { AgentService } from './agents.js'
import { noteMadeCall } from './call-placing.js'
import { CallbackNotes } from './callback-notes.js'
import { callbackSummary } from './callback-summary.js'

interface Parts {
  readonly storage: Storage
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Knows whom Exotel means, in the CRM's words. */
  readonly agents: Pick<AgentService, 'agentOf'>
}

/** Takes in what Exotel reports. */
export class CallbackService {
  readonly #storage: Storage
  readonly #clock: () => number
  readonly #agents: Parts['agents']
  readonly #notes: CallbackNotes

  constructor({ storage, clock, agents }: Parts) {
    this.#storage = storage
    this.#clock = clock
    this.#agents = agents
    this.#notes = new CallbackNotes(storage)
  }

  /**
   * Records a report, durably before it resolves. Its content is its identity: Exotel sends a report several times, and a
   * repeat gets the first one's log id. Nothing about its content is refused but its length; what is odd is counted.
   * @param body as it was parsed, whatever that is
   * @throws ApiError 413
   */
  async receive(client: Client, event: CallbackEvent, body: unknown): Promise<CallbackAnswer> {
    const { payload, leftOut } = keepable(body)
    if (isLongerThan(payload, LIMITS.dataLength)) {
      fail(
        'payload_too_large',
        `The callback is longer than ${String(LIMITS.dataLength)} characters as JSON: send less.`,
      )
    }
    const { clientId } = client
    const receivedAt = this.#clock()
    const claim = claimOf(event, payload, receivedAt)
    const agentUserId = await this.#agents.agentOf(clientId, agentIn(payload, claim))
    const outcome = await this.#storage.record({
      clientId,
      event,
      data: payload,
      occurredAt: occurredAt(claim, receivedAt),
      receivedAt,
      source: 'provider',
      timestamp: null,
      context: agentUserId === null ? {} : { agentUserId },
      idempotencyKey: null,
    })
    await noteMadeCall(this.#storage, clientId, payload)
    // Only a caller's own key can conflict.
    const { status, logId } = outcome as Exclude<typeof outcome, { status: 'conflict' }>
    const seen = { event, at: receivedAt, logId }
    this.#notes.add(clientId, { ...seen, kind: 'received', what: '' })
    if (status === 'duplicate') this.#notes.add(clientId, { ...seen, kind: 'repeated', what: '' })
    else for (const oddity of odditiesOf(event, payload, leftOut)) this.#notes.add(clientId, { ...seen, ...oddity })
    return { success: true, logId }
  }

  /** See `callbackSummary`. What was counted until now is in it. */
  async summary(clientId: string): Promise<CallbackSummary> {
    await this.#notes.flush()
    return callbackSummary(this.#storage, clientId)
  }

  /** Writes what was counted, and counts no more. */
  close(): Promise<void> {
    return this.#notes.close()
  }
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
