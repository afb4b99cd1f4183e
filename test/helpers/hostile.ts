/** What an attacker, or a broken program, puts where a text or a value belongs. */
import { createRequire } from 'node:module'
import fc from 'fast-check'

/** Of whoever deals with telephony, spreadsheets, terminals and JavaScript: beside the well-known list. */
const OWN_STRINGS = [
  '+',
  '+91',
  '00919876543210',
  '+91 98765 43210;ext=5',
  'sip:+919876543210@exotel.com;transport=tls',
  'sip:"A\\"B"<x>@[::1]:5060',
  'tel:+91-98765-43210;phone-context=example.com',
  'anonymous@anonymous.invalid',
  `=cmd|' /C calc'!A0`,
  '@SUM(1+1)*cmd|calc',
  '-2+3+cmd|calc',
  '\t=1+1',
  '="0091"',
  'a,b;c\t"d"\r\ne',
  '\u202E+919876543210\u202C',
  '\u2066right\u2069 \u200Fleft',
  '👩‍👩‍👧‍👦',
  '🏳️‍🌈',
  'ﷺ'.repeat(40),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘',
  '\u0000',
  'a\u0000b',
  '\uD800',
  'a\uDC00b',
  '\uFEFFbom',
  '\u0085\u2028\u2029',
  '\u001b[2J\u001b]0;title\u0007',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'undefined',
  'null',
  'NaN',
  '-0',
  '0x10',
  '1e309',
  '9007199254740993',
  '../../../../etc/passwd',
  '%2e%2e%2f',
  '%00',
  '%',
  '?#',
  '{{apiKey}}',
  '${7*7}',
  "'; drop table calls; --",
  '*',
  'x'.repeat(5000),
]

/** At least 485 texts. */
export const NAUGHTY_STRINGS: readonly string[] = [
  ...(createRequire(import.meta.url)('big-list-of-naughty-strings/blns.json') as string[]),
  ...OWN_STRINGS,
]

const NUMBERS = [0, -0, -1, 0.5, 1e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 63), 1e21, 1.7976931348623157e308]

/** Anything but what belongs there. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...NAUGHTY_STRINGS),
  fc.constantFrom<unknown>(...NUMBERS, null, true, false, [], {}, [[]], [null], ''),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.nat({ max: 150 }).map((depth) => nested(depth)),
)

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
