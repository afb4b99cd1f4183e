/** How far a long piece of work is, on one line of the terminal that is written over; a last line where it is none. */
import type { Output } from './surroundings.js'

const WIDTH = 30
const REDRAW_MS = 100

export class Progress {
  readonly #output: Output
  readonly #label: string
  readonly #total: number
  readonly #startedAt = Date.now()
  #done: number
  #drawnAt = 0

  constructor(output: Output, label: string, total: number, done: number) {
    this.#output = output
    this.#label = label
    this.#total = total
    this.#done = done
  }

  add(count: number): void {
    this.#done += count
    if (!this.#output.isTTY || Date.now() - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = Date.now()
    this.#output.write(`\r${this.#line()}`)
  }

  end(): void {
    const seconds = ((Date.now() - this.#startedAt) / 1000).toFixed(1)
    this.#output.write(`${this.#output.isTTY ? '\r' : ''}${this.#line()} in ${seconds} s\n`)
  }

  #line(): string {
    const share = this.#total === 0 ? 1 : Math.min(1, this.#done / this.#total)
    const filled = Math.round(share * WIDTH)
    const bar = `${'#'.repeat(filled)}${'.'.repeat(WIDTH - filled)}`
    return `${this.#label.padEnd(18)} [${bar}] ${String(this.#done)} of ${String(this.#total)}`
  }
}
