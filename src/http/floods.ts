/** Lines of one kind that are logged singly in a second. */
const SINGLY = 10
const SECOND_MS = 1_000
/** How long the others are counted before one line tells how many they were. */
const SUM_MS = 5_000

interface Seen<Line> {
  readonly line: Line
  since: number
  inSecond: number
  more: number
}

/** Counts lines that say the same again and again, so that nobody can fill a disk by being refused. */
export class Floods<Line> {
  readonly #say: (line: Line, count: number) => void
  readonly #now: () => number
  readonly #seen = new Map<string, Seen<Line>>()
  #summing: NodeJS.Timeout | undefined

  /**
   * @param say logs how many more lines there were of a kind
   * @param now milliseconds that only grow
   */
  constructor(say: (line: Line, count: number) => void, now: () => number = performance.now.bind(performance)) {
    this.#say = say
    this.#now = now
  }

  /** @returns whether the line is to be logged by itself; else it is counted */
  admits(kind: string, line: Line): boolean {
    const now = this.#now()
    const seen = this.#seen.get(kind) ?? { line, since: now, inSecond: 0, more: 0 }
    this.#seen.set(kind, seen)
    if (now - seen.since >= SECOND_MS) {
      seen.since = now
      seen.inSecond = 0
    }
    seen.inSecond += 1
    if (seen.inSecond <= SINGLY) return true
    seen.more += 1
    this.#summing ??= setTimeout(this.sum.bind(this), SUM_MS).unref()
    return false
  }

  /** Says what was counted until now. */
  sum(): void {
    clearTimeout(this.#summing)
    this.#summing = undefined
    for (const { line, more } of this.#seen.values()) if (more > 0) this.#say(line, more)
    this.#seen.clear()
  }
}
