import { type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { type DestinationStream, type Logger, pino } from 'pino'
import { pathOf } from './problem.js'

/** Never to be logged, wherever an object with them turns up. */
const SECRETS = [
  'apiKey',
  '*.apiKey',
  'headers.authorization',
  'headers["x-api-key"]',
  '*.headers.authorization',
  '*.headers["x-api-key"]',
]

/** The process's log: one JSON object a line. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino({ level, redact: SECRETS, serializers: { req: describeRequest } }, destination)
}

function describeRequest(request: { method: string; url: string }) {
  return { method: request.method, path: pathOf(request.url) }
}

/** One line a request, when it is over. The path is logged, never the query: it can hold an API key. */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' })
  }

  override incomingRequest(): void {
    // Said once, by the line of its end.
  }

  override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const durationMs = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ ...describeRequest(request), status: reply.statusCode, durationMs }, 'request')
  }
}
