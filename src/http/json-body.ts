import type { FastifyBodyParser, FastifyInstance } from 'fastify'
import { ApiError } from '../errors.js'

/** The framework's own parser of JSON, which refuses members that would poison a prototype; it says where and why it refuses. */
export function jsonParser(app: FastifyInstance): FastifyBodyParser<string> {
  const parse = app.getDefaultJsonParser('error', 'error')
  return (request, text, done) => {
    void parse(request, text, (error, body) => {
      if (error === null) done(null, body)
      else void refusal(text).then(done)
    })
  }
}

/** What finds the fault is loaded for the first text that has one. */
async function refusal(text: string): Promise<ApiError> {
  const { jsonFault } = await import('./json-fault.js')
  return new ApiError('invalid_json', jsonFault(text))
}
