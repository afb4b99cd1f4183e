/** Who wants to hear of clients for whom events were recorded. */
export class Recorded {
  readonly #listeners = new Set<(clientId: string) => void>()

  listen(listener: (clientId: string) => void): () => void {
    // A function of its own, so that one that listens twice is told twice, and stops once.
    const own = (clientId: string): void => {
      listener(clientId)
    }
    this.#listeners.add(own)
    return () => {
      this.#listeners.delete(own)
    }
  }

  tell(clientIds: Iterable<string>): void {
    for (const clientId of clientIds) for (const listener of this.#listeners) listener(clientId)
  }
}

/** The clients of some events, each once. */
export function clientsOf(items: readonly { readonly clientId: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ clientId }) => clientId))
}
