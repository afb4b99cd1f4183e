interface Entry<Value> {
  readonly value: Promise<Value>
  /** Once it has come. */
  settled?: Value
  staleAt: number
}

/**
 * Remembers what a slow source answered for as long as the answer counts as fresh. Callers that ask for the same key
 * at once share one load; a failed load is forgotten; the oldest answers make room for new ones.
 */
export class FreshCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>()
  readonly #clock: () => number
  readonly #maxAgeMs: (value: Value) => number
  readonly #maxEntries: number

  constructor(options: { clock: () => number; maxAgeMs: (value: Value) => number; maxEntries: number }) {
    this.#clock = options.clock
    this.#maxAgeMs = options.maxAgeMs
    this.#maxEntries = options.maxEntries
  }

  /** The answer, when it is there and fresh; undefined when `get` would have to wait for it. */
  peek(key: string): Value | undefined {
    const known = this.#entries.get(key)
    return known !== undefined && this.#clock() < known.staleAt ? known.settled : undefined
  }

  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key)
    if (known !== undefined && this.#clock() < known.staleAt) return known.value

    // Stays fresh for as long as the load takes, and from then on for as long as its answer says.
    const entry: Entry<Value> = { value: load(), staleAt: Infinity }
    this.#entries.delete(key)
    this.#makeRoom()
    this.#entries.set(key, entry)
    try {
      const value = (entry.settled = await entry.value)
      entry.staleAt = this.#clock() + this.#maxAgeMs(value)
      return value
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
  }

  #makeRoom(): void {
    if (this.#entries.size < this.#maxEntries) return
    const oldest = this.#entries.keys().next()
    if (oldest.done !== true) this.#entries.delete(oldest.value)
  }
}
