/** Calls as questions count them, random and made by hand. */
import fc from 'fast-check'
import { ANSWERED, INBOUND, TEXTS, type AskedCall, type CallColumns } from '../../src/core/analytics/call-columns.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from '../../src/core/instants.js'
import { CALL_STATUSES, DIRECTIONS } from '../../src/core/vocabulary/calls.js'

/** Any text that a store keeps. */
const anyText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
const text = fc.option(fc.oneof(fc.constantFrom('a', 'b', '', '__proto__', '\u{1f600}'), anyText))
const seconds = fc.oneof(fc.nat(50), fc.nat(86_400), fc.constantFrom(86_401, 2 ** 31, 2 ** 41))
const start = fc.oneof(
  fc.integer({ min: MIN_INSTANT_MS, max: MAX_INSTANT_MS }),
  fc.nat(5).map((ms) => MIN_INSTANT_MS + ms),
)

const askedCall: fc.Arbitrary<AskedCall> = fc
  .record({
    startAt: start,
    lasted: fc.option(fc.oneof(fc.nat(3), fc.nat(10_000_000), fc.constant(2 ** 41))),
    durationSeconds: fc.option(seconds),
    ringSeconds: fc.option(seconds),
    direction: fc.constantFrom(...DIRECTIONS),
    status: fc.constantFrom(...CALL_STATUSES),
    answered: fc.boolean(),
    customer: fc.option(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constantFrom(128, 2 ** 40))),
    agent: text,
    phoneNumber: text,
    virtualNumber: text,
    endReason: text,
    domain: text,
  })
  .map(({ lasted, ...call }) => ({ ...call, endAt: lasted === null ? null : call.startAt + lasted }))

/** By ascending start. */
export const askedCalls = fc.array(askedCall, { maxLength: 30 }).map(byStart)

export function byStart(calls: readonly AskedCall[]): AskedCall[] {
  return [...calls].sort((a, b) => a.startAt - b.startAt)
}

export const FIRST_MS = Date.parse('2025-10-12T10:30:00Z')

/** So many calls, one a second from `FIRST_MS`: inbound, answered after five seconds, of a minute, unless told otherwise. */
export function calls(count: number, members: (n: number) => Partial<AskedCall>): AskedCall[] {
  return Array.from({ length: count }, (_, n) => {
    const startAt = members(n).startAt ?? FIRST_MS + n * 1000
    return {
      startAt,
      endAt: startAt + 65_000,
      durationSeconds: 60,
      ringSeconds: 5,
      direction: 'inbound',
      status: 'completed',
      answered: true,
      customer: null,
      agent: null,
      phoneNumber: null,
      virtualNumber: null,
      endReason: null,
      domain: null,
      ...members(n),
    }
  })
}

/** What columns say of each call. */
export function rowsOf(columns: CallColumns): AskedCall[] {
  const known = (value: number | undefined) => (value === -1 ? null : (value ?? NaN))
  return Array.from({ length: columns.count }, (_, row) => {
    const marks = columns.marks[row] ?? NaN
    const texts = TEXTS.map((name) => {
      const { values, codes } = columns.texts[name]
      const code = codes[row] ?? NaN
      return [name, code === 0 ? null : values[code - 1]] as const
    })
    return {
      startAt: columns.startAt[row] ?? NaN,
      endAt: known(columns.endAt[row]),
      durationSeconds: known(columns.duration[row]),
      ringSeconds: known(columns.ring[row]),
      direction: marks & INBOUND ? 'inbound' : 'outbound',
      status: CALL_STATUSES[columns.status[row] ?? NaN] as AskedCall['status'],
      answered: (marks & ANSWERED) !== 0,
      customer: columns.customer[row] === 0 ? null : (columns.customer[row] ?? NaN),
      ...(Object.fromEntries(texts) as Pick<AskedCall, (typeof TEXTS)[number]>),
    }
  })
}
