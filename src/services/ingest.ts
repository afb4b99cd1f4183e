import { randomUUID } from 'node:crypto'
import type { LogCallBody, LogCallResponse, Warning } from '../../schemas/log-call.js'
import type { LogCallsResponse } from '../../schemas/log-calls.js'
import { formatInstant } from '../core/calendar.js'
import { callKeyOf } from '../core/identity.js'
import { isLongerThan, type JsonObject, shown, storageFault } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { ApiError, failInvalid } from '../errors.js'
import { BatchAnswer } from '../http/batch-answer.js'
import { inChunks } from '../http/in-chunks.js'
import { nearMissesOf } from '../http/near-misses.js'
import type { Client } from '../storage/port/clients.js'
import type { BatchOutcome, NewEvent } from '../storage/port/events.js'
import type { Storage } from '../storage/port/storage.js'
import { instantAt } from './instants.js'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Members of a log-call that have a place of their own; the others are kept as the event's context. */
const PLACED: ReadonlySet<string> = new Set(['apiKey', 'event', 'data', 'timestamp', 'eventId'])

interface LogCallOptions {
  readonly idempotencyKey: string | undefined
  /** Whether to refuse what is not understood, instead of warning of it. */
  readonly strict: boolean
  /**
   * Where whoever reads the page's source could have sent it, with the agent whose page it is, if that is known: then it
   * cannot rewrite the past, or tell of another agent. Null for a server.
   */
  readonly page: { readonly agentUserId: string | null } | null
}

interface LogCallsOptions extends LogCallOptions {
  /** A JSON pointer from the body of the request to the event at a place. */
  readonly pointerTo: (place: number) => string
  /** Hears of what no caller is at fault of. */
  readonly onFault: (error: unknown) => void
}

/** An event that can be recorded. */
interface Accepted {
  readonly event: NewEvent
  readonly warnings: readonly Warning[]
}

/** Takes in what ribbons report. */
export class IngestService {
  readonly #storage: Storage
  /** Epoch milliseconds. */
  readonly #clock: () => number

  constructor({ storage, clock }: { readonly storage: Storage; readonly clock: () => number }) {
    this.#storage = storage
    this.#clock = clock
  }

  /**
   * Records an event, durably before it resolves. Never refused for quota: the call happened.
   * @param options `idempotencyKey` is of the header, which goes before the body's `eventId`
   */
  async logCall(client: Client, body: LogCallBody, options: LogCallOptions): Promise<LogCallResponse> {
    const { event, warnings } = accepted(client, body, options, this.#clock())
    const outcome = await this.#storage.record(event)
    if (outcome.status === 'conflict') throw conflict()
    return { success: true, logId: outcome.logId, ...(warnings.length > 0 && { warnings: [...warnings] }) }
  }

  /**
   * Records events as `logCall` would one after the other, together: those that can be are on disk when it resolves.
   * @param bodies those that could not be read are the errors that say why
   * @param options `idempotencyKey` is of the header: an event without an `eventId` goes by that and its place
   */
  async logCalls(
    client: Client,
    bodies: readonly (LogCallBody | ApiError)[],
    { pointerTo, onFault, ...options }: LogCallsOptions,
  ): Promise<LogCallsResponse> {
    const receivedAt = this.#clock()
    const refusal = (error: unknown): ApiError => {
      if (error instanceof ApiError) return error
      onFault(error)
      return new ApiError('internal', 'This event could not be recorded. The server’s log has more.')
    }
    const judged: (Accepted | ApiError)[] = []
    for await (const [place, body] of inChunks(bodies)) {
      try {
        const idempotencyKey = keyAt(place, body, options.idempotencyKey)
        judged.push(
          body instanceof ApiError ? body : accepted(client, body, { ...options, idempotencyKey }, receivedAt),
        )
      } catch (error) {
        judged.push(refusal(error))
      }
    }
    const events = judged.flatMap((one) => (one instanceof ApiError ? [] : one.event))
    const outcomes = (await this.#storage.recordAll(events)).values()
    const answer = new BatchAnswer(pointerTo)
    for (const one of judged) {
      if (one instanceof ApiError) {
        answer.addInvalid(one)
        continue
      }
      const outcome = outcomes.next().value as BatchOutcome
      if (outcome.status === 'conflict') answer.addInvalid(conflict())
      else if (outcome.status === 'failed') answer.addInvalid(refusal(outcome.error))
      else answer.addRecorded(outcome.status, outcome.logId, one.warnings)
    }
    return answer.response
  }
}

/** @throws ApiError when it is refused */
function accepted(
  client: Client,
  body: LogCallBody,
  { idempotencyKey, strict, page }: LogCallOptions,
  receivedAt: number,
): Accepted {
  refuseUnkeepable(body)
  refuseLong('/data', body.data, LIMITS.dataLength)
  const own = page?.agentUserId ?? null
  const context = {
    ...Object.fromEntries(Object.entries(body).filter(([name]) => !PLACED.has(name))),
    ...(own !== null && { agentUserId: ownAgent(own, body.agentUserId) }),
  } as JsonObject
  refuseLong('', context, LIMITS.contextLength)
  const notUnderstood = nearMissesOf(body)
  if (strict && notUnderstood.length > 0) failInvalid(...notUnderstood)
  const data = body.data as JsonObject
  const occurredAt =
    body.timestamp === undefined ? receivedAt : eventInstant(body.timestamp, client.timezone, receivedAt)
  if (page !== null) refuseFarFrom(receivedAt, occurredAt, String(body.timestamp))
  const event: NewEvent = {
    clientId: client.clientId,
    event: body.event,
    data,
    occurredAt,
    receivedAt,
    source: 'ribbon',
    timestamp: body.timestamp ?? null,
    context,
    idempotencyKey: idempotencyKey ?? body.eventId ?? ownIdentity(body, data),
  }
  return { event, warnings: notUnderstood.map(({ pointer, message }) => ({ pointer, message })) }
}

/** Of an event of a batch that has a key. Its own id goes before the batch's. */
function keyAt(place: number, body: LogCallBody | ApiError, batchKey: string | undefined): string | undefined {
  if (body instanceof ApiError || batchKey === undefined) return undefined
  // No key of a caller holds a NUL.
  return body.eventId ?? `${batchKey}\0${String(place)}`
}

function conflict(): ApiError {
  return new ApiError(
    'idempotency_conflict',
    'This idempotency key was used before, with other content. Nothing was written: send another event with another key.',
  )
}

/** Refuses a body that could not come back as it was sent. */
export function refuseUnkeepable(body: object): void {
  // The ceiling is of what stands inside `data`, which itself stands inside the body.
  const found = storageFault(body, LIMITS.nestingDepth + 1)
  if (found !== undefined) failInvalid({ in: 'body', pointer: found.pointer, message: found.fault })
}

/**
 * An event that names neither a call nor a time cannot be told from its next occurrence. It gets an identity before it is
 * first tried, so that trying it again records it once.
 */
function ownIdentity(body: LogCallBody, data: JsonObject): string | null {
  return body.timestamp === undefined && callKeyOf(data) === null ? randomUUID() : null
}

/** @throws ApiError 400 when the event tells of another agent than the session's */
function ownAgent(agentUserId: string, said: LogCallBody['agentUserId']): string {
  if (said !== undefined && said !== null && said !== '' && String(said) !== agentUserId) {
    const message = `is ${shown(String(said))}, and this agent session is of ${shown(agentUserId)}: leave it out`
    failInvalid({ in: 'body', pointer: '/agentUserId', message })
  }
  return agentUserId
}

function refuseLong(pointer: string, value: unknown, length: number): void {
  if (!isLongerThan(value, length)) return
  const what = pointer === '' ? 'has members beside data that are longer' : 'is longer'
  failInvalid({ in: 'body', pointer, message: `${what} than ${String(length)} characters as JSON: send less` })
}

/** @param now epoch milliseconds */
function eventInstant(timestamp: string, zone: string, now: number): number {
  const instant = instantAt('/timestamp', timestamp, zone, () => `write a date-time such as ${formatInstant(now)}`)
  if (instant > now + LIMITS.aheadMs) {
    const hours = String(LIMITS.aheadMs / HOUR_MS)
    failTimestamp(timestamp, `which is more than ${hours} hours ahead of the server’s clock, ${formatInstant(now)}`)
  }
  return instant
}

/** @param now epoch milliseconds, as is `instant` */
function refuseFarFrom(now: number, instant: number, timestamp: string): void {
  const { pageEventAgeMs, pageEventAheadMs } = LIMITS
  const wayOut = `the server’s clock shows ${formatInstant(now)}; a publishable key can tell only of what just happened: send the rest from a server, with a secret key`
  if (instant < now - pageEventAgeMs) {
    failTimestamp(timestamp, `which is more than ${String(pageEventAgeMs / HOUR_MS)} hours ago: ${wayOut}`)
  }
  if (instant > now + pageEventAheadMs) {
    failTimestamp(timestamp, `which is more than ${String(pageEventAheadMs / MINUTE_MS)} minutes ahead: ${wayOut}`)
  }
}

function failTimestamp(timestamp: string, why: string): never {
  failInvalid({ in: 'body', pointer: '/timestamp', message: `is ${shown(timestamp)}, ${why}` })
}
