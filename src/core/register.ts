import { canonicalJson, type Json } from './json.js'

/**
 * One claim about one attribute: its value, the rank of who made it (higher wins), and the epoch millisecond it speaks
 * of. A short tuple, because every call is stored with a dozen.
 */
export type Register<Value extends Json = Json> = readonly [value: Value, rank: number, at: number]

/** Registers by the name of what they claim. */
export interface Registers {
  readonly [name: string]: Register
}

/** Among claims of one rank, which wins. */
export type Preference = 'earliest' | 'latest'

/**
 * The stronger of two claims: by rank, then by preference, then by canonical value, so that equal claims apart in
 * nothing but their origin still leave one outcome. A total order, hence commutative, associative and idempotent.
 */
export function stronger(a: Register, b: Register, preference: Preference): Register {
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
  const claims: [string, Register][] = []
  for (const [name, value] of members) {
    if (value === undefined || value === null || value === '') continue
    claims.push([name, [typeof value === 'object' ? (JSON.parse(canonicalJson(value)) as Json) : value, rank, at]])
  }
  return Object.fromEntries(claims.sort(byName))
}

export function joinMembers(a: Registers, b: Registers): Registers {
  const joined = new Map(Object.entries(a))
  const known = joined.size
  for (const [name, claim] of Object.entries(b)) {
    const other = joined.get(name)
    joined.set(name, other === undefined ? claim : stronger(other, claim, 'latest'))
  }
  // Mostly a later event tells of the same members: then they are in order already.
  return Object.fromEntries(joined.size === known ? joined : [...joined].sort(byName))
}

/** The object that the winning claims describe. */
export function valuesOf(members: Registers): Record<string, Json> {
  return Object.fromEntries(Object.entries(members).map(([name, [value]]) => [name, value]))
}

function byName([a]: readonly [string, Register], [b]: readonly [string, Register]): number {
  return a < b ? -1 : 1
}
