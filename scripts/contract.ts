import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { CALLBACK_ROOT } from '../src/core/vocabulary/callbacks.js'
import { contractDocument, yamlOf } from '../src/contract.js'
import { postmanCollection } from './postman.js'

/** Characters beyond which a sentence is too long for a note beside a type. */
const LONG_SENTENCE = 40

/** Schemas that say of the same members what another says. */
const REPEATING = ['MetricDifferences', 'MetricChanges']

const HEADER = 'Generated from the schemas by `npm run openapi`: edit those.'

interface Operation {
  readonly tags: readonly string[]
}

interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly webhooks: object
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>
    readonly responses: Readonly<Record<string, object>>
  }
}

/** The files that the schemas generate, by path from the root of the project. */
export async function contractFiles(): Promise<Record<string, string>> {
  const document = await contractDocument()
  // What has a default need not be sent.
  const options = { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false }
  const types = await openapiTypes(forTypes(document as ContractDocument) as OpenAPI3, options)
  return {
    'openapi.yaml': `# ${HEADER}\n${yamlOf(document)}`,
    'src/client/api.ts': `// ${HEADER}\n${astToString(types)}`,
    'src/docs/postman-collection.json': `${JSON.stringify(await postmanCollection(document), null, 2)}\n`,
  }
}

/**
 * What types are made of. Examples are for documentation, and so are headers and the words about what is the operator's alone:
 * they would be half of the client's package. What is said of an answer stands with its schema; of all words, the first
 * ones are enough where the documentation is at hand.
 */
function forTypes(whole: ContractDocument): object {
  const document = withoutCallbacks(whole)
  const schemas = document.components.schemas
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  const worded = namesIn(
    schemas,
    operations.filter((operation) => !isOfOperator(operation)),
  )
  const text = JSON.stringify(document, (name, value: { readonly tags?: unknown } | string | null) => {
    if (typeof value === 'string') return name === 'description' ? firstWords(value) : value
    if (/^(?:examples?|format|headers)$/.test(name)) return undefined
    if (/^[2-5]\d\d$/.test(name)) return { ...value, description: undefined }
    if (isPartOfRequest(value)) return withoutDescriptions(value)
    const isOwn = name in schemas && value === schemas[name]
    const needsNoWords = isOwn && (!worded.has(name) || REPEATING.includes(name))
    return needsNoWords || isOfOperator(value) ? withoutDescriptions(value) : value
  })
  return JSON.parse(text) as object
}

/** The first sentence; of a long one, its first part. */
function firstWords(text: string): string {
  const sentence = text.split(/(?<=[.:])\s/)[0] as string
  return sentence.length > LONG_SENTENCE ? (sentence.split(/[,;:]\s/)[0] as string) : sentence
}

/** A parameter, which has a name that says what it is. */
function isPartOfRequest(value: object | null | undefined): boolean {
  return typeof value === 'object' && value !== null && 'in' in value && 'schema' in value
}

/** Exotel calls those operations, and nobody else does: they are left out, with the schemas that nothing else names. */
function withoutCallbacks(document: ContractDocument): ContractDocument {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => !path.startsWith(CALLBACK_ROOT)))
  const { schemas, responses, ...components } = document.components
  const text = JSON.stringify(paths)
  const answers = picked(responses, (name) => text.includes(`#/components/responses/${name}"`))
  const named = namesIn(schemas, { paths, answers, components, webhooks: document.webhooks })
  return {
    ...document,
    paths,
    components: { ...components, responses: answers, schemas: picked(schemas, (name) => named.has(name)) },
  }
}

function picked<T>(values: Readonly<Record<string, T>>, isWanted: (name: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isWanted(name)))
}

/** Schemas of customers have tags, too. */
function isOfOperator(value: { readonly tags?: unknown } | null): boolean {
  const { tags } = value ?? {}
  return Array.isArray(tags) && (tags.includes('Admin') || tags.includes('Health'))
}

/** The schemas that something refers to, and that those refer to. */
function namesIn(
  schemas: ContractDocument['components']['schemas'],
  value: unknown,
  found = new Set<string>(),
): Set<string> {
  for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (found.has(name)) continue
    found.add(name)
    namesIn(schemas, schemas[name], found)
  }
  return found
}

function withoutDescriptions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inner: unknown) => (name === 'description' ? undefined : inner)))
}
