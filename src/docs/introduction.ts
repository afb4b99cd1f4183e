import { DATA_AS_OF_HEADER, RETAINED_FROM_HEADER } from '../../schemas/headers.js'
import { ERRORS_PATH, PROBLEM_MEDIA_TYPE } from '../../schemas/problems.js'
import { DEFAULT_TIMEZONE, DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { DEMO_API_KEY } from '../core/vocabulary/demo.js'
import { TERMINAL_EVENTS } from '../core/vocabulary/events.js'
import { ERRORS, type ErrorCode } from '../errors.js'
import { CALLBACKS_GUIDE } from './callbacks-guide.js'
import { DEFAULT_CONFIG, LOCAL_ORIGIN } from './defaults.js'
import { ANALYTICS_PATH, CALL_FLOWS_PATH } from './product.js'
import { ERROR_MEANINGS } from './error-meanings.js'
import { PRIVACY_GUIDE } from './privacy-guide.js'
import { WEBHOOKS_GUIDE } from './webhooks-guide.js'

const API = `${LOCAL_ORIGIN}/api/ribbon`
const { rateLimit, maxCallAgeMs } = DEFAULT_CONFIG

/** An event of the example call, as a command. */
function logged(event: string, more = ''): string {
  return `curl '${API}/log-call' \\
  -H 'Content-Type: application/json' -d '{
  "apiKey": "${DEMO_API_KEY}", "event": "${event}",
  "data": { "callSid": "my-first-call"${more} }
}'`
}

function read(what: string): string {
  return `curl '${API}/${what}' \\
  -H 'X-API-Key: ${DEMO_API_KEY}'`
}

/** What someone has to know who calls the API for the first time. Numbers, codes and names come from the code. */
export const INTRODUCTION = `The server behind the Exotel call ribbon. The ribbon asks it for Exotel credentials and reports
what happens on each call; the CRM reads call logs, active calls, customers, analytics and exports.

## Start

Every server that is not a production server knows a demo client, whose key is \`${DEMO_API_KEY}\`. Press **Authorize**, give
it as \`apiKey\`, and **Execute** any operation as it stands. \`npm run demo\` starts a server with 90 days of calls to look at.

The contract is at [/openapi.json](/openapi.json), for generators of clients too, and as a Postman collection at
[/postman.json](/postman.json). A typed client for browsers and Node.js is in the server’s repository:
\`npm run pack-client\`.

## One call

A call is what its events tell. The agent dials, the customer answers, the call ends:

\`\`\`sh
${logged('dialing', `, "phoneNumber": "+919876543210", "callDirection": "outbound"`)}
${logged('connected')}
${read('active-calls')}
${logged('callEnded', `, "duration": 180`)}
${read('analytics')}
\`\`\`

Events may arrive late, twice and in any order: the call comes out the same. ${codes(TERMINAL_EVENTS)} end it. A call whose
end is never reported reads as \`expired\` after ${String(maxCallAgeMs / 3_600_000)} hours; a late \`callEnded\` still completes it.

A browser sees its agent’s own leg: it takes a call for answered that the customer never took, and knows nothing of one whose tab
was closed. Exotel’s own reports go before it. [Calls as they really happen](${CALL_FLOWS_PATH}) shows what comes of both, flow by
flow.

## Authentication

Send the client’s API key in the \`X-API-Key\` header, or as \`apiKey\` in the body of a POST. Only the export also takes it in
the query, so that a link can download the file.

What stands in a page can be read by everybody who opens it. So there are keys for pages and keys for servers:

| key | opens |
| --- | --- |
| publishable, \`rk_pub_…\` | \`init\`, \`config\`, \`log-call\` and \`log-calls\`, from pages of the client’s domains, for events of the last ${String(LIMITS.pageEventAgeMs / 3_600_000)} hours |
| secret, \`rk_sec_…\` | what its scopes say: \`read\` calls, customers and reports; \`write\` events and customers; \`export\`; \`manage\` agents, their sessions, business hours and webhooks. For servers alone |
| callback, \`rk_cb_…\` | nothing but the addresses of Exotel’s callbacks, of which it is a part |
| full, \`rk_full_…\` and keys without a prefix | everything else. In a page it shows every call and customer to whoever looks at its source |
| agent session, \`eyJ…\` | what a publishable key opens, for one agent, from pages of one domain, for ${String(DEFAULTS.sessionSeconds / 3600)} hours unless told |

Whoever operates the server makes keys: \`ribbon keys create <client> --kind publishable\`. A session is started by the CRM’s own
server, with a secret key, at \`agent-sessions\`; its token goes wherever an API key goes. With \`requireAgentSessions\` a client
hands out its Exotel credentials to sessions, and to secret keys, alone: then nothing that stands in a page’s source opens them.

A browser’s request is also checked for its page: the host of its origin
has to be among the client’s domains, and so has the \`domain\` of \`init\`.

The admin API creates and changes clients and their keys. It takes an admin token of the server, \`Authorization: Bearer …\`, and
is closed where none is configured. Each change is in the audit log, under the name of the token that made it.

## Times and ranges

Times in answers are UTC: \`2025-10-12T10:30:00Z\`, with milliseconds only when there are any. Days, hours and weekdays of
reports are local: in the \`timezone\` that the request names (IANA), else in the client’s own, which is \`${DEFAULT_TIMEZONE}\` unless
it was set otherwise.

\`startDate\` and \`endDate\` take a date, which means that whole local day, or a date-time, which is read in the same zone
when it has no offset. Both ends are included; without them the range is open. An empty parameter counts as absent; one
that is not known is refused, because a mistyped filter must not silently widen a report.

## Business hours

A client has a weekly schedule, with holidays and other dates of their own, at \`business-hours\`. A call is in business hours when
it starts at one of these times on the client’s clock, in the client’s zone, whatever the zone of a report. Where clocks go
forward a skipped time is in none; where they go back a repeated one counts both times. Calls that are no longer kept
are told by the quarter hour in which they began.

A schedule applies from a date on: from today unless told, so that what calls of the past count as stays as it was. With an
earlier \`appliesFrom\`, or with \`beginning\` for all of the past, they count anew. It takes the place of whatever was set from its
date or a later one on. As long as none applies nothing is told: \`businessHours\` of a call is null then, neither \`in\` nor \`out\`. Missed
calls and service level are those of any hour, unless the question filters or groups by \`businessHours\`.

## Paging

\`call-logs\` has pages of ${String(DEFAULTS.pageSize)} events, ${String(LIMITS.pageSize)} at most. \`page\` goes to any page, at the same cost. \`cursor\`, which takes the
\`nextCursor\` of the page before, walks on without gaps or repeats while new events arrive. Other lists take a \`limit\`. An
answer lists at most ${String(LIMITS.answerLength)} characters of calls and events; one that ends early for that says \`"truncated": true\`.

## Finding calls and customers

\`calls\` lists calls by status, direction, customer, agent, number, virtual number, end reason, duration, recording and range.
Each of these by itself costs the same however many calls there are, whether very many match or three. Of several together one
is looked up and its calls are looked at for the others, ${String(LIMITS.lookedAtCalls)} for one page at the most: so a page may end early, or be empty,
and \`nextCursor\` goes on. The list is over when it is null. \`calls/{sessionId}\` tells where each fact of a call comes from.

\`customers\` searches names, numbers and ids; \`customers/by-phone/{number}\` says who calls. Numbers may be written in any way.

## Questions about calls

\`analytics/query\` answers one question at once: \`metrics\`, by up to two of \`groupBy\`, of any range in any zone, filtered and
compared with the range before; as JSON, or as CSV with \`format=csv\`. Words stand in one parameter with commas between; ids and
numbers, which may hold commas, in a parameter each: \`customerId=A&customerId=B\`. [What is measured of calls](${ANALYTICS_PATH}) has the
definitions, their reasons, and what costs the same at any volume.

## What is sent comes back

Bodies are JSON in UTF-8, of at most ${String(LIMITS.bodyBytes)} bytes, a batch ${String(LIMITS.batchBytes)}. Nothing in them is altered without a word: bytes that are not UTF-8, a
member that is named twice in one object, and a whole number beyond ±${String(Number.MAX_SAFE_INTEGER)}, which JavaScript would round, are
refused with 400. Send longer ids as text. Other numbers are those of JavaScript, 64-bit floating point: a fraction has some 16
digits. The order of members is not kept.

## Sending an event again

is safe. An event is the same event if it carries the same \`Idempotency-Key\` header or \`eventId\`, else if its call, name,
time and data are equal. The repeat gets the first one’s \`logId\` and changes nothing. The same key with other content is a
422. An answer of 200 means that the event is on disk.

## Many events at once

A ribbon that was offline sends its queue to \`log-calls\`: up to ${String(LIMITS.batchEvents)} events in one request, as \`{ "events": […] }\` or, with
\`Content-Type: application/x-ndjson\` and the key in the header, one event a line. Each is judged by itself, as \`log-call\` would,
and the answer is 200 with an outcome for each, in their order: \`created\`, \`duplicate\`, or \`invalid\` with the problem. So one
bad event spoils no other; \`success\` is false when there is any. Only what is wrong with the batch itself is an error: no event
or too many, too many bytes, or a document that is no JSON. Those that are created are written together: after a crash all of
them are there, or none.

An \`Idempotency-Key\` is the batch’s: an event without an \`eventId\` goes by that key and its place, so send the same batch
again, not what is left of it. Events that name neither their call nor their time need it, or an \`eventId\`, to be sent again safely.

## Rate limits and quota

Of each of these kinds an API key may send ${String(rateLimit.max)} requests in ${String(rateLimit.windowMs / 1000)} seconds, unless the server is configured otherwise:
\`ingest\` (\`init\`, \`log-call\` and \`log-calls\`, where a batch is one request), \`reads\`, \`writes\` (customers) and
\`exports\`; a callback key, and the address that uses it, ${String(LIMITS.callbackTimes)} times as many \`callbacks\`. So reports cannot use up what a ribbon needs. A
client with all its keys may send ${String(rateLimit.clientMax)}, and so may one address, whoever calls from it. The header
\`RateLimit: "ingest";r=5999;t=42\` says that 5999 requests are left for 42 seconds, and \`RateLimit-Policy\` names the limit;
beyond it the answer is 429, with \`Retry-After\`. An address that fails to authenticate ${String(LIMITS.authenticationFailures)} times in ${String(LIMITS.authenticationFailuresMs / 1000)} seconds
gets 429 in place of 401 for a while; a valid API key still passes.

The plan allows a number of calls a month. \`init\` refuses with 429 once they are used up. \`log-call\` and \`log-calls\` never do: the call
happened.

${CALLBACKS_GUIDE}## Calls as they happen

\`GET /api/ribbon/stream\` tells every change of a call within a fraction of a second, as server-sent events: first a \`snapshot\` of the
calls in progress, then \`call.started\`, \`call.answered\`, \`call.updated\`, \`call.ended\` and \`call.missed\`, each with the call as it was after
it, and \`today\`, the day’s numbers. Nobody has to ask again and again.

The \`id\` of a message is the place of its event in the client’s recorded sequence. Whoever was cut off sends the last one as
\`Last-Event-ID\` and misses and repeats nothing, for as long as events are kept, whichever process answers; browsers do so by
themselves. Keep one connection a program, and let it tell the others: a client may have ${LIMITS.streamsOfClient} open.

A browser’s \`EventSource\` sends no header. A server asks for a token at \`POST /api/ribbon/stream-tokens\` with a key that may read, and the page opens the
stream with it for the next ${LIMITS.streamTokenSeconds / 60} minutes:

\`\`\`js
const calls = new EventSource(\`/api/ribbon/stream?token=\${token}\`)
calls.addEventListener('call.missed', ({ data }) => console.log(JSON.parse(data).call.phoneNumber))
\`\`\`

In Node.js and in pages that hold a key, the typed client reads it: \`for await (const { event, data } of ribbon.changes())\`.

${WEBHOOKS_GUIDE}${PRIVACY_GUIDE}## Exports

\`export/calls\` sends every call of the range as a file, oldest first, one row or entry a call. A file that ended is
complete: an export that fails half-way breaks the connection off. Calls that are no longer kept are not in it;
\`${RETAINED_FROM_HEADER}\` says from when on they are.

\`format=json\` is one document, \`format=ndjson\` one JSON object a line: for machines, and exact. \`format=csv\` is RFC 4180
with a header: \`columns\` chooses and orders what is in it, \`times\` writes local times, \`excel=true\` makes it a file that Excel
opens right. Texts that a spreadsheet would run as a formula have an apostrophe before them in CSV, and in CSV alone.

## Errors

are \`${PROBLEM_MEDIA_TYPE}\` (RFC 9457). \`code\` is for programs and never changes its meaning; \`detail\` is for people;
\`errors\` names every fault of a request, each with a JSON pointer; \`requestId\`, also in \`X-Request-Id\`, finds the request in
the server’s log. \`type\` leads to the code’s entry in [the list of errors](${ERRORS_PATH}), which says what to do.

While the server cannot write, a full disk for one, reads go on and \`${DATA_AS_OF_HEADER}\` says up to when they are complete.

| code | status | when |
| --- | --- | --- |
${Object.entries(ERRORS)
  .map(([code, { status }]) => `| \`${code}\` | ${String(status)} | ${ERROR_MEANINGS[code as ErrorCode].when} |`)
  .join('\n')}
`

function codes(names: readonly string[]): string {
  return names
    .map((name) => `\`${name}\``)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ')
}
