/** What may be open at once, unless told: exports, and recordings. An open one costs little, but not nothing. */
const MOST_OPEN = { client: 60, all: 200 }

/** Counts what is open and costs something while it is, by client and in all. */
export class ClientSlots {
  readonly #byClient = new Map<string, number>()
  readonly #most: Readonly<typeof MOST_OPEN>
  #all = 0

  constructor(most: Readonly<typeof MOST_OPEN> = MOST_OPEN) {
    this.#most = most
  }

  /** @returns what gives the place back, once; null when there is none left */
  take(clientId: string): (() => void) | null {
    const own = this.#byClient.get(clientId) ?? 0
    if (own >= this.#most.client || this.#all >= this.#most.all) return null
    this.#byClient.set(clientId, own + 1)
    this.#all += 1
    let taken = true
    return () => {
      if (!taken) return
      taken = false
      this.#all -= 1
      const left = (this.#byClient.get(clientId) as number) - 1
      if (left === 0) this.#byClient.delete(clientId)
      else this.#byClient.set(clientId, left)
    }
  }
}
