import t from 'tap'
import type { JsonObject } from '../../../src/core/json.js'
import { keepable, odditiesOf } from '../../../src/core/provider/oddities.js'
import { LIMITS } from '../../../src/core/limits.js'

const odd = (payload: JsonObject, leftOut: readonly string[] = []) =>
  odditiesOf('passthru', { CallSid: 'c1', ...payload }, leftOut).map(({ kind, what }) => `${kind} ${what}`)

t.test('known members with known values, in any case, are not odd; times may be absent in Exotel’s ways', async (t) => {
  t.same(odd({ CallType: 'Completed', DialCallStatus: '', Direction: 'incoming', digits: '"1"' }), [])
  t.same(odd({ EndTime: '1970-01-01 05:30:00', StartTime: '0000-00-00 00:00:00', Created: 'null' }), [])
})

t.test('each thing that is odd is named', async (t) => {
  t.same(odd({ CallSid: '' }), ['missing-callsid CallSid'])
  t.same(odd({ Kind: 1 }), ['unknown-member Kind'])
  t.same(odd({ CallType: 'Dropped' }), ['unknown-value CallType=dropped'])
  t.same(odd({ EndTime: '12 o’clock' }), ['unusable-time EndTime'])
  t.same(odd({ Legs: '[{"Status":"gone","Extra":1}]' }), [
    'unknown-value Legs.Status=gone',
    'unknown-member Legs.Extra',
  ])
  t.same(odd({}, ['Deep']), ['left-out Deep'])
})

t.test('one callback names so many oddities and no more, each as every store keeps it', async (t) => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`x${String(n)}`, 1]))
  t.equal(odd(many).length, LIMITS.oddityOfCallback)
  const [long] = odditiesOf('popup', { CallSid: 'c', [`a\0${'x'.repeat(77)}😀`]: 1 }, [])
  t.equal(long?.what, `a\uFFFD${'x'.repeat(77)}\uFFFD`)
})

t.test('what no store keeps is left out by its member, and what is no object becomes one', async (t) => {
  let deep: unknown = 1
  for (let level = 0; level < LIMITS.nestingDepth; level++) deep = [deep]
  t.strictSame(keepable({ a: 1, deep, huge: Infinity }), { payload: { a: 1 }, leftOut: ['deep', 'huge'] })
  t.strictSame(keepable([1]), { payload: { body: [1] }, leftOut: [] })
  t.strictSame(keepable({ a: { b: [] } }), { payload: { a: { b: [] } }, leftOut: [] })
})
