import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Logger } from 'pino'
import { describeRequest } from './logger.js'

/** Every request logs with the process's logger, and says its id: a logger each would cost more than most of them say. */
export function sameLogger<L>(logger: L): L {
  return logger
}

/** One line a request, when it is over. The path is logged, never the query: it can hold an API key. */
export class RequestLog extends LogController {
  readonly #silent: boolean

  constructor(logger: Logger | undefined) {
    super()
    this.#silent = logger?.isLevelEnabled('info') !== true
  }

  override incomingRequest(): void {
    // Said once, by the line of its end.
  }

  /** An export that was broken off, by its reader or by its store. */
  override streamError(error: Error, request: FastifyRequest): void {
    request.log.warn({ requestId: request.id, err: error }, 'response broken off')
  }

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (this.#silent) return
    const durationMs = Math.round(reply.elapsedTime * 10) / 10
    const { id: requestId, log } = request
    log.info({ requestId, ...describeRequest(request), status: reply.statusCode, durationMs }, 'request')
  }
}
