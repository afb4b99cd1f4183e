import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { ERRORS, type ErrorCode } from '../src/errors.js'
import { StringEnum, Text } from './common.js'

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** The page that tells what each code means and what to do about it. */
export const ERRORS_PATH = '/docs/errors'

/** What a problem's `type` says: a link to the code's entry, which resolves against the server's own address. */
export function problemType(code: ErrorCode): string {
  return `${ERRORS_PATH}#${code}`
}

const PARTS = ['body', 'query', 'path', 'headers'] as const

export const ProblemErrorSchema = Type.Object(
  {
    pointer: Text('JSON pointer (RFC 6901) to the fault.', '/limit'),
    in: Type.Optional(
      StringEnum(PARTS, { description: 'The part of the request that the pointer is about.', examples: ['query'] }),
    ),
    message: Text('What is wrong there, and where it is known what to do.', 'must be at most 500, not 501'),
  },
  { $id: 'ProblemError', description: 'A fault of a request that does not fit the contract.' },
)

export const ProblemSchema = Type.Object(
  {
    type: Type.String({
      format: 'uri-reference',
      description: 'Kind of problem: a link to the entry of its `code` in the documentation.',
      examples: [problemType('invalid_request')],
    }),
    title: Text('Kind of problem, in words.', ERRORS.invalid_request.title),
    status: Type.Integer({
      format: 'int32',
      minimum: 400,
      maximum: 599,
      description: 'The HTTP status.',
      examples: [400],
    }),
    detail: Text('What is wrong with this request.', 'limit must be at most 500, not 501.'),
    instance: Type.String({
      format: 'uri-reference',
      description: 'Path of the request, without its query.',
      examples: ['/api/ribbon/analytics'],
    }),
    code: StringEnum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]], {
      $id: 'ProblemCode',
      description: 'Kind of problem, for programs. A code never changes its meaning; more may be added.',
    }),
    requestId: Text(
      'Id of the request, as in the server’s log and the `X-Request-Id` header.',
      '0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e',
    ),
    errors: Type.Optional(
      Type.Array(ProblemErrorSchema, {
        maxItems: LIMITS.faults,
        description: `Every fault of a request that does not fit the contract, the first ${String(LIMITS.faults)} at most, and at most ${String(LIMITS.faultsLength)} characters of them.`,
      }),
    ),
  },
  { $id: 'Problem', description: 'An error, per RFC 9457.' },
)
export type Problem = Static<typeof ProblemSchema>
