/** What makes two events one, and the log id that follows from it. */
import { hash } from 'node:crypto'
import { callKeyOf, eventContent } from '../../core/identity.js'
import type { NewEvent } from '../port.js'

export interface EventKey {
  /** Unique among a client's events; the same for every repeat of one. */
  readonly eventKey: string
  /** Hash of the content, when a caller's key stands for it: a repeat with another content is a conflict. */
  readonly contentHash: string | null
}

/**
 * The key of an event: the caller's idempotency key, else its content. An event that names neither a call nor a time
 * cannot be told from its next occurrence, so it is never taken for a repeat; its sequence number makes it unique.
 */
export function eventKeyOf(event: NewEvent, sequence: number): EventKey {
  const content = eventContent(event)
  if (event.idempotencyKey !== null) {
    return { eventKey: digest(`key:${event.idempotencyKey}`), contentHash: digest(content) }
  }
  if (event.timestamp === null && callKeyOf(event.data) === null) {
    return { eventKey: digest(`sequence:${String(sequence)}`), contentHash: null }
  }
  // Neighbours in time are neighbours in the index, so that recording touches few of its pages.
  const time = event.timestamp === null ? '' : Math.floor(event.occurredAt / 1000).toString(36)
  return { eventKey: `${time}.${digest(content)}`, contentHash: null }
}

/** `log-<unix seconds of arrival>-<base36>`, as the reference shows it; the first one's for every repeat. */
export function logIdOf(eventKey: string, receivedAt: number): string {
  return `log-${String(Math.floor(receivedAt / 1000))}-${suffixOf(eventKey)}`
}

/** The key of a call that its events do not name. */
export function anonymousCallKey(eventKey: string, receivedAt: number): string {
  return `${String(Math.floor(receivedAt / 1000))}-${suffixOf(eventKey)}`
}

/** What is kept of a call that was dropped: enough to know its key again, and nothing else. */
export function callMarkOf(callKey: string): string {
  return digest(`call:${callKey}`)
}

function suffixOf(eventKey: string): string {
  return eventKey.slice(eventKey.indexOf('.') + 1).slice(0, 10)
}

/** 128 bits of SHA-256 in base 36, always 25 characters. */
function digest(text: string): string {
  const hex = hash('sha256', text).slice(0, 32)
  return BigInt(`0x${hex}`).toString(36).padStart(25, '0')
}
