import { ERRORS, type ErrorCode } from '../src/errors.js'
import { LIMITS } from '../src/core/limits.js'
import { type Problem, problemType } from './problems.js'

const LOG_CALL = '/api/ribbon/log-call'
const ANALYTICS = '/api/ribbon/analytics'
const CLIENTS = '/api/admin/clients'
const CALLS = '/api/ribbon/calls'
const RECORDING = `${CALLS}/session-CA1/recording`

/** What the server says with each code, word for word: test/schemas/problem-examples.test.ts compares. */
const SAID: Readonly<Record<ErrorCode, Pick<Problem, 'detail' | 'errors'> & { readonly instance: string }>> = {
  invalid_request: {
    detail: 'limit must be at most 500, not 501.',
    instance: ANALYTICS,
    errors: [{ in: 'query', pointer: '/limit', message: 'must be at most 500, not 501' }],
  },
  invalid_json: {
    detail: 'The body is not JSON: in line 1, column 2, the body ends before the JSON does: it was cut off.',
    instance: LOG_CALL,
  },
  missing_api_key: {
    detail: 'The request has no API key. Send the API key in the X-API-Key header.',
    instance: ANALYTICS,
  },
  invalid_api_key: {
    detail:
      'This API key is not valid: it is unknown, was revoked or is of a suspended client. Whoever runs this server gives out keys.',
    instance: ANALYTICS,
  },
  invalid_admin_token: {
    detail: 'Send an admin token of this server in the header Authorization: Bearer <token>.',
    instance: CLIENTS,
  },
  admin_disabled: {
    detail: 'The admin API is closed: set ADMIN_TOKEN in the environment of this server, and start it again.',
    instance: CLIENTS,
  },
  key_not_allowed: {
    detail:
      'A publishable key stands in pages, where everybody can read it, and opens only what they need. Ask from a server, with a secret key.',
    instance: ANALYTICS,
  },
  session_required: {
    detail:
      'This client hands out its Exotel credentials to agent sessions alone: have your server ask for one at /api/ribbon/agent-sessions, and send its token in place of the API key.',
    instance: '/api/ribbon/init',
  },
  agent_inactive: {
    detail: 'The agent "agent-7" is not active, and gets no Exotel credentials. Have the agent activated.',
    instance: '/api/ribbon/init',
  },
  domain_not_allowed: {
    detail:
      'The domain "evil.example" may not use this API key: whoever runs this server can add it to the client’s domains.',
    instance: '/api/ribbon/init',
  },
  origin_not_allowed: {
    detail:
      'Pages of "https://evil.example" may not use this API: whoever runs this server can add it to the client’s domains.',
    instance: ANALYTICS,
  },
  address_not_allowed: {
    detail: 'This callback key may not be used from the address that the request comes from.',
    instance: '/api/exotel/*/status-callback',
  },
  not_found: {
    detail: 'There is nothing at "/api/ribbon/meetings": /docs lists what there is.',
    instance: '/api/ribbon/meetings',
  },
  call_not_found: {
    detail: 'There is no call "session-CA404": ids are case-sensitive, and calls that are no longer kept are gone.',
    instance: '/api/ribbon/calls/session-CA404',
  },
  call_unnamed: {
    detail:
      'The events of this call name neither a callSid nor a callId, so that nothing else can name it: its events stay as they are.',
    instance: '/api/ribbon/calls/session-1760265300-9xoem1co11',
  },
  customer_not_found: {
    detail: 'There is no customer "CUST404": nobody saved it and no call named it. Ids are case-sensitive.',
    instance: '/api/ribbon/customer/CUST404',
  },
  agent_not_found: {
    detail: 'There is no agent "agent-404": nobody saved it and no event named it. Ids are case-sensitive.',
    instance: '/api/ribbon/agents/agent-404',
  },
  client_not_found: { detail: 'There is no client acme.', instance: '/api/admin/clients/acme' },
  key_not_found: {
    detail: 'client-001 has no API key 0123456789ab.',
    instance: '/api/admin/clients/client-001/keys/0123456789ab',
  },
  method_not_allowed: {
    detail: 'DELETE is not possible here: use GET.',
    instance: '/api/ribbon/customer/CUST001',
  },
  request_timeout: { detail: 'The request did not arrive in time.', instance: '/' },
  client_exists: {
    detail: 'There is a client client-001 already, or there was one: ids are not given out again.',
    instance: CLIENTS,
  },
  exotel_user_taken: {
    detail:
      'The agent "agent-7" has the Exotel user "asha.rao" already. Nothing was written: take it away from that agent first.',
    instance: '/api/ribbon/agents/agent-8',
  },
  webhook_not_found: {
    detail: 'client-demo has no webhook we_5f2b8c01d94e7a36.',
    instance: '/api/ribbon/webhooks/we_5f2b8c01d94e7a36',
  },
  too_many_webhooks: {
    detail: `client-demo has ${String(LIMITS.webhooks)} webhooks, which is the most: delete one first.`,
    instance: '/api/ribbon/webhooks',
  },
  too_many_messages: {
    detail: `More than ${String(LIMITS.webhookPending)} messages would wait to be sent: ask for a shorter range, or wait until those are sent that wait now.`,
    instance: '/api/ribbon/webhooks/we_00000000000000d1/redeliver',
  },
  too_many_keys: {
    detail: `client-001 has ${String(LIMITS.clientKeys)} API keys that open the API, which is the most.`,
    instance: '/api/admin/clients/client-001/keys',
  },
  payload_too_large: {
    detail: `The body is longer than ${String(LIMITS.bodyBytes)} bytes, which is the most: send less.`,
    instance: LOG_CALL,
  },
  unsupported_media_type: {
    detail: 'The body has no Content-Type: send JSON, with Content-Type: application/json.',
    instance: LOG_CALL,
  },
  question_too_large: {
    detail: `This question has more than ${String(LIMITS.askedGroups)} groups: ask for a shorter range, or by date in place of hour.`,
    instance: `${ANALYTICS}/query`,
  },
  idempotency_conflict: {
    detail:
      'This idempotency key was used before, with other content. Nothing was written: send another event with another key.',
    instance: LOG_CALL,
  },
  quota_exceeded: {
    detail:
      'The 100 calls of this month are used up. The month ends at 2025-10-31T18:30:00Z, as 2025-11-01 begins in Asia/Kolkata; whoever runs this server can raise the limit.',
    instance: '/api/ribbon/init',
  },
  too_many_exports: {
    detail: 'Too many exports are being read: try again when one of them is done.',
    instance: '/api/ribbon/export/calls',
  },
  rate_limited: {
    detail: 'The limit "reads" is 6000 requests of one API key in 60 s: try again in 42 s.',
    instance: ANALYTICS,
  },
  headers_too_large: { detail: 'The request line and headers are too long.', instance: '/' },
  internal: {
    detail: 'Something went wrong on the server. Its log has more under the request id.',
    instance: ANALYTICS,
  },
  overloaded: {
    detail: 'Too many requests are waiting. Nothing was written: try again.',
    instance: LOG_CALL,
  },
  unavailable: { detail: 'The store cannot be used now. Nothing was written: try again.', instance: LOG_CALL },
  outcome_open: {
    detail:
      'The store was lost while it was writing: whether this was written is not known. Send the same again: a repeat of what was written changes nothing.',
    instance: LOG_CALL,
  },
  exotel_not_set_up: {
    detail:
      'This client has nothing to sign in to Exotel’s API with: whoever runs this server can give it with ribbon clients exotel-api.',
    instance: CALLS,
  },
  exotel_refused: {
    detail:
      'Exotel does not take the API credentials of this client (Authentication failed). Nothing was dialled: whoever runs this server can give them anew.',
    instance: CALLS,
  },
  call_in_progress: {
    detail: 'The same request is on its way to Exotel: send it again for what becomes of it.',
    instance: CALLS,
  },
  call_rejected: {
    detail: 'Exotel does not make this call: Invalid parameter To. Nothing was dialled.',
    instance: CALLS,
  },
  exotel_limited: {
    detail: 'Exotel takes no more requests of this account now. Nothing was dialled: try again.',
    instance: CALLS,
  },
  exotel_unavailable: {
    detail: 'Exotel cannot be reached now. Nothing was dialled: try again.',
    instance: CALLS,
  },
  call_outcome_unknown: {
    detail:
      'Whether Exotel makes this call is not known: it did not answer in time. It is not dialled again. Send the same request again later: once Exotel tells of the call, the answer is the call. In Exotel’s own reports its CustomField ends with ribbon:DJ9etUrSpFzt7QixFekQYz. To dial all the same, use another key.',
    instance: CALLS,
  },
  reconciliation_running: {
    detail: 'A reconciliation of client-001 goes on since 2025-10-12T10:35:00Z: wait until it is over.',
    instance: `${CLIENTS}/client-001/reconciliation`,
  },
  reconciliation_not_found: {
    detail: 'client-001 was never reconciled with Exotel’s records.',
    instance: `${CLIENTS}/client-001/reconciliation`,
  },
  recording_not_found: {
    detail: 'There is no recording of a call "session-CA1", or Exotel has yet to tell of it.',
    instance: RECORDING,
  },
  range_not_satisfiable: { detail: 'The recording has no such part: it is shorter.', instance: RECORDING },
  too_many_listeners: {
    detail: 'Too many recordings are being listened to: try again when one of them is over.',
    instance: RECORDING,
  },
  too_many_streams: {
    detail: 'Too many streams are open: try again when one of them is closed.',
    instance: '/api/ribbon/stream',
  },
  recording_unavailable: {
    detail:
      'The recording lies where this server does not fetch from: whoever runs it can name the host in RECORDING_HOSTS.',
    instance: RECORDING,
  },
}

/** A problem of each code, as the server sends it. */
export const PROBLEM_EXAMPLES = Object.fromEntries(
  Object.entries(SAID).map(([name, { detail, instance, errors }]) => {
    const code = name as ErrorCode
    const { status, title } = ERRORS[code]
    const requestId = '0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e'
    const problem: Problem = { type: problemType(code), title, status, detail, instance, code, requestId }
    return [code, { ...problem, ...(errors && { errors }) }]
  }),
) as Readonly<Record<ErrorCode, Problem>>
