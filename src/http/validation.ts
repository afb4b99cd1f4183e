import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { LIMITS } from '../core/limits.js'
import type { Fault } from '../errors.js'
import { type Finding, wordsOf } from './fault-words.js'

/** Nothing is coerced, nothing is dropped, and every fault is found at once: lengths are bounded for that. */
export const AJV_OPTIONS = {
  allErrors: true,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: true,
  allowUnionTypes: true,
  verbose: true,
} as const

const PARTS = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' } as const

/** The part of a request that the validator was looking at, in its words. */
export type ValidatedPart = keyof typeof PARTS

/** Query values that mean "not given": pages build URLs from variables that are not set. */
const ABSENT_VALUES: readonly unknown[] = ['', 'undefined', 'null']

/** What a text in a query means where its schema wants something else; the text itself where it can mean nothing else. */
const MEANINGS: Readonly<Record<string, (value: string) => unknown>> = {
  integer: (value) => (/^-?\d{1,15}$/.test(value) ? Number(value) : value),
  boolean: (value) => (value === 'true' || value === 'false' ? value === 'true' : value),
}

interface ParameterSchema {
  readonly type?: unknown
  readonly items?: object
}

/**
 * A list as it may be given: entry by entry, and where its entries are words also with commas between them. Other texts
 * may hold commas.
 */
function listOf(value: unknown, items: object): unknown {
  const entries = [value].flat() as string[]
  if (!('enum' in items)) return entries.filter((entry) => !ABSENT_VALUES.includes(entry))
  const text = entries.join(',')
  return ABSENT_VALUES.includes(text) ? [] : text.split(',').map((entry) => entry.trim())
}

/**
 * Reads a query as what it means: absent values go, plain decimal integers and booleans are read where the schema wants one,
 * and lists of words are split at commas. Nothing else is coerced. What cannot be meant is left for the validator to refuse by name.
 */
export function readQuery(request: FastifyRequest): void {
  const query = request.query as Record<string, unknown>
  const schema = request.routeOptions.schema?.querystring as
    { properties?: Record<string, ParameterSchema> } | undefined
  for (const [name, value] of Object.entries(query)) {
    const { type, items } = schema?.properties?.[name] ?? {}
    const meant = items === undefined ? value : listOf(value, items)
    if (ABSENT_VALUES.includes(meant) || (Array.isArray(meant) && meant.length === 0))
      Reflect.deleteProperty(query, name)
    else if (typeof meant === 'string' && typeof type === 'string') query[name] = MEANINGS[type]?.(meant) ?? meant
    else query[name] = meant
  }
}

/** Longest name that a pointer repeats: a request may hold many, and they may be long. */
const STEP_LENGTH = 100

/**
 * The validator's findings as faults, one a place: where it has several to say, the most telling. As many as an answer
 * names, and how many more there are.
 */
export function faultsOf(
  errors: readonly FastifySchemaValidationError[],
  context: ValidatedPart,
): { faults: Fault[]; omitted: number } {
  const part = PARTS[context]
  const byPointer = new Map<string, Finding[]>()
  for (const error of errors as readonly Finding[]) {
    const pointer = pointerOf(error)
    const found = byPointer.get(pointer)
    if (found === undefined) byPointer.set(pointer, [error])
    else found.push(error)
  }
  const named = [...byPointer].slice(0, LIMITS.faults)
  return {
    faults: named.map(([pointer, found]) => ({ in: part, pointer, message: wordsOf(found, part) })),
    omitted: byPointer.size - named.length,
  }
}

function pointerOf({ keyword, instancePath, params }: Finding): string {
  if (keyword === 'required') return `${instancePath}/${stepOf(String(params['missingProperty']))}`
  if (keyword === 'additionalProperties') return `${instancePath}/${stepOf(String(params['additionalProperty']))}`
  return instancePath
}

/** A name as a step of a JSON pointer. */
export function stepOf(name: string): string {
  const cut = name.length > STEP_LENGTH ? `${name.slice(0, STEP_LENGTH)}…` : name
  return cut.replaceAll('~', '~0').replaceAll('/', '~1')
}
