import fc from 'fast-check'
import t from 'tap'
import { customerFactsOf, joinCustomer, mergePatch, profileOf, type CustomerFacts } from '../../src/core/customer.js'
import type { JsonObject } from '../../src/core/json.js'
import { BASE_MS, callEvent } from '../helpers/events.js'

const told = callEvent(fc.constant('CA1')).map((event) => customerFactsOf(event) ?? {})

t.test('what calls tell of a customer joins in any order, grouping and repetition', (t) => {
  const text = (facts: CustomerFacts): string => JSON.stringify(facts)
  fc.assert(
    fc.property(
      told,
      told,
      told,
      (a, b, c) =>
        text(joinCustomer(a, b)) === text(joinCustomer(b, a)) &&
        text(joinCustomer(joinCustomer(a, b), c)) === text(joinCustomer(a, joinCustomer(b, c))) &&
        text(joinCustomer(a, a)) === text(a),
    ),
    { numRuns: 500 },
  )
  t.end()
})

function tell(seconds: number, data: JsonObject, event = 'connected'): CustomerFacts | null {
  return customerFactsOf({ event, data, occurredAt: BASE_MS + seconds * 1000, source: 'ribbon' })
}

t.test('an event of any name tells of the customer it names, and of no other', async (t) => {
  t.equal(tell(0, {}), null)
  t.equal(tell(0, { customerData: null }), null)
  t.equal(tell(0, { customerData: { name: 'John' }, phoneNumber: '+1' }), null)
  t.same(profileOf(tell(0, { customerData: { customerId: 'C' } }) ?? {}), {})
  t.same(profileOf(tell(0, { customerData: { customerId: 'C', name: 'John', email: '' } }, 'other') ?? {}), {
    name: 'John',
  })
})


t.test('what a later event tells wins, and what it leaves empty stays', async (t) => {
  const first = tell(0, { customerData: { customerId: 'C', name: 'John', email: 'j@x.in', tags: ['a'] } }) ?? {}
  const second = tell(9, { customerData: { customerId: 'C', name: 'Jane', email: '', tags: [] } }) ?? {}
  t.same(profileOf(joinCustomer(second, first)), { email: 'j@x.in', name: 'Jane', tags: [] })
})

t.test("a customer's own phone outranks the number on the line, however late that is", async (t) => {
  const own = tell(0, { customerData: { customerId: 'C', phone: '+1' } }) ?? {}
  const line = tell(9, { customerData: { customerId: 'C' }, remoteId: 'sip:+2@x' }) ?? {}
  t.equal(profileOf(line)['phone'], '+2')
  t.equal(profileOf(joinCustomer(own, line))['phone'], '+1')
  t.same(profileOf(tell(0, { customerData: { customerId: 'C', phoneNumber: '+3' } }) ?? {}), {
    phone: '+3',
    phoneNumber: '+3',
  })
})

t.test('members named like parts of JavaScript are members like any other', async (t) => {
  const data = JSON.parse('{"customerData":{"customerId":"C","__proto__":"p","constructor":"c"}}') as JsonObject
  const facts = tell(0, data) ?? {}
  t.equal(JSON.stringify(profileOf(joinCustomer(facts, tell(1, data) ?? {}))), '{"__proto__":"p","constructor":"c"}')
  const patch = JSON.parse('{"__proto__":{"polluted":true}}') as JsonObject
  t.equal(JSON.stringify(mergePatch({}, patch)), '{"__proto__":{"polluted":true}}')
  t.equal(({} as JsonObject)['polluted'], undefined)
})

t.test('a merge patch gives what the appendix of RFC 7396 says', async (t) => {
  const cases: [target: JsonObject, patch: JsonObject, result: JsonObject][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ a: 'b' }, { a: { b: 'c' } }, { a: { b: 'c' } }],
  ]
  for (const [target, patch, result] of cases) t.strictSame(mergePatch(target, patch), result, JSON.stringify(patch))
})

t.test('a merge patch leaves its target as it was', async (t) => {
  const target = { customFields: { balance: 5000, segment: 'a' } }
  const merged = mergePatch(target, { customFields: { segment: null, paid: '2025-09-15' } })
  t.same(merged, { customFields: { balance: 5000, paid: '2025-09-15' } })
  t.same(target, { customFields: { balance: 5000, segment: 'a' } })
})
