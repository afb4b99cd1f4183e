/** Requests made from an OpenAPI document: valid, nearly valid and hostile ones. */
import fc from 'fast-check'
import { hostileValue, NAUGHTY_STRINGS } from './hostile.js'

export type Schema = Readonly<Record<string, unknown>>

export interface FuzzRequest {
  readonly operationId: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly example?: unknown
  readonly schema: Schema
}

interface Content {
  readonly schema: Schema
  /** A content type has one example, or several with names. */
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>
}

export interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> }
  readonly security?: readonly Schema[]
}

export interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/**
 * A request of any operation.
 * @param credentials headers by the name of the security scheme
 */
export function requestsOf(
  document: ContractDocument,
  credentials: Readonly<Record<string, Readonly<Record<string, string>>>>,
): fc.Arbitrary<FuzzRequest> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => requestOf(document, { path, method, operation, credentials })),
  )
  return fc.oneof(...operations)
}

interface Place {
  readonly path: string
  readonly method: string
  readonly operation: Operation
  readonly credentials: Parameters<typeof requestsOf>[1]
}

function requestOf(
  document: ContractDocument,
  { path, method, operation, credentials }: Place,
): fc.Arbitrary<FuzzRequest> {
  const { operationId, parameters = [], requestBody, security = [] } = operation
  const scheme = security.flatMap((entry) => Object.keys(entry))[0]
  const own = scheme === undefined ? {} : (credentials[scheme] ?? {})
  const parts = Object.fromEntries(
    parameters
      .filter(({ name }) => name !== 'X-API-Key')
      .map((parameter) => [`${parameter.in} ${parameter.name}`, parameterOf(document, parameter)]),
  )
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  const body = schema === undefined ? fc.constant(undefined) : bodyOf(document, schema)
  const none = fc.constant(null)
  const extra = fc.oneof({ weight: 15, arbitrary: none }, { weight: 1, arbitrary: fc.tuple(naughtyName, hostileText) })
  return fc.record({ parts: fc.record(parts), body, extra }).map(({ parts, body, extra }) => {
    const given = Object.entries(parts).filter(([, text]) => text !== undefined) as [string, string][]
    const of = (kind: string) =>
      given
        .filter(([name]) => name.startsWith(`${kind} `))
        .map(([name, text]) => [name.slice(kind.length + 1), text] as const)
    const filled = of('path').reduce(
      (url, [name, text]) => url.replace(`{${name}}`, () => encodeURIComponent(text.toWellFormed())),
      path,
    )
    const query = new URLSearchParams(
      [...of('query'), ...(extra ? [extra] : [])].map(([name, text]) => [name, text] as [string, string]),
    )
    const headers = Object.fromEntries(of('header').map(([name, text]) => [name.toLowerCase(), headerText(text)]))
    return {
      operationId,
      method: method.toUpperCase(),
      url: query.size === 0 ? filled : `${filled}?${query.toString()}`,
      headers: { ...headers, ...own, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { payload: body }),
    }
  })
}

const naughtyName = fc.constantFrom('x', '', 'limit', 'startDate', '__proto__', 'page[]', 'a.b', 'ключ')
const hostileText = fc.oneof(
  fc.constantFrom(...NAUGHTY_STRINGS),
  hostileValue.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))),
)

/** What can stand in a header at all: anything else never leaves a client. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, '').slice(0, 2000)
}

function parameterOf(
  document: ContractDocument,
  { in: place, required, schema }: Parameter,
): fc.Arbitrary<string | undefined> {
  const good = valid(document, schema).map((value) => (Array.isArray(value) ? value.join(',') : String(value)))
  const any = fc.oneof({ weight: 9, arbitrary: good }, { weight: 1, arbitrary: hostileText })
  // A path without one of its parts is another path, and so is one with dots alone there.
  const some = place === 'path' ? any.map((text) => (/^\.{0,2}$/.test(text) ? 'x' : text.slice(0, 1200))) : any
  const absent = fc.constant(undefined)
  return required === true ? some : fc.oneof({ weight: 2, arbitrary: absent }, { weight: 1, arbitrary: some })
}

function bodyOf(document: ContractDocument, schema: Schema): fc.Arbitrary<string> {
  const good = valid(document, schema)
  const nearly = fc
    .tuple(good, fc.nat(), hostileValue, fc.constantFrom('replace', 'remove', 'add'))
    .map(([body, at, value, what]) => altered(body, at, value, what))
  return fc.oneof(
    { weight: 4, arbitrary: good.map((body) => JSON.stringify(body)) },
    { weight: 4, arbitrary: nearly.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: hostileValue.map((body) => JSON.stringify(body)) },
    { weight: 1, arbitrary: fc.tuple(good, fc.nat()).map(([body, at]) => torn(JSON.stringify(body), at)) },
  )
}

/** A body of which one member, at any depth, is another. */
function altered(body: unknown, at: number, value: unknown, what: string): unknown {
  const copy = structuredClone(body)
  const holders: Record<string, unknown>[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if (!Array.isArray(node)) holders.push(node as Record<string, unknown>)
    Object.values(node).forEach(visit)
  }
  visit(copy)
  const holder = holders[at % Math.max(holders.length, 1)]
  if (holder === undefined) return value
  const names = Object.keys(holder)
  const name = names[at % Math.max(names.length, 1)]
  if (what === 'add' || name === undefined) holder[`unknown${String(at % 7)}`] = value
  else if (what === 'remove') Reflect.deleteProperty(holder, name)
  else holder[name] = value
  return copy
}

/** A text that ends early, or in which a character is another. */
function torn(text: string, at: number): string {
  const place = at % (text.length + 1)
  return at % 2 === 0 ? text.slice(0, place) : `${text.slice(0, place)}"${text.slice(place + 1)}`
}

/** A value that fits a schema, as far as it can be told from the schema alone; its own examples above all. */
function valid(document: ContractDocument, given: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = resolved(document, given)
  const { type, properties, items, examples, anyOf } = schema
  const choices: fc.Arbitrary<unknown>[] = []
  if (Array.isArray(examples) && examples.length > 0) {
    // Patterns and what services ask beyond their schemas: examples fit them all.
    choices.push(...Array.from({ length: 3 }, () => fc.constantFrom(...(examples as unknown[]))))
  }
  if (Array.isArray(schema['enum'])) choices.push(fc.constantFrom(...(schema['enum'] as unknown[])))
  else if (anyOf !== undefined)
    choices.push(fc.oneof(...(anyOf as Schema[]).map((each) => valid(document, each, depth))))
  else for (const each of [type].flat()) choices.push(ofType(String(each)))
  return fc.oneof(...choices)

  function ofType(name: string): fc.Arbitrary<unknown> {
    const number = (key: string, otherwise: number) => (typeof schema[key] === 'number' ? schema[key] : otherwise)
    switch (name) {
      case 'object': {
        const own = Object.entries((properties ?? {}) as Record<string, Schema>)
        const required = new Set(schema['required'] as string[] | undefined)
        const members = own.map(([key, each]) => {
          const value = valid(document, each, depth + 1)
          const absent = fc.constant(undefined)
          const maybe = fc.oneof({ weight: 2, arbitrary: absent }, { weight: 1, arbitrary: value })
          return [key, required.has(key) ? value : maybe] as const
        })
        return fc.record(Object.fromEntries(members)).map((record) => JSON.parse(JSON.stringify(record)) as unknown)
      }
      case 'array':
        return fc.array(valid(document, (items ?? {}) as Schema, depth + 1), {
          maxLength: Math.min(number('maxItems', 3), 3),
        })
      case 'integer': {
        const [min, max] = [number('minimum', -1e6), number('maximum', 1e9)]
        return fc.oneof(fc.constantFrom(min, max), fc.integer({ min: Math.trunc(min), max: Math.trunc(max) }))
      }
      case 'number':
        return fc.double({ min: number('minimum', -1e6), max: number('maximum', 1e6), noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'string': {
        const maxLength = number('maxLength', 60)
        const boundary = fc.constantFrom('x'.repeat(maxLength), 'é'.repeat(maxLength), 'x'.repeat(maxLength + 1))
        return fc.oneof(fc.string({ maxLength: Math.min(maxLength, 40) }), boundary)
      }
      default:
        return fc.constant(null)
    }
  }
}

export function resolved(document: ContractDocument, schema: Schema): Schema {
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  const found = document.components.schemas[ref.split('/').at(-1) as string] as Schema
  return { ...found, ...schema, $ref: undefined }
}
