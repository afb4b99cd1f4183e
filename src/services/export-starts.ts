/**
 * Exports of which nobody knows yet whether they are read. A system takes in some megabytes for a reader before it holds the
 * server up; an export that is not read shows it only then. So few are in this state at a time: then it is over soon, and
 * nobody fills the system's memory with files that are not read.
 */
const MOST_STARTING = { client: 4, all: 8 }
/** Who waits longer is refused: a connection is not held for a reader of whom nothing is known. */
const LONGEST_WAIT_MS = 1_000

interface Waiting {
  readonly clientId: string
  readonly go: (over: () => void) => void
}

export class ExportStarts {
  readonly #most: Readonly<typeof MOST_STARTING>
  readonly #byClient = new Map<string, number>()
  readonly #waiting = new Set<Waiting>()
  #all = 0

  constructor(most: Readonly<typeof MOST_STARTING> = MOST_STARTING) {
    this.#most = most
  }

  /**
   * Waits for its turn to start, for a while.
   * @returns what says that the start is over, and may say so again; null when the turn did not come
   */
  take(clientId: string): Promise<(() => void) | null> {
    if (this.#mayGo(clientId)) return Promise.resolve(this.#enter(clientId))
    return new Promise((resolve) => {
      const waiting: Waiting = {
        clientId,
        go: (over) => {
          clearTimeout(late)
          resolve(over)
        },
      }
      this.#waiting.add(waiting)
      const late = setTimeout(() => {
        this.#waiting.delete(waiting)
        resolve(null)
      }, LONGEST_WAIT_MS)
    })
  }

  #mayGo(clientId: string): boolean {
    return this.#all < this.#most.all && this.#startingOf(clientId) < this.#most.client
  }

  #startingOf(clientId: string): number {
    return this.#byClient.get(clientId) ?? 0
  }

  #enter(clientId: string): () => void {
    this.#byClient.set(clientId, this.#startingOf(clientId) + 1)
    this.#all += 1
    let starting = true
    return () => {
      if (!starting) return
      starting = false
      this.#all -= 1
      const left = this.#startingOf(clientId) - 1
      if (left === 0) this.#byClient.delete(clientId)
      else this.#byClient.set(clientId, left)
      this.#next()
    }
  }

  #next(): void {
    for (const waiting of this.#waiting) {
      if (!this.#mayGo(waiting.clientId)) continue
      this.#waiting.delete(waiting)
      waiting.go(this.#enter(waiting.clientId))
      return
    }
  }
}
