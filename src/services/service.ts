import type { Storage } from '../storage/port.js'
import type { ReadingTime } from './convert.js'

/** What services are made of. */
export interface ServiceParts {
  readonly storage: Storage
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly maxCallAgeMs: number
}

/** Use cases over the store, at the time that the clock says. */
export abstract class Service {
  protected readonly storage: Storage
  protected readonly clock: () => number
  readonly #maxCallAgeMs: number

  constructor({ storage, clock, maxCallAgeMs }: ServiceParts) {
    this.storage = storage
    this.clock = clock
    this.#maxCallAgeMs = maxCallAgeMs
  }

  /** Now, as calls are read. */
  protected readingTime(): ReadingTime {
    return { now: this.clock(), maxCallAgeMs: this.#maxCallAgeMs }
  }
}
