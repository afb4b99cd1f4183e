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
  return JSON.stringify(value === undefined ? null : sortMembers(value))
}

function sortMembers(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortMembers)
  if (!isObject(value)) return value
  const sorted: Record<string, Json> = Object.create(null) as Record<string, Json>
  for (const name of Object.keys(value).sort()) {
    const member = value[name]
    if (member !== undefined) sorted[name] = sortMembers(member)
  }
  return sorted
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
