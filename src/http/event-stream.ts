import { Readable } from 'node:stream'
import { STREAM_TYPE } from '../core/vocabulary/changes.js'

/** What may still wait for a reader when there is more, in bytes: one who leaves more unread is let go. */
const MOST_WAITING = 1024 * 1024

/** Server-sent events on their way to one reader (WHATWG HTML, section 9.2). */
export class EventStream extends Readable {
  static readonly contentType = STREAM_TYPE
  #onRead: (() => void) | null = null
  #messages = 0
  #isLetGo = false

  /** How many were said. */
  get messages(): number {
    return this.#messages
  }

  /** Whether its reader was too far behind. */
  get isLetGo(): boolean {
    return this.#isLetGo
  }

  /** @param message see `eventMessage` */
  say(message: string): void {
    if (this.destroyed) return
    this.#messages += 1
    this.push(message)
  }

  /** Lets go of a reader who is too far behind: without an error, which the log would tell of as a fault of the server. */
  endIfBehind(): void {
    if (this.readableLength <= MOST_WAITING) return
    this.#isLetGo = true
    this.destroy()
  }

  /** Whether nobody reads it any more. */
  isOver(): boolean {
    return this.destroyed
  }

  /** Resolves when the reader has taken most of what waits, or is gone. */
  async taken(): Promise<void> {
    while (!this.destroyed && this.readableLength >= this.readableHighWaterMark) {
      await new Promise<void>((resolve) => (this.#onRead = resolve))
    }
  }

  /** Ends it in good order, after what was said. */
  finish(): void {
    if (!this.destroyed) this.push(null)
  }

  override _read(): void {
    this.#onRead?.()
    this.#onRead = null
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this._read()
    done(error)
  }
}

/** One message. @param json its data, as JSON, which has no line breaks */
export function eventMessage(id: number, event: string, json: string): string {
  return `id: ${String(id)}\nevent: ${event}\ndata: ${json}\n\n`
}

/** A comment, which readers skip: it tells proxies and both ends that the connection lives. */
export const HEARTBEAT = ':\n\n'

/** How soon a browser that was cut off comes back. */
export function retryMessage(ms: number): string {
  return `retry: ${String(ms)}\n\n`
}
