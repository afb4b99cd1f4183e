/** Recordings of calls: passed on from where Exotel keeps them, and never kept here. */
import { Readable } from 'node:stream'
import { idOfApiKey } from '../clients/api-keys.js'
import { openApiCredentials } from '../clients/credentials.js'
import { FreshCache } from '../clients/fresh-cache.js'
import type { KeyRing } from '../clients/key-ring.js'
import { shown } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { ApiError, fail } from '../errors.js'
import type { AllowedHost } from '../exotel/hosts.js'
import { type NoRecording, openRecording, type RecordingPart } from '../exotel/recording.js'
import type { Timing } from '../exotel/request.js'
import type { Client } from '../storage/port/clients.js'
import type { StoredApiKey } from '../storage/port/keys.js'
import type { Storage } from '../storage/port/storage.js'
import { entryBy } from './audit-log.js'
import { ClientSlots } from './client-slots.js'

/** Where a call's recording lies; null when nobody has told. */
export type RecordingOf = (clientId: string, sessionId: string) => Promise<string | null>

/** Between two parts may lie longer than a listener may take none: he is let go, and asks for the rest. */
const RECORDING_TIMING: Timing = {
  connectMs: 5_000,
  answerMs: 15_000,
  idleMs: 30_000,
  totalMs: LIMITS.recordingMs,
}

const MOST_VISITS = 10_000

interface Parts {
  readonly storage: Pick<Storage, 'audit'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly keys: KeyRing
  readonly recordingOf: RecordingOf
  readonly hosts: readonly AllowedHost[]
  readonly apiUrl: string | null
  readonly timing?: Timing | undefined
}

/** Who listens, and how. */
interface Listener {
  readonly client: Client
  readonly key: StoredApiKey
  readonly requestId: string
  readonly range: string | undefined
  /** Whether only the headers are asked for: nobody hears anything then. */
  readonly isHead: boolean
}

interface Recording extends RecordingPart {
  readonly fileName: string
}

export class RecordingService {
  readonly #parts: Parts
  readonly #slots = new ClientSlots()
  /** A player asks for many parts of one recording: they are one visit, and one entry of the audit log. */
  readonly #visits: FreshCache<true>

  constructor(parts: Parts) {
    this.#parts = parts
    this.#visits = new FreshCache({
      clock: parts.clock,
      maxAgeMs: () => LIMITS.listeningMs,
      maxEntries: MOST_VISITS,
    })
  }

  /** Nothing of it is passed on before it is in the audit log who listens. */
  async open(sessionId: string, listener: Listener): Promise<Recording> {
    const url = await this.#parts.recordingOf(listener.client.clientId, sessionId)
    if (url === null) {
      fail(
        'recording_not_found',
        `There is no recording of a call ${shown(sessionId)}, or Exotel has yet to tell of it.`,
      )
    }
    const release = this.#slots.take(listener.client.clientId)
    if (release === null) {
      fail('too_many_listeners', 'Too many recordings are being listened to: try again when one of them is over.', {
        headers: { 'retry-after': '5' },
      })
    }
    try {
      const found = await this.#fetch(url, listener)
      if ('why' in found) failWithout(found, sessionId)
      found.content.once('close', release)
      if (listener.isHead) found.content.destroy()
      else await this.#note(sessionId, listener, found)
      // Of a stream that ended meanwhile the framework knows no reason.
      if (found.content.errored !== null) throw found.content.errored
      const fileName = `${sessionId.replace(/[^\w.-]/g, '_')}${found.extension}`
      return { ...found, fileName, ...(listener.isHead && { content: Readable.from([]) }) }
    } catch (error) {
      release()
      throw error
    }
  }

  async #fetch(url: string, { client, range }: Listener): Promise<RecordingPart | NoRecording> {
    const { keys, hosts, apiUrl, timing = RECORDING_TIMING } = this.#parts
    const sealed = client.sealedExotelApi
    const credentials = sealed === null ? null : await openApiCredentials(keys, client.clientId, sealed)
    const limits = { timing, mostBytes: LIMITS.recordingBytes, failure: unreached }
    return openRecording({ url, hosts, apiUrl, credentials, range, ...limits }).catch((cause: unknown) => {
      throw unreached(cause)
    })
  }

  async #note(sessionId: string, { client, key, requestId }: Listener, { content }: RecordingPart): Promise<void> {
    const { clientId } = client
    const keyId = idOfApiKey(key.keyHash)
    const by = { actor: `API key ${key.name ?? key.hint}`, requestId }
    const entry = entryBy(
      { ...this.#parts, by },
      { action: 'recording.heard', clientId, details: { sessionId, keyId } },
    )
    try {
      await this.#visits.get(`${clientId} ${keyId} ${sessionId}`, async () => {
        await this.#parts.storage.audit(entry)
        return true
      })
    } catch (error) {
      content.destroy()
      throw error
    }
  }
}

/** Where an answer has begun, its connection is broken off with it. */
function unreached(cause: unknown): ApiError {
  return new ApiError('recording_unavailable', 'Where Exotel keeps recordings cannot be reached now: try again.', {
    headers: { 'retry-after': '5' },
    cause,
  })
}

function failWithout({ status, contentRange, why }: NoRecording, sessionId: string): never {
  const cause = new Error(why)
  switch (status) {
    case 'gone':
      return fail('recording_not_found', `The recording of the call ${shown(sessionId)} is no longer kept by Exotel.`, {
        cause,
      })
    case 'range':
      return fail('range_not_satisfiable', 'The recording has no such part: it is shorter.', {
        ...(contentRange !== undefined && { headers: { 'content-range': contentRange } }),
      })
    case 'foreign':
      return fail(
        'recording_unavailable',
        'The recording lies where this server does not fetch from: whoever runs it can name the host in RECORDING_HOSTS.',
        { cause },
      )
    case 'refused':
      return fail(
        'recording_unavailable',
        'Exotel does not hand out this recording: whoever runs this server can give it the account’s API credentials with ribbon clients exotel-api.',
        { cause },
      )
    case 'unusable':
      return fail('recording_unavailable', 'What Exotel answers is no recording that can be passed on.', { cause })
  }
}
