import t from 'tap'
import { cursorOf, positionOf } from '../../src/http/cursor.js'

const FILTERS = {
  clientId: 'client-demo',
  range: { from: 0, to: 1 },
  customerId: null,
  event: null,
  direction: null,
} as const
const POSITION = { occurredAt: 1_760_265_000_123, sequence: 42 }

t.test('a cursor leads back to its place', async (t) => {
  t.strictSame(positionOf(cursorOf(POSITION, FILTERS), FILTERS), POSITION)
})

t.test('a cursor of other filters, an altered one and no cursor at all are refused by name', async (t) => {
  const cursor = cursorOf(POSITION, FILTERS)
  const refused = { code: 'invalid_request', faults: [{ in: 'query', pointer: '/cursor' }] }
  for (const filters of [
    { ...FILTERS, clientId: 'client-001' },
    { ...FILTERS, range: { from: 0, to: 2 } },
    { ...FILTERS, customerId: 'CUST001' },
    { ...FILTERS, event: 'connected' },
    { ...FILTERS, direction: 'inbound' as const },
  ]) {
    t.throws(() => positionOf(cursor, filters), refused)
  }
  const other = Buffer.from(cursor, 'base64url').toString().replace(/^./, 'x')
  for (const text of ['', 'x', '%%%', Buffer.from(other).toString('base64url')]) {
    t.throws(() => positionOf(text, FILTERS), refused)
  }
})
