/** How many messages are under way at once, over all endpoints. Endpoints that wait for a place get it in turn. */
export class Slots {
  readonly #most: number
  readonly #waiting = new Set<() => void>()
  #taken = 0

  constructor(most: number) {
    this.#most = most
  }

  /** @param again is called when a place is free again, if there is none now */
  take(again: () => void): boolean {
    if (this.#taken >= this.#most) {
      this.#waiting.add(again)
      return false
    }
    this.#taken += 1
    return true
  }

  release(): void {
    this.#taken -= 1
    const [next] = this.#waiting
    if (next === undefined) return
    this.#waiting.delete(next)
    next()
  }
}
