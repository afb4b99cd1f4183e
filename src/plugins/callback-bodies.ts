import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { LIMITS } from '../core/vocabulary.js'
import { ApiError } from '../errors.js'
import { parseForm, queryOf } from '../http/form.js'
import { jsonFaultOf } from '../http/json-body.js'

declare module 'fastify' {
  interface FastifyRequest {
    /** What Exotel reports: of the query where there is no body. Set on callbacks. */
    report: unknown
  }
}

const BOUNDS = {
  // What is longer is seen to be so, and not cut short.
  fieldSize: LIMITS.bodyBytes + 1,
  fileSize: LIMITS.bodyBytes + 1,
  fields: LIMITS.callbackMembers,
  files: 1,
  parts: LIMITS.callbackMembers + 1,
} as const

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
  await app.register(multipart, { limits: BOUNDS, throwFileSizeLimit: false })
  app.addHook('preValidation', async (request, reply) => {
    if (request.isMultipart()) request.report = await fieldsOf(request, reply)
    else request.report = request.method === 'GET' ? queryOf(request.url) : (request.body ?? {})
  })
})

/** The fields of a form in parts, nested as they are in any other; a file is passed over. */
async function fieldsOf(request: FastifyRequest, reply: FastifyReply): Promise<Record<string, unknown>> {
  const pairs: string[] = []
  let room: number = LIMITS.bodyBytes
  try {
    if (Number(request.headers['content-length'] ?? 0) > room) throw tooLarge()
    for await (const part of request.parts()) {
      if (part.type === 'file') for await (const chunk of part.file) room = takeFrom(room, (chunk as Buffer).length)
      else {
        const text = typeof part.value === 'string' ? part.value : JSON.stringify(part.value)
        room = takeFrom(room, part.fieldname.length + text.length)
        pairs.push(`${encoded(part.fieldname)}=${encoded(text)}`)
      }
    }
  } catch (error) {
    // What is still to come is not waited for.
    reply.header('connection', 'close')
    throw refusalOf(error as Error & { readonly statusCode?: number })
  }
  return parseForm(pairs.join('&'))
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

function takeFrom(room: number, length: number): number {
  if (length > room) throw tooLarge()
  return room - length
}

function tooLarge(): ApiError {
  return new ApiError(
    'payload_too_large',
    `The form is longer than ${String(LIMITS.bodyBytes)} bytes, or has more than ${String(LIMITS.callbackMembers)} fields: send less.`,
  )
}

function refusalOf(error: Error & { readonly statusCode?: number }): ApiError {
  if (error instanceof ApiError) return error
  if (error.statusCode === 413) return tooLarge()
  const detail =
    'The body is not the multipart form that its Content-Type says: it ends early, has no boundary, or a field is not what it says.'
  return new ApiError('invalid_request', detail, { cause: error })
}
