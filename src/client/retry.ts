export type Fetch = (request: Request) => Promise<Response>

interface RetryOptions {
  /** Tries after the first. */
  readonly retries: number
  /** Lets this many milliseconds pass, or rejects with the signal's reason. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** What a server, or a proxy before it, answers when the same request may do better later. */
export const PASSING: readonly number[] = [408, 429, 502, 503, 504]

/** A server that asks for a longer wait than this is not waited for: its answer is handed on. */
const LONGEST_WAIT_MS = 60_000

const BACK_OFF = { firstMs: 250, mostMs: 10_000 }

/**
 * Sends a request again when nothing answered, or the answer was that now is not the time, after the wait that
 * `Retry-After` asks for. Only for requests that do no harm when they are sent twice.
 * @returns the last answer, when every try got such an answer
 */
export function retrying(fetch: Fetch, { retries, pause = wait }: RetryOptions): Fetch {
  return async (request) => {
    for (let failures = 1; failures <= retries; failures += 1) {
      let waitMs = backOffMs(failures)
      try {
        const response = await answerOf(await fetch(request.clone()), request)
        if (!PASSING.includes(response.status)) return response
        waitMs = retryAfterMs(response) ?? waitMs
        if (waitMs > LONGEST_WAIT_MS) return response
        await response.body?.cancel()
      } catch (error) {
        if (request.signal.aborted) throw error
      }
      await pause(waitMs, request.signal)
    }
    return answerOf(await fetch(request), request)
  }
}

/**
 * The answer to a write is short, and is read to its end here: one that breaks off says no more than none. The answer to a
 * read may be a file of any length, and is handed on as it arrives.
 */
async function answerOf(response: Response, { method }: Request): Promise<Response> {
  return method === 'POST' ? new Response(await response.arrayBuffer(), response) : response
}

/** Seconds, or a date (RFC 9110). @returns null when the answer says neither */
function retryAfterMs({ headers }: Response): number | null {
  const value = headers.get('Retry-After')
  if (value === null) return null
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? null : Math.max(0, ms)
}

/** Anything up to twice as much each time, so that those who failed together do not come back together. */
export function backOffMs(failures: number): number {
  return Math.random() * Math.min(BACK_OFF.mostMs, BACK_OFF.firstMs * 2 ** (failures - 1))
}

export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, ms)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
