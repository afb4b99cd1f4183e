import { readFile } from 'node:fs/promises'
import t from 'tap'
import { CALLBACK_ROOT } from '../src/core/vocabulary/callbacks.js'
import { parse } from 'yaml'
import { contractFiles } from '../scripts/contract.js'

const files = await contractFiles()

interface Schema {
  readonly $ref?: string
  readonly examples?: readonly unknown[]
}
interface Medium {
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, { readonly summary: string }>>
}
interface Holder {
  readonly $ref?: string
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>
  readonly content?: Readonly<Record<string, Medium>>
}
interface Parameter extends Medium {
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
}
interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Holder
  readonly responses: Readonly<Record<string, Holder>>
}
interface Document {
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly headers: Readonly<Record<string, object>>
    readonly responses: Readonly<Record<string, Holder>>
    readonly schemas: Readonly<Record<string, Schema>>
  }
}

const document = parse(files['openapi.yaml'] ?? '') as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method} ${path}`, operation] as const),
)

t.test('the committed contract and client types are what the schemas say', async (t) => {
  for (const [path, text] of Object.entries(files)) {
    t.ok((await readFile(path, 'utf8')) === text, `${path} is up to date; if not: npm run openapi`)
  }
})

t.test('every operation has a name, a summary and a known tag', async (t) => {
  const tags = document.tags.map(({ name }) => name)
  for (const [name, operation] of operations) {
    t.match(operation, { operationId: /^[a-z][A-Za-z]+$/, summary: /./ }, name)
    t.ok(operation.tags?.length === 1 && tags.includes(String(operation.tags[0])), `${name} has one tag, described`)
  }
})

/** What a reference to a response leads to. */
function resolved(holder: Holder): Holder {
  return document.components.responses[nameIn(holder)] ?? holder
}

function nameIn({ $ref = '' }: { readonly $ref?: string }): string {
  return $ref.slice($ref.lastIndexOf('/') + 1)
}

t.test('every parameter has an example, which only stands where documentation fills it in when it is required', (t) => {
  for (const [operation, { parameters = [] }] of operations) {
    for (const { name, required, schema, ...parameter } of parameters) {
      const { examples } = document.components.schemas[nameIn(schema)] ?? schema
      t.ok(required ? parameter.example : examples?.length, `${operation}: ${name} has an example`)
      if (!required) t.notOk('example' in parameter || 'examples' in parameter, `${operation}: ${name} is left empty`)
    }
  }
  t.end()
})

t.test('every request and answer of every operation has an example; several have names and say what they show', (t) => {
  for (const [name, { requestBody, responses }] of operations) {
    for (const [part, holder] of Object.entries({ request: requestBody ?? {}, ...responses })) {
      for (const [type, { example, examples }] of Object.entries(resolved(holder).content ?? {})) {
        t.ok(example !== undefined || Object.keys(examples ?? {}).length > 0, `${name}: ${part} ${type}`)
        for (const { summary } of Object.values(examples ?? {})) t.ok(summary, `${name}: ${part} ${type} is summed up`)
      }
    }
  }
  t.end()
})

t.test('a request that succeeds as it stands needs no date, which would have passed', (t) => {
  for (const [name, { requestBody = {} }] of operations) {
    // Exotel's callbacks tell of when a call ended, which may be any time: its examples are Exotel's own.
    if (!name.includes(CALLBACK_ROOT)) t.notMatch(JSON.stringify(requestBody), /20\d\d-/, name)
  }
  t.end()
})

t.test('every answer names its headers, each described once', (t) => {
  const used = new Set<string>()
  for (const [name, { responses }] of operations) {
    for (const [status, holder] of Object.entries(responses)) {
      const { headers = {} } = resolved(holder)
      t.ok(headers['X-Request-Id'], `${name}: ${status}`)
      for (const header of Object.values(headers)) used.add(nameIn(header))
    }
  }
  t.strictSame([...used].sort(), Object.keys(document.components.headers).sort())
  t.end()
})

t.test('no schema has a name that generators of SDKs give to what belongs to an operation', (t) => {
  const own = operations.flatMap(([, { operationId }]) =>
    ['', 'Body', 'Data', 'Error', 'Errors', 'Params', 'Query', 'Request', 'Response', 'Responses', 'Result'].map(
      (suffix) => `${operationId}${suffix}`.toLowerCase(),
    ),
  )
  const taken = Object.keys(document.components.schemas).filter((name) => own.includes(name.toLowerCase()))
  t.strictSame(taken, [])
  t.notMatch(Object.keys(document.components.schemas).join(' '), /\d/, 'none is told apart by a digit')
  t.end()
})
