import t from 'tap'
import {
  adminErrors,
  idempotencyConflict,
  notFound,
  ProblemSchema,
  readErrors,
  unavailable,
  writeErrors,
} from '../../schemas/problems.js'
import { ERRORS, type ErrorCode } from '../../src/errors.js'
import { faultsOf } from './published.js'

t.test('every documented error is one of the catalogue, under its own status', async (t) => {
  for (const responses of [readErrors, writeErrors, adminErrors, idempotencyConflict, notFound, unavailable]) {
    for (const [status, { description, content }] of Object.entries(responses)) {
      const { example } = content['application/problem+json']
      t.same(faultsOf(ProblemSchema, example), [], `${status}: ${description}`)
      t.same({ status: example.status, title: example.title }, ERRORS[example.code as ErrorCode], example.code)
      t.equal(String(example.status), status)
    }
  }
})
