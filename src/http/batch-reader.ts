import { Ajv, type ErrorObject } from 'ajv'
import type { FastifyInstance, FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import { type LogCallBody, LogCallBodySchema } from '../../schemas/log-call.js'
import { UnreadEventBatch } from '../../schemas/log-calls.js'
import { LIMITS } from '../core/limits.js'
import { ApiError, invalid } from '../errors.js'
import { DOCUMENT, type UnreadBatch } from './batch-body.js'
import { inChunks } from './in-chunks.js'
import { jsonReader, notUtf8, type ReadJson } from './json-body.js'
import { jsonFault } from './json-fault.js'
import { AJV_OPTIONS, faultsOf } from './validation.js'

/** How an event is called that has no body to itself. */
const EVENT = 'The event'

const ajv = new Ajv({ ...AJV_OPTIONS, addUsedSchema: false })
const isBatch = ajv.compile(UnreadEventBatch)
const isEvent = ajv.compile<LogCallBody>(LogCallBodySchema)

/** Reads the events of batches, each as if it had come by itself: with the same checks, told in the same words. */
export class BatchReader {
  readonly #readJson: ReadJson

  constructor(app: FastifyInstance) {
    this.#readJson = jsonReader(app)
  }

  /** Of a route that takes batches. Their bodies are left to `read`: a schema would refuse all for one of the events. */
  get routeOptions(): { bodyLimit: number; validatorCompiler: FastifySchemaCompiler<object> } {
    return {
      bodyLimit: LIMITS.batchBytes,
      validatorCompiler: ({ schema, httpPart }) => (httpPart === 'body' ? () => true : ajv.compile(schema)),
    }
  }

  /**
   * @param apiKey of the request: events may repeat it
   * @returns each event, or why it is refused
   * @throws ApiError for what is wrong with the batch itself
   */
  async read(body: unknown, apiKey: string | null): Promise<(LogCallBody | ApiError)[]> {
    if (!isBatch(body)) throw refusal(isBatch.errors)
    const batch = body as unknown as UnreadBatch
    const read: (LogCallBody | ApiError)[] = []
    for await (const [, text] of inChunks(batch.events)) {
      const event = await this.#event(text, apiKey)
      const document = batch[DOCUMENT]
      if (document !== undefined && event instanceof ApiError && event.code === 'invalid_json' && !isJson(text))
        throw new ApiError('invalid_json', jsonFault(document))
      read.push(event)
    }
    return read
  }

  async #event(sent: string | Buffer, apiKey: string | null): Promise<LogCallBody | ApiError> {
    if (Buffer.byteLength(sent) > LIMITS.bodyBytes) {
      const detail = `${EVENT} is longer than ${String(LIMITS.bodyBytes)} bytes, which is the most: send less.`
      return new ApiError('payload_too_large', detail)
    }
    const refused = typeof sent === 'string' ? null : notUtf8(sent, EVENT)
    if (refused !== null) return refused
    const event = await this.#json(sent.toString())
    if (event instanceof ApiError) return event
    if (!isEvent(event)) return refusal(isEvent.errors)
    if (event.apiKey === undefined || event.apiKey === '' || event.apiKey === apiKey) return event
    const message = 'is another key than that of the request: a batch has one key, and its events need none'
    return invalid([{ in: 'body', pointer: '/apiKey', message }])
  }

  #json(text: string): Promise<unknown> {
    return new Promise((resolve) => {
      this.#readJson(text, (error, value) => {
        if (!(error instanceof ApiError)) resolve(value)
        else if (error.faults.length > 0) resolve(error)
        else resolve(new ApiError(error.code, error.message.replace(/^The body/, EVENT)))
      })
    })
  }
}

/** @param errors of a validator that found some */
function refusal(errors: ErrorObject[] | null | undefined): ApiError {
  const { faults, omitted } = faultsOf(errors as FastifySchemaValidationError[], 'body')
  return invalid(faults, omitted)
}

function isJson(text: string | Buffer): boolean {
  try {
    JSON.parse(text.toString())
    return true
  } catch {
    return false
  }
}
