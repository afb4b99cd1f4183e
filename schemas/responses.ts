/** The answers beside a result: errors, and reports that have not changed. */
import { ERRORS, type ErrorCode } from '../src/errors.js'
import { PROBLEM_EXAMPLES } from './problem-examples.js'
import { PROBLEM_MEDIA_TYPE, ProblemSchema } from './problems.js'

const CODES = Object.keys(ERRORS) as ErrorCode[]

/**
 * One error response, with an example of each of its codes. The content map makes the serialiser pick the problem schema
 * by content type, and publishes the media type that is really sent.
 * @param headers those that it may carry, beside those of every answer
 */
function problems(description: string, codes: readonly ErrorCode[], headers: readonly string[] = []) {
  const examples = Object.fromEntries(
    codes.map((code) => [code, { summary: ERRORS[code].title, value: PROBLEM_EXAMPLES[code] }]),
  )
  return {
    description,
    headers: Object.fromEntries(headers.map((name) => [name, {}])),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: ProblemSchema, examples } },
  }
}

/**
 * What any operation may answer besides its result. Ranges, because they mean the same everywhere: an operation lists a
 * status of its own only where that status means something of the operation's own.
 */
export const anyErrors = {
  '4xx': problems(
    'The request was refused, and changed nothing. `code` says why: see the table of errors in the introduction.',
    CODES.filter((code) => ERRORS[code].status < 500),
    ['Allow', 'Content-Range', 'Retry-After', 'WWW-Authenticate'],
  ),
  '5xx': problems(
    'The server could not serve. Nothing was written, unless `code` is `outcome_open` or `call_outcome_unknown`: then that is not known, and sending the same request again settles it.',
    CODES.filter((code) => ERRORS[code].status >= 500),
    ['Retry-After'],
  ),
}

/** What the start of a ribbon may answer besides. */
export const ribbonRefused = {
  403: problems(
    'The page may not start a ribbon with this key: its domain or its origin is not allowed, it needs an agent session, or the agent is not active.',
    ['session_required', 'agent_inactive', 'domain_not_allowed', 'origin_not_allowed'],
  ),
  429: problems(
    'The calls of the month are used up, or the caller sends too many requests.',
    ['quota_exceeded', 'rate_limited'],
    ['Retry-After'],
  ),
}

/** What a callback may answer besides. */
export const callbackRefused = {
  403: problems('The key in the path opens no callbacks, or none from this address.', [
    'key_not_allowed',
    'address_not_allowed',
  ]),
}

/** What handing out an agent session may answer besides. */
export const sessionRefused = {
  403: problems('No session is handed out for this domain, or with this key.', [
    'key_not_allowed',
    'domain_not_allowed',
    'origin_not_allowed',
  ]),
}

/** What a write that takes an idempotency key may answer besides. */
export const idempotencyConflict = {
  422: problems('The idempotency key was used before, with other content. Nothing was written.', [
    'idempotency_conflict',
  ]),
}

export const customerNotFound = {
  404: problems('Nobody saved this customer under this client, and no call named it.', ['customer_not_found']),
}

export const agentNotFound = {
  404: problems('Nobody saved this agent under this client, and no event named it.', ['agent_not_found']),
}

/** What saving an agent may answer besides. */
export const exotelUserTaken = {
  409: problems('Another agent has this Exotel user. Nothing was written.', ['exotel_user_taken']),
}

export const callNotFound = {
  404: problems('The client has no such call, or none any more.', ['call_not_found']),
}

export const callUnnamed = { 409: problems('Nothing names the call.', ['call_unnamed']) }

export const clientNotFound = { 404: problems('There is no such client.', ['client_not_found']) }
export const keyNotFound = {
  404: problems('There is no such client, or it has no such key.', ['client_not_found', 'key_not_found']),
}
export const clientExists = { 409: problems('The id is taken.', ['client_exists']) }
export const webhookNotFound = {
  404: problems('The client has no such webhook, or there is no such client.', [
    'webhook_not_found',
    'client_not_found',
  ]),
}
export const tooManyWebhooks = { 409: problems('The client has too many webhooks.', ['too_many_webhooks']) }
export const tooManyMessages = {
  422: problems('The range has more messages than may wait to be sent. None is sent again.', ['too_many_messages']),
}
export const tooManyKeys = { 409: problems('The client has too many keys.', ['too_many_keys']) }

/** What an export may answer besides. */
export const exportRefused = {
  429: problems(
    'Too many exports are being read, or the caller sends too many requests.',
    ['too_many_exports', 'rate_limited'],
    ['Retry-After'],
  ),
}

/** What the making of a call may answer besides. */
export const callRefused = {
  409: problems('This client cannot make calls now, or the same request is on its way.', [
    'exotel_not_set_up',
    'exotel_refused',
    'call_in_progress',
  ]),
  422: problems(
    'Exotel does not make this call, or the idempotency key was used for another one. Nothing was dialled.',
    ['call_rejected', 'idempotency_conflict'],
  ),
  429: problems(
    'The calls of the month are used up, or the caller sends too many requests. Nothing was dialled.',
    ['quota_exceeded', 'rate_limited'],
    ['Retry-After'],
  ),
  502: problems('Exotel cannot be reached. Nothing was dialled.', ['exotel_unavailable'], ['Retry-After']),
  503: problems(
    'Exotel takes no more requests now, and nothing was dialled; or this server cannot serve.',
    ['exotel_limited', 'overloaded', 'unavailable', 'outcome_open'],
    ['Retry-After'],
  ),
  504: problems('Whether the call is made is not known. The same request again does not dial again.', [
    'call_outcome_unknown',
  ]),
}

/** What the start of a reconciliation may answer besides. */
export const reconciliationRefused = {
  409: problems('A reconciliation of this client goes on, or it has nothing to sign in to Exotel with.', [
    'reconciliation_running',
    'exotel_not_set_up',
  ]),
}
export const noReconciliation = {
  404: problems('There is no such client, or it was never reconciled.', [
    'client_not_found',
    'reconciliation_not_found',
  ]),
}

/** What listening to a recording may answer besides. */
export const recordingRefused = {
  404: problems('No recording of this call is known, or it is no longer kept.', ['recording_not_found']),
  416: problems('The recording has no such part.', ['range_not_satisfiable'], ['Content-Range']),
  429: problems(
    'Too many recordings are being listened to, or the caller sends too many requests.',
    ['too_many_listeners', 'rate_limited'],
    ['Retry-After'],
  ),
  502: problems('The recording cannot be fetched from where it lies.', ['recording_unavailable'], ['Retry-After']),
}

/** What a stream may answer besides. */
export const streamRefused = {
  429: problems(
    'Too many streams are open, or the caller sends too many requests.',
    ['too_many_streams', 'rate_limited'],
    ['Retry-After'],
  ),
}

/** What a question about calls may answer besides. */
export const questionRefused = {
  422: problems('The question has more groups, or reads more calls, than one may: `detail` says how to ask for less.', [
    'question_too_large',
  ]),
}

/** What a report with an `ETag` may answer besides. */
export const notModified = {
  304: { type: 'null', description: 'Nothing changed since the answer whose `ETag` was sent as `If-None-Match`.' },
} as const
