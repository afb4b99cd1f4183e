import type { Work } from './work.js'

/** Behind by so much, in milliseconds, a process refuses this kind of work: exports first, then all but ingest. */
const REFUSED_BEYOND_MS: Readonly<Partial<Record<Work, number>>> = {
  exports: 100,
  reads: 200,
  writes: 200,
  unknown: 200,
}
/** Measures in a row that have to be late: one long step is no overload. */
const IN_A_ROW = 4

/** How far the event loop is behind: by how much later than due it does what is due. */
export class LoadLevel {
  #latest: readonly number[] = Array.from({ length: IN_A_ROW }, () => 0)

  note(lateMs: number): void {
    this.#latest = [...this.#latest.slice(1), lateMs]
  }

  refuses(work: Work): boolean {
    return Math.min(...this.#latest) > (REFUSED_BEYOND_MS[work] ?? Infinity)
  }
}
