import { hkdfSync } from 'node:crypto'

/** What keys are derived for: one that leaks, or is worn out, says nothing of the others. */
export type Purpose =
  'credentials' | 'cursors' | 'agent-sessions' | 'status-callbacks' | 'stream-tokens' | 'erasures' | 'masked-cursors'

const KEY_BYTES = 32
const ID_BYTES = 6

/** One secret key, and what is derived from it (RFC 5869). */
export class RingKey {
  /** Names the key in what was made with it, and tells nothing of it. */
  readonly id: string
  /** The key itself, with which texts of the first version are sealed. */
  readonly own: Buffer
  readonly #derived = new Map<Purpose, Buffer>()

  constructor(own: Buffer) {
    this.own = own
    this.id = derive(own, 'id', ID_BYTES).toString('hex')
  }

  derived(purpose: Purpose): Buffer {
    const known = this.#derived.get(purpose)
    if (known !== undefined) return known
    const key = derive(this.own, purpose, KEY_BYTES)
    this.#derived.set(purpose, key)
    return key
  }
}

function derive(key: Buffer, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `exotel-call-ribbon ${purpose}`, length))
}

/**
 * The secret keys of a server: the current one, with which everything is made, and former ones, which still open what was
 * made with them.
 */
export class KeyRing {
  #keys: readonly RingKey[]
  readonly #readAgain: () => Promise<readonly Buffer[]>

  /**
   * @param keys the current key first
   * @param readAgain reads the keys from where they are kept, which another process may have changed
   */
  constructor(keys: readonly Buffer[], readAgain: () => Promise<readonly Buffer[]> = () => Promise.resolve(keys)) {
    this.#keys = keys.map((key) => new RingKey(key))
    this.#readAgain = readAgain
  }

  /** The current key first. */
  get keys(): readonly RingKey[] {
    return this.#keys
  }

  get current(): RingKey {
    return this.#keys[0] as RingKey
  }

  find(id: string): RingKey | undefined {
    return this.#keys.find((key) => key.id === id)
  }

  /** Takes over what another process made of the keys. */
  async refresh(): Promise<void> {
    this.#keys = (await this.#readAgain()).map(
      (own) => this.#keys.find((key) => key.own.equals(own)) ?? new RingKey(own),
    )
  }
}
