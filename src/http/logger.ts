import { type DestinationStream, type Logger, pino } from 'pino'

/** Never to be logged, wherever an object with them turns up. */
const SECRETS = [
  'apiKey',
  '*.apiKey',
  'headers.authorization',
  'headers["x-api-key"]',
  '*.headers.authorization',
  '*.headers["x-api-key"]',
]

/** Characters of a sentence, and of a stack with those of its causes: callers decide how long some of them are. */
const MOST = { sentence: 2_000, stack: 8_000 }

/** The path of a request that leads nowhere: what it says is the caller’s, and may be anything. */
const UNKNOWN_PATH = '(unknown)'

/** The process's log: one JSON object a line. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      redact: SECRETS,
      serializers: { req: describeRequest, err: describeError },
      hooks: {
        logMethod(parts, log) {
          const bounded = parts.map((part: unknown) => (typeof part === 'string' ? cut(part, MOST.sentence) : part))
          log.apply(this, bounded as typeof parts)
        },
      },
    },
    destination,
  )
}

/** A request by its route’s pattern, because a path can hold a customer’s number or a key. */
export function describeRequest(request: { method: string; routeOptions?: { url?: string | undefined } }) {
  return { method: request.method, path: request.routeOptions?.url ?? UNKNOWN_PATH }
}

/** What pino says of an error with its causes, but for members that the error carries beside. */
function describeError(error: NodeJS.ErrnoException) {
  const { type, message, stack } = pino.stdSerializers.err(error)
  return { type, message: cut(message, MOST.sentence), stack: cut(stack, MOST.stack), code: error.code }
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}
