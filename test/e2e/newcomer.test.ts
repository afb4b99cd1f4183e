/** The mistakes that newcomers make, each with the whole sentence that they get: what is wrong, and the way out. */
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'

interface Mistake {
  readonly mistake: string
  readonly request: InjectOptions & { readonly url: string }
  readonly status: number
  readonly code: string
  readonly sentence: string
}

const KEY = { 'x-api-key': DEMO_KEY }
const JSON_TYPE = { 'content-type': 'application/json' }

const get = (path: string, headers: Record<string, string> = KEY) => ({ url: `/api/ribbon/${path}`, headers })
const post = (path: string, payload: string | object, headers: Record<string, string> = JSON_TYPE) => ({
  method: 'POST' as const,
  url: `/api/ribbon/${path}`,
  payload,
  headers,
})
const event = (members: object) => ({ apiKey: DEMO_KEY, event: 'connected', data: { callSid: 'CA1' }, ...members })

const MISTAKES: readonly Mistake[] = [
  {
    mistake: 'no key',
    request: get('config', {}),
    status: 401,
    code: 'missing_api_key',
    sentence: 'The request has no API key. Send the API key in the X-API-Key header.',
  },
  {
    mistake: 'the key where other APIs take theirs',
    request: get('config', { authorization: `Bearer ${DEMO_KEY}` }),
    status: 401,
    code: 'missing_api_key',
    sentence: 'authorization in the headers is not read. Send the API key in the X-API-Key header.',
  },
  {
    mistake: 'the key under another name in a download link',
    request: get(`export/calls?apiKey=${DEMO_KEY}`, {}),
    status: 401,
    code: 'missing_api_key',
    sentence:
      'apiKey in the query is not read. Send the API key in the X-API-Key header, or as X-API-Key in the query.',
  },
  {
    mistake: 'a key with a slip of the pen',
    request: get('config', { 'x-api-key': 'demo-api-key-798' }),
    status: 401,
    code: 'invalid_api_key',
    sentence:
      'This API key is not valid: it is unknown, was revoked or is of a suspended client. Whoever runs this server gives out keys.',
  },
  {
    mistake: 'one key in the header and another in the body',
    request: post('log-call', event({}), { 'x-api-key': COLLECTIONS_KEY }),
    status: 400,
    code: 'invalid_request',
    sentence: '/apiKey is another key than that of the X-API-Key header: send one of them.',
  },
  {
    mistake: 'JSON with a comma too many',
    request: post('log-call', `{\n  "apiKey": "${DEMO_KEY}",\n  "event": "connected",\n}`),
    status: 400,
    code: 'invalid_json',
    sentence: 'The body is not JSON: in line 4, column 1, after "event", a comma stands before the end: take it out.',
  },
  {
    mistake: 'JSON in single quotes, as a shell leaves it',
    request: post('log-call', `{'apiKey': '${DEMO_KEY}'}`),
    status: 400,
    code: 'invalid_json',
    sentence:
      'The body is not JSON: in line 1, column 2, text stands without double quotes: write "text", neither \'text\' nor text.',
  },
  {
    mistake: 'an object that was not made JSON of',
    request: post('log-call', '[object Object]'),
    status: 400,
    code: 'invalid_json',
    sentence: 'The body is the text [object Object]: pass the object through JSON.stringify.',
  },
  {
    mistake: 'a form instead of JSON',
    request: post('init', 'domain=yourcrm.com', { ...KEY, 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'unsupported_media_type',
    sentence:
      'The Content-Type is "application/x-www-form-urlencoded": send JSON, with Content-Type: application/json.',
  },
  {
    mistake: 'a parameter of another spelling',
    request: get('analytics?start_date=2025-10-01'),
    status: 400,
    code: 'invalid_request',
    sentence: 'start_date is not a parameter of this operation: did you mean startDate?',
  },
  {
    mistake: 'a parameter that there is not',
    request: get('customer/CUST001/calls?offset=10'),
    status: 400,
    code: 'invalid_request',
    sentence: 'offset is not a parameter of this operation, which takes limit.',
  },
  {
    mistake: 'a date in the order of another country',
    request: get('call-logs?startDate=31/12/2025'),
    status: 400,
    code: 'invalid_request',
    sentence:
      'startDate is "31/12/2025", which does not begin with the year: write a date such as 2025-10-01, or a date-time such as 2025-10-01T09:30:00Z.',
  },
  {
    mistake: 'a day that there is not',
    request: get('analytics?endDate=2025-02-30'),
    status: 400,
    code: 'invalid_request',
    sentence:
      'endDate is "2025-02-30", but the days of 2025-02 are 01 to 28: write a date such as 2025-10-01, or a date-time such as 2025-10-01T09:30:00Z.',
  },
  {
    mistake: 'a time zone with a slip of the pen',
    request: get('analytics?timezone=Asia/Kolkatta'),
    status: 400,
    code: 'invalid_request',
    sentence: 'timezone is "Asia/Kolkatta", which is no time zone: did you mean Asia/Kolkata?',
  },
  {
    mistake: 'a filter with a value that there is not',
    request: get('call-logs?callDirection=incoming&pageSize=1000'),
    status: 400,
    code: 'invalid_request',
    sentence: 'callDirection must be inbound or outbound, not "incoming". pageSize must be at most 500, not 1000.',
  },
  {
    mistake: 'data that is no object',
    request: post('log-call', event({ data: 'CA1' })),
    status: 400,
    code: 'invalid_request',
    sentence: '/data must be an object, not a string.',
  },
  {
    mistake: 'a number in quotes',
    request: post('log-call', event({ data: { callSid: 'CA1', duration: '180' } })),
    status: 400,
    code: 'invalid_request',
    sentence: '/data/duration must be a number, null or "", not a string: write 180 without quotes.',
  },
  {
    mistake: 'an event that is not said',
    request: post('log-call', event({ event: undefined, eventName: 'connected' })),
    status: 400,
    code: 'invalid_request',
    sentence: '/event is required, such as "connected".',
  },
  {
    mistake: 'a time in milliseconds',
    request: post('log-call', event({ timestamp: '1760280743000' })),
    status: 400,
    code: 'invalid_request',
    sentence:
      '/timestamp is "1760280743000", which counts seconds or milliseconds: write a date-time such as 2025-10-12T10:35:00Z.',
  },
  {
    mistake: 'names in another spelling, by one who asked to be told',
    request: post('log-call', event({ event: 'callended', data: { callsid: 'CA1' } }), { prefer: 'handling=strict' }),
    status: 400,
    code: 'invalid_request',
    sentence:
      '/event is "callended", which is no known event: did you mean callEnded? /data/callsid is no known member: did you mean callSid?',
  },
  {
    mistake: 'a domain that the client does not have',
    request: post('init', { apiKey: COLLECTIONS_KEY, domain: 'staging.example' }),
    status: 403,
    code: 'domain_not_allowed',
    sentence:
      'The domain "staging.example" may not use this API key: whoever runs this server can add it to the client’s domains.',
  },
  {
    mistake: 'a page of an origin that the client does not have',
    request: get('config', { 'x-api-key': COLLECTIONS_KEY, origin: 'https://staging.example' }),
    status: 403,
    code: 'origin_not_allowed',
    sentence:
      'Pages of "https://staging.example" may not use this API: whoever runs this server can add it to the client’s domains.',
  },
  {
    mistake: 'a page that was opened from a file',
    request: get('config', { 'x-api-key': COLLECTIONS_KEY, origin: 'null' }),
    status: 403,
    code: 'origin_not_allowed',
    sentence:
      'This page hides where it is from (Origin: null), as pages opened from a file do: serve it from one of the client’s domains.',
  },
  {
    mistake: 'a path of another spelling',
    request: get('customers/CUST001'),
    status: 404,
    code: 'not_found',
    sentence: 'There is nothing at "/api/ribbon/customers/CUST001": did you mean /api/ribbon/customer/{customerId}?',
  },
  {
    mistake: 'a path that there is not',
    request: get('meetings'),
    status: 404,
    code: 'not_found',
    sentence: 'There is nothing at "/api/ribbon/meetings": /docs lists what there is.',
  },
  {
    mistake: 'a customer that nobody knows',
    request: get('customer/cust001'),
    status: 404,
    code: 'customer_not_found',
    sentence: 'There is no customer "cust001": nobody saved it and no call named it. Ids are case-sensitive.',
  },
  {
    mistake: 'a method that the path does not have',
    request: get('init'),
    status: 405,
    code: 'method_not_allowed',
    sentence: 'GET is not possible here: use POST.',
  },
  {
    mistake: 'the admin API with a client’s key',
    request: { url: '/api/admin/clients', headers: KEY },
    status: 401,
    code: 'invalid_admin_token',
    sentence: 'Send an admin token of this server in the header Authorization: Bearer <token>.',
  },
]

const { inject } = await buildTestApp(t)

for (const { mistake, request, status, code, sentence } of MISTAKES) {
  t.test(`${mistake}: ${String(status)}, and a sentence that names the fault and the way out`, async (t) => {
    const response = await inject(request)
    t.match(response.json(), { status, code, detail: sentence, type: `/docs/errors#${code}` })
    t.equal(response.statusCode, status)
    t.equal(response.json<{ detail: string }>().detail, sentence)
  })
}

t.test('a mistake that is none: a slash at the end of the path', async (t) => {
  t.equal((await inject(get('config/'))).statusCode, 200)
})
