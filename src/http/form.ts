/** What Exotel sends as a form or in a query, where names may be nested: `Legs[0][OnCallDuration]=41`. */
import { parse } from 'qs'
import { LIMITS } from '../core/limits.js'
import { fieldsOf } from './multipart.js'

const OPTIONS = {
  depth: LIMITS.callbackDepth,
  parameterLimit: LIMITS.callbackMembers,
  arrayLimit: LIMITS.callbackMembers,
  // Objects without a prototype: no name can be taken for one of its members. `__proto__` is left out in any case.
  plainObjects: true,
} as const

/** Never fails: what is written wrongly is taken as it stands, and members beyond the limits are left out. */
export function parseForm(text: string): Record<string, unknown> {
  return parse(text, OPTIONS)
}

/** The fields of a form in parts, nested as they are in any other. Null when it cannot be read. */
export function formOf(bytes: Buffer, contentType: string): Record<string, unknown> | null {
  const found = fieldsOf(bytes, contentType)
  if (found === null) return null
  const fields = new Map<string, string[]>()
  for (const [name, value] of found.slice(0, LIMITS.callbackMembers)) {
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [value])
    else values.push(value)
  }
  const named = [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  return parse(Object.fromEntries(named) as Record<string, string>, OPTIONS)
}

/** The query of a request, as Exotel wrote it. */
export function queryOf(url: string): Record<string, unknown> {
  const start = url.indexOf('?')
  return start === -1 ? {} : parseForm(url.slice(start + 1))
}
