import t from 'tap'
import { mergeMentions, mergePatch, profileFromCalls, type CustomerMention } from '../../src/core/customer.js'
import type { JsonObject } from '../../src/core/json.js'
import { LIMITS } from '../../src/core/limits.js'

function call(customerData: JsonObject | null, phoneNumber: string | null = null): CustomerMention {
  return { customerData, phoneNumber }
}

t.test('the newest call that tells a member has the say, and one that knows less wipes nothing', async (t) => {
  const newest = call({ customerId: 'C', name: 'Jane', tags: [] })
  const older = call({ customerId: 'C', name: 'John', email: 'j@x.in', tags: ['a'] })
  t.same(profileFromCalls([newest, call(null), older]), { email: 'j@x.in', name: 'Jane', tags: [] })
  t.same(profileFromCalls([]), {})
  t.same(profileFromCalls([call({ customerId: 'C' })]), {})
})

t.test("a customer's own phone outranks the number on the line, however late that is", async (t) => {
  t.equal(profileFromCalls([call({ customerId: 'C' }, '+2')])['phone'], '+2')
  t.equal(profileFromCalls([call({ customerId: 'C' }, '+2'), call({ phone: '+1' }, '+3')])['phone'], '+1')
  t.same(profileFromCalls([call({}, '+2'), call({ phoneNumber: '+3' })]), { phone: '+3', phoneNumber: '+3' })
})

t.test('calls merged into one mention leave the profile as it is', async (t) => {
  const calls = [
    call(null),
    call({ customerId: 'C', name: 'Jane', email: null }, '+3'),
    call({ customerId: 'C', name: 'John', email: 'j@x.in', phoneNumber: '+2' }, '+1'),
  ]
  const profile = profileFromCalls(calls)
  t.same(profile, { name: 'Jane', email: 'j@x.in', phoneNumber: '+2', phone: '+2' })
  for (let kept = 0; kept <= calls.length; kept++) {
    t.same(profileFromCalls([...calls.slice(0, kept), mergeMentions(calls.slice(kept))]), profile)
  }
})

t.test('a profile that exceeds the limit of a record is its first members by name that fit', async (t) => {
  const others = { '10': 'x'.repeat(LIMITS.customerLength / 2), '2': 'two', b: 'b' }
  const room = LIMITS.customerLength - JSON.stringify({ ...others, a: '' }).length
  const calls = (length: number): CustomerMention[] => [call({ a: 'x'.repeat(length) }), call(others)]
  const exact = profileFromCalls(calls(room))
  t.equal(JSON.stringify(exact).length, LIMITS.customerLength)
  t.same(Object.keys(exact).sort(), ['10', '2', 'a', 'b'])
  for (const length of [room + 1, room + 2]) {
    t.same(Object.keys(profileFromCalls(calls(length))).sort(), ['10', '2', 'a'])
    t.same(Object.keys(mergeMentions(calls(length)).customerData ?? {}).sort(), ['10', '2', 'a'])
  }
  t.same(Object.keys(profileFromCalls(calls(LIMITS.customerLength))).sort(), ['10', '2'])
})

t.test('members named like parts of JavaScript are members like any other', async (t) => {
  const data = JSON.parse('{"customerId":"C","__proto__":"p","constructor":"c"}') as JsonObject
  t.equal(JSON.stringify(profileFromCalls([call(data)])), '{"__proto__":"p","constructor":"c"}')
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
