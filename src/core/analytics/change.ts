/** What became of a metric since the range that it is compared with. */
import { inFourDigits } from '../rounding.js'

interface Change {
  /** Null where either value is not defined. */
  readonly difference: number | null
  /** The difference as a share of the value before, in four digits; null where that is 0 or not defined. */
  readonly change: number | null
}

export function changeOf(value: number | null, previous: number | null): Change {
  if (value === null || previous === null) return { difference: null, change: null }
  // Shares and means have four digits at most: what is beyond comes from subtracting them.
  const difference = inFourDigits(value - previous)
  return { difference, change: previous === 0 ? null : inFourDigits((value - previous) / previous) }
}
