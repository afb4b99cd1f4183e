import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventProblem } from '../../schemas/log-calls.js'
import { PROBLEM_MEDIA_TYPE, problemType, type Problem } from '../../schemas/problems.js'
import { type ApiError, type ErrorCode, ERRORS } from '../errors.js'
import { SECURITY_HEADERS } from './security-headers.js'
import { pathOf } from './request-path.js'

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the problem that was answered, for the log. */
    problemCode?: ErrorCode
  }
}

/** An error as an RFC 9457 problem. */
export function problemOf(error: ApiError, request: { id: string; url: string }): Problem {
  const { status, title } = ERRORS[error.code]
  return {
    type: problemType(error.code),
    title,
    status,
    detail: error.message,
    instance: pathOf(request.url),
    code: error.code,
    requestId: request.id,
    ...(error.faults.length > 0 && { errors: [...error.faults] }),
  }
}

/** An error of one event of a batch. */
export function eventProblemOf({ code, message: detail, faults }: ApiError): EventProblem {
  const { status, title } = ERRORS[code]
  return { type: problemType(code), title, status, detail, code, ...(faults.length > 0 && { errors: [...faults] }) }
}
/** What was said of an answer that is not sent after all. */
const OF_CONTENT = ['accept-ranges', 'content-disposition', 'content-range']

/** Sent as text: an error must reach the caller whatever the route's response schemas say. */
export function sendProblem(error: ApiError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.problemCode = error.code
  for (const name of OF_CONTENT) reply.removeHeader(name)
  return reply
    .code(error.status)
    .headers({ ...error.headers, ...SECURITY_HEADERS, 'x-request-id': request.id, 'cache-control': 'no-store' })
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problemOf(error, request)))
}
