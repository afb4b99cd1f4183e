import { STATUS_CODES } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger'

type Node = Record<string, unknown>
type Components = Map<string, Node>

interface RouteSchema {
  body?: unknown
  response?: Record<string, Node>
}

interface Document {
  readonly paths: Record<string, Record<string, { requestBody?: Node; responses: Record<string, Node> }>>
  readonly components: Node
}

const PROBLEM = 'application/problem+json'

/**
 * Routes carry whole schemas, so that each stands on its own; the document names each of them once. These two hooks of
 * the generator turn every schema that has an `$id` into a component of that name, which is what SDK types are called
 * after, and every error response into a shared response.
 */
export function documentComponents(): { transform: SwaggerTransform; transformObject: SwaggerTransformObject } {
  const components: Components = new Map()
  return {
    transform: ({ schema, url }) => {
      const route = { ...(schema as RouteSchema) }
      if (route.body !== undefined) route.body = named(route.body, components)
      if (route.response) route.response = mapValues(route.response, (answer) => answerOf(answer, components))
      return { schema: route, url }
    },
    transformObject: (source) => {
      const { components: generated, ...document } = (source as unknown as { openapiObject: Document }).openapiObject
      const examples = takeExamples(components)
      const responses: Components = new Map()
      for (const operation of Object.values(document.paths).flatMap((path) => Object.values(path))) {
        const media = [operation.requestBody, ...Object.values(operation.responses)].flatMap(mediaOf)
        for (const medium of media) addExample(medium, examples)
        operation.responses = mapValues(operation.responses, (answer, status) => shared(answer, status, responses))
      }
      const { securitySchemes } = generated
      return { ...document, components: { securitySchemes, responses: sorted(responses), schemas: sorted(components) } }
    },
  }
}

/** The generator reads a response's description beside the `$ref`, and drops it from the schema. */
function answerOf(answer: Node, components: Components): Node {
  const published = named(answer, components) as Node
  return '$id' in answer ? { ...published, description: answer.description } : published
}

/** A copy of a schema in which each schema that has an `$id` is a reference, and recorded as a component. */
function named(value: unknown, components: Components): unknown {
  if (Array.isArray(value)) return value.map((item) => named(item, components))
  if (typeof value !== 'object' || value === null) return value
  const { $id, ...members } = mapValues(value as Node, (member) => named(member, components))
  if (typeof $id !== 'string') return members
  components.set($id, members)
  return { $ref: `#/components/schemas/${$id}` }
}

/** Examples of whole documents belong to the media type, where documentation shows them; scalars keep theirs. */
function takeExamples(components: Components): ReadonlyMap<string, unknown> {
  const examples = new Map<string, unknown>()
  for (const [name, schema] of components) {
    const { examples: own, ...rest } = schema
    if (!Array.isArray(own)) continue
    examples.set(`#/components/schemas/${name}`, own[0])
    components.set(name, rest)
  }
  return examples
}

function mediaOf(holder: unknown): Node[] {
  const { content = {} } = (holder ?? {}) as { content?: Record<string, Node> }
  return Object.values(content)
}

function addExample(medium: Node, examples: ReadonlyMap<string, unknown>): void {
  const example = examples.get(String((medium.schema as Node).$ref))
  if (example !== undefined) medium.example = example
}

/** An error response under the name of its status; left in place where an operation words that status its own way. */
function shared(answer: Node, status: string, responses: Components): Node {
  const { content } = answer as { content?: Node }
  if (content?.[PROBLEM] === undefined) return answer
  const name = String(STATUS_CODES[status]).replaceAll(' ', '')
  const known = responses.get(name) ?? answer
  if (!isDeepStrictEqual(known, answer)) return answer
  responses.set(name, answer)
  return { $ref: `#/components/responses/${name}` }
}

function mapValues<T, U>(values: Record<string, T>, map: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]))
}

function sorted(components: Components): Record<string, Node> {
  return Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)))
}
