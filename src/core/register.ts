import { canonicalJson, type Json } from './json.js'
import { LIMITS } from './vocabulary.js'

/**
 * One claim about one attribute: its value, the rank of who made it (higher wins), and the epoch millisecond it speaks
 * of. A short tuple, because every call is stored with a dozen.
 */
export type Register<Value extends Json = Json> = readonly [value: Value, rank: number, at: number]

/** A claim about a member of an open object. `weight` is the most characters that the member ever took as JSON. */
export type MemberRegister = readonly [value: Json, rank: number, at: number, weight: number]

/** Registers by the name of what they claim, in the order of their names. */
export interface Registers {
  readonly [name: string]: MemberRegister
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
    if (value === undefined || value === null || value === '') continue
    const text = typeof value === 'object' ? canonicalJson(value) : JSON.stringify(value)
    const kept = typeof value === 'object' ? (JSON.parse(text) as Json) : value
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

/**
 * The first members, by name, that fit the limit together. Each is counted at the longest value it was ever claimed with, so
 * that one more claim can only push members out: a member left out of some of the events is left out of all of them, and
 * the outcome is the same whatever order they come in.
 */
function withinLength(claims: readonly (readonly [string, MemberRegister])[]): Registers {
  let length = 0
  for (const [, claim] of claims) length += claim[3]
  if (length <= LIMITS.callCustomerLength) return Object.fromEntries(claims)
  length = 0
  // Sorted here once more: objects move names that look like numbers to the front.
  const sorted = [...claims].sort(byName)
  const beyond = sorted.findIndex(([, claim]) => (length += claim[3]) > LIMITS.callCustomerLength)
  return Object.fromEntries(sorted.slice(0, beyond))
}

/** As a member of a JSON object: its name in quotes, a colon, its value and a comma. */
export function weightOf(name: string, valueText: string): number {
  return JSON.stringify(name).length + valueText.length + 2
}

/** The object that the winning claims describe. */
export function valuesOf(members: Registers): Record<string, Json> {
  return Object.fromEntries(Object.entries(members).map(([name, [value]]) => [name, value]))
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
