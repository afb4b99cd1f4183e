import { STATUS_CODES } from 'node:http'
import type { FastifyContextConfig } from 'fastify'
import type { TSchema } from '@sinclair/typebox'
import { DATA_AS_OF_HEADER } from '../../schemas/headers.js'
import type { Node } from './node.js'

/** What has to be known of a route to tell which headers its answers carry. */
interface Route {
  readonly url: string
  readonly config?: FastifyContextConfig | undefined
}

const RANGES: Readonly<Record<string, string>> = { '4XX': 'ClientError', '5XX': 'ServerError' }
const API_HEADERS = [DATA_AS_OF_HEADER, 'RateLimit', 'RateLimit-Policy']

/** The names of the headers that plugins set on an answer; what a route sets itself stands in its response. */
export function pluginHeaders(status: string, { url, config }: Route): string[] {
  const isRange = status.endsWith('xx')
  const isReport = config?.etag === true && ['200', '304'].includes(status)
  return ['X-Request-Id', ...(isRange || url.startsWith('/api/') ? API_HEADERS : []), ...(isReport ? ['ETag'] : [])]
}

/** A reference to the shared description of a header. */
export function headerReference(_: unknown, name: string): Node {
  return { $ref: `#/components/headers/${name}` }
}

/** A header as components describe it. */
export function publishedHeader({ description, ...schema }: TSchema): Node {
  return { description, schema }
}

/**
 * Moves each response that more than one operation has into a component, called after its status.
 * @returns those components
 */
export function shareResponses(operations: readonly { responses: Record<string, Node> }[]): Record<string, Node> {
  const uses = new Map<string, number>()
  for (const answer of operations.flatMap(({ responses }) => Object.values(responses))) {
    const text = JSON.stringify(answer)
    uses.set(text, (uses.get(text) ?? 0) + 1)
  }
  const shared: Record<string, Node> = {}
  for (const operation of operations) {
    for (const [status, answer] of Object.entries(operation.responses)) {
      const text = JSON.stringify(answer)
      if (uses.get(text) === 1) continue
      const name = RANGES[status] ?? String(STATUS_CODES[status]).replaceAll(' ', '')
      shared[name] ??= answer
      // Where two groups of operations word one status differently, the second keeps its words.
      if (JSON.stringify(shared[name]) === text)
        operation.responses[status] = { $ref: `#/components/responses/${name}` }
    }
  }
  return shared
}
