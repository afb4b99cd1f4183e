import { createHmac, timingSafeEqual } from 'node:crypto'
import type { KeyRing, RingKey } from '../clients/key-ring.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from '../core/instants.js'
import { failInvalid } from '../errors.js'
import type { EventPosition, EventQuery } from '../storage/port/events.js'

type Filters = Pick<EventQuery, 'clientId' | 'range' | 'customerId' | 'agentUserId' | 'event' | 'direction'>

/** Whatever tells one list from another: the client, and what it is asked by. */
type ListKey = readonly unknown[]

const MAC_BYTES = 16

/**
 * A place in a list, for the caller to bring back. It is signed together with the filters it was made under: under other
 * filters it would point into another list, and skip or repeat entries without a word.
 * @param place any text
 */
export function signedPlace(place: string, list: ListKey, { current }: KeyRing): string {
  return Buffer.from(`${place}.${signature(place, list, current).toString('base64url')}`).toString('base64url')
}

/** @throws ApiError 400 naming `cursor` when it is none of ours, or of another list */
export function placeIn(cursor: string, list: ListKey, { keys }: KeyRing): string {
  const [, place = '', text = ''] = /^(.*)\.(.*)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const given = Buffer.from(text, 'base64url')
  const isOurs = given.length === MAC_BYTES && keys.some((key) => timingSafeEqual(given, signature(place, list, key)))
  return isOurs ? place : refuse()
}

/** The place of an event in a list of events. */
export function cursorOf(position: EventPosition, filters: Filters, ring: KeyRing): string {
  return signedPlace(`${position.occurredAt.toString(36)}.${position.sequence.toString(36)}`, listOf(filters), ring)
}

/** @throws ApiError 400 naming `cursor` when it is none of ours, or of other filters */
export function positionOf(cursor: string, filters: Filters, ring: KeyRing): EventPosition {
  const [occurredAt = '', sequence = ''] = placeIn(cursor, listOf(filters), ring).split('.')
  const position = { occurredAt: parseInt(occurredAt, 36), sequence: parseInt(sequence, 36) }
  return isPlace(position) ? position : refuse()
}

function refuse(): never {
  failInvalid({
    in: 'query',
    pointer: '/cursor',
    message: 'is not a nextCursor given out for these filters: leave it out to begin with the first page',
  })
}

function isPlace({ occurredAt, sequence }: EventPosition): boolean {
  return occurredAt >= MIN_INSTANT_MS && occurredAt < MAX_INSTANT_MS && Number.isSafeInteger(sequence) && sequence >= 0
}

function listOf({ clientId, range, customerId, agentUserId = null, event, direction }: Filters): ListKey {
  const key = [clientId, range.from, range.to, customerId, event, direction]
  // Cursors that were given out before there were lists of one agent stay good.
  return agentUserId === null ? key : [...key, agentUserId]
}

function signature(place: string, list: ListKey, key: RingKey): Buffer {
  const text = JSON.stringify([place, ...list])
  return createHmac('sha256', key.derived('cursors')).update(text).digest().subarray(0, MAC_BYTES)
}
