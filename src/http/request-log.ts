import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Logger } from 'pino'
import { Floods } from './floods.js'
import { describeRequest } from './logger.js'
import { whenOver } from './request-end.js'

/** Every request logs with the process's logger, and says its id: a logger each would cost more than most of them say. */
export function sameLogger<L>(logger: L): L {
  return logger
}

/** One line a request, when it is over; of many refusals of one kind, one line in a few seconds. */
export class RequestLog extends LogController {
  readonly #silent: boolean
  readonly #floods: Floods<object>

  constructor(logger: Logger | undefined) {
    super()
    this.#floods = new Floods((line, count) => logger?.info({ ...line, count }, 'requests like these'))
    this.#silent = logger?.isLevelEnabled('info') !== true
  }

  override incomingRequest(request: FastifyRequest, reply: FastifyReply): void {
    if (this.#silent) return
    whenOver(request, reply, (status) => {
      this.#ended(request, reply, status)
    })
  }

  override requestCompleted(): void {
    // Said when it is over, which it may be without having been completed.
  }

  /** An export that was broken off, by its reader or by its store. */
  override streamError(error: Error, request: FastifyRequest): void {
    if (request.routeOptions.config.isEndless === true) return
    request.log.warn({ requestId: request.id, err: error }, 'response broken off')
  }

  /** Says what is still to be said. */
  close(): void {
    this.#floods.sum()
  }

  #ended(request: FastifyRequest, reply: FastifyReply, status: number): void {
    const durationMs = Math.round(reply.elapsedTime * 10) / 10
    const { id: requestId, log } = request
    const line = { ...describeRequest(request), status }
    if (line.status < 400) {
      log.info({ requestId, ...line, durationMs }, 'request')
      return
    }
    // Whose request it was, where that is known: a flood has a sender.
    const clientId = (request as Partial<FastifyRequest>).client?.clientId
    const refusal = { ...line, code: reply.problemCode, ...(clientId !== undefined && { clientId }) }
    if (!this.#floods.admits(Object.values(refusal).join(' '), refusal)) return
    log.info({ requestId, ...refusal, durationMs }, 'request')
  }
}
