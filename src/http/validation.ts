import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import type { Fault } from '../errors.js'

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

/**
 * Reads a query as what it means: absent values go, and plain decimal integers become numbers where the schema wants
 * an integer. Nothing else is coerced. What cannot be meant is left for the validator to refuse by name.
 */
export function readQuery(request: FastifyRequest): void {
  const query = request.query as Record<string, unknown>
  const schema = request.routeOptions.schema?.querystring as
    { properties?: Record<string, { type?: unknown }> } | undefined
  for (const [name, value] of Object.entries(query)) {
    if (ABSENT_VALUES.includes(value)) {
      Reflect.deleteProperty(query, name)
    } else if (
      typeof value === 'string' &&
      schema?.properties?.[name]?.type === 'integer' &&
      /^-?\d{1,15}$/.test(value)
    ) {
      query[name] = Number(value)
    }
  }
}

/** The validator's findings as faults, one a place: where it has several to say, the most telling. */
export function faultsOf(errors: readonly FastifySchemaValidationError[], context: ValidatedPart): Fault[] {
  const part = PARTS[context]
  const byPointer = new Map<string, FastifySchemaValidationError[]>()
  for (const error of errors) {
    const pointer = pointerOf(error)
    byPointer.set(pointer, [...(byPointer.get(pointer) ?? []), error])
  }
  return [...byPointer].map(([pointer, found]) => ({ in: part, pointer, message: messageOf(found, part) }))
}

function pointerOf({ keyword, instancePath, params }: FastifySchemaValidationError): string {
  if (keyword === 'required') return `${instancePath}/${escapeStep(params['missingProperty'])}`
  if (keyword === 'additionalProperties') return `${instancePath}/${escapeStep(params['additionalProperty'])}`
  return instancePath
}

function escapeStep(name: unknown): string {
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1')
}

function messageOf(errors: readonly FastifySchemaValidationError[], part: Fault['in']): string {
  // Behind an `anyOf` stand the complaints of every alternative: a value of the right type hears about its own.
  const error = errors.reduce((best, other) => (telling(other) > telling(best) ? other : best))
  if (part === 'query' && Array.isArray((error as { data?: unknown }).data)) return 'is given more than once'
  switch (error.keyword) {
    case 'required':
      return 'is required'
    case 'additionalProperties':
      return part === 'query' ? 'is not a parameter of this operation' : 'is not a member of this request'
    case 'enum':
      return `must be one of: ${(error.params['allowedValues'] as unknown[]).map(String).join(', ')}`
    case 'pattern':
      return `has characters or a form that is not allowed: ${String(error.params['pattern'])}`
    case 'type':
      return `must be ${either(error.params['type'])}`
    case 'anyOf':
      return `must be ${alternatives((error as { schema?: unknown }).schema)}`
    default:
      return String(error.message)
  }
}

/** What an `anyOf` allows, in words: `number or null or ""`. */
function alternatives(schemas: unknown): string {
  const words = (schemas as { type?: unknown; enum?: unknown[] }[]).map((schema) =>
    schema.enum === undefined ? either(schema.type) : either(schema.enum.map((value) => JSON.stringify(value))),
  )
  return either(words)
}

function either(words: unknown): string {
  return [words].flat().join(' or ')
}

function telling({ keyword }: FastifySchemaValidationError): number {
  if (keyword === 'anyOf') return 1
  return keyword === 'type' || keyword === 'enum' ? 0 : 2
}
