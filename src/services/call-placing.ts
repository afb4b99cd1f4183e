/** Calls that a client has this server make, each once. */
import { createHash } from 'node:crypto'
import type { PlaceCallBody, PlacedCallAnswer } from '../../schemas/place-call.js'
import type { KeyRing } from '../clients/key-ring.js'
import { sessionIdOf, textOf } from '../core/identity.js'
import type { JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { ApiError, fail, failInvalid } from '../errors.js'
import { type CallOrder, ExotelApi } from '../exotel/api.js'
import { ExotelFailure } from '../exotel/failure.js'
import { SHORT_PATIENCE, withoutRepeating } from '../exotel/patience.js'
import type { Timing } from '../exotel/request.js'
import type { Client } from '../storage/port/clients.js'
import type { PlacedCall } from '../storage/port/placed-calls.js'
import type { Storage } from '../storage/port/storage.js'
import type { ClientService } from './clients.js'
import type { StatusCallbacks } from './status-callbacks.js'
import { requiredCredentials } from './exotel-credentials.js'

const DAY_MS = 24 * 60 * 60 * 1000
/** Longer than all attempts of one request take together: whoever claimed a call before has ended without a word. */
const ABANDONED_MS = 120_000
const SECONDS = { untilHeard: 5, untilReached: 5, untilAllowed: 60 }

interface Parts {
  readonly storage: Pick<Storage, 'claimCall' | 'settleCall'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly keys: KeyRing
  /** Knows what a client has left of its month. */
  readonly clients: Pick<ClientService, 'remainingCalls'>
  /** Origin that is asked in place of Exotel's API; null asks Exotel. */
  readonly apiUrl: string | null
  /** Knows where Exotel reports the calls. */
  readonly statusCallbacks: Pick<StatusCallbacks, 'urlFor'>
  readonly timing?: Timing | undefined
}

/**
 * Who asks names the call with a key of its own. The first request of a key claims it, in the store, before anything is dialled;
 * what became of it is kept with it. So a request that is sent again dials again only where it is certain that nothing was
 * dialled: not when Exotel was slow to answer, and not when this process ended in between.
 */
export class CallPlacing {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async place(client: Client, call: PlaceCallBody, key: string): Promise<PlacedCallAnswer> {
    const { storage, clock } = this.#parts
    const id = placedIdOf(key)
    const now = clock()
    const claim = await storage.claimCall(client.clientId, {
      id,
      contentHash: contentHashOf(call),
      now,
      keptFrom: now - LIMITS.placedCallDays * DAY_MS,
    })
    switch (claim.status) {
      case 'claimed':
        return answerOf(await this.#make(client, call, id))
      case 'placed':
        return answerOf(claim)
      case 'conflict':
        return fail(
          'idempotency_conflict',
          'This idempotency key was used before, for another call. Nothing was dialled: make another call with another key.',
        )
      case 'dialling':
        if (now - claim.since < ABANDONED_MS) {
          fail('call_in_progress', 'The same request is on its way to Exotel: send it again for what becomes of it.', {
            headers: retryAfter(SECONDS.untilHeard),
          })
        }
    }
    return failOpen(id)
  }

  /** Dials, and keeps what became of it. */
  async #make(client: Client, call: PlaceCallBody, id: string): Promise<PlacedCall & { readonly status: 'placed' }> {
    try {
      const { api, order } = await this.#prepared(client, call, id)
      const { Sid: callSid, Status } = await withoutRepeating(() => api.connect(order), SHORT_PATIENCE)
      const placed = { status: 'placed', callSid, callStatus: textOf(Status) ?? 'queued' } as const
      await this.#settle(client, id, placed)
      return placed
    } catch (error) {
      const isOpen = error instanceof ExotelFailure && ['unanswered', 'failed'].includes(error.kind)
      await this.#settle(client, id, isOpen ? { status: 'unknown' } : null)
      throw error instanceof ExotelFailure ? problemOf(error, id) : error
    }
  }

  /** A store that is lost now says later that nobody knows what became of the call: nothing is dialled again for that. */
  async #settle({ clientId }: Client, id: string, outcome: PlacedCall | null): Promise<void> {
    await this.#parts.storage.settleCall(clientId, id, outcome).catch(() => undefined)
  }

  async #prepared(
    client: Client,
    { from, to, callerId, customField, timeLimit, record }: PlaceCallBody,
    id: string,
  ): Promise<{ readonly api: ExotelApi; readonly order: CallOrder }> {
    const { keys, clients, apiUrl, statusCallbacks, timing } = this.#parts
    const credentials = await requiredCredentials(keys, client)
    const shown = callerId ?? credentials.callerId
    if (shown === null) {
      const message = 'is required: this client was set up without a virtual number for calls that name none'
      failInvalid({ in: 'body', pointer: '/callerId', message })
    }
    await clients.remainingCalls(client)
    const order = {
      from,
      to,
      timeLimit,
      record,
      callerId: shown,
      customField: customFieldOf(customField, id),
      statusCallback: await statusCallbacks.urlFor(client.clientId),
    }
    return { api: new ExotelApi(credentials, { apiUrl, ...(timing && { timing }) }), order }
  }
}

/**
 * Takes note of a call that Exotel tells of, in a callback or in its lists: if this server was asked to make it, and has not heard
 * what became of it, it knows now.
 * @param told as Exotel tells a call: `CustomField`, its id under `CallSid` or `Sid`, `Status`
 * @returns whether it was such a call
 */
export async function noteMadeCall(
  storage: Pick<Storage, 'settleCall'>,
  clientId: string,
  told: JsonObject,
): Promise<boolean> {
  const id = MARKED.exec(textOf(told['CustomField']) ?? '')?.[1]
  const callSid = textOf(told['CallSid']) ?? textOf(told['Sid'])
  if (id === undefined || callSid === null) return false
  return storage.settleCall(clientId, id, { status: 'placed', callSid, callStatus: textOf(told['Status']) ?? 'queued' })
}

const ID_LENGTH = 22
const MARKED = new RegExp(`(?:^| )ribbon:([\\w-]{${String(ID_LENGTH)}})$`)

/** What the caller wrote, and by what this server knows the call again. */
function customFieldOf(text: string | undefined, id: string): string {
  return `${text === undefined || text === '' ? '' : `${text} `}ribbon:${id}`
}

/** What the call is, whoever asks for it. */
function contentHashOf({ from, to, callerId, customField, timeLimit, record }: PlaceCallBody): string {
  const content = JSON.stringify([from, to, callerId, customField, timeLimit, record])
  return createHash('sha256').update(content).digest('base64url')
}

/** The key itself is not sent to Exotel: it may say more than is meant for there. */
function placedIdOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, ID_LENGTH)
}

function answerOf({ callSid, callStatus }: PlacedCall & { readonly status: 'placed' }): PlacedCallAnswer {
  return { callSid, sessionId: sessionIdOf(callSid), status: callStatus }
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'retry-after': String(seconds) }
}

function problemOf(failure: ExotelFailure, id: string): ApiError {
  const { kind, message, retryAfterMs } = failure
  if (kind === 'unreached') {
    return new ApiError('exotel_unavailable', 'Exotel cannot be reached now. Nothing was dialled: try again.', {
      headers: retryAfter(SECONDS.untilReached),
      cause: failure,
    })
  }
  if (kind === 'limited') {
    const seconds = retryAfterMs === null ? SECONDS.untilAllowed : Math.max(1, Math.ceil(retryAfterMs / 1000))
    return new ApiError(
      'exotel_limited',
      'Exotel takes no more requests of this account now. Nothing was dialled: try again.',
      {
        headers: retryAfter(seconds),
        cause: failure,
      },
    )
  }
  if (kind === 'refused') {
    const detail = `Exotel does not take the API credentials of this client (${message}). Nothing was dialled: whoever runs this server can give them anew.`
    return new ApiError('exotel_refused', detail, { cause: failure })
  }
  if (kind === 'rejected') {
    return new ApiError('call_rejected', `Exotel does not make this call: ${message}. Nothing was dialled.`, {
      cause: failure,
    })
  }
  return openOutcome(id, failure)
}

function openOutcome(id: string, cause?: unknown): ApiError {
  const detail = `Whether Exotel makes this call is not known: it did not answer in time. It is not dialled again. Send the same request again later: once Exotel tells of the call, the answer is the call. In Exotel’s own reports its CustomField ends with ribbon:${id}. To dial all the same, use another key.`
  return new ApiError('call_outcome_unknown', detail, { cause })
}

function failOpen(id: string): never {
  throw openOutcome(id)
}
