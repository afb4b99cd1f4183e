import { convertV2 } from 'openapi-to-postmanv2'

type Body = Readonly<Record<string, unknown>>

interface Medium {
  readonly example?: Body
  readonly examples?: Readonly<Record<string, { readonly value: Body }>>
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, Medium>> }
  readonly responses: Readonly<Record<string, unknown>>
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

/** What the requests take from the collection's variables. The server that hands it out puts itself in as `baseUrl`. */
const VARIABLES = { baseUrl: 'http://127.0.0.1:3000', apiKey: 'demo-api-key-789', bearerToken: '' }

const OPTIONS = {
  folderStrategy: 'Tags',
  // Of the contract's own, where the converter would make values up by chance.
  parametersResolution: 'Example',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
} as const

/**
 * The contract as a Postman collection: a folder a tag, and a request an operation, with the example of its answer. The same
 * contract gives the same collection.
 */
export async function postmanCollection(document: object): Promise<object> {
  const collection = await converted(forRequests(document as Document))
  const variable = Object.entries(VARIABLES).map(([key, value]) => ({ key, value }))
  return { ...withoutIds(collection), variable }
}

/**
 * The part of the contract that requests are made of. Errors, of which there are a hundred examples, are left out. So is the
 * API key in bodies: the header carries it, which has one place to be set for all requests.
 */
function forRequests(document: Document): Document {
  const paths = mapValues(document.paths, (operations) =>
    mapValues(operations, ({ requestBody, responses, ...operation }) => ({
      ...operation,
      ...(requestBody && { requestBody: { ...requestBody, content: mapValues(requestBody.content, withoutKey) } }),
      responses: Object.fromEntries(Object.entries(responses).filter(([status]) => status.startsWith('2'))),
    })),
  )
  return { ...document, paths }
}

function withoutKey({ example, examples, ...medium }: Medium): Medium {
  return {
    ...medium,
    ...(example && { example: keyless(example) }),
    ...(examples && { examples: mapValues(examples, (named) => ({ ...named, value: keyless(named.value) })) }),
  }
}

function keyless(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'apiKey'))
}

function converted(data: object): Promise<object> {
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data: structuredClone(data) }, OPTIONS, (error, outcome) => {
      const collection = outcome?.output?.[0]?.data
      if (collection === undefined) reject(new Error('the contract cannot be converted', { cause: error ?? outcome }))
      else resolve(collection)
    })
  })
}

/** The converter numbers what it makes by chance; Postman gives its own ids on import. Examples are text, and stay whole. */
function withoutIds(collection: object): object {
  const text = JSON.stringify(collection, (name, value: unknown) =>
    name === 'id' || name === '_postman_id' ? undefined : value,
  )
  return JSON.parse(text) as object
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}
