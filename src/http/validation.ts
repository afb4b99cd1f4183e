import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { LIMITS } from '../core/vocabulary.js'
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
  array: (value) => value.split(',').map((entry) => entry.trim()),
}

/**
 * Reads a query as what it means: absent values go, plain decimal integers and booleans are read where the schema wants one,
 * and lists are split at commas. Nothing else is coerced. What cannot be meant is left for the validator to refuse by name.
 */
export function readQuery(request: FastifyRequest): void {
  const query = request.query as Record<string, unknown>
  const schema = request.routeOptions.schema?.querystring as
    { properties?: Record<string, { type?: unknown }> } | undefined
  for (const [name, value] of Object.entries(query)) {
    const type = schema?.properties?.[name]?.type
    // A list may also be given entry by entry, as generated clients do.
    const text = type === 'array' && Array.isArray(value) ? value.join(',') : value
    if (ABSENT_VALUES.includes(text)) Reflect.deleteProperty(query, name)
    else if (typeof text === 'string' && typeof type === 'string') query[name] = MEANINGS[type]?.(text) ?? text
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
