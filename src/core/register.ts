import { canonicalJson, type Json } from './json.js'
import { MAX_INSTANT_MS } from './instants.js'
import { LIMITS } from './limits.js'

/**
 * One claim about one attribute: its value, the rank of who made it (higher wins), and the epoch millisecond it speaks
 * of. A short tuple, because every call is stored with a dozen.
 */
export type Register<Value extends Json = Json> = readonly [value: Value, rank: number, at: number]

/** A claim about a member of an open object. `weight` is the most characters that the member ever took as JSON. */
export type MemberRegister = readonly [value: Json, rank: number, at: number, weight: number]

/**
 * Registers by the name of what they claim, in the order of their names. The first member beyond the limit is among them
 * as a mark with the value null: see `withinLength`.
 */
export interface Registers {
  readonly [name: string]: MemberRegister
}

/** How far from its event a time in its data may lie and be believed: further off is another clock or another unit. */
const BELIEVED_MS = 24 * 60 * 60 * 1000

/** Whether a time that an event tells of may be right. Epoch milliseconds, both. */
export function isBelieved(instant: number, occurredAt: number): boolean {
  return Math.abs(instant - occurredAt) <= BELIEVED_MS && instant < MAX_INSTANT_MS
}

/** Among claims of one rank, which wins. */
export type Preference = 'earliest' | 'latest'

/**
 * The stronger of two claims: by rank, then by preference, then by canonical value, so that equal claims apart in
 * nothing but their origin still leave one outcome. A total order, hence commutative, associative and idempotent.
 */
export function stronger<Claim extends Register | MemberRegister>(a: Claim, b: Claim, preference: Preference): Claim {
  if (a[1] !== b[1]) return a[1] > b[1] ? a : b
  if (a[2] !== b[2]) return a[2] > b[2] === (preference === 'latest') ? a : b
  return canonicalJson(a[0]) >= canonicalJson(b[0]) ? a : b
}

/**
 * Claims about the members of an open object, where a later claim replaces an earlier one. Empty text and null claim
 * nothing. Members come in the order of their names and nested values in canonical form, so that equal claims are
 * equal in every byte.
 */
export function claimMembers(
  members: Iterable<readonly [string, Json | undefined]>,
  rank: number,
  at: number,
): Registers {
  const claims: [string, MemberRegister][] = []
  for (const [name, value] of members) {
    const text = canonicalJson(value)
    if (text === 'null' || text === '""') continue
    // As it comes back from storage: JSON has no -0, and the members of objects come in one order.
    const kept = typeof value === 'string' ? value : (JSON.parse(text) as Json)
    claims.push([name, [kept, rank, at, weightOf(name, text)]])
  }
  return withinLength(claims.sort(byName))
}

export function joinMembers(a: Registers, b: Registers): Registers {
  const joined = new Map(Object.entries(a))
  const known = joined.size
  for (const [name, claim] of Object.entries(b)) {
    const other = joined.get(name)
    if (other === undefined) {
      joined.set(name, claim)
      continue
    }
    const winner = stronger(other, claim, 'latest')
    const weight = Math.max(other[3], claim[3])
    joined.set(name, winner[3] === weight ? winner : [winner[0], winner[1], winner[2], weight])
  }
  // Mostly a later event tells of the same members: then they are in order already.
  return withinLength(joined.size === known ? [...joined] : [...joined].sort(byName))
}

/** What an object takes beside its members, each with a comma: two braces, and the last member has no comma. */
export const BRACES = 1

/** Longer than the limit by itself, so that no other claim about the member brings it back. */
export const MARK: MemberRegister = [null, 0, 0, LIMITS.callCustomerLength + 1]

/**
 * The first members, by name, that fit the limit together. Each is counted at the longest value it was ever claimed with, so
 * one more claim can only push members out. The first one beyond the limit leaves a mark: what is beyond it in some of the
 * events is beyond it in all of them, and must not come back with a shorter claim. So the outcome is the same whatever order
 * they come in.
 */
function withinLength(claims: readonly (readonly [string, MemberRegister])[]): Registers {
  let length = BRACES
  for (const [, claim] of claims) length += claim[3]
  if (length <= LIMITS.callCustomerLength) return Object.fromEntries(claims)
  length = BRACES
  // Sorted here once more: objects move names that look like numbers to the front.
  const sorted = [...claims].sort(byName)
  const fitting = sorted.findIndex(([, claim]) => (length += claim[3]) > LIMITS.callCustomerLength)
  const [beyond] = sorted[fitting] as readonly [string, MemberRegister]
  return Object.fromEntries([...sorted.slice(0, fitting), [beyond, MARK]])
}

/** As a member of a JSON object: its name in quotes, a colon, its value and a comma. */
export function weightOf(name: string, valueText: string): number {
  return JSON.stringify(name).length + valueText.length + 2
}

/** The object that the winning claims describe. */
export function valuesOf(members: Registers): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([, claim]) => !isMark(claim))
      .map(([name, [value]]) => [name, value]),
  )
}

/** Nothing but a mark claims null. */
export function isMark([value]: MemberRegister): boolean {
  return value === null
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
