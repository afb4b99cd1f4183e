/**
 * What makes two events one, and the ids that follow from it. A key is a digest, held as text of one character a byte: such
 * text is cheaper to make, and to look up, than bytes are.
 */
import { hash } from 'node:crypto'
import { eventContent } from '../../../core/identity.js'
import type { NewEvent } from '../../port/events.js'

/** 96 bits: no two events of a client meet by chance. */
const KEY_BYTES = 12

export interface EventIdentity {
  /** The same for every repeat of an event. */
  readonly key: string
  /** Hash of the content, when a caller's key stands for it: a repeat with another content is a conflict. */
  readonly contentHash: string | null
}

/** The caller's idempotency key, else the event's content. */
export function identityOf(event: NewEvent): EventIdentity {
  const content = eventContent(event)
  if (event.idempotencyKey === null) return { key: digest(content), contentHash: null }
  return { key: digest(`key:${event.idempotencyKey}`), contentHash: digest(content) }
}

/** What a call is found by: of the name that its events call it by. */
export function callKeyDigest(callKey: string): string {
  return digest(callKey)
}

/** The name of a call that its events do not name: as the event that began it is recognised by. */
export function unnamedCallKey(key: string, occurredAt: number): string {
  return `${String(Math.floor(occurredAt / 1000))}-${suffixOf(key)}`
}

export function unnamedCallDigest(callKey: string): string {
  // No name holds a NUL: so it is told apart from a call that a caller names alike.
  return digest(`\0${callKey}`)
}

/** `log-<unix seconds of arrival>-<base36>`, as the reference shows it; the first one's for every repeat. */
export function logIdOf(key: string, receivedAt: number): string {
  return `log-${String(Math.floor(receivedAt / 1000))}-${suffixOf(key)}`
}

/** A key as rows have it. */
export function bytesOfKey(key: string): Buffer {
  return Buffer.from(key, 'latin1')
}

export function keyOfBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

/** 48 bits in ten characters. */
function suffixOf(key: string): string {
  return half(key, 0) + half(key, 3)
}

function half(key: string, at: number): string {
  const bits = (key.charCodeAt(at) << 16) | (key.charCodeAt(at + 1) << 8) | key.charCodeAt(at + 2)
  return bits.toString(36).padStart(5, '0')
}

function digest(text: string): string {
  return hash('sha256', text, 'binary').slice(0, KEY_BYTES)
}
