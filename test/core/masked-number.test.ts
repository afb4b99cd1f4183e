import t from 'tap'
import { maskedNumber, maskedText } from '../../src/core/masked-number.js'

t.test('a number shows its country, two digits and the last four', (t) => {
  for (const spelling of ['+919876543210', '09876543210', '+91 98765 43210', '98765-43210', '919876543210']) {
    t.equal(maskedNumber(spelling, 'IN'), '+9198••••3210', spelling)
  }
  t.equal(maskedNumber('+14155550100', 'IN'), '+141••••0100')
  t.equal(maskedNumber('1234567', 'IN'), '••••67', 'a short one shows two')
  t.equal(maskedNumber('999999999999999', 'IN'), '••••9999', 'what is no country’s number shows no beginning')
  t.end()
})

t.test('numbers in a text are masked in any spelling, and what is no number stays', (t) => {
  const cases: [string, string][] = [
    ['call 098765 43210 back', 'call +9198••••3210 back'],
    ['sip:+919876543210@voip.example', 'sip:+9198••••3210@voip.example'],
    ['John9876543210', 'John+9198••••3210'],
    ['(98765) 43210, or 2025-10-12', '(+9198••••3210, or 2025-10-12'],
    ['2025-10-12T10:30:00.123Z', '2025-10-12T10:30:00.123Z'],
    ['2025-10-12 16:00:00+05:30', '2025-10-12 16:00:00+05:30'],
    ['log-1795374443-7gvnfpja5s', 'log-1795374443-7gvnfpja5s'],
    ['session-1795374443-7gvnfpja5s', 'session-1795374443-7gvnfpja5s'],
    ['5 calls in 30 days', '5 calls in 30 days'],
  ]
  for (const [text, masked] of cases) t.equal(maskedText(text, 'IN'), masked)
  t.equal(maskedText('session-CA1234567890', 'IN', true), 'session-CA1234567890', 'an id with digits is no number')
  t.equal(maskedText('session-+919876543210-7', 'IN', true), 'session-••••2107')
  t.end()
})
