import type { Warning } from '../../schemas/log-call.js'
import type { EventOutcome, LogCallsResponse } from '../../schemas/log-calls.js'
import { LIMITS } from '../core/limits.js'
import { ApiError, errorWithin } from '../errors.js'
import { eventProblemOf } from './problem.js'

const NO_ROOM =
  'What is wrong with this event is not told, for what is wrong with those before it: send it again by itself.'

/** The outcomes of a batch, in the order in which they are added. Their words are bounded together. */
export class BatchAnswer {
  readonly #outcomes: EventOutcome[] = []
  readonly #pointerTo: (place: number) => string
  #room: number = LIMITS.batchFaultsLength

  /** @param pointerTo leads from the body to the event at a place */
  constructor(pointerTo: (place: number) => string) {
    this.#pointerTo = pointerTo
  }

  addRecorded(status: 'created' | 'duplicate', logId: string, found: readonly Warning[]): void {
    const pointer = this.#pointer()
    const warnings = found.map((warning) => ({ ...warning, pointer: pointer + warning.pointer }))
    const isTold = warnings.length > 0 && this.#hasRoom(lengthOf(warnings))
    this.#outcomes.push({ status, logId, ...(isTold && { warnings }) })
  }

  addInvalid(error: ApiError): void {
    const told = errorWithin(this.#pointer(), error)
    const isTold = this.#hasRoom(told.message.length + lengthOf(told.faults))
    const problem = eventProblemOf(isTold ? told : new ApiError(error.code, NO_ROOM))
    this.#outcomes.push({ status: 'invalid', problem })
  }

  /** The whole, when all are added. */
  get response(): LogCallsResponse {
    const count = (counted: EventOutcome['status']): number =>
      this.#outcomes.filter(({ status }) => status === counted).length
    const [created, duplicates, invalid] = [count('created'), count('duplicate'), count('invalid')]
    return { success: invalid === 0, created, duplicates, invalid, outcomes: this.#outcomes }
  }

  #pointer(): string {
    return this.#pointerTo(this.#outcomes.length)
  }

  #hasRoom(length: number): boolean {
    if (length > this.#room) return false
    this.#room -= length
    return true
  }
}

function lengthOf(words: readonly Warning[]): number {
  return words.reduce((length, { pointer, message }) => length + pointer.length + message.length, 0)
}
