import leven, { closestMatch } from 'leven'

/** Nobody mistypes a name of this length: longer ones are not worth comparing. */
const MAX_LENGTH = 64

/** What callers send must not grow memory for ever. */
const MAX_JUDGED = 1000

/** Further apart than a slip goes, it does not matter how far. */
const UP_TO_THREE = { maxDistance: 3 }

/** A name without what people get wrong first: its case and its separators. `customer_id` is `customerId`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_.:/-]/g, '')
}

/** The name that somebody who wrote another one most likely meant: for names that are refused anyway. */
export function closest(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined
  const written = plain(name)
  const plains = known.map(plain)
  const match = closestMatch(written, plains, { maxDistance: Math.max(1, Math.floor(written.length / 3)) })
  return match === undefined ? undefined : known[plains.indexOf(match)]
}

/** How a refusal goes on: `: did you mean startDate?`, or with what it says where no known name is close. */
export function suggestion(name: string, known: readonly string[], otherwise: string): string {
  const meant = closest(name, known)
  return meant === undefined ? otherwise : `: did you mean ${meant}?`
}

/**
 * Names that mean something among names that may be anything. It tells slips of the pen from names that somebody chose:
 * `callsid` and `conencted` are slips, `callDate`, `disconnected` and `callSid2` are not.
 */
export class KnownNames {
  readonly #names: ReadonlySet<string>
  readonly #byPlain: ReadonlyMap<string, string>
  /** Unknown names that were judged before: a caller sends the same ones with every event. */
  readonly #judged = new Map<string, string | undefined>()

  constructor(names: Iterable<string>) {
    this.#names = new Set(names)
    this.#byPlain = new Map([...this.#names].map((name) => [plain(name), name]))
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  /** The known name that an unknown one is a slip of; undefined when it is a name of its own. */
  meantBy(name: string): string | undefined {
    if (name.length > MAX_LENGTH) return undefined
    if (this.#judged.has(name)) return this.#judged.get(name)
    const meant = this.#judge(plain(name))
    if (this.#judged.size >= MAX_JUDGED) this.#judged.clear()
    this.#judged.set(name, meant)
    return meant
  }

  #judge(written: string): string | undefined {
    const same = this.#byPlain.get(written)
    if (same !== undefined) return same
    for (const [spelling, known] of this.#byPlain) if (isSlip(written, spelling)) return known
    return undefined
  }
}

/** One wrong letter in five, two at most, or two that changed places; never the first, and never just something added. */
function isSlip(written: string, known: string): boolean {
  if (written[0] !== known[0] || Math.abs(written.length - known.length) > 2 || written.startsWith(known)) return false
  const distance = leven(written, known, UP_TO_THREE)
  return distance <= Math.min(2, Math.floor(known.length / 5)) || (distance === 2 && sorted(written) === sorted(known))
}

function sorted(word: string): string {
  return Array.from(word).sort().join('')
}
