import t from 'tap'
import { faultsOf, schemas } from './published.js'

interface Node {
  readonly $id?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly additionalProperties?: Node | boolean
}

/** A schema and all those inside it, with where each stands. */
function* nodes(schema: Node, path: string): Generator<readonly [string, Node]> {
  yield [path, schema]
  for (const [name, member] of Object.entries(schema.properties ?? {})) yield* nodes(member, `${path}.${name}`)
  for (const member of schema.anyOf ?? []) yield* nodes(member, `${path}|`)
  if (schema.items) yield* nodes(schema.items, `${path}[]`)
  if (typeof schema.additionalProperties === 'object') yield* nodes(schema.additionalProperties, `${path}.*`)
}

const all = Object.entries(schemas).flatMap(([name, schema]) => [...nodes(schema, name)])

t.test('every scalar of the contract is described and has an example', async (t) => {
  const scalars = all.filter(([, { type }]) => type !== 'object' && type !== 'array')
  t.ok(scalars.length > 200, 'the walk reaches the scalars')
  t.same(
    scalars.filter(([, { description, examples }]) => !description || !examples?.length).map(([path]) => path),
    [],
  )
})

t.test('every example fits its own schema', async (t) => {
  const faults = all.flatMap(([path, schema]) =>
    (schema.examples ?? []).flatMap((example) => faultsOf(schema, example).map((fault) => `${path}: ${fault}`)),
  )
  t.same(faults, [])
})

t.test('every name in the contract means one schema', async (t) => {
  const named = new Map<string, Node>()
  for (const [path, schema] of all) {
    if (schema.$id === undefined) continue
    const [known, own] = [named.get(schema.$id) ?? schema, schema].map((node) => JSON.stringify(node))
    t.equal(own, known, `${path} is the only ${schema.$id}`)
    named.set(schema.$id, schema)
  }
})

t.test('every body sent or answered has a name and a whole example', async (t) => {
  const answers = ['InitResponse', 'LogCallResponse', 'RibbonConfig', 'Analytics', 'DetailedAnalytics', 'CallLogs']
  const others = ['ActiveCalls', 'Export', 'SaveCustomerResponse', 'CustomerProfile', 'CustomerCalls']
  const rest = ['ClientList', 'AllAnalytics', 'Health', 'Readiness', 'InitBody', 'LogCallBody', 'SaveCustomerBody']
  for (const name of [...answers, ...others, ...rest]) {
    const schema = schemas[`${name}Schema`] as Node | undefined
    t.ok(schema?.$id && schema.examples?.length, name)
  }
})
