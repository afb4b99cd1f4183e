import type { FastifySchemaValidationError } from 'fastify'
import { PATTERN_WORDS, REQUIRED_BECAUSE } from '../../schemas/common.js'
import { shown } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import type { Fault } from '../errors.js'
import { closest, suggestion } from './spelling.js'

/** What the validator finds, with what its option `verbose` adds. */
export interface Finding extends FastifySchemaValidationError {
  readonly data: unknown
  readonly schema: unknown
  readonly parentSchema: {
    readonly type?: unknown
    readonly properties: Readonly<Record<string, { readonly examples?: readonly unknown[] }>>
  }
}

interface Alternative {
  readonly type: string | string[]
  readonly enum?: readonly unknown[]
}

type Words = (finding: Finding, part: Fault['in']) => string

/** What each keyword of the schemas means to people: what must be, what is instead and, where there is one, the way out. */
const WORDS: Readonly<Record<string, Words>> = {
  required: ({ params, data, parentSchema: { properties } }) => {
    const name = String(params['missingProperty'])
    const unknown = Object.keys(data as object).filter((given) => !Object.hasOwn(properties, given))
    const meant = closest(name, unknown.slice(0, LIMITS.faults))
    if (meant !== undefined) return `is required: did you mean it by ${shown(meant)}?`
    const example = properties[name]?.examples?.[0]
    const why = REQUIRED_BECAUSE[name] === undefined ? '' : `: ${REQUIRED_BECAUSE[name]}`
    return example === undefined ? 'is required' : `is required, such as ${JSON.stringify(example)}${why}`
  },
  additionalProperties: ({ params, parentSchema }, part) => {
    const what = part === 'query' ? 'parameter of this operation' : 'member of this request'
    const known = Object.keys(parentSchema.properties)
    const takes = known.length === 0 ? ', which takes none' : `, which takes ${ALL.format(known)}`
    return `is not a ${what}${suggestion(String(params['additionalProperty']), known, takes)}`
  },
  type: ({ params, data }, part) => mustBe(namesOf(params['type'] as string | string[]), data, part),
  anyOf: ({ schema, data }, part) => {
    const allowed = (schema as readonly Alternative[]).flatMap((alternative) =>
      alternative.enum === undefined
        ? namesOf(alternative.type)
        : alternative.enum.map((value) => JSON.stringify(value)),
    )
    return mustBe(allowed, data, part)
  },
  enum: ({ params, data }, part) => {
    const allowed = (params['allowedValues'] as readonly unknown[]).map(String)
    const text = typeof data === 'string' ? data : ''
    return `must be ${EITHER.format(allowed)}, not ${text === '' ? given(data, part) : shown(text)}${suggestion(text, allowed, '')}`
  },
  pattern: ({ params }) => {
    const pattern = String(params['pattern'])
    return PATTERN_WORDS[pattern] ?? `must match ${pattern}`
  },
  minimum: ({ params, data }) => `must be at least ${String(params['limit'])}, not ${String(data)}`,
  maximum: ({ params, data }) => `must be at most ${String(params['limit'])}, not ${String(data)}`,
  minLength: () => 'must not be empty',
  maxLength: ({ params, data }) => atMost(params, 'be', 'characters long', Array.from(data as string).length),
  uniqueItems: ({ data, params }) => `names ${shown(String((data as unknown[])[params['i'] as number]))} twice`,
  maxItems: ({ params, data }) => atMost(params, 'have', 'entries', (data as unknown[]).length),
  maxProperties: ({ params, data }) => atMost(params, 'have', 'members', Object.keys(data as object).length),
}

/** What is wrong at one place, to follow its name in a sentence. */
export function wordsOf(findings: readonly Finding[], part: Fault['in']): string {
  // Behind an `anyOf` stand the complaints of every alternative: a value of the right type hears about its own.
  const finding = findings.reduce((best, other) => (telling(other) > telling(best) ? other : best))
  if (part === 'query' && Array.isArray(finding.data) && finding.parentSchema.type !== 'array')
    return 'is given more than once: give it once'
  return WORDS[finding.keyword]?.(finding, part) ?? String(finding.message)
}

function telling({ keyword }: Finding): number {
  if (keyword === 'anyOf') return 1
  return keyword === 'type' || keyword === 'enum' ? 0 : 2
}

const NUMERIC = /^-?\d{1,15}(\.\d{1,15})?$/

function mustBe(allowed: readonly string[], data: unknown, part: Fault['in']): string {
  const isQuoted = typeof data === 'string' && NUMERIC.test(data) && allowed.includes(A_NUMBER)
  return `must be ${EITHER.format(allowed)}, not ${given(data, part)}${isQuoted ? `: write ${data} without quotes` : ''}`
}

function atMost(params: Finding['params'], verb: string, what: string, actual: number): string {
  return `must ${verb} at most ${String(params['limit'])} ${what}, not ${String(actual)}`
}

/** A value of a body is named by its kind alone: it may be long, and is not ours to repeat. */
function given(value: unknown, part: Fault['in']): string {
  if (part === 'query' && typeof value === 'string') return shown(value)
  if (part === 'query' && typeof value === 'number') return String(value)
  return String(NAMES[value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value])
}

const A_NUMBER = 'a number'

/** The types of JSON Schema. */
const NAMES: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: A_NUMBER,
  object: 'an object',
  string: 'a string',
}

function namesOf(types: string | string[]): string[] {
  return [types].flat().map((type) => String(NAMES[type]))
}

const EITHER = new Intl.ListFormat('en-GB', { type: 'disjunction' })
const ALL = new Intl.ListFormat('en-GB', { type: 'conjunction' })
