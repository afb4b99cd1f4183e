import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isObject } from '../core/json.js'
import type { KeyScope, PagePermission } from '../core/vocabulary/keys.js'
import { fail, failInvalid } from '../errors.js'
import { missingKey } from '../http/missing-key.js'
import type { AgentSession } from '../clients/agent-sessions.js'
import type { Caller, ClientDirectory } from '../clients/directory.js'
import { isSignedToken } from '../clients/signed-tokens.js'
import type { Client } from '../storage/port/clients.js'
import type { StoredApiKey } from '../storage/port/keys.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls. Set on every route that API keys guard. */
    client: Client
    /** What the caller’s key is for. */
    key: StoredApiKey
    /** Of the agent whose page calls; null when it calls with a key. */
    session: AgentSession | null
  }
  interface FastifyContextConfig {
    /** What a secret key has to be allowed. Every route that API keys guard names one. */
    scope?: KeyScope
    /** What a page needs the route for: a publishable key opens the routes that say so, and no other. */
    forPages?: PagePermission
    /** Whether the API key may stand in the query: for links that a browser follows, which can carry no header. */
    apiKeyInQuery?: boolean
    /** Whether a stream token may stand in the query in place of a key. */
    streamTokenInQuery?: boolean
  }
}

/** The same whatever is wrong with the key, so that nobody learns which keys there were. */
const INVALID_KEY =
  'This API key is not valid: it is unknown, was revoked or is of a suspended client. Whoever runs this server gives out keys.'
const INVALID_TOKEN =
  'The stream token is none, or has ended, or the key with which it was asked for has. Ask stream-tokens for another.'

const CHALLENGE = { 'www-authenticate': 'ApiKey header="X-API-Key"' }

/**
 * Finds out which client calls, before anything of the request is validated: by the header, or where there is a body by
 * its `apiKey`.
 */
export const authentication = fastifyPlugin<{ directory: ClientDirectory }>(async (app, { directory }) => {
  app.decorateRequest('client')
  app.decorateRequest('key')
  app.decorateRequest('session')
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.scope === undefined) throw new Error(`${url} does not say which scope opens it`)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const apiKey = apiKeyOf(request)
    const streamToken = apiKey === null ? streamTokenOf(request) : null
    if (apiKey === null && streamToken === null) fail('missing_api_key', missingKey(request), { headers: CHALLENGE })
    const admit = (holder: Caller | null): void => {
      if (holder === null) {
        fail('invalid_api_key', streamToken === null ? INVALID_KEY : INVALID_TOKEN, { headers: CHALLENGE })
      }
      refuseUnlessFor(holder, request.routeOptions.config)
      request.client = holder
      request.key = holder.key
      request.session = holder.session
    }
    const found = streamToken === null ? directory.byApiKey(apiKey as string) : directory.byStreamToken(streamToken)
    if (found instanceof Promise) {
      found.then(admit).then(() => {
        done()
      }, done)
      return
    }
    admit(found)
    done()
  })
})

/** @throws ApiError 403 when the key is for something else than this route */
function refuseUnlessFor({ key: { kind, scopes }, session }: Caller, { scope, forPages }: FastifyContextConfig): void {
  if (session !== null && (forPages === undefined || !session.permissions.includes(forPages))) {
    const permissions = session.permissions.join(', ')
    fail('key_not_allowed', `This agent session is for ${permissions} alone. Ask from a server, with a secret key.`)
  }
  if (kind === 'callback') {
    fail('key_not_allowed', 'A callback key is for Exotel’s callbacks alone. Ask from a server, with a secret key.')
  }
  if (kind === 'publishable' && forPages === undefined) {
    fail(
      'key_not_allowed',
      'A publishable key stands in pages, where everybody can read it, and opens only what they need. Ask from a server, with a secret key.',
    )
  }
  if (kind === 'secret' && !scopes.includes(scope as KeyScope)) {
    fail('key_not_allowed', `This secret key has not the scope ${String(scope)}, which this operation asks for.`)
  }
}

/** The key of a request. @throws ApiError 400 when it carries two: one of them is a mistake, and nobody knows which */
export function apiKeyOf({ headers, body, query, routeOptions }: FastifyRequest): string | null {
  const inHeader = keyIn(headers['x-api-key']) ?? tokenIn(headers.authorization)
  const inBody = isObject(body) ? keyIn(body['apiKey']) : null
  const inQuery =
    routeOptions.config.apiKeyInQuery === true ? keyIn((query as Record<string, unknown>)['X-API-Key']) : null
  const elsewhere = inBody ?? inQuery
  if (inHeader !== null && elsewhere !== null && inHeader !== elsewhere) {
    const place =
      inBody === null
        ? ({ in: 'query', pointer: '/X-API-Key' } as const)
        : ({ in: 'body', pointer: '/apiKey' } as const)
    failInvalid({ ...place, message: 'is another key than that of the X-API-Key header: send one of them' })
  }
  return inHeader ?? elsewhere
}

function streamTokenOf({ query, routeOptions }: FastifyRequest): string | null {
  return routeOptions.config.streamTokenInQuery === true ? keyIn((query as Record<string, unknown>)['token']) : null
}

/** The token of a session may come as a bearer token (RFC 6750); keys have a header of their own. */
function tokenIn(authorization: string | undefined): string | null {
  const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
  return token !== undefined && isSignedToken(token) ? token : null
}

/** An empty key is none: pages send those they have not been given. */
function keyIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
