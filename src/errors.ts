/**
 * Every error a caller can meet: its code, which never changes once published, the HTTP status and the title that go
 * with it. Services throw them, one handler turns them into problems (RFC 9457).
 */
export const ERRORS = {
  invalid_request: { status: 400, title: 'Invalid request' },
  invalid_json: { status: 400, title: 'Invalid JSON' },
  missing_api_key: { status: 401, title: 'Missing API key' },
  invalid_api_key: { status: 401, title: 'Invalid API key' },
  invalid_admin_token: { status: 401, title: 'Invalid admin token' },
  admin_disabled: { status: 403, title: 'Admin API disabled' },
  domain_not_allowed: { status: 403, title: 'Domain not allowed' },
  origin_not_allowed: { status: 403, title: 'Origin not allowed' },
  not_found: { status: 404, title: 'Not found' },
  customer_not_found: { status: 404, title: 'Customer not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  request_timeout: { status: 408, title: 'Request timeout' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  idempotency_conflict: { status: 422, title: 'Idempotency conflict' },
  quota_exceeded: { status: 429, title: 'Monthly quota exceeded' },
  too_many_exports: { status: 429, title: 'Too many exports' },
  rate_limited: { status: 429, title: 'Rate limit exceeded' },
  headers_too_large: { status: 431, title: 'Request headers too large' },
  internal: { status: 500, title: 'Internal server error' },
  overloaded: { status: 503, title: 'Overloaded' },
  unavailable: { status: 503, title: 'Service unavailable' },
  outcome_open: { status: 503, title: 'Outcome open' },
} as const

export type ErrorCode = keyof typeof ERRORS

/** One thing wrong with a request: where it stands (RFC 6901 pointer into that part) and what is wrong with it. */
export interface Fault {
  readonly in: 'body' | 'query' | 'path' | 'headers'
  readonly pointer: string
  readonly message: string
}

export interface ErrorExtra {
  readonly faults?: readonly Fault[]
  /** Response headers the status calls for: `Retry-After`, `Allow`, `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>
  /** What really happened: logged, never sent. */
  readonly cause?: unknown
}

/** An error whose message is written for the caller. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode
  readonly status: number
  readonly faults: readonly Fault[]
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ErrorCode, detail: string, { faults = [], headers = {}, cause }: ErrorExtra = {}) {
    super(detail, { cause })
    this.code = code
    this.status = ERRORS[code].status
    this.faults = faults
    this.headers = headers
  }
}

/** Ends the request with an error of the catalogue. */
export function fail(code: ErrorCode, detail: string, extra?: ErrorExtra): never {
  throw new ApiError(code, detail, extra)
}

/** Ends the request with a 400 that names each member or parameter at fault. */
export function failInvalid(...faults: readonly Fault[]): never {
  throw invalid(faults)
}

/** The 400 for these faults; its detail names the first three, so that it can be read without the list. */
export function invalid(faults: readonly Fault[]): ApiError {
  const named = faults.slice(0, 3).map((fault) => `${nameOf(fault)} ${fault.message}`)
  const more = faults.length > 3 ? `; and ${String(faults.length - 3)} more` : ''
  return new ApiError('invalid_request', `${named.join('; ')}${more}.`, { faults })
}

function nameOf({ in: part, pointer }: Fault): string {
  if (pointer === '') return `The ${part}`
  return part === 'body' ? pointer : pointer.slice(1)
}
