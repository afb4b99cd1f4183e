/**
 * What questions are answered from: sums, histograms and sets of what some calls have, by group. Groups of two stretches of time
 * add up to those of both, in any order.
 */
import { BUCKETS } from './histogram.js'
import type { Key } from './selection.js'
import { SUMS } from './vocabulary.js'

const WIDTH = SUMS.length

/** What is gathered beside the sums, because only some metrics need it. */
export const PARTS = ['talk', 'ring', 'customers', 'numbers'] as const
export type Part = (typeof PARTS)[number]

type Histograms = Uint32Array[]
type Sets = Set<number | string>[]

export class Groups {
  readonly keys: (readonly Key[])[] = []
  readonly talk: Histograms | null
  readonly ring: Histograms | null
  readonly customers: Sets | null
  readonly numbers: Sets | null
  readonly #parts: readonly Part[]
  readonly #places = new Map<string, number>()
  #sums = new Float64Array(WIDTH * 16)

  constructor(parts: readonly Part[]) {
    this.#parts = parts
    this.talk = parts.includes('talk') ? [] : null
    this.ring = parts.includes('ring') ? [] : null
    this.customers = parts.includes('customers') ? [] : null
    this.numbers = parts.includes('numbers') ? [] : null
  }

  get size(): number {
    return this.keys.length
  }

  /** All sums, those of a group one after the other in the order of `SUMS`: right until a group is added. */
  get sums(): Float64Array {
    return this.#sums
  }

  sumsOf(group: number): Float64Array {
    return this.#sums.subarray(group * WIDTH, (group + 1) * WIDTH)
  }

  find(keys: readonly Key[]): number | undefined {
    return this.#places.get(nameOf(keys))
  }

  /** The place of a group, which is made if there is none. */
  place(keys: readonly Key[]): number {
    const name = nameOf(keys)
    const known = this.#places.get(name)
    if (known !== undefined) return known
    const place = this.keys.push(keys) - 1
    this.#places.set(name, place)
    if (this.#sums.length < (place + 1) * WIDTH) {
      const grown = new Float64Array(this.#sums.length * 2)
      grown.set(this.#sums)
      this.#sums = grown
    }
    this.talk?.push(new Uint32Array(BUCKETS))
    this.ring?.push(new Uint32Array(BUCKETS))
    this.customers?.push(new Set())
    this.numbers?.push(new Set())
    return place
  }

  /** Adds what others have. */
  add(other: Groups): void {
    for (const [from, keys] of other.keys.entries()) this.addGroup(this.place(keys), other, from)
  }

  addGroup(place: number, other: Groups, from: number): void {
    const [own, its] = [this.sumsOf(place), other.sumsOf(from)]
    for (let sum = 0; sum < WIDTH; sum++) own[sum] = (own[sum] as number) + (its[sum] as number)
    for (const name of this.#parts) {
      if (name === 'talk' || name === 'ring') {
        const [counts, more] = [this[name]?.[place], other[name]?.[from]] as [Uint32Array, Uint32Array]
        for (let bucket = 0; bucket < BUCKETS; bucket++) {
          counts[bucket] = (counts[bucket] as number) + (more[bucket] as number)
        }
      } else {
        const [set, more] = [this[name]?.[place], other[name]?.[from]] as [Sets[number], Sets[number]]
        for (const value of more) set.add(value)
      }
    }
  }

  /** One group of everything. */
  total(): Groups {
    return this.totalOf(this.keys)
  }

  /** One group of what some groups have; empty where there are none of them. */
  totalOf(groups: readonly (readonly Key[])[]): Groups {
    const total = new Groups(this.#parts)
    const place = total.place([])
    for (const keys of groups) {
      const from = this.find(keys)
      if (from !== undefined) total.addGroup(place, this, from)
    }
    return total
  }

  get bytes(): number {
    const histograms = (this.talk?.length ?? 0) + (this.ring?.length ?? 0)
    const members = [...(this.customers ?? []), ...(this.numbers ?? [])].reduce((sum, { size }) => sum + size, 0)
    return this.size * (WIDTH * 8 + 150) + histograms * BUCKETS * 4 + members * 40
  }
}

/** Texts hold no NUL, and numbers look like no text that a key of the same place could be. */
function nameOf(keys: readonly Key[]): string {
  return keys.map((key) => (key === null ? '\0-' : `${key}\0+`)).join('')
}
