/**
 * What became of a request that brought no result.
 *
 * | kind | what is known |
 * |---|---|
 * | `unreached` | nothing of it arrived |
 * | `unanswered` | it may have arrived, and no answer came that can be read: it may have been done |
 * | `failed` | Exotel answered that something is wrong on its side: it may have been done |
 * | `limited` | too many requests (429): not done |
 * | `refused` | the credentials are not taken (401, 403): not done |
 * | `rejected` | the request is not taken (any other 4xx): not done |
 */
export type FailureKind = 'unreached' | 'unanswered' | 'failed' | 'limited' | 'refused' | 'rejected'

interface FailureExtra {
  readonly status?: number
  readonly retryAfterMs?: number | null
  readonly cause?: unknown
}

/** Its message is Exotel's own, or says what happened on the way. It holds no credentials. */
export class ExotelFailure extends Error {
  override readonly name = 'ExotelFailure'
  readonly kind: FailureKind
  /** Of the answer; null where there was none. */
  readonly status: number | null
  /** How long Exotel asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null

  constructor(kind: FailureKind, message: string, { status, retryAfterMs = null, cause }: FailureExtra = {}) {
    super(message, { cause })
    this.kind = kind
    this.status = status ?? null
    this.retryAfterMs = retryAfterMs
  }
}

/** https://developer.exotel.com/api/http-status-codes */
export function kindOfStatus(status: number): FailureKind {
  if (status === 429) return 'limited'
  if (status === 401 || status === 403) return 'refused'
  return status >= 400 && status < 500 ? 'rejected' : 'failed'
}
