import t from 'tap'
import { e164Of, isRegion, numberKey } from '../../src/core/phone-number.js'

t.test('every way of writing a number finds the same customer', async (t) => {
  const spellings = [
    '+919876543210',
    '919876543210',
    '09876543210',
    '9876543210',
    '+91 98765 43210',
    '+91-98765-43210',
    '(0) 98765 43210',
    '00919876543210',
  ]
  for (const text of spellings) t.equal(numberKey(text, 'IN'), '+919876543210', text)
})

t.test('a number is read as the client’s region writes it', async (t) => {
  t.equal(numberKey('(415) 555-2671', 'US'), '+14155552671')
  t.equal(numberKey('08041234567', 'IN'), '+918041234567')
  t.equal(numberKey('+14155552671', 'IN'), '+14155552671')
})

t.test('what is no number of a country is found by its text', async (t) => {
  for (const text of ['1001', '98XXXXXX10', 'sip:agent42', 'agent', '+12', '', '000000']) {
    t.equal(numberKey(text, 'IN'), text)
    t.equal(e164Of(text), null)
  }
  t.equal(e164Of('+919876543210'), '+919876543210')
})

t.test('numbers are remembered, and never without end', async (t) => {
  for (let i = 0; i < 10_050; i++) numberKey(String(i), 'IN')
  t.equal(numberKey('09876543210', 'IN'), '+919876543210')
})

t.test('a region is a country by its two letters', async (t) => {
  t.same(['IN', 'US', 'XX', 'in', ''].map(isRegion), [true, true, false, false, false])
})
