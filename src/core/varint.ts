/**
 * Whole numbers in as few bytes as they need: seven bits a byte, lowest first, the eighth says that more follow (LEB128).
 * Numbers up to 2^53, so no bitwise operators on what may be longer than 31 bits.
 */

/** Seven bits a byte, for numbers up to 2^53. */
const LONGEST_VARINT = 8
const TWO_28 = 2 ** 28

export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(size = 256) {
    this.#bytes = new Uint8Array(size)
  }

  get length(): number {
    return this.#length
  }

  /** @param value a whole number from 0 */
  varint(value: number): void {
    if (this.#length + LONGEST_VARINT > this.#bytes.length) this.#grow(LONGEST_VARINT)
    let rest = value
    while (rest >= TWO_28) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
  }

  /** A whole number of either sign: small ones take few bytes (ZigZag). */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value)
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** A copy of what was written. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #grow(by: number): void {
    const grown = new Uint8Array((this.#bytes.length + by) * 2)
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.#at = at
  }

  get at(): number {
    return this.#at
  }

  skip(bytes: number): void {
    this.#at += bytes
  }

  varint(): number {
    const bytes = this.#bytes
    let byte = bytes[this.#at++] as number
    if (byte < 128) return byte
    let value = byte & 127
    let scale = 128
    do {
      byte = bytes[this.#at++] as number
      value += (byte & 127) * scale
      scale *= 128
    } while (byte >= 128)
    return value
  }

  signed(): number {
    const value = this.varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }

  /** The next numbers, into the first places of `into`. */
  varints(into: Float64Array, count: number): void {
    const bytes = this.#bytes
    let at = this.#at
    for (let i = 0; i < count; i++) {
      let byte = bytes[at++] as number
      if (byte < 128) {
        into[i] = byte
        continue
      }
      let value = byte & 127
      let scale = 128
      do {
        byte = bytes[at++] as number
        value += (byte & 127) * scale
        scale *= 128
      } while (byte >= 128)
      into[i] = value
    }
    this.#at = at
  }
}
