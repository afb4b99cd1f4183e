import type { CallCorrectionBody, CallNotesBody, ChangedCall } from '../../schemas/call-notes.js'
import type { Call } from '../core/call.js'
import { callNameOf } from '../core/event-identity.js'
import { type JsonObject, shown } from '../core/json.js'
import { publishedCall } from '../core/published-call.js'
import { LIMITS } from '../core/limits.js'
import type { OperatorEvent } from '../core/vocabulary/events.js'
import { fail, failInvalid } from '../errors.js'
import type { ReadTime } from '../http/convert.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { refuseUnkeepable } from './ingest.js'
import { instantAt } from './instants.js'

interface Said {
  readonly client: Client
  readonly sessionId: string
  /** Who says it: the name of an API key, or an agent. */
  readonly by: string
}

const UNNAMED =
  'The events of this call name neither a callSid nor a callId, so that nothing else can name it: its events stay as they are.'

/** What people say of calls afterwards. Each word is an event of the call, which takes nothing from those before it. */
export class CallNotes {
  readonly #storage: Storage
  /** Epoch milliseconds. */
  readonly #clock: () => number
  readonly #readTime: ReadTime

  constructor(parts: { readonly storage: Storage; readonly clock: () => number; readonly readTime: ReadTime }) {
    this.#storage = parts.storage
    this.#clock = parts.clock
    this.#readTime = parts.readTime
  }

  /** @throws ApiError 404 when there is no such call; 409 when its events do not name it */
  async annotate(said: Said, body: CallNotesBody): Promise<ChangedCall> {
    refuseUnkeepable(body)
    if (Object.keys(body).length === 0) failAt('', 'says nothing: name notes, tags or a disposition')
    const { name } = await this.#named(said)
    await this.#record(said, 'annotated', { callSid: name, ...body })
    return this.#changed(said)
  }

  /** @throws ApiError 400 for what cannot be; 404 and 409 as `annotate` */
  async correct(said: Said, body: CallCorrectionBody): Promise<ChangedCall> {
    refuseUnkeepable(body)
    if (Object.keys(body).length === 1) failAt('', 'says nothing but the reason: name what to correct')
    const { name, call } = await this.#named(said)
    const { reason, voided, agentUserId, customerId, startTime, endTime, ...others } = body
    const zone = said.client.timezone
    const start = startTime === undefined ? undefined : instantAt('/startTime', startTime, zone)
    const end = endTime === undefined ? undefined : instantAt('/endTime', endTime, zone)
    refuseImpossible(call, { start, end, duration: body.duration })
    const corrections = {
      ...others,
      ...(start !== undefined && { startTime: new Date(start).toISOString() }),
      ...(end !== undefined && { endTime: new Date(end).toISOString() }),
      ...(customerId !== undefined && { customerData: { customerId } }),
    }
    const context = agentUserId === undefined ? {} : { agentUserId }
    if (Object.keys(corrections).length > 0 || agentUserId !== undefined) {
      await this.#record(said, 'corrected', { callSid: name, reason, ...corrections }, context)
    }
    if (voided !== undefined) await this.#record(said, voided ? 'voided' : 'restored', { callSid: name, reason })
    return this.#changed(said)
  }

  async #named({ client, sessionId }: Said): Promise<{ readonly name: string; readonly call: Call }> {
    const record = await this.#storage.callBySession(client.clientId, sessionId)
    if (record === null) return fail('call_not_found', `There is no call ${shown(sessionId)}: ids are case-sensitive.`)
    const name = record.events.map(callNameOf).find((found) => found !== null) ?? null
    return name === null ? fail('call_unnamed', UNNAMED) : { name, call: record.call }
  }

  async #record({ client, by }: Said, event: OperatorEvent, data: JsonObject, context: JsonObject = {}): Promise<void> {
    const now = this.#clock()
    await this.#storage.record({
      clientId: client.clientId,
      event,
      data: { ...data, by },
      occurredAt: now,
      receivedAt: now,
      source: 'operator',
      // The same words again, later, are other words.
      timestamp: new Date(now).toISOString(),
      context,
      idempotencyKey: null,
    })
  }

  async #changed(said: Said): Promise<ChangedCall> {
    const { call } = await this.#named(said)
    return { success: true, call: publishedCall(call, this.#readTime()) }
  }
}

/** The times as they will be must be those of one call. */
function refuseImpossible(
  call: Call,
  said: { readonly start: number | undefined; readonly end: number | undefined; readonly duration: number | undefined },
): void {
  const start = said.start ?? call.startAt
  const end = said.end ?? call.endAt
  if (end === null) return
  const pointer = said.end === undefined ? '/startTime' : '/endTime'
  const seconds = (end - start) / 1000
  if (said.start !== undefined || said.end !== undefined) {
    if (seconds < 0) failAt(pointer, 'would end the call before it began')
    if (seconds > LIMITS.durationSeconds) failAt(pointer, 'would make the call longer than a day')
  }
  if (said.duration !== undefined && said.duration > Math.ceil(seconds)) {
    failAt(
      '/duration',
      `is longer than the call, which took ${String(Math.ceil(seconds))} seconds: correct its times, too`,
    )
  }
}

function failAt(pointer: string, message: string): never {
  failInvalid({ in: 'body', pointer, message })
}
