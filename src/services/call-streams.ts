import type { StreamTokenAnswer } from '../../schemas/stream.js'
import { idOfApiKey } from '../clients/api-keys.js'
import type { ClientDirectory } from '../clients/directory.js'
import { formatInstant } from '../core/calendar.js'
import { LIMITS } from '../core/limits.js'
import { fail } from '../errors.js'
import type { ReadTime } from '../http/convert.js'
import { EventStream, retryMessage } from '../http/event-stream.js'
import type { Client } from '../storage/port/clients.js'
import type { StoredApiKey } from '../storage/port/keys.js'
import type { Storage } from '../storage/port/storage.js'
import type { ChangeFeed } from './change-feed.js'
import { ClientStream } from './client-stream.js'
import { ClientSlots } from './client-slots.js'

/** Milliseconds. Tests have less. */
export interface StreamTiming {
  /** How often keys are looked at, and today's numbers. */
  readonly checkMs: number
  /** How often something is said when nothing happens. */
  readonly heartbeatMs: number
}

const TIMING: StreamTiming = { checkMs: 1000, heartbeatMs: 15_000 }
const RETRY_MS = 2000
const RETRY_AFTER_SECONDS = '30'

/** What the streams of this process have come to. */
interface StreamFigures {
  readonly open: number
  readonly messages: number
  /** Streams that were ended because their readers were too far behind. */
  readonly letGo: number
}

interface OpenStreams {
  readonly shared: ClientStream
  /** Each with the id of the key that opened it. */
  readonly streams: Map<EventStream, string>
  readonly stop: () => void
}

interface Parts {
  readonly storage: Storage
  readonly readTime: ReadTime
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly directory: ClientDirectory
  readonly feed: ChangeFeed
  readonly timing?: StreamTiming | undefined
}

/** Streams of changes of calls, and the tokens that open them. */
export class CallStreams {
  readonly #parts: Parts
  readonly #slots = new ClientSlots({ client: LIMITS.streamsOfClient, all: LIMITS.streams })
  readonly #open = new Map<string, OpenStreams>()
  readonly #timers: readonly NodeJS.Timeout[]
  #refreshing: Promise<void> | null = null
  /** Of streams that are closed. */
  #messages = 0
  #letGo = 0

  constructor(parts: Parts) {
    this.#parts = parts
    const { checkMs, heartbeatMs } = parts.timing ?? TIMING
    this.#timers = [
      setInterval(() => {
        void this.#endRefused()
        this.#refreshing ??= this.#refresh().finally(() => {
          this.#refreshing = null
        })
      }, checkMs).unref(),
      setInterval(() => {
        for (const { shared } of this.#open.values()) shared.beat()
      }, heartbeatMs).unref(),
    ]
  }

  async issueToken({ clientId }: Client, key: StoredApiKey): Promise<StreamTokenAnswer> {
    const endsAt = (Math.floor(this.#parts.clock() / 1000) + LIMITS.streamTokenSeconds) * 1000
    const ticket = { clientId, keyId: idOfApiKey(key.keyHash), endsAt }
    return { token: await this.#parts.directory.issueStreamToken(ticket), expiresAt: formatInstant(endsAt) }
  }

  /**
   * @param key that opens it: the stream ends with it
   * @param after sequence of the last event that the reader knows of; null begins with a snapshot
   * @throws ApiError 429 when too many are open
   */
  async open(client: Client, key: StoredApiKey, after: number | null): Promise<EventStream> {
    const release = this.#slots.take(client.clientId)
    if (release === null) {
      fail('too_many_streams', 'Too many streams are open: try again when one of them is closed.', {
        headers: { 'retry-after': RETRY_AFTER_SECONDS },
      })
    }
    const stream = new EventStream()
    stream.once('close', release)
    const { shared, streams, stop } = this.#of(client)
    streams.set(stream, idOfApiKey(key.keyHash))
    stream.once('close', () => {
      streams.delete(stream)
      this.#messages += stream.messages
      if (stream.isLetGo) this.#letGo += 1
      if (streams.size > 0) return
      stop()
      this.#open.delete(client.clientId)
    })
    stream.say(retryMessage(RETRY_MS))
    try {
      const reader = await shared.begin(client, stream, after)
      // Whoever reads it comes back, and is told then what is the matter.
      shared.follow(reader).catch(() => {
        stream.finish()
      })
    } catch (error) {
      stream.destroy()
      throw error
    }
    return stream
  }

  get figures(): StreamFigures {
    const open = [...this.#open.values()].flatMap(({ streams }) => [...streams.keys()])
    const messages = open.reduce((sum, stream) => sum + stream.messages, this.#messages)
    return { open: open.length, messages, letGo: this.#letGo }
  }

  /** Ends all streams: whoever reads them comes back, to another process. */
  close(): void {
    for (const timer of this.#timers) clearInterval(timer)
    for (const { streams } of this.#open.values()) for (const stream of streams.keys()) stream.finish()
  }

  #of(client: Client): OpenStreams {
    const open = this.#open.get(client.clientId)
    if (open !== undefined) return open
    const shared = new ClientStream(client, this.#parts)
    const stop = this.#parts.feed.follow(client.clientId, () => {
      shared.wake()
    })
    const made = { shared, streams: new Map<EventStream, string>(), stop }
    this.#open.set(client.clientId, made)
    return made
  }

  /** Ends the streams whose key opens nothing any more. */
  async #endRefused(): Promise<void> {
    const { directory } = this.#parts
    for (const [clientId, { streams }] of this.#open) {
      for (const [stream, keyId] of streams) {
        // While the store does not answer nobody is sent away.
        const holder = await directory.byKeyId({ clientId, keyId }).catch(() => undefined)
        if (holder === null) stream.finish()
      }
    }
  }

  /** Today's numbers of one client after the other: all together would be felt by whoever asks the store for something. */
  async #refresh(): Promise<void> {
    for (const { shared } of this.#open.values()) await shared.refresh()
  }
}
