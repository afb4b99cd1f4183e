/** When a request is over, for all who tell of it: the log, the metrics and the traces. */
import type { FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the answer goes on until its reader hangs up. */
    isEndless?: boolean
  }
}

/** Said, as nginx does, of an answer that its caller did not wait for. */
const BROKEN_OFF = 499

/**
 * The framework's `onResponse` is silent about what a caller breaks off, and that must be seen, too.
 * @param hear is called once, with the status to report
 */
export function whenOver({ routeOptions }: FastifyRequest, reply: FastifyReply, hear: (status: number) => void): void {
  const { raw } = reply
  let isOver = false
  const end = (status: number): void => {
    if (isOver) return
    isOver = true
    hear(status)
  }
  raw.once('finish', () => {
    end(reply.statusCode)
  })
  raw.once('close', () => {
    end(routeOptions.config.isEndless === true ? reply.statusCode : BROKEN_OFF)
  })
}
