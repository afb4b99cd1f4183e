import type { Socket } from 'node:net'
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { PROBLEM_MEDIA_TYPE } from '../../schemas/problems.js'
import { LIMITS } from '../core/vocabulary.js'
import { ApiError, type ErrorCode, fail, invalid } from '../errors.js'
import { StorageBusy, StorageUnavailable } from '../storage/errors.js'
import { problemOf, pathOf, sendProblem } from '../http/problem.js'
import { faultsOf, type ValidatedPart } from '../http/validation.js'

const JSON_DETAIL = 'The body is not JSON that can be kept: check its syntax, and that no member is named __proto__.'

/** What the framework refuses before a handler sees the request. */
const FRAMEWORK_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_BAD_URL: ['invalid_request', 'The path holds a percent sign that starts no UTF-8 character.'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid_request', 'A part of the path is too long.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['payload_too_large', `The body is longer than ${String(LIMITS.bodyBytes)} bytes.`],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'unsupported_media_type',
    'Send the body as JSON, with Content-Type: application/json.',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid_json', 'The body is empty: send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid_json', JSON_DETAIL],
}

const RETRY_SOON = { 'retry-after': '1' }

/** Any error as one of the catalogue. What is not meant for callers keeps its message to itself. */
export function apiErrorOf(error: FastifyError): ApiError {
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
  if (error instanceof StorageUnavailable) {
    return new ApiError('unavailable', 'The store cannot be used now. Nothing was written: try again.', {
      headers: RETRY_SOON,
      cause: error,
    })
  }
  if (error.validation !== undefined) {
    return invalid(faultsOf(error.validation, error.validationContext as ValidatedPart))
  }
  const known = FRAMEWORK_ERRORS[error.code]
  if (known !== undefined) return new ApiError(known[0], known[1])
  if (error.statusCode === 400)
    return new ApiError('invalid_request', 'The request could not be read.', { cause: error })
  return new ApiError('internal', 'Something went wrong on the server. Its log has more under the request id.', {
    cause: error,
  })
}

/** Answers with a problem, and logs what a caller must not see. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const apiError = apiErrorOf(error)
  if (apiError.status === 500) request.log.error({ requestId: request.id, err: error }, 'request failed')
  else if (apiError.status === 503) request.log.warn({ requestId: request.id, err: error }, 'request not served')
  return sendProblem(apiError, request, reply)
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'The request line and headers are too long.'],
}

/** Answers what never became a request, on the bare socket. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const [code, detail] = CLIENT_ERRORS[String(error.code)] ?? ['invalid_request', 'This is not an HTTP request.']
    const apiError = new ApiError(code, detail)
    const body = JSON.stringify(problemOf(apiError, { id: randomUUID(), url: '/' }))
    socket.write(
      `HTTP/1.1 ${String(apiError.status)} ${String(STATUS_CODES[apiError.status])}\r\n` +
        `Content-Type: ${PROBLEM_MEDIA_TYPE}\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n` +
        `Connection: close\r\n\r\n${body}`,
    )
  }
  socket.destroy()
}

/** Problems for everything: errors of handlers, paths that do not exist and methods that a path does not have. */
export const errorHandler = fastifyPlugin(async (app) => {
  const methodsByPath = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return
    const known = methodsByPath.get(url) ?? { pattern: patternOf(url), methods: new Set(['OPTIONS']) }
    for (const name of [method].flat()) known.methods.add(name)
    methodsByPath.set(url, known)
  })
  app.setErrorHandler<FastifyError>(handleError)
  app.setNotFoundHandler((request) => {
    const path = pathOf(request.url)
    const known = [...methodsByPath.values()].find(({ pattern }) => pattern.test(path))
    if (known === undefined) fail('not_found', `There is nothing at ${path}.`)
    if (request.method === 'OPTIONS' && request.headers.origin !== undefined) {
      fail('origin_not_allowed', 'Pages of this origin may not call this API.')
    }
    const allow = [...known.methods].sort().join(', ')
    fail('method_not_allowed', `${request.method} is not possible here: ${allow}.`, { headers: { allow } })
  })
})

function patternOf(url: string): RegExp {
  const steps = url
    .split('/')
    .map((step) => (step.startsWith(':') ? '[^/]+' : step.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${steps.join('/')}$`)
}
