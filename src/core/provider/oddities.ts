/** What is odd about a callback: nothing is refused for it, and whoever operates the server may want to know. */
import { isObject, storageFault, type Json, type JsonObject } from '../json.js'
import { LIMITS } from '../limits.js'
import type { CallbackEvent, CallbackOddity } from '../vocabulary/callbacks.js'
import { callSidOf } from './claim.js'
import { legsIn, textIn, timeIn, wordIn } from './payload.js'
import { CALLBACK_MEMBERS, LEG_HOLDS } from './words.js'

interface Oddity {
  readonly kind: CallbackOddity
  /** The member's name, with the value where that is what is odd. */
  readonly what: string
}

/** Times that stand for one that is not known. */
const NO_TIME = /^(?:1970-01-01 05:30:00|0000-00-00 00:00:00)$/

/**
 * What of a body every store keeps exactly, and the names of the members that are left out: those nested too deeply, and
 * those with a number that JSON cannot write. What is no object is kept as the member `body` of one.
 */
export function keepable(body: unknown): { readonly payload: JsonObject; readonly leftOut: readonly string[] } {
  const payload = isObject(body) ? body : { body: body as Json | undefined }
  if (storageFault(payload, LIMITS.nestingDepth) === undefined) return { payload, leftOut: [] }
  const isKept = ([, value]: [string, unknown]) => storageFault(value, LIMITS.nestingDepth - 1) === undefined
  const members = Object.entries(payload)
  return {
    payload: Object.fromEntries(members.filter(isKept)),
    leftOut: members.filter((member) => !isKept(member)).map(([name]) => name),
  }
}

/** @param leftOut names of members that were left out */
export function odditiesOf(event: CallbackEvent, payload: JsonObject, leftOut: readonly string[]): readonly Oddity[] {
  const found: Oddity[] = leftOut.map((what) => ({ kind: 'left-out', what }))
  if (callSidOf(event, payload) === null) found.push({ kind: 'missing-callsid', what: 'CallSid' })
  look(payload, CALLBACK_MEMBERS[event], '', found)
  if (payload.Legs !== undefined) for (const leg of legsIn(payload)) look(leg, LEG_HOLDS, 'Legs.', found)
  return found.slice(0, LIMITS.oddityOfCallback).map(({ kind, what }) => ({ kind, what: shortened(what) }))
}

function look(
  payload: JsonObject,
  members: (typeof CALLBACK_MEMBERS)[CallbackEvent],
  place: string,
  found: Oddity[],
): void {
  for (const name of Object.keys(payload)) {
    if (found.length >= LIMITS.oddityOfCallback) return
    const holds = members.get(name)
    if (holds === undefined) found.push({ kind: 'unknown-member', what: place + name })
    else if (holds === 'time') {
      const text = textIn(payload, name)
      if (text !== null && !NO_TIME.test(text) && timeIn(payload, name) === null)
        found.push({ kind: 'unusable-time', what: place + name })
    } else if (holds !== null) {
      const word = wordIn(payload, name)
      if (word !== null && !holds.includes(word)) found.push({ kind: 'unknown-value', what: `${place}${name}=${word}` })
    }
  }
}

/** As every store keeps and compares it. */
function shortened(what: string): string {
  return what.replaceAll('\0', '\uFFFD').slice(0, LIMITS.oddityLength).toWellFormed()
}
