/**
 * What questions are answered from: sums, histograms and sets of what some calls have, by group. Groups of two stretches of time
 * add up to those of both, in any order.
 */
import { BUCKETS } from './histogram.js'
import type { Key } from './selection.js'
import { SUMS } from './vocabulary.js'

const WIDTH = SUMS.length

/** What is gathered beside the sums, because only some metrics need it: how long things took, and whom calls were of. */
export const HISTOGRAMS = ['talk', 'ring', 'callBack'] as const
export const SETS = ['customers', 'numbers', 'missedNumbers', 'repeatNumbers'] as const
type HistogramPart = (typeof HISTOGRAMS)[number]
type SetPart = (typeof SETS)[number]
export type Part = HistogramPart | SetPart

type Members = Set<number | string>

export class Groups {
  readonly keys: (readonly Key[])[] = []
  /** By group; of the parts that were asked for alone. */
  readonly histograms: Readonly<Partial<Record<HistogramPart, Uint32Array[]>>>
  readonly sets: Readonly<Partial<Record<SetPart, Members[]>>>
  readonly #parts: readonly Part[]
  /** Keys of the first and of the second thing that is grouped by, by numbers that make one with each other. */
  readonly #codes = [new Map<Key, number>(), new Map<Key, number>()] as const
  readonly #places = new Map<number, number>()
  #sums = new Float64Array(WIDTH * 16)

  constructor(parts: readonly Part[]) {
    const asked = <P extends Part, Value>(all: readonly P[]): Partial<Record<P, Value[]>> => {
      return Object.fromEntries(all.filter((part) => parts.includes(part)).map((part) => [part, []])) as never
    }
    this.#parts = parts
    this.histograms = asked(HISTOGRAMS)
    this.sets = asked(SETS)
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

  find([one = null, other = null]: readonly Key[]): number | undefined {
    const [ones, others] = this.#codes
    return this.#places.get((ones.get(one) ?? NaN) * MOST_KEYS + (others.get(other) ?? NaN))
  }

  /** The place of a group, which is made if there is none. */
  place(keys: readonly Key[]): number {
    const [one = null, other = null] = keys
    const [ones, others] = this.#codes
    const code = codeOf(ones, one) * MOST_KEYS + codeOf(others, other)
    const known = this.#places.get(code)
    if (known !== undefined) return known
    const place = this.keys.push(keys) - 1
    this.#places.set(code, place)
    if (this.#sums.length < (place + 1) * WIDTH) {
      const grown = new Float64Array(this.#sums.length * 2)
      grown.set(this.#sums)
      this.#sums = grown
    }
    for (const counts of Object.values(this.histograms)) counts.push(new Uint32Array(BUCKETS))
    for (const members of Object.values(this.sets)) members.push(new Set())
    return place
  }

  /** Adds what others have. */
  add(other: Groups): void {
    for (const [from, keys] of other.keys.entries()) this.addGroup(this.place(keys), other, from)
  }

  addGroup(place: number, other: Groups, from: number): void {
    const [own, its] = [this.#sums, other.#sums]
    const [to, at] = [place * WIDTH, from * WIDTH]
    for (let sum = 0; sum < WIDTH; sum++) own[to + sum] = (own[to + sum] as number) + (its[at + sum] as number)
    if (this.#parts.length > 0) this.#addParts(place, other, from)
  }

  #addParts(place: number, other: Groups, from: number): void {
    for (const [part, histograms] of Object.entries(this.histograms) as [HistogramPart, Uint32Array[]][]) {
      const counts = histograms[place] as Uint32Array
      const more = other.histograms[part]?.[from] as Uint32Array
      for (let bucket = 0; bucket < BUCKETS; bucket++) {
        counts[bucket] = (counts[bucket] as number) + (more[bucket] as number)
      }
    }
    for (const [part, sets] of Object.entries(this.sets) as [SetPart, Members[]][]) {
      for (const member of other.sets[part]?.[from] as Members) sets[place]?.add(member)
    }
  }

  /** One group of everything. */
  total(): Groups {
    return this.totalOf(this.keys.keys())
  }

  /** One group of what some groups have, by their places; empty where there are none of them. */
  totalOf(groups: Iterable<number>): Groups {
    const total = new Groups(this.#parts)
    const place = total.place([])
    for (const from of groups) total.addGroup(place, this, from)
    return total
  }

  get bytes(): number {
    const histograms = Object.values(this.histograms).reduce((sum, { length }) => sum + length, 0)
    const members = Object.values(this.sets)
      .flat()
      .reduce((sum, { size }) => sum + 5 + size, 0)
    return this.size * (WIDTH * 8 + 150) + histograms * BUCKETS * 4 + members * 40
  }
}

/** More keys than anything that is grouped by has. */
const MOST_KEYS = 2 ** 26

function codeOf(codes: Map<Key, number>, key: Key): number {
  const known = codes.get(key)
  if (known !== undefined) return known
  codes.set(key, codes.size)
  return codes.size - 1
}
