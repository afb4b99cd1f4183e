import type { FastifyRequest } from 'fastify'
import { isObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { closest } from './spelling.js'

const HEADER = 'X-API-Key'
const MEMBER = 'apiKey'

/** A request without an API key: where its key may have been meant to be, and where it goes, in two sentences. */
export function missingKey({ headers, body, query, routeOptions }: FastifyRequest): string {
  const takesBody = routeOptions.schema?.body !== undefined
  const takesQuery = routeOptions.config.apiKeyInQuery === true
  const stray =
    strayKey('query', Object.keys(query as object), takesQuery ? HEADER : null) ??
    strayKey('body', isObject(body) ? Object.keys(body) : [], MEMBER) ??
    strayKey('headers', Object.keys(headers), HEADER.toLowerCase())
  const other = takesBody ? `, or as ${MEMBER} in the body` : takesQuery ? `, or as ${HEADER} in the query` : ''
  return `${stray ?? 'The request has no API key'}. Send the API key in the ${HEADER} header${other}.`
}

/** What somebody may have taken for the place of the key. @param right the name under which it would have been found */
function strayKey(part: string, names: readonly string[], right: string | null): string | undefined {
  const stray = names.slice(0, LIMITS.faults).find((name) => {
    return name !== right && (name === 'authorization' || closest(name, [HEADER, MEMBER]) !== undefined)
  })
  return stray && `${stray} in the ${part} is not read`
}
