import type { CallbackAnswer, CallbackSummary } from '../../schemas/exotel-callbacks.js'
import { isLongerThan } from '../core/json.js'
import { keepable, odditiesOf } from '../core/provider/oddities.js'
import { LIMITS } from '../core/limits.js'
import type { CallbackEvent } from '../core/vocabulary/callbacks.js'
import { fail } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import type { AgentService } from './agents.js'
import { CallbackNotes } from './callback-notes.js'
import { callbackSummary } from './callback-summary.js'
import { recordReport, reportOf } from './provider-reports.js'

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
    const parts = { storage: this.#storage, agents: this.#agents }
    const { status, logId } = await recordReport(parts, reportOf(clientId, event, payload, receivedAt))
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
