/** What an event changes of its call, as those who follow calls are told. */
import type { DerivedCall } from './call.js'
import type { CallChangeType } from './vocabulary/changes.js'

/**
 * @param before the call without the event; null when there was none
 * @returns null when the event changes nothing that is shown of the call
 */
export function callChangeOf(before: DerivedCall | null, after: DerivedCall | null): CallChangeType | null {
  if (after === null || (after.voided && before?.voided !== false)) return null
  // One that does not count any more, or counts again, is as over or as much under way as it was.
  if (before !== null && before.voided !== after.voided) return 'call.updated'
  if (after.status === 'missed' && before?.status !== 'missed') return 'call.missed'
  if (after.status !== 'active' && (before === null || before.status === 'active')) return 'call.ended'
  if (after.status === 'active' && after.answered && before?.answered !== true) return 'call.answered'
  if (before === null) return 'call.started'
  return JSON.stringify(before) === JSON.stringify(after) ? null : 'call.updated'
}
