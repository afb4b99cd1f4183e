/** JSON as it arrives and as it is kept. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [member: string]: Json | undefined
}

/** Whether a value is a JSON object: not an array, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The one text of a value, whatever the order in which its members arrived: members sorted by code unit at every
 * level, no white space. Equal texts mean deep-equal values, so it serves as tie-break and as content of a hash.
 */
export function canonicalJson(value: Json | undefined): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null'
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`
  if (typeof value === 'boolean') return String(value)
  if (!isObject(value)) return 'null'
  let text = ''
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalJson(member)}`
  }
  return `{${text}}`
}

/** Short text that needs no escapes, as most is: asking is cheaper than having it written. */
const PLAIN = /^[ !#-[\]-~]{0,200}$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** As much of a text as is needed to recognise it. */
const SHOWN_LENGTH = 60

/** A text as it is quoted to whoever sent it: as JSON, so that it cannot pass for words of ours, and cut. */
export function shown(text: string): string {
  return JSON.stringify(text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`)
}

/** No character takes more than this as JSON: `\u0000`. */
const LONGEST_CHARACTER = 6
/** No number, boolean or null takes more. */
const LONGEST_SCALAR = 26

/** Whether a value is longer than so many characters as JSON. Mostly a look at its members tells, without writing it. */
export function isLongerThan(value: unknown, length: number): boolean {
  return longestLength(value) > length && JSON.stringify(value).length > length
}

/** At most so many characters as JSON. */
function longestLength(value: unknown): number {
  if (typeof value === 'string') return value.length * LONGEST_CHARACTER + 2
  if (typeof value !== 'object' || value === null) return LONGEST_SCALAR
  let length = 2
  for (const name of Object.keys(value)) {
    length += name.length * LONGEST_CHARACTER + 4 + longestLength((value as Record<string, unknown>)[name])
  }
  return length
}

/**
 * The first thing about a value that could not be kept exactly: nesting deeper than `maxDepth`, or a number that JSON
 * cannot write back (1e999 parses to Infinity).
 * @returns the JSON pointer of the fault and what is wrong, or undefined when the value can be kept
 */
export function storageFault(
  value: unknown,
  maxDepth: number,
  pointer = '',
): { pointer: string; fault: string } | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { pointer, fault: 'is a number too large to keep' }
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (maxDepth === 0) return { pointer, fault: 'is nested too deeply' }
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name]
    if (typeof member !== 'object' && typeof member !== 'number') continue
    const step = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const fault = storageFault(member, maxDepth - 1, step)
    if (fault !== undefined) return fault
  }
  return undefined
}
