import { parseInstant } from '../core/calendar.js'
import { dateFault } from '../core/date-fault.js'
import { shown } from '../core/json.js'
import { MAX_INSTANT_MS, MIN_INSTANT_MS } from '../core/instants.js'
import { failInvalid } from '../errors.js'

/**
 * The instant that a member of a body names, in a zone where it says none: epoch milliseconds.
 * @param wayOut what to write in place of a text that names none
 * @throws ApiError 400 for one that names none, or one that nothing is kept of
 */
export function instantAt(pointer: string, text: string, zone: string, wayOut?: () => string): number {
  const fail = (why: string): never => failInvalid({ in: 'body', pointer, message: `is ${shown(text)}, ${why}` })
  const instant = parseInstant(text, zone)
  if (instant === null) return fail(`${dateFault(text)}${wayOut === undefined ? '' : `: ${wayOut()}`}`)
  if (instant >= MIN_INSTANT_MS && instant < MAX_INSTANT_MS) return instant
  return fail('which is not between 2000-01-01 and 2099-12-31, UTC')
}
