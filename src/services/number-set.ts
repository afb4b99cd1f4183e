/** Numbers that one part of the set has a bit for. */
const PART = 32_768

/** A set of whole numbers that lie close together: a bit each. */
export class NumberSet {
  readonly #parts = new Map<number, Uint8Array>()

  /** @returns whether it was not in the set before */
  add(number: number): boolean {
    const index = Math.floor(number / PART)
    let part = this.#parts.get(index)
    if (part === undefined) this.#parts.set(index, (part = new Uint8Array(PART / 8)))
    const bit = number % PART
    const before = part[bit >> 3] as number
    const after = before | (1 << (bit & 7))
    part[bit >> 3] = after
    return after !== before
  }
}
