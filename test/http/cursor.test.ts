import { createHash } from 'node:crypto'
import t from 'tap'
import { KeyRing } from '../../src/clients/key-ring.js'
import { cursorOf, positionOf } from '../../src/http/cursor.js'
import type { EventPosition } from '../../src/storage/port/events.js'

const FILTERS = {
  clientId: 'client-demo',
  range: { from: 0, to: 1 },
  customerId: null,
  event: null,
  direction: null,
} as const
const [KEY, NEW_KEY] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const RING = new KeyRing([KEY])
const REFUSED = { code: 'invalid_request', faults: [{ in: 'query', pointer: '/cursor' }] }
const POSITION = { occurredAt: 1_760_265_000_123, sequence: 42 }

t.test('a cursor leads back to its place', async (t) => {
  t.strictSame(positionOf(cursorOf(POSITION, FILTERS, RING), FILTERS, RING), POSITION)
})

t.test('a cursor leads on while the secret key is rotated, and no further', async (t) => {
  const cursor = cursorOf(POSITION, FILTERS, RING)
  t.strictSame(positionOf(cursor, FILTERS, new KeyRing([NEW_KEY, KEY])), POSITION)
  t.throws(() => positionOf(cursor, FILTERS, new KeyRing([NEW_KEY])), REFUSED)
})

t.test('a cursor that somebody made up is refused, and so is a place that no event can have', async (t) => {
  const place = `${POSITION.occurredAt.toString(36)}.${POSITION.sequence.toString(36)}`
  const { clientId, range } = FILTERS
  const text = JSON.stringify([place, clientId, range.from, range.to, null, null, null])
  const checksum = createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
  const forged = Buffer.from(`${place}.${checksum}`).toString('base64url')
  t.throws(() => positionOf(forged, FILTERS, RING), REFUSED)
  const nowhere: EventPosition[] = [
    { occurredAt: NaN, sequence: 1 },
    { occurredAt: 0, sequence: 1 },
    { occurredAt: 4_102_444_800_000, sequence: 1 },
    { ...POSITION, sequence: -1 },
    { ...POSITION, sequence: 2 ** 60 },
  ]
  for (const position of nowhere) {
    t.throws(() => positionOf(cursorOf(position, FILTERS, RING), FILTERS, RING), REFUSED)
  }
})

t.test('a cursor of other filters, an altered one and no cursor at all are refused by name', async (t) => {
  const cursor = cursorOf(POSITION, FILTERS, RING)
  for (const filters of [
    { ...FILTERS, clientId: 'client-001' },
    { ...FILTERS, range: { from: 0, to: 2 } },
    { ...FILTERS, customerId: 'CUST001' },
    { ...FILTERS, event: 'connected' },
    { ...FILTERS, direction: 'inbound' as const },
    { ...FILTERS, agentUserId: 'agent-7' },
  ]) {
    t.strictSame(positionOf(cursorOf(POSITION, filters, RING), filters, RING), POSITION)
    t.throws(() => positionOf(cursor, filters, RING), REFUSED)
  }
  const other = Buffer.from(cursor, 'base64url').toString().replace(/^./, 'x')
  for (const text of ['', 'x', '%%%', Buffer.from(other).toString('base64url')]) {
    t.throws(() => positionOf(text, FILTERS, RING), REFUSED)
  }
})
