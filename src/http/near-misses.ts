import { CallDataSchema, type LogCallBody, LogCallBodySchema, LogCallCustomerSchema } from '../../schemas/log-call.js'
import { secondsOf } from '../core/seconds.js'
import { directionOf } from '../core/identity.js'
import { isObject, type Json, type JsonObject, shown } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { DIRECTIONS } from '../core/vocabulary/calls.js'
import { KNOWN_EVENTS } from '../core/vocabulary/events.js'
import type { Fault } from '../errors.js'
import { KnownNames, suggestion } from './spelling.js'
import { stepOf } from './validation.js'

/** Members of `data` that calls are told from without the contract naming them, and the one that the published widget adds. */
const UNPUBLISHED = ['callStatus', 'direction', 'disposition', 'endTime', 'startTime', 'status', 'timestamp']

const EVENTS = new KnownNames(KNOWN_EVENTS)
const BODY_MEMBERS = new KnownNames(Object.keys(LogCallBodySchema.properties))
const DATA_MEMBERS = new KnownNames([...Object.keys(CallDataSchema.properties), ...UNPUBLISHED])
const CUSTOMER_MEMBERS = new KnownNames(Object.keys(LogCallCustomerSchema.properties as object))

/**
 * What an event says that was most likely meant to be understood, and is not: names a slip of the pen away from known ones,
 * and directions and durations that are none. Names that are nobody's slip are free. Costs a look at each name where all are known.
 */
export function nearMissesOf(body: LogCallBody): Fault[] {
  const found: Fault[] = []
  const add = (pointer: string, message: string): void => {
    found.push({ in: 'body', pointer, message })
  }
  if (!EVENTS.has(body.event)) {
    const meant = EVENTS.meantBy(body.event)
    if (meant !== undefined) add('/event', `is ${shown(body.event)}, which is no known event: did you mean ${meant}?`)
  }
  const data = body.data as JsonObject
  findMembers('', body as JsonObject, BODY_MEMBERS, add)
  findMembers('/data', data, DATA_MEMBERS, add)
  if (isObject(data.customerData)) findMembers('/data/customerData', data.customerData, CUSTOMER_MEMBERS, add)
  const { callDirection, callDuration } = data
  if (typeof callDirection === 'string' && callDirection !== '' && directionOf(data) === null) {
    const wayOut = suggestion(callDirection, DIRECTIONS, `: write ${DIRECTIONS.join(' or ')}`)
    add('/data/callDirection', `is ${shown(callDirection)}, which is no direction${wayOut}`)
  }
  if (typeof callDuration === 'string' && callDuration !== '' && secondsOf(callDuration) === null) {
    add('/data/callDuration', `is ${shown(callDuration)}, which is no number of seconds: write digits, such as 180`)
  }
  return found
}

function findMembers(
  pointer: string,
  value: JsonObject,
  known: KnownNames,
  add: (pointer: string, message: string) => void,
): void {
  let compared = 0
  for (const name of Object.keys(value)) {
    if (known.has(name)) continue
    compared += 1
    if (compared > LIMITS.faults) return
    const meant = known.meantBy(name)
    if (meant === undefined || !isAbsent(value[meant])) continue
    add(`${pointer}/${stepOf(name)}`, `is no known member: did you mean ${meant}?`)
  }
}

/** Widgets send `""` and null for what they do not know. */
function isAbsent(value: Json | undefined): boolean {
  return value === undefined || value === null || value === ''
}
