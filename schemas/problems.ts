import { Type, type Static } from '@sinclair/typebox'
import type { ErrorCode } from '../src/errors.js'
import { LIMITS } from '../src/core/vocabulary.js'
import { Text, StringEnum } from './common.js'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** The page that tells what each code means and what to do about it. */
export const ERRORS_PATH = '/docs/errors'

/** What a problem's `type` says: a link to the code's entry, which resolves against the server's own address. */
export function problemType(code: ErrorCode): string {
  return `${ERRORS_PATH}#${code}`
}

export const ProblemSchema = Type.Object(
  {
    type: Type.String({
      format: 'uri-reference',
      description: 'Kind of problem: a link to the entry of its `code` in the documentation.',
      examples: [problemType('invalid_request')],
    }),
    title: Text('Kind of problem, in words.', 'Invalid request'),
    status: Type.Integer({ minimum: 400, maximum: 599, description: 'The HTTP status.', examples: [400] }),
    detail: Text('What is wrong with this request.', 'limit must be at most 500, not 501.'),
    instance: Type.String({
      format: 'uri-reference',
      description: 'Path of the request, without its query.',
      examples: ['/api/ribbon/analytics'],
    }),
    code: Text('Kind of problem, for programs: stable.', 'invalid_request'),
    requestId: Text('Id of the request, as in the server’s log and the `X-Request-Id` header.', 'req-1a2b3c'),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Text('JSON pointer (RFC 6901) to the fault.', '/limit'),
          in: Type.Optional(
            StringEnum(['body', 'query', 'path', 'headers'], {
              description: 'The part of the request that the pointer is about.',
              examples: ['query'],
            }),
          ),
          message: Text('What is wrong there, and where it is known what to do.', 'must be at most 500, not 501'),
        }),
        {
          maxItems: LIMITS.faults,
          description: `Every fault of a request that does not fit the contract, the first ${String(LIMITS.faults)} at most.`,
        },
      ),
    ),
  },
  { $id: 'Problem', description: 'An error, per RFC 9457.' },
)
export type Problem = Static<typeof ProblemSchema>

const RETRY_AFTER = {
  'Retry-After': { type: 'integer', minimum: 0, description: 'Seconds after which to try again.', examples: [30] },
}

/**
 * One error response. The content map makes the serialiser pick the problem schema by content type, and publishes the
 * media type that is really sent.
 */
function problem(
  status: number,
  code: ErrorCode,
  title: string,
  detail: string,
  more: { description: string; path?: string; errors?: Problem['errors']; headers?: typeof RETRY_AFTER },
) {
  const { description, path = '/api/ribbon/analytics', headers, errors } = more
  const example: Problem = {
    type: problemType(code),
    title,
    status,
    detail,
    instance: path,
    code,
    requestId: 'req-1a2b3c',
    ...(errors && { errors }),
  }
  return {
    description,
    ...(headers && { headers }),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemSchema, example } },
  }
}

const common = {
  400: problem(400, 'invalid_request', 'Invalid request', 'limit must be at most 500, not 501.', {
    description: 'The request does not fit the contract: every fault is listed.',
    errors: [{ pointer: '/limit', in: 'query', message: 'must be at most 500, not 501' }],
  }),
  401: problem(401, 'invalid_api_key', 'Invalid API key', 'The API key is missing, unknown or no longer valid.', {
    description: 'No key, or not a valid one. Unknown, revoked and suspended keys are answered alike.',
  }),
  403: problem(403, 'origin_not_allowed', 'Origin not allowed', 'This origin may not use this API key.', {
    description: 'The domain or the page’s origin is not among those allowed.',
  }),
  429: problem(429, 'rate_limited', 'Rate limit exceeded', 'Too many requests: try again in 30 seconds.', {
    description:
      'Too many requests. On `init` also: the monthly limit of calls is reached. On an export also: too many are being read.',
    headers: RETRY_AFTER,
  }),
  500: problem(500, 'internal', 'Internal server error', 'Something went wrong on our side.', {
    description: 'A fault of the server; `requestId` finds it in the log.',
  }),
  503: problem(503, 'unavailable', 'Service unavailable', 'The server cannot do this now: try again shortly.', {
    description:
      'Overloaded, or the store does not answer. Nothing was written, unless `code` is `outcome_open`: then that is not known, and sending the same again settles it.',
    headers: RETRY_AFTER,
  }),
}

/** What any authenticated read may answer besides its result. */
export const readErrors = common

/** What any authenticated write may answer besides its result. */
export const writeErrors = {
  ...common,
  413: problem(413, 'payload_too_large', 'Payload too large', 'The body is too large.', {
    description: `The body is longer than ${String(LIMITS.bodyBytes)} bytes.`,
    path: '/api/ribbon/log-call',
  }),
  415: problem(
    415,
    'unsupported_media_type',
    'Unsupported media type',
    'The body has no Content-Type: send JSON, with Content-Type: application/json.',
    {
      description: 'The body is not `application/json`.',
      path: '/api/ribbon/log-call',
    },
  ),
}

/** What the admin API may answer besides its result. */
export const adminErrors = {
  ...common,
  401: problem(401, 'invalid_admin_token', 'Invalid admin token', 'The admin token is missing or wrong.', {
    description: 'No admin token, or not the right one.',
    path: '/api/admin/clients',
  }),
  403: problem(403, 'admin_disabled', 'Admin API disabled', 'No admin token is configured on this server.', {
    description: 'The admin API is closed: no admin token is configured.',
    path: '/api/admin/clients',
  }),
}

/** What a write that takes an idempotency key may answer besides. */
export const idempotencyConflict = {
  422: problem(422, 'idempotency_conflict', 'Idempotency conflict', 'This key was used for another event.', {
    description: 'The idempotency key was used before, with other content. Nothing was written.',
    path: '/api/ribbon/log-call',
  }),
}

export const notFound = {
  404: problem(404, 'customer_not_found', 'Customer not found', 'Nobody saved this customer and no call named it.', {
    description: 'Nobody saved this customer under this client, and no call named it.',
    path: '/api/ribbon/customer/CUST404',
  }),
}

/** What a health check answers when the server cannot serve. */
export const unavailable = { 503: common[503] }
