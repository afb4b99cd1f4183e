import t from 'tap'
import { ProblemSchema } from '../../schemas/problems.js'
import {
  anyErrors,
  customerNotFound,
  exportRefused,
  idempotencyConflict,
  ribbonRefused,
} from '../../schemas/responses.js'
import { ERRORS, type ErrorCode } from '../../src/errors.js'
import { faultsOf } from './published.js'

const errorResponses = [anyErrors, ribbonRefused, customerNotFound, idempotencyConflict, exportRefused]

t.test('every documented error is one of the catalogue, under its own status', async (t) => {
  const named = new Set<ErrorCode>()
  for (const [range, { description, content }] of errorResponses.flatMap((some) => Object.entries(some))) {
    for (const [name, { value }] of Object.entries(content['application/problem+json'].examples)) {
      t.same(faultsOf(ProblemSchema, value), [], `${range}: ${description}`)
      t.match(value, { code: name, status: ERRORS[value.code].status, title: ERRORS[value.code].title }, name)
      t.ok(new RegExp(`^${range.replaceAll('x', '.')}$`).test(String(value.status)), `${name} belongs to ${range}`)
      named.add(value.code)
    }
  }
  t.strictSame([...named].sort(), Object.keys(ERRORS).sort(), 'and each of the catalogue is documented')
})
