import { readFile } from 'node:fs/promises'
import t from 'tap'
import { parse } from 'yaml'
import { contractFiles } from '../scripts/contract.js'

const files = await contractFiles()

interface Medium {
  readonly example?: unknown
}
interface Holder {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, Medium>>
}
interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly (Medium & { readonly name: string })[]
  readonly requestBody?: Holder
  readonly responses: Readonly<Record<string, Holder>>
}
interface Document {
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly responses: Readonly<Record<string, Holder>> }
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

t.test('every parameter, request and answer of every operation has an example', async (t) => {
  for (const [name, { parameters = [], requestBody, responses }] of operations) {
    for (const parameter of parameters) t.hasOwnProp(parameter, 'example', `${name}: ${parameter.name}`)
    for (const [part, holder] of Object.entries({ request: requestBody ?? {}, ...responses })) {
      const shared = document.components.responses[String(holder.$ref?.split('/').at(-1))]
      for (const [type, medium] of Object.entries(holder.content ?? shared?.content ?? {})) {
        t.hasOwnProp(medium, 'example', `${name}: ${part} ${type}`)
      }
    }
  }
})
