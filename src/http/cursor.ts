import { createHash } from 'node:crypto'
import { failInvalid } from '../errors.js'
import type { EventPosition, EventQuery } from '../storage/port.js'

type Filters = Pick<EventQuery, 'clientId' | 'range' | 'customerId' | 'event' | 'direction'>

/**
 * A place in a list, for the caller to bring back. It carries a checksum of the filters it was made under: under other
 * filters it would point into another list, and skip or repeat events without a word.
 */
export function cursorOf(position: EventPosition, filters: Filters): string {
  const place = `${position.occurredAt.toString(36)}.${position.sequence.toString(36)}`
  return Buffer.from(`${place}.${checksum(place, filters)}`).toString('base64url')
}

/** @throws ApiError 400 naming `cursor` when it is none of ours, or of other filters */
export function positionOf(cursor: string, filters: Filters): EventPosition {
  const [occurredAt = '', sequence = '', sum] = Buffer.from(cursor, 'base64url').toString().split('.')
  if (sum !== checksum(`${occurredAt}.${sequence}`, filters)) {
    failInvalid({
      in: 'query',
      pointer: '/cursor',
      message: 'is not a nextCursor given out for these filters: leave it out to begin with the first page',
    })
  }
  return { occurredAt: parseInt(occurredAt, 36), sequence: parseInt(sequence, 36) }
}

function checksum(place: string, { clientId, range, customerId, event, direction }: Filters): string {
  const text = JSON.stringify([place, clientId, range.from, range.to, customerId, event, direction])
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}
