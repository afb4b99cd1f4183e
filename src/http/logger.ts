import { type DestinationStream, type Logger, pino } from 'pino'
import { pathOf } from './request-path.js'

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

export function describeRequest(request: { method: string; url: string }) {
  return { method: request.method, path: pathOf(request.url) }
}
