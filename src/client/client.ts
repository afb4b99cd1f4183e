import createClient, { type Client, type Middleware } from 'openapi-fetch'
import type { operations, paths } from './api.js'
import { changes, type ChangesOptions, type StreamMessage } from './changes.js'
import { RibbonError } from './error.js'
import { type Fetch, retrying } from './retry.js'

export type * from './api.js'
export { RibbonError } from './error.js'
export type { ChangesOptions, StreamMessage } from './changes.js'

export interface RibbonClientOptions {
  /** Where the server is, without a path: `https://ribbon.example.com`. */
  readonly baseUrl: string
  /** Sent as `X-API-Key` with every request. */
  readonly apiKey?: string
  /** Sent as bearer token: for the admin API alone, and never from a browser. */
  readonly adminToken?: string
  /** How often a request that may be sent twice is sent again, when nothing answered or the server was busy: 3. */
  readonly retries?: number
  /** Stands in for the global `fetch`. */
  readonly fetch?: Fetch
}

export interface RequestOptions {
  /** Ends the request, and the waits between its tries. */
  readonly signal?: AbortSignal
}

export interface LogCallOptions extends RequestOptions {
  /** Names the event, as its `eventId` does: the same again is a repeat, which changes nothing. Without both one is made. */
  readonly idempotencyKey?: string
}

type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>
type Answer<Operation extends 'logCall' | 'listCallLogs' | 'queryAnalytics'> =
  operations[Operation]['responses'][200]['content']['application/json']
type LogCallBody = operations['logCall']['requestBody']['content']['application/json']
type CallLog = Answer<'listCallLogs'>['logs'][number]

/**
 * Methods `GET`, `POST`, `PUT`, `PATCH` and `DELETE` are typed by path: `const { data, error } = await ribbon.GET('/api/ribbon/active-calls')`.
 * They return an error of the server as `error`; the methods with names of their own throw it, as `RibbonError`.
 */
export interface RibbonClient extends Client<paths> {
  /** Logs an event, once, however often it has to be sent. It is on disk when this resolves. */
  logCall(body: LogCallBody, options?: LogCallOptions): Promise<Answer<'logCall'>>
  /** Every event that matches, newest first, read a page at a time: `for await (const log of ribbon.callLogs())`. */
  callLogs(query?: Omit<Query<'listCallLogs'>, 'page'>, options?: RequestOptions): AsyncGenerator<CallLog, void>
  /** Answers a question about calls. As CSV it is asked by path: `ribbon.GET('/api/ribbon/analytics/query', …)`. */
  queryAnalytics(
    query?: Omit<Query<'queryAnalytics'>, 'format'>,
    options?: RequestOptions,
  ): Promise<Answer<'queryAnalytics'>>
  /** The calls as a file: read it as it arrives from `body`, or whole with `text()`. One that broke off throws there. */
  exportCalls(query?: Omit<Query<'exportCalls'>, 'X-API-Key'>, options?: RequestOptions): Promise<CallFile>
  /**
   * Calls as they happen: `for await (const { event, data } of ribbon.changes())`. It goes on until it is ended, over as many
   * connections as it takes, and neither misses nor repeats a change.
   */
  changes(options?: ChangesOptions): AsyncGenerator<StreamMessage, void>
}

export type CallFile = Response & { readonly body: NonNullable<Response['body']> }

/** A client of the API whose requests and answers have the types of the contract. */
export function createRibbonClient(options: RibbonClientOptions): RibbonClient {
  const { baseUrl, apiKey, adminToken, retries = 3, fetch = (request: Request) => globalThis.fetch(request) } = options
  const persistent = retrying(fetch, { retries })
  const api = createClient<paths>({
    baseUrl,
    headers: {
      ...(apiKey !== undefined && { 'X-API-Key': apiKey }),
      ...(adminToken !== undefined && { Authorization: `Bearer ${adminToken}` }),
    },
    fetch: (request) => (isRepeatable(request) ? persistent : fetch)(request),
  })
  api.use(fileAsText)

  return Object.assign(api, {
    async logCall(body: LogCallBody, { idempotencyKey, signal }: LogCallOptions = {}) {
      // An `eventId` names the event already, and may hold what a header cannot.
      const key = idempotencyKey ?? (body.eventId === undefined ? newKey() : undefined)
      const header = { ...(key !== undefined && { 'Idempotency-Key': key }) }
      const init = { body, params: { header }, fetch: persistent, ...(signal && { signal }) }
      return answered(await api.POST('/api/ribbon/log-call', init))
    },

    async *callLogs(query: Query<'listCallLogs'> = {}, { signal }: RequestOptions = {}) {
      const asked = { ...query }
      for (;;) {
        const init = { params: { query: asked }, ...(signal && { signal }) }
        const { logs, pagination } = answered(await api.GET('/api/ribbon/call-logs', init))
        yield* logs
        if (pagination.nextCursor === null) return
        asked.cursor = pagination.nextCursor
      }
    },

    async queryAnalytics(query: Query<'queryAnalytics'> = {}, { signal }: RequestOptions = {}) {
      const init = { params: { query }, ...(signal && { signal }) }
      return answered(await api.GET('/api/ribbon/analytics/query', init)) as Answer<'queryAnalytics'>
    },

    async exportCalls(query: Query<'exportCalls'> = {}, { signal }: RequestOptions = {}) {
      const init = { params: { query }, parseAs: 'stream', ...(signal && { signal }) } as const
      const outcome = await api.GET('/api/ribbon/export/calls', init)
      answered(outcome)
      return outcome.response as CallFile
    },

    changes(options: ChangesOptions = {}) {
      return changes(async (after, signal) => {
        const query = { ...(after !== undefined && { lastEventId: String(after) }) }
        // Tries again by itself.
        const init = { params: { query }, parseAs: 'stream', fetch, signal } as const
        const outcome = await api.GET('/api/ribbon/stream', init)
        answered(outcome)
        return outcome.response
      }, options)
    },
  })
}

function isRepeatable({ method, headers }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || headers.has('Idempotency-Key')
}

/** openapi-fetch reads every answer as JSON: a file that is no JSON document is given to it as the JSON of its text. */
const fileAsText: Middleware = {
  async onResponse({ response, options }) {
    const isFile = /^(?:text\/csv|application\/x-ndjson)\b/.test(String(response.headers.get('Content-Type')))
    if (!isFile || options.parseAs !== 'json') return undefined
    return new Response(JSON.stringify(await response.text()), response)
  },
}

/** @throws RibbonError when the answer is an error */
function answered<Data>(outcome: { data?: Data; error?: unknown; response: Response }): NonNullable<Data> {
  if (outcome.data === undefined || outcome.data === null) throw new RibbonError(outcome.response, outcome.error)
  return outcome.data
}

/** 128 random bits. Not `randomUUID`: pages that were not loaded over HTTPS have none. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
