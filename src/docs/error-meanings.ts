import { LIMITS } from '../core/limits.js'
import type { ErrorCode } from '../errors.js'

interface Meaning {
  /** When the server says it. */
  readonly when: string
  /** What a caller does about it. */
  readonly remedy: string
}

const RETRY = 'Try again after `Retry-After` seconds.'

/** What each code means, for the documentation: Markdown, of which it uses code spans alone. */
export const ERROR_MEANINGS: Readonly<Record<ErrorCode, Meaning>> = {
  invalid_request: {
    when: 'A parameter, a header or a member of the body does not fit the contract.',
    remedy: '`errors` names every fault and where it stands. Correct them; sending the same again changes nothing.',
  },
  invalid_json: {
    when: 'The body is not JSON in UTF-8, is empty, or has a member named `__proto__`.',
    remedy: 'Send a JSON object, encoded as UTF-8.',
  },
  missing_api_key: {
    when: 'The request carries no API key.',
    remedy: 'Send it in the `X-API-Key` header, or as `apiKey` in the body of a POST.',
  },
  invalid_api_key: {
    when: 'The API key, or the token of an agent session, is unknown, or no longer valid. Unknown, revoked and suspended keys are answered alike.',
    remedy: 'Check the key for missing characters; ask the operator of the server for a new one.',
  },
  invalid_admin_token: {
    when: 'The admin API was called without an admin token, or with a wrong one.',
    remedy: 'Send one of the server’s admin tokens as `Authorization: Bearer <token>`.',
  },
  admin_disabled: {
    when: 'The server has no admin token, which closes the admin API.',
    remedy: 'Start the server with `ADMIN_TOKEN` set.',
  },
  key_not_allowed: {
    when: 'The API key is valid, and is not for this: a publishable key opens what a page needs, a secret key what its scopes say.',
    remedy: 'Call from a server, with a secret key that has the scope which the answer names.',
  },
  session_required: {
    when: 'On `init`: the client hands out its Exotel credentials to agent sessions, and to secret keys of servers, alone.',
    remedy: 'Have your server ask for an agent session, and send its token in place of the API key.',
  },
  agent_inactive: {
    when: 'On `init`: the agent that the body or the session names is not active.',
    remedy: 'Save the agent with `active` true, if it works again.',
  },
  domain_not_allowed: {
    when: 'The `domain` of `init` is not among those that the client allows.',
    remedy: 'Send the host name of the page, and have it added to the client’s domains.',
  },
  origin_not_allowed: {
    when: 'A browser sent the request from a page whose origin is not among those that the client allows.',
    remedy: 'Have the page’s host added to the client’s domains, or call from your own server.',
  },
  address_not_allowed: {
    when: 'A callback came from an address that is not among those of its key.',
    remedy:
      'Make another callback key that names the addresses from which Exotel sends, or none. Behind a proxy, see `TRUST_PROXY`.',
  },
  not_found: { when: 'There is nothing at this path.', remedy: 'Compare it with the paths of this documentation.' },
  call_not_found: {
    when: 'The client has no call of this session id, or none any more: those before the start of what it keeps are gone.',
    remedy: 'Check the id: upper and lower case differ. In a path it has to be URL-encoded.',
  },
  call_unnamed: {
    when: 'The events of the call name it by neither `callSid` nor `callId`, so nothing that is said later can be about it.',
    remedy: 'Have the ribbon report `callSid` with every event.',
  },
  customer_not_found: {
    when: 'Nobody saved this customer under this client, and no call named it.',
    remedy: 'Check the id: upper and lower case differ. In a path it has to be URL-encoded.',
  },
  agent_not_found: {
    when: 'Nobody saved this agent under this client, and no event named it.',
    remedy: 'Check the id: upper and lower case differ. In a path it has to be URL-encoded.',
  },
  client_not_found: {
    when: 'The admin API was asked about a client that there is not, or not any more.',
    remedy: 'Compare the id with `GET /api/admin/clients`.',
  },
  key_not_found: {
    when: 'The client has no API key of this id, or none that is still valid where it has to be.',
    remedy: 'Compare the id with the client’s list of keys.',
  },
  method_not_allowed: {
    when: 'The path exists, and does not have this method.',
    remedy: 'Use one of those that the `Allow` header lists.',
  },
  request_timeout: {
    when: 'The request did not arrive as a whole in time.',
    remedy: 'Send it again; the connection has to carry it faster.',
  },
  client_exists: {
    when: 'A client of this id exists, or existed: the id of one that was deleted is not given out again.',
    remedy: 'Choose another id, or leave it out: then one is made.',
  },
  exotel_user_taken: {
    when: 'Another agent of the client has this Exotel user id already.',
    remedy: 'Save that agent with `exotelUserId` null, and then this one again.',
  },
  webhook_not_found: {
    when: 'The client has no webhook of this id.',
    remedy: 'List the webhooks: the ids are there.',
  },
  too_many_webhooks: {
    when: `The client has ${String(LIMITS.webhooks)} webhooks.`,
    remedy: 'Delete one that is not used any more, or change one that is there.',
  },
  too_many_messages: {
    when: `More than ${String(LIMITS.webhookPending)} messages would wait to be sent to one webhook.`,
    remedy: 'Ask for a shorter range, and for the next one when those are sent.',
  },
  too_many_keys: {
    when: 'The client has as many API keys that open the API as one may have.',
    remedy: 'Revoke one that nobody uses.',
  },
  payload_too_large: {
    when: 'The body is longer than the server takes.',
    remedy: 'Send less with it: what a CRM knows of a customer need not go with every event. Send a batch in parts.',
  },
  unsupported_media_type: {
    when: 'The body is not declared to be JSON, or to be in another charset than UTF-8.',
    remedy: 'Send `Content-Type: application/json`.',
  },
  question_too_large: {
    when: 'A question about calls has more groups, reads more calls, or takes longer, than one may.',
    remedy: 'Ask for less, as the answer says: fewer groups, a shorter range, or without the second group.',
  },
  idempotency_conflict: {
    when: 'The idempotency key was used before, with other content. Nothing was written.',
    remedy: 'Give each event a key of its own, and repeat it with that event alone.',
  },
  quota_exceeded: {
    when: 'On `init` and `placeCall`: the client’s calls of this month are used up. Events are still logged.',
    remedy: 'Wait for the next month in the client’s time zone, or raise the plan’s limit.',
  },
  too_many_exports: {
    when: 'Too many exports are being read at once, by this client or by all.',
    remedy: 'Read the ones that are open to their end. Then try again after `Retry-After` seconds.',
  },
  rate_limited: {
    when: 'More requests of this kind were sent than one window allows, by the API key, the client or the address; or an address failed to authenticate too often.',
    remedy: RETRY,
  },
  headers_too_large: {
    when: 'The request line and the headers are too long together.',
    remedy: 'Send fewer or shorter cookies, headers and query parameters.',
  },
  internal: {
    when: 'A fault of the server.',
    remedy: 'Tell the operator the `requestId`, which finds the reason in the server’s log.',
  },
  overloaded: {
    when: 'More waits than the server queues, or it is behind with all that it has to do. Nothing was written.',
    remedy: RETRY,
  },
  unavailable: {
    when: 'The store cannot be used now or is damaged, or the server is ending. Nothing was written.',
    remedy: RETRY,
  },
  outcome_open: {
    when: 'The store was lost during the write: whether it was written is not known.',
    remedy: 'Send the same event again, with the same key: a repeat of what was written changes nothing.',
  },
  exotel_not_set_up: {
    when: 'On `placeCall` and `startReconciliation`: the client has no credentials of Exotel’s API. Nothing was dialled or read.',
    remedy: 'Have the operator of the server give them, with `ribbon clients exotel-api` or the admin API.',
  },
  exotel_refused: {
    when: 'On `placeCall`: Exotel does not take the client’s API credentials. Nothing was dialled.',
    remedy: 'Have the operator of the server give the right ones.',
  },
  call_in_progress: {
    when: 'On `placeCall`: the same request was sent before, and Exotel has yet to answer it.',
    remedy: 'Send it again after `Retry-After` seconds: the answer is then that of the first.',
  },
  call_rejected: {
    when: 'On `placeCall`: Exotel does not make this call, for the reason that the answer names. Nothing was dialled.',
    remedy: 'Correct the numbers, or what the Exotel account lacks. The same key may be used again.',
  },
  exotel_limited: {
    when: 'On `placeCall`: Exotel takes no more requests of the account for now. Nothing was dialled.',
    remedy: RETRY,
  },
  exotel_unavailable: {
    when: 'On `placeCall`: Exotel cannot be reached. Nothing was dialled.',
    remedy: RETRY,
  },
  call_outcome_unknown: {
    when: 'On `placeCall`: the request was sent to Exotel, and no answer came: the call may be made. It is not dialled again under this key.',
    remedy:
      'Send the same request again after some minutes: once Exotel has told this server of the call, the answer is the call. Or look for the id that the answer names in Exotel’s reports. To dial all the same, use another key.',
  },
  reconciliation_running: {
    when: 'On `startReconciliation`: one of this client goes on.',
    remedy:
      'Wait until `getReconciliation` says that it is over. One whose server is gone gives way after ten minutes.',
  },
  reconciliation_not_found: {
    when: 'The client was never reconciled with Exotel’s records.',
    remedy: 'Start a reconciliation with `POST`, or have the server do so every hour with `RECONCILE`.',
  },
  recording_not_found: {
    when: 'No recording of this call is known, or Exotel no longer keeps it.',
    remedy: 'Try again some minutes after the call has ended: Exotel tells of a recording a while after it.',
  },
  range_not_satisfiable: {
    when: 'The recording has no bytes where `Range` asks for some.',
    remedy: 'Ask for a part within the length that `Content-Range` tells.',
  },
  too_many_listeners: {
    when: 'Too many recordings are being listened to at once, of this client or of all.',
    remedy: 'Read the ones that are open to their end, or close them. Then try again after `Retry-After` seconds.',
  },
  too_many_streams: {
    when: 'Too many streams of changes are open at once, of this client or of all.',
    remedy: 'Close those that nobody looks at, or have one program listen and tell the others. Then try again.',
  },
  recording_unavailable: {
    when: 'The recording cannot be fetched from where it lies, or may not be.',
    remedy: 'Try again later. If it stays so, tell the operator of the server the `requestId`.',
  },
}
