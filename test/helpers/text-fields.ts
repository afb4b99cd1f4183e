/** Every place of an OpenAPI document where a text can stand, and requests that have a text in one of them. */
import { type ContractDocument, type FuzzRequest, type Operation, resolved, type Schema } from './fuzz.js'

type Headers = Readonly<Record<string, string>>
type Path = readonly (string | number)[]

interface TextField {
  readonly operationId: string
  /** Where the text stands: `query limit`, `body /data/callSid`. */
  readonly place: string
  /** @returns null for a text that cannot stand there: a path without one of its parts is another path */
  readonly request: (text: string) => FuzzRequest | null
}

interface Given {
  /** Headers by the name of the security scheme. */
  readonly credentials: Readonly<Record<string, Headers>>
  /** Values of path parameters, where the document's examples are not those that are meant. */
  readonly pathValues: Headers
}

/** Headers that are read of every request, whatever its operation documents. */
const READ_OF_ALL = ['origin', 'x-request-id']
const CREDENTIALS: Readonly<Record<string, string>> = { apiKey: 'x-api-key', adminToken: 'authorization' }

/** The text fields of all operations, those of reading operations first. */
export function textFieldsOf(document: ContractDocument, given: Given): readonly TextField[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const [reading, writing] = [true, false].map((reads) =>
    operations.filter(({ method }) => (method === 'get') === reads),
  )
  const schemes = new Set<string>()
  return [...(reading ?? []), ...(writing ?? [])].flatMap(({ path, method, operation }) => {
    const scheme = schemeOf(operation)
    // Hooks of all operations of a scheme read the same headers: once is enough.
    const shared = schemes.has(scheme)
      ? []
      : [...READ_OF_ALL, ...[CREDENTIALS[scheme]].filter((name) => name !== undefined)]
    schemes.add(scheme)
    return fieldsOf(document, { path, method, operation, shared, given })
  })
}

function schemeOf({ security = [] }: Operation): string {
  return security.flatMap((entry) => Object.keys(entry))[0] ?? 'none'
}

interface Place {
  readonly path: string
  readonly method: string
  readonly operation: Operation
  readonly shared: readonly string[]
  readonly given: Given
}

function fieldsOf(document: ContractDocument, { path, method, operation, shared, given }: Place): TextField[] {
  const { operationId, parameters = [], requestBody } = operation
  const credentials = given.credentials[schemeOf(operation)] ?? {}
  const content = Object.values(requestBody?.content ?? {})[0]
  const example = content?.example ?? Object.values(content?.examples ?? {})[0]?.value
  const body = (payload: unknown) => (payload === undefined ? {} : { payload: JSON.stringify(payload) })
  const type = content ? { 'content-type': 'application/json' } : {}
  const url = (own: Headers) =>
    path.replace(/\{(\w+)\}/g, (_part, name: string) => {
      const documented = parameters.find((parameter) => parameter.name === name)
      return encodeURIComponent(own[name] ?? given.pathValues[name] ?? String(documented?.example))
    })
  const base: FuzzRequest = {
    operationId,
    method: method.toUpperCase(),
    url: url({}),
    headers: { ...credentials, ...type },
    ...body(example),
  }
  const withHeader = (name: string) => (text: string) => ({
    ...base,
    headers: { ...base.headers, [name]: headerText(text) },
  })
  const requests: [string, TextField['request']][] = parameters.map(({ in: part, name }) => {
    if (part === 'query')
      return [
        `query ${name}`,
        (text) => ({ ...base, url: `${base.url}?${new URLSearchParams([[name, text]]).toString()}` }),
      ]
    if (part === 'header') return [`header ${name}`, withHeader(name.toLowerCase())]
    return [
      `path ${name}`,
      (text) => (/^\.*$/.test(text) ? null : { ...base, url: url({ [name]: text.toWellFormed() }) }),
    ]
  })
  for (const name of shared) requests.push([`header ${name}`, withHeader(name)])
  const members = content === undefined ? [] : textMembers(document, content.schema)
  for (const member of members) {
    // The body's key is read where there is none in the header.
    const headers = member.at(-1) === 'apiKey' ? type : base.headers
    const request = (text: string) => ({ ...base, headers, ...body(replaced(example, member, text)) })
    requests.push([`body /${member.join('/')}`, request])
  }
  return requests.map(([place, request]) => ({ operationId, place, request }))
}

/** As a client writes it: the bytes of UTF-8, without those that HTTP does not let through. */
function headerText(text: string): string {
  const bytes = Buffer.from(text).toString('latin1')
  return bytes.replace(/[^\t\x20-\x7E\x80-\xFF]/g, '').trim()
}

/** Where in a body a text can stand, members of names that no schema knows among them. */
function textMembers(document: ContractDocument, schema: Schema): readonly Path[] {
  const found = new Map<string, Path>()
  const visit = (given: Schema, path: Path): void => {
    const node = resolved(document, given)
    const { type, properties = {}, items, anyOf = [], allOf = [], additionalProperties } = node
    if ([type].flat().includes('string')) found.set(path.join('/'), path)
    for (const [name, member] of Object.entries(properties as Record<string, Schema>)) visit(member, [...path, name])
    for (const part of [...(anyOf as Schema[]), ...(allOf as Schema[])]) visit(part, path)
    if (items !== undefined) visit(items as Schema, [...path, 0])
    if (typeof additionalProperties === 'object') found.set([...path, 'unknown'].join('/'), [...path, 'unknown'])
  }
  visit(schema, [])
  return [...found.values()].filter((path) => path.length > 0)
}

/** A copy of a value that has a text at a place, which is made where it is missing. */
function replaced(value: unknown, [step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text
  const copy = (typeof step === 'number' ? [...((value ?? []) as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >
  copy[step] = replaced(copy[step], rest, text)
  return copy
}
