import type { SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger'
import { RESPONSE_HEADERS } from '../../schemas/headers.js'
import { WEBHOOK_MESSAGES } from '../../schemas/webhook-messages.js'
import { Components } from './components.js'
import { mapValues, type Node, sorted } from './node.js'
import { markParameters, publishedParameter } from './parameters.js'
import { type CodeSample, codeSamples, type SampledOperation } from './samples.js'
import { headerReference, pluginHeaders, publishedHeader, shareResponses } from './responses.js'
import { publishedMessage } from './webhook-messages.js'

interface Operation extends SampledOperation {
  parameters?: Node[]
  responses: Record<string, Node>
  'x-codeSamples'?: readonly CodeSample[]
}

interface Document {
  readonly paths: Readonly<Record<string, Record<string, Operation>>>
  readonly components: { readonly securitySchemes: Node }
}

const PARAMETERS = ['params', 'querystring', 'headers']

/**
 * Routes carry whole schemas, so that each stands on its own; the document names each of them once. These two hooks of
 * the generator turn every schema that has an `$id` into a component of that name, which is what SDK types are called
 * after, and every response that several operations have into a shared response; and they add what concerns every
 * operation: headers, examples and code samples.
 */
export function documentHooks(): { transform: SwaggerTransform; transformObject: SwaggerTransformObject } {
  const components = new Components()
  return {
    transform: ({ schema, url, route }) => {
      const published = mapValues({ ...schema }, (part, name) => {
        if (PARAMETERS.includes(name)) return markParameters(part as Node, components)
        if (name === 'body') return components.named(part)
        if (name !== 'response') return part
        return mapValues(part as Readonly<Record<string, Node>>, ({ headers, ...answer }, status) => {
          const set = pluginHeaders(status, { url, config: route.config }).map((header) => [header, {}] as const)
          return {
            ...(components.named(answer) as Node),
            // The generator reads both beside a `$ref`.
            description: answer['description'],
            headers: { ...(headers as Node | undefined), ...Object.fromEntries(set) },
          }
        })
      })
      return { schema: published, url }
    },
    transformObject: (source) => {
      const { components: generated, ...document } = (source as unknown as { openapiObject: Document }).openapiObject
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(methods)) finish(operation, { method, path, components })
      }
      const responses = shareResponses(Object.values(document.paths).flatMap((methods) => Object.values(methods)))
      const webhooks = mapValues(WEBHOOK_MESSAGES, (message, type) => publishedMessage(type, message, components))
      return {
        ...document,
        webhooks,
        components: {
          securitySchemes: generated.securitySchemes,
          headers: mapValues(RESPONSE_HEADERS, publishedHeader),
          responses: sorted(responses),
          schemas: components.all(),
        },
      }
    },
  }
}

function finish(operation: Operation, place: { method: string; path: string; components: Components }): void {
  if (operation.parameters) operation.parameters = operation.parameters.map(publishedParameter)
  for (const answer of Object.values(operation.responses)) {
    answer['headers'] = mapValues(answer['headers'] as Node, headerReference)
  }
  for (const holder of [operation.requestBody ?? {}, ...Object.values(operation.responses)]) {
    const media = Object.values((holder['content'] ?? {}) as Record<string, Node>)
    for (const medium of media) place.components.showExamples(medium)
  }
  operation['x-codeSamples'] = codeSamples(place.method, place.path, operation)
}
