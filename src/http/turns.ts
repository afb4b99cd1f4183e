/** Steps of several kinds, of which each turn of the event loop takes a few, and of each kind as many. */

/** As many requests as are begun in about half a millisecond. */
export const IN_A_TURN = 8

type Step = () => void

export class Turns {
  /** Steps that wait, by kind. Whose kind had its turn goes to the end. */
  readonly #waiting = new Map<string, Step[]>()
  #left = IN_A_TURN
  #due = false

  /** Takes a step now, if this turn has room for it and nobody waits; else in one of the next. */
  take(kind: string, step: Step): void {
    this.#nextTurn()
    if (this.#left > 0 && this.#waiting.size === 0) {
      this.#left -= 1
      step()
      return
    }
    const own = this.#waiting.get(kind)
    if (own === undefined) this.#waiting.set(kind, [step])
    else own.push(step)
  }

  #nextTurn(): void {
    if (this.#due) return
    this.#due = true
    setImmediate(() => {
      this.#due = false
      this.#turn()
    })
  }

  #turn(): void {
    const steps: Step[] = []
    // Kinds that go to the end are met again.
    for (const [kind, own] of this.#waiting) {
      if (steps.length === IN_A_TURN) break
      steps.push(own.shift() as Step)
      this.#waiting.delete(kind)
      if (own.length > 0) this.#waiting.set(kind, own)
    }
    this.#left = IN_A_TURN - steps.length
    if (steps.length > 0) this.#nextTurn()
    for (const step of steps) step()
  }
}
