import { bytesOfCounts, type Counts } from './dimension-counts.js'

/** Values that were used lately, up to a number of bytes. The least recently used make room. */
export class ByteCache<Value> {
  readonly #entries = new Map<string, Value>()
  readonly #mostBytes: number
  readonly #bytesOf: (value: Value) => number
  #bytes = 0

  constructor(mostBytes: number, bytesOf: (value: Value) => number) {
    this.#mostBytes = mostBytes
    this.#bytesOf = bytesOf
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key)
    if (value === undefined) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.#remove(key)
    this.#entries.set(key, value)
    this.#bytes += this.#bytesOf(value)
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.#remove(oldest)
    }
  }

  #remove(key: string): void {
    const value = this.#entries.get(key)
    if (value === undefined) return
    this.#entries.delete(key)
    this.#bytes -= this.#bytesOf(value)
  }
}

export interface CachedDay {
  /** Sequence that it is right at. */
  readonly at: number
  readonly counts: Counts
}

/** A month as it was, and the days that have changed since. */
export interface CachedMonth {
  /** Sequence that `base` was right at, and the one that all of it is. */
  readonly builtAt: number
  readonly at: number
  readonly base: Counts
  /** What takes a day out of `base`, and what the day has now. */
  readonly days: ReadonlyMap<string, readonly [takenOut: Counts, now: Counts]>
}

/** The sum of several months as they were. */
export interface CachedSum {
  readonly bases: readonly Counts[]
  readonly counts: Counts
}

/** Counts that were read lately, by dimension, client, zone and period. */
export interface PageCache {
  readonly days: ByteCache<CachedDay>
  readonly months: ByteCache<CachedMonth>
  readonly sums: ByteCache<CachedSum>
}

export function pageCache(mostBytes: number): PageCache {
  return {
    days: new ByteCache(mostBytes / 8, ({ counts }) => bytesOfCounts(counts)),
    months: new ByteCache((mostBytes * 5) / 8, ({ base, days }) =>
      [base, ...[...days.values()].flat()].reduce((bytes, counts) => bytes + bytesOfCounts(counts), 0),
    ),
    // The months that it is the sum of are held by `months`, or were.
    sums: new ByteCache(mostBytes / 4, ({ counts }) => bytesOfCounts(counts)),
  }
}
