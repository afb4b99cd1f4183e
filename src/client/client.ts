import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './api.js'

export type { components, operations, paths } from './api.js'

/** Methods `GET` and `POST`, typed by path: `const { data, error } = await ribbon.GET('/api/ribbon/active-calls')`. */
export type RibbonClient = Client<paths>

export interface RibbonClientOptions {
  /** Where the server is, without a path: `https://ribbon.example.com`. */
  readonly baseUrl: string
  /** Sent as `X-API-Key` with every request. */
  readonly apiKey?: string
  /** Sent as bearer token: for the admin API alone, and never from a browser. */
  readonly adminToken?: string
  /** Stands in for the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
}

/**
 * A client of the API whose requests and answers have the types of the contract. It throws only when there was no
 * answer: an error response is returned as `error`, a problem (RFC 9457).
 */
export function createRibbonClient({ baseUrl, apiKey, adminToken, fetch }: RibbonClientOptions): RibbonClient {
  return createClient<paths>({
    baseUrl,
    headers: {
      ...(apiKey !== undefined && { 'X-API-Key': apiKey }),
      ...(adminToken !== undefined && { Authorization: `Bearer ${adminToken}` }),
    },
    ...(fetch && { fetch }),
  })
}
