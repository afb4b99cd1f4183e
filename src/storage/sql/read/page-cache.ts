/** What each customer had of one day or month: numbers of customers ascend. */
export interface CustomerCounts {
  readonly customers: Uint32Array
  readonly calls: Uint32Array
  readonly seconds: Float64Array
}

interface Entry {
  /** Sequence that the page was built at. */
  readonly builtAt: number
  readonly counts: CustomerCounts
}

/** Pages that were read lately, decoded. The least recently used make room. */
export class PageCache {
  readonly #entries = new Map<string, Entry>()
  readonly #mostBytes: number
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** The page, when it is not behind a sequence. */
  get(key: string, changed: number): CustomerCounts | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined || entry.builtAt < changed) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.counts
  }

  set(key: string, builtAt: number, counts: CustomerCounts): void {
    this.#remove(key)
    this.#entries.set(key, { builtAt, counts })
    this.#bytes += bytesOf(counts)
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.#remove(oldest)
    }
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#bytes -= bytesOf(entry.counts)
  }
}

function bytesOf({ customers, calls, seconds }: CustomerCounts): number {
  return customers.byteLength + calls.byteLength + seconds.byteLength
}
