import { readFile } from 'node:fs/promises'
import t from 'tap'
import { parse } from 'yaml'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

const { paths, components } = parse(await readFile('openapi.yaml', 'utf8')) as Document
const names = Object.keys(components.schemas)
const operationIds = Object.values(paths).flatMap((methods) => Object.values(methods).map((it) => it.operationId))

/** What generators call the types that they make for an operation. */
const DERIVED = ['', 'Data', 'Body', 'Params', 'Error', 'Errors', 'Response', 'Responses']

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

t.test(
  'no schema has a name that generators make from an operation or a path: they would number one of the two',
  async (t) => {
    const made = new Set([
      ...operationIds.flatMap((id) => DERIVED.map((suffix) => pascal(id) + suffix)),
      ...Object.keys(paths).map((path) => pascal(path.split('/')[1] ?? '')),
    ])
    t.ok(made.has('LogCallResponse') && made.has('Health'), 'the names are made as they should be')
    t.strictSame(
      names.filter((name) => made.has(name)),
      [],
    )
  },
)

t.test('no two schemas have names that differ in case alone, and none is numbered', async (t) => {
  t.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length)
  t.strictSame(
    names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name)),
    [],
  )
})
