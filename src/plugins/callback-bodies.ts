import formbody from '@fastify/formbody'
import fastifyPlugin from 'fastify-plugin'
import { ApiError } from '../errors.js'
import { formOf, parseForm, queryOf } from '../http/form.js'
import { jsonFaultOf } from '../http/json-body.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What Exotel reports: of the query where there is no body. Set on callbacks. */
    report: unknown
  }
}

const NO_FORM =
  'The body is not the multipart form that its Content-Type says: it ends early, or its parts have another boundary.'

/**
 * Reads callbacks, whichever way Exotel was told to send them. Nothing is refused but what cannot be read at all: of a member
 * that is named twice JSON's last one counts, and what would poison a prototype is left out.
 */
export const callbackBodies = fastifyPlugin(async (app) => {
  app.decorateRequest('report')
  const parseJson = app.getDefaultJsonParser('remove', 'remove')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    void parseJson(request, text as string, (error, body) => {
      if (error === null) done(null, body)
      else void jsonFaultOf(text as string).then(done)
    })
  })
  await app.register(formbody, { parser: parseForm })
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (request, bytes, done) => {
    const form = formOf(bytes as Buffer, String(request.headers['content-type']))
    if (form === null) done(new ApiError('invalid_request', NO_FORM))
    else done(null, form)
  })
  app.addHook('preValidation', (request, _reply, done) => {
    request.report = request.method === 'GET' ? queryOf(request.url) : (request.body ?? {})
    done()
  })
})
