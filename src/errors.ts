import { LIMITS } from './core/limits.js'

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
  key_not_allowed: { status: 403, title: 'API key not allowed' },
  session_required: { status: 403, title: 'Agent session required' },
  agent_inactive: { status: 403, title: 'Agent not active' },
  domain_not_allowed: { status: 403, title: 'Domain not allowed' },
  address_not_allowed: { status: 403, title: 'Address not allowed' },
  origin_not_allowed: { status: 403, title: 'Origin not allowed' },
  not_found: { status: 404, title: 'Not found' },
  call_not_found: { status: 404, title: 'Call not found' },
  call_unnamed: { status: 409, title: 'Call without a name' },
  customer_not_found: { status: 404, title: 'Customer not found' },
  agent_not_found: { status: 404, title: 'Agent not found' },
  client_not_found: { status: 404, title: 'Client not found' },
  key_not_found: { status: 404, title: 'API key not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  request_timeout: { status: 408, title: 'Request timeout' },
  client_exists: { status: 409, title: 'Client exists' },
  exotel_user_taken: { status: 409, title: 'Exotel user taken' },
  too_many_keys: { status: 409, title: 'Too many API keys' },
  webhook_not_found: { status: 404, title: 'Webhook not found' },
  too_many_webhooks: { status: 409, title: 'Too many webhooks' },
  too_many_messages: { status: 422, title: 'Too many messages' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  question_too_large: { status: 422, title: 'Question too large' },
  idempotency_conflict: { status: 422, title: 'Idempotency conflict' },
  quota_exceeded: { status: 429, title: 'Monthly quota exceeded' },
  too_many_exports: { status: 429, title: 'Too many exports' },
  rate_limited: { status: 429, title: 'Rate limit exceeded' },
  headers_too_large: { status: 431, title: 'Request headers too large' },
  internal: { status: 500, title: 'Internal server error' },
  overloaded: { status: 503, title: 'Overloaded' },
  unavailable: { status: 503, title: 'Service unavailable' },
  outcome_open: { status: 503, title: 'Outcome open' },
  exotel_not_set_up: { status: 409, title: 'Exotel API not set up' },
  exotel_refused: { status: 409, title: 'Exotel refused the credentials' },
  call_in_progress: { status: 409, title: 'Call in progress' },
  call_rejected: { status: 422, title: 'Call rejected' },
  exotel_limited: { status: 503, title: 'Exotel limits requests' },
  exotel_unavailable: { status: 502, title: 'Exotel unavailable' },
  call_outcome_unknown: { status: 504, title: 'Call outcome unknown' },
  reconciliation_running: { status: 409, title: 'Reconciliation running' },
  reconciliation_not_found: { status: 404, title: 'Reconciliation not found' },
  recording_not_found: { status: 404, title: 'Recording not found' },
  range_not_satisfiable: { status: 416, title: 'Range not satisfiable' },
  too_many_listeners: { status: 429, title: 'Too many listeners' },
  too_many_streams: { status: 429, title: 'Too many streams' },
  recording_unavailable: { status: 502, title: 'Recording unavailable' },
} as const

export type ErrorCode = keyof typeof ERRORS

/** One thing wrong with a request: where it stands (RFC 6901 pointer into that part) and what is wrong with it. */
export interface Fault {
  readonly in: 'body' | 'query' | 'path' | 'headers'
  readonly pointer: string
  readonly message: string
}

interface ErrorExtra {
  readonly faults?: readonly Fault[]
  /** How many faults there are beside those. */
  readonly omitted?: number
  /** Response headers that the status calls for: `Retry-After`, `Allow`, `WWW-Authenticate`. */
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
  readonly omitted: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ErrorCode, detail: string, { faults = [], omitted = 0, headers = {}, cause }: ErrorExtra = {}) {
    super(detail, { cause })
    this.code = code
    this.status = ERRORS[code].status
    this.faults = faults
    this.omitted = omitted
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

/** How many faults the detail names: as many as a person reads. */
const NAMED = 3

/**
 * The 400 for these faults; its detail names the first three, so that it can be read without the list.
 * @param omitted how many more there are than these
 */
export function invalid(faults: readonly Fault[], omitted = 0): ApiError {
  const sentences = faults.slice(0, NAMED).map((fault) => sentence(`${nameOf(fault)} ${fault.message}`))
  const more = faults.length + omitted - sentences.length
  if (more > 0) sentences.push(`And ${String(more)} more.`)
  const named = withinLength(faults)
  return new ApiError('invalid_request', sentences.join(' '), {
    faults: named,
    omitted: faults.length + omitted - named.length,
  })
}

/** An error about a body as one about a part of another body, which stands there at `pointer`. */
export function errorWithin(pointer: string, error: ApiError): ApiError {
  if (pointer === '' || error.faults.length === 0) return error
  const faults = error.faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer }))
  return invalid(faults, error.omitted)
}

/** The first faults that an answer has room for: one that is a hundred times its request would be a weapon. */
function withinLength(faults: readonly Fault[]): readonly Fault[] {
  let length = 0
  const end = faults.findIndex(
    ({ pointer, message }) => (length += pointer.length + message.length) > LIMITS.faultsLength,
  )
  return end === -1 ? faults : faults.slice(0, Math.max(end, 1))
}

function sentence(words: string): string {
  return words.endsWith('?') ? words : `${words}.`
}

function nameOf({ in: part, pointer }: Fault): string {
  if (pointer === '') return `The ${part}`
  return part === 'body' ? pointer : pointer.slice(1)
}
