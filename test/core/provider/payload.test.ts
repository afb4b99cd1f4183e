import t from 'tap'
import { legsIn, secondsIn, textIn, timeIn } from '../../../src/core/provider/payload.js'

const at = (text: string) => timeIn({ at: text }, 'at')

t.test('a time without an offset is Indian time, one with an offset is what it says', async (t) => {
  const noon = Date.parse('2022-02-23T07:01:59Z')
  t.equal(at('2022-02-23 12:31:59'), noon)
  t.equal(at('Wed, 23 Feb 2022 12:31:59'), noon)
  t.equal(at('3 Feb 2022 12:31:59'), Date.parse('2022-02-03T07:01:59Z'))
  t.equal(at('2022-02-23T12:31:59+05:30'), noon)
  t.equal(at('2022-02-23T07:01:59Z'), noon)
})

t.test('the times that stand for none, and what is no time, are absent', async (t) => {
  const none = [
    '',
    'null',
    '1970-01-01 05:30:00',
    '0000-00-00 00:00:00',
    'soon',
    '3 Foo 2022 12:31:59',
    '2200-01-01 00:00:00',
  ]
  for (const text of none) t.equal(at(text), null, text)
  t.equal(timeIn({ a: '1970-01-01 05:30:00', b: '2022-02-23 12:31:59' }, 'a', 'b'), at('2022-02-23 12:31:59'))
})

t.test('a text is absent in several ways, comes as a number too, and loses the quotes around it', async (t) => {
  for (const value of ['', ' ', 'null', '"null"', '""', 'undefined', 'NA', null, undefined, true, [], {}]) {
    t.equal(textIn({ value }, 'value'), null, JSON.stringify(value))
  }
  t.equal(textIn({ digits: '"123"' }, 'digits'), '123')
  t.equal(textIn({ number: 42 }, 'number'), '42')
  t.equal(textIn({ a: 'null', b: 'x' }, 'a', 'b'), 'x')
})

t.test('seconds are decimal, believable and whole', async (t) => {
  const seconds = (value: string | number) => secondsIn({ value }, 'value')
  t.same(['41', 41, '41.9', '0', '86400'].map(seconds), [41, 41, 41, 0, 86_400])
  t.same(['0x10', '1e3', '-5', '86401', 'long'].map(seconds), [null, null, null, null, null])
})

t.test('legs are read from a list, from an object by position, and from either as JSON', async (t) => {
  const legs = [{ OnCallDuration: '5' }, { OnCallDuration: '9' }]
  t.same(legsIn({ Legs: legs }), legs)
  t.same(legsIn({ Legs: { 0: legs[0], 1: legs[1] } }), legs)
  t.same(legsIn({ Legs: JSON.stringify(legs) }), legs)
  for (const Legs of [null, undefined, '', 'x', 3, [1, null]]) t.same(legsIn({ Legs }), [])
})
