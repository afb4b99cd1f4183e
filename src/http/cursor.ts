import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing, RingKey } from '../clients/key-ring.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from '../core/vocabulary.js'
import { failInvalid } from '../errors.js'
import type { EventPosition, EventQuery } from '../storage/port.js'

type Filters = Pick<EventQuery, 'clientId' | 'range' | 'customerId' | 'event' | 'direction'>

const MAC_BYTES = 16

/**
 * A place in a list, for the caller to bring back. It is signed together with the filters it was made under: under other
 * filters it would point into another list, and skip or repeat events without a word.
 */
export function cursorOf(position: EventPosition, filters: Filters, { current }: KeyRing): string {
  const place = `${position.occurredAt.toString(36)}.${position.sequence.toString(36)}`
  return Buffer.from(`${place}.${signature(place, filters, current).toString('base64url')}`).toString('base64url')
}

/** @throws ApiError 400 naming `cursor` when it is none of ours, or of other filters */
export function positionOf(cursor: string, filters: Filters, { keys }: KeyRing): EventPosition {
  const [occurredAt = '', sequence = '', text = ''] = Buffer.from(cursor, 'base64url').toString().split('.')
  const given = Buffer.from(text, 'base64url')
  const place = `${occurredAt}.${sequence}`
  const isOurs =
    given.length === MAC_BYTES && keys.some((key) => timingSafeEqual(given, signature(place, filters, key)))
  const position = { occurredAt: parseInt(occurredAt, 36), sequence: parseInt(sequence, 36) }
  if (!isOurs || !isPlace(position)) {
    failInvalid({
      in: 'query',
      pointer: '/cursor',
      message: 'is not a nextCursor given out for these filters: leave it out to begin with the first page',
    })
  }
  return position
}

function isPlace({ occurredAt, sequence }: EventPosition): boolean {
  return occurredAt >= MIN_INSTANT_MS && occurredAt < MAX_INSTANT_MS && Number.isSafeInteger(sequence) && sequence >= 0
}

function signature(place: string, filters: Filters, key: RingKey): Buffer {
  const { clientId, range, customerId, event, direction } = filters
  const text = JSON.stringify([place, clientId, range.from, range.to, customerId, event, direction])
  return createHmac('sha256', key.derived('cursors')).update(text).digest().subarray(0, MAC_BYTES)
}
