import type { Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { PROBLEM_MEDIA_TYPE } from '../../schemas/problems.js'
import { foreignOrigin } from '../clients/domains.js'
import { shown } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { ApiError, type ErrorCode, fail, invalid } from '../errors.js'
import { StorageBusy, StorageDamaged, StorageUnavailable } from '../storage/errors.js'
import { KnownPaths } from '../http/known-paths.js'
import { problemOf, sendProblem } from '../http/problem.js'
import { pathOf } from '../http/request-path.js'
import { SECURITY_HEADERS } from '../http/security-headers.js'
import { DOCS_PATH } from '../docs/product.js'
import { faultsOf, type ValidatedPart } from '../http/validation.js'

/** What the framework refuses before a handler sees the request. */
const FRAMEWORK_ERRORS: Readonly<Record<string, readonly [ErrorCode, string | ((request: FastifyRequest) => string)]>> =
  {
    FST_ERR_BAD_URL: [
      'invalid_request',
      'The path holds a percent sign that starts no UTF-8 character: encode each part of it, as encodeURIComponent does.',
    ],
    FST_ERR_MAX_PARAM_LENGTH: [
      'invalid_request',
      `A part of the path is too long: an id has at most ${String(LIMITS.customerIdLength)} characters.`,
    ],
    FST_ERR_CTP_BODY_TOO_LARGE: [
      'payload_too_large',
      ({ routeOptions }) =>
        `The body is longer than ${String(routeOptions.bodyLimit)} bytes, which is the most: send less.`,
    ],
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
      'invalid_request',
      'The body is not as long as its Content-Length says: leave that header to your HTTP library.',
    ],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: [
      'unsupported_media_type',
      ({ headers }) => {
        const type = headers['content-type']
        const what = type === undefined ? 'The body has no Content-Type' : `The Content-Type is ${shown(type)}`
        return `${what}: send JSON, with Content-Type: application/json.`
      },
    ],
  }

const RETRY_SOON = { 'retry-after': '1' }
const RETRY_LATER = { 'retry-after': '60' }

/** Any error as one of the catalogue. What is not meant for callers keeps its message to itself. */
export function apiErrorOf(error: FastifyError, request: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof StorageBusy) {
    return new ApiError('overloaded', 'Too many requests are waiting. Nothing was written: try again.', {
      headers: RETRY_SOON,
      cause: error,
    })
  }
  if (error instanceof StorageUnavailable && error.outcomeOpen) {
    const detail =
      'The store was lost while it was writing: whether this was written is not known. Send the same again: a repeat of what was written changes nothing.'
    return new ApiError('outcome_open', detail, { headers: RETRY_SOON, cause: error })
  }
  if (error instanceof StorageDamaged) {
    const detail = 'The store is damaged, and whoever runs this server has to restore it. Nothing was written.'
    return new ApiError('unavailable', detail, { headers: RETRY_LATER, cause: error })
  }
  if (error instanceof StorageUnavailable) {
    return new ApiError('unavailable', 'The store cannot be used now. Nothing was written: try again.', {
      headers: RETRY_SOON,
      cause: error,
    })
  }
  if (error.validation !== undefined) {
    const { faults, omitted } = faultsOf(error.validation, error.validationContext as ValidatedPart)
    return invalid(faults, omitted)
  }
  const known = FRAMEWORK_ERRORS[error.code]
  if (known !== undefined) {
    const [code, detail] = known
    return new ApiError(code, typeof detail === 'string' ? detail : detail(request))
  }
  if (error.statusCode === 400)
    return new ApiError('invalid_request', 'The request could not be read.', { cause: error })
  return new ApiError('internal', 'Something went wrong on the server. Its log has more under the request id.', {
    cause: error,
  })
}

/** Answers with a problem, and logs what a caller must not see. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const apiError = apiErrorOf(error, request)
  if (apiError.status === 500) request.log.error({ requestId: request.id, err: error }, 'request failed')
  // Of what is overloaded there are many, and the line of the request says enough.
  else if (apiError.status === 503 && apiError.code !== 'overloaded')
    request.log.warn({ requestId: request.id, err: error }, 'request not served')
  return sendProblem(apiError, request, reply)
}

/** What Node's parser refuses, by its code. */
const CLIENT_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The request line and headers are too long.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['payload_too_large', 'The chunks of the body have extensions that are too long.'],
}

/** Answers what never became a request, on the bare socket. */
export function handleClientError(error: NodeJS.ErrnoException & { readonly reason?: string }, socket: Socket): void {
  // In the middle of an answer these lines would be taken for a part of it.
  if (error.code !== 'ECONNRESET' && socket.writable && !isAnswering(socket)) {
    const notHttp = `This is not an HTTP request: the parser says ${shown(String(error.reason))}.`
    const [code, detail] = CLIENT_ERRORS[String(error.code)] ?? ['invalid_request', notHttp]
    socket.write(bareAnswer(new ApiError(code, detail)))
  }
  socket.destroy()
}

/** Whether an answer has begun on a connection. Node.js asks the same, of a member that it has not made public. */
function isAnswering(socket: Socket & { readonly _httpMessage?: { readonly headersSent: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true
}

/** An error as a whole HTTP response. */
function bareAnswer(error: ApiError): string {
  const id = randomUUID()
  const body = JSON.stringify(problemOf(error, { id, url: '/' }))
  const headers = {
    ...error.headers,
    ...SECURITY_HEADERS,
    'x-request-id': id,
    'cache-control': 'no-store',
    'content-type': PROBLEM_MEDIA_TYPE,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${error.status} ${String(STATUS_CODES[error.status])}\r\n${lines.join('')}\r\n${body}`
}

const NO_PROXY = new ApiError('method_not_allowed', 'CONNECT is not possible here: this server is no proxy.', {
  headers: { allow: 'GET, HEAD, OPTIONS, POST' },
})

/** Problems for everything: errors of handlers, paths that do not exist and methods that a path does not have. */
export const errorHandler = fastifyPlugin(async (app) => {
  const paths = new KnownPaths()
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.includes('*')) paths.add(url, method)
  })
  app.decorateReply('problemCode')
  // Node.js answers these two by itself, or not at all. No expectation is unknown: it asks for an answer sooner, no other one.
  app.server.on('connect', (_request, socket) => socket.end(bareAnswer(NO_PROXY)))
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.setErrorHandler<FastifyError>(handleError)
  app.setNotFoundHandler((request) => {
    const path = pathOf(request.url)
    const methods = paths.methodsOf(path)
    if (methods === undefined) {
      const meant = paths.closest(path)
      const wayOut = meant === undefined ? `${DOCS_PATH} lists what there is.` : `did you mean ${meant}?`
      fail('not_found', `There is nothing at ${shown(path)}: ${wayOut}`)
    }
    const { origin } = request.headers
    if (request.method === 'OPTIONS' && origin !== undefined) fail('origin_not_allowed', foreignOrigin(origin))
    const useful = methods.filter((method) => method !== 'HEAD' && method !== 'OPTIONS').join(' or ')
    fail('method_not_allowed', `${request.method} is not possible here: use ${useful}.`, {
      headers: { allow: methods.join(', ') },
    })
  })
})
