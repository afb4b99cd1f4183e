/**
 * What questions are answered from: sums, histograms and sets of what some calls have, by group. Groups of two stretches of time
 * add up to those of both, in any order.
 */
import { BUCKETS } from './histogram.js'
import type { Key } from './selection.js'
import { SUMS } from './vocabulary.js'

/** Every sum, as indexes in `SUMS`. */
const ALL_SUMS = SUMS.map((_, sum) => sum)

/** What is gathered beside the sums, because only some metrics need it: how long things took, and whom calls were of. */
export const HISTOGRAMS = ['talk', 'ring', 'callBack'] as const
export const SETS = ['customers', 'numbers', 'missedNumbers', 'repeatNumbers'] as const
type HistogramPart = (typeof HISTOGRAMS)[number]
type SetPart = (typeof SETS)[number]
export type Part = HistogramPart | SetPart

type Members = Set<number | string>

/** Keys that are numbers lie close together, as customers are numbered. */
const MOST_DENSE = 2 ** 22

/** Numbers of the keys of one thing that is grouped by, in the order in which they were met. */
class Codes {
  /** Keys that were met before all others, which several may go on from: they are never added to. */
  readonly #base: Codes | null
  readonly #own: Key[] = []
  readonly #known = new Map<Key, number>()
  /** By keys that are numbers: 1 + their number, 0 for none. */
  #dense = new Uint32Array(64)

  constructor(base: Codes | null = null) {
    this.#base = base
  }

  get size(): number {
    return this.#baseSize + this.#own.length
  }

  get #baseSize(): number {
    return this.#base === null ? 0 : this.#base.size
  }

  keyAt(code: number): Key {
    const own = code - this.#baseSize
    return own < 0 ? (this.#base as Codes).keyAt(code) : (this.#own[own] as Key)
  }

  of(key: Key): number {
    const known = this.find(key)
    if (known !== undefined) return known
    const { size } = this
    if (isDense(key)) this.#addDense(key, size)
    else this.#known.set(key, size)
    this.#own.push(key)
    return size
  }

  find(key: Key): number | undefined {
    const before = this.#base?.find(key)
    if (before !== undefined) return before
    if (!isDense(key)) return this.#known.get(key)
    const code = this.#dense[key] ?? 0
    return code === 0 ? undefined : code - 1
  }

  #addDense(key: number, code: number): void {
    if (key >= this.#dense.length) {
      const grown = new Uint32Array(Math.max(key + 1, this.#dense.length * 2))
      grown.set(this.#dense)
      this.#dense = grown
    }
    this.#dense[key] = code + 1
  }
}

function isDense(key: Key): key is number {
  return typeof key === 'number' && key < MOST_DENSE
}

/** More keys than anything that is grouped by has. */
const MOST_KEYS = 2 ** 26

export class Groups {
  /** By group; of the parts that were asked for alone. */
  readonly histograms: Readonly<Partial<Record<HistogramPart, Uint32Array[]>>>
  readonly sets: Readonly<Partial<Record<SetPart, Members[]>>>
  readonly #parts: readonly Part[]
  /** Indexes in `SUMS` of those that are told, in the order in which a group has them. */
  readonly told: readonly number[]
  /** By sum: its place among those of a group. */
  readonly #slots: readonly number[]
  readonly #width: number
  #ones = new Codes()
  readonly #others = new Codes()
  /** Not known while there is no group. */
  #depth = 0
  /** By the numbers of both keys; of one key alone its number is the place. */
  readonly #combined = new Map<number, number>()
  readonly #codes: number[] = []
  #size = 0
  #sums: Float64Array

  /** @param sums indexes in `SUMS` of those that are told; there may be very many groups */
  constructor(parts: readonly Part[], sums = ALL_SUMS as readonly number[]) {
    const asked = <P extends Part, Value>(all: readonly P[]): Partial<Record<P, Value[]>> => {
      return Object.fromEntries(all.filter((part) => parts.includes(part)).map((part) => [part, []])) as never
    }
    this.#parts = parts
    this.told = sums
    this.#width = sums.length
    this.#slots = Array.from(SUMS, (_, sum) => sums.indexOf(sum))
    this.#sums = new Float64Array(this.#width * 16)
    this.histograms = asked(HISTOGRAMS)
    this.sets = asked(SETS)
  }

  /** Sums of a group, and where one of them stands among them. */
  get width(): number {
    return this.#width
  }

  slotOf(sum: number): number {
    return this.#slots[sum] as number
  }

  get size(): number {
    return this.#size
  }

  /** The keys of all groups, by their places. */
  get keys(): (readonly Key[])[] {
    return Array.from({ length: this.#size }, (_, place) => this.keysAt(place))
  }

  /** How many keys a group has. */
  get depth(): number {
    return this.#depth
  }

  keysAt(place: number): readonly Key[] {
    return Array.from({ length: this.#depth }, (_, which) => this.keyAt(place, which))
  }

  /** @param which of its keys: 0 is the first, or null for the group of everything */
  keyAt(place: number, which: number): Key {
    if (this.#depth === 0) return null
    if (this.#depth === 1) return this.#ones.keyAt(place)
    const code = this.#codes[place] as number
    return which === 0 ? this.#ones.keyAt(Math.floor(code / MOST_KEYS)) : this.#others.keyAt(code % MOST_KEYS)
  }

  /** All sums, those of a group one after the other in the order in which they were named: right until a group is added. */
  get sums(): Float64Array {
    return this.#sums
  }

  sumsOf(group: number): Float64Array {
    return this.#sums.subarray(group * this.#width, (group + 1) * this.#width)
  }

  sumOf(group: number, sum: number): number {
    return this.#sums[group * this.#width + (this.#slots[sum] as number)] as number
  }

  find(keys: readonly Key[]): number | undefined {
    const [one = null, other = null] = keys
    if (keys.length < 2) return this.#ones.find(one)
    return this.#combined.get((this.#ones.find(one) ?? NaN) * MOST_KEYS + (this.#others.find(other) ?? NaN))
  }

  /** The place of a group, which is made if there is none. */
  place(keys: readonly Key[]): number {
    const [one = null, other = null] = keys
    return this.placeOf(keys.length, one, other)
  }

  /** The same, of the keys one by one: there may be very many. @param depth how many of them there are */
  placeOf(depth: number, one: Key, other: Key): number {
    this.#depth = depth
    const first = this.#ones.of(one)
    if (depth < 2) return first === this.#size ? this.#make() : first
    const code = first * MOST_KEYS + this.#others.of(other)
    const known = this.#combined.get(code)
    if (known !== undefined) return known
    this.#combined.set(code, this.#size)
    this.#codes.push(code)
    return this.#make()
  }

  #make(): number {
    const place = this.#size
    this.#size += 1
    if (this.#sums.length < this.#size * this.#width) this.reserve(this.#size * 2)
    for (const counts of Object.values(this.histograms)) counts.push(new Uint32Array(BUCKETS))
    for (const members of Object.values(this.sets)) members.push(new Set())
    return place
  }

  /** Those by whose keys others can go on; null of groups that have more than sums, or more keys than one. */
  get codes(): Codes | null {
    return this.#depth === 1 && this.#parts.length === 0 ? this.#ones : null
  }

  /** Begins with groups that are known, which takes no look-up of each. They have no sums yet. @param codes as others told them */
  beginWith(codes: Codes): void {
    this.#depth = 1
    this.#ones = new Codes(codes)
    this.#size = codes.size
    this.reserve(codes.size)
  }

  /** Makes room for so many groups at once. */
  reserve(groups: number): void {
    if (groups * this.#width <= this.#sums.length) return
    const grown = new Float64Array(groups * this.#width)
    grown.set(this.#sums)
    this.#sums = grown
  }

  /** @param other groups with the same sums */
  addGroup(place: number, other: Groups, from: number): void {
    const width = this.#width
    const [own, its] = [this.#sums, other.#sums]
    const [to, at] = [place * width, from * width]
    for (let sum = 0; sum < width; sum++) own[to + sum] = (own[to + sum] as number) + (its[at + sum] as number)
    this.addParts(place, other, from)
  }

  addParts(place: number, other: Pick<Groups, 'histograms' | 'sets'>, from: number): void {
    if (this.#parts.length === 0) return
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
    const total = this.#ofNone()
    for (let from = 0; from < this.#size; from++) total.addGroup(0, this, from)
    return total
  }

  /** One group of what some groups have, by their places; empty where there are none of them. */
  totalOf(groups: readonly number[]): Groups {
    const total = this.#ofNone()
    for (const from of groups) total.addGroup(0, this, from)
    return total
  }

  #ofNone(): Groups {
    const none = new Groups(this.#parts, this.told)
    none.place([])
    return none
  }
}

/** Numbers as they are kept: all that count calls are small. */
type Column = Uint32Array | Float64Array

/** Keys that are all numbers take less room. */
type Keys = readonly Key[] | Uint32Array

function keysOf(groups: Groups, which: number): Keys {
  const keys: Key[] = []
  for (let place = 0; place < groups.size; place++) keys.push(groups.keyAt(place, which))
  return keys.every(isDense) ? Uint32Array.from(keys) : keys
}

function bytesOfKeys(keys: Keys): number {
  return keys instanceof Uint32Array ? keys.byteLength : keys.length * KEY_BYTES
}

/** Bytes of a key, of its place among others, and of a member of a set, about. */
const KEY_BYTES = 48
const CODE_BYTES = 40
const MEMBER_BYTES = 40

/** Groups that are kept to be added to others: of their sums those alone that are asked for. */
export class KeptGroups {
  readonly bytes: number
  readonly #depth: number
  readonly #ones: Keys
  readonly #others: Keys
  readonly #columns: readonly (readonly [sum: number, column: Column])[]
  readonly #parts: Pick<Groups, 'histograms' | 'sets'>
  readonly #codes: Codes | null

  /**
   * @param sums indexes in `SUMS` of those that are kept
   * @param isBeginning whether sums begin with these groups: then no key has to be looked up, which takes room
   */
  constructor(groups: Groups, sums: readonly number[], isBeginning = false) {
    this.#depth = groups.depth
    this.#codes = isBeginning ? groups.codes : null
    this.#ones = keysOf(groups, 0)
    this.#others = this.#depth < 2 ? [] : keysOf(groups, 1)
    this.#columns = sums.map((sum) => [sum, columnOf(groups, sum)])
    const { histograms, sets } = groups
    this.#parts = { histograms, sets }
    const members = Object.values(sets).flat()
    this.bytes =
      (this.#codes?.size ?? 0) * CODE_BYTES +
      bytesOfKeys(this.#ones) +
      bytesOfKeys(this.#others) +
      this.#columns.reduce((bytes, [, { byteLength }]) => bytes + byteLength, 0) +
      Object.values(histograms).flat().length * BUCKETS * 4 +
      members.reduce((bytes, { size }) => bytes + (5 + size) * MEMBER_BYTES, 0)
  }

  addTo(groups: Groups): void {
    const depth = this.#depth
    const isKnown = groups.size === 0 && this.#codes !== null
    if (isKnown) groups.beginWith(this.#codes)
    else groups.reserve(this.#ones.length)
    const columns = this.#columns.map(([sum, column]) => [groups.slotOf(sum), column] as const)
    const { width } = groups
    for (let from = 0; from < this.#ones.length; from++) {
      const place = isKnown
        ? from
        : groups.placeOf(depth, this.#ones[from] as Key, depth < 2 ? null : (this.#others[from] as Key))
      const { sums } = groups
      for (const [slot, column] of columns) {
        const at = place * width + slot
        sums[at] = (sums[at] as number) + (column[from] as number)
      }
      groups.addParts(place, this.#parts, from)
    }
  }
}

function columnOf(groups: Groups, sum: number): Column {
  const { size, sums, width } = groups
  const slot = groups.slotOf(sum)
  const column = new Float64Array(size)
  for (let place = 0; place < size; place++) column[place] = sums[place * width + slot] as number
  return column.every((value) => value < 2 ** 32) ? new Uint32Array(column) : column
}
