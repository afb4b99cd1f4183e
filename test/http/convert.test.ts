import t from 'tap'
import type { JsonObject } from '../../src/core/json.js'
import { publishedCustomer, truncated, usageOf } from '../../src/http/convert.js'
import type { Client } from '../../src/storage/port/clients.js'

const CLIENT = { clientId: 'client-demo', monthlyLimit: 100 } as Client

function published(profile: JsonObject) {
  return publishedCustomer({ customerId: 'CUST001', profile, createdAt: 0, updatedAt: 1 }, CLIENT)
}

t.test('a profile is published as it was saved, under what the server knows', async (t) => {
  const profile = { name: 'John', tags: ['vip'], customFields: { a: null }, other: [1], clientId: 'forged' }
  t.strictSame(published(profile), {
    ...profile,
    customerId: 'CUST001',
    clientId: 'client-demo',
    createdAt: '1970-01-01T00:00:00Z',
    lastUpdated: '1970-01-01T00:00:00.001Z',
  })
})

t.test('what calls told of a customer is published only where it fits the contract', async (t) => {
  const { name, email, phone, tags, customFields, gone } = published({
    name: 7,
    email: { at: 'example' },
    phone: true,
    tags: 'vip',
    customFields: 'none',
    gone: undefined,
  }) as Record<string, unknown>
  t.strictSame(
    [name, email, phone, tags, customFields, gone],
    ['7', undefined, 'true', undefined, undefined, undefined],
  )
  t.notOk('tags' in published({ tags: ['vip', 1] }))
})

t.test('a list that ends early says so, and no other says anything of it', async (t) => {
  t.strictSame(truncated(true), { truncated: true })
  t.strictSame(truncated(false), {})
})

t.test('nothing remains of a limit that was passed', async (t) => {
  t.strictSame(usageOf(120, CLIENT), { callsThisMonth: 120, limit: 100, remaining: 0 })
})
