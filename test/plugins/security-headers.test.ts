import t from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { scratchStorage } from '../helpers/storage.js'

const store = await scratchStorage(t)

const EXPECTED = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  // A page of another origin may fetch: that it may read is a matter of CORS.
  'cross-origin-resource-policy': 'cross-origin',
}

t.test('every answer of the API tells browsers that it is data, and no page', async (t) => {
  const { get, inject, post } = await buildTestApp(t, { store })
  for (const [what, answer] of [
    ['a report', await get('/api/ribbon/analytics')],
    [
      'an event',
      await post('/api/ribbon/log-call', { apiKey: DEMO_KEY, event: 'connected', data: { callSid: 'CA1' } }),
    ],
    ['an export', await get('/api/ribbon/export/calls?format=csv')],
    ['health', await get('/health')],
    ['the contract', await get('/openapi.json')],
    [
      'a preflight',
      await inject({
        method: 'OPTIONS',
        url: '/api/ribbon/init',
        headers: { origin: 'https://crm.yourcrm.com', 'access-control-request-method': 'POST' },
      }),
    ],
    ['a refusal', await get('/api/ribbon/analytics', {})],
    ['nothing there', await get('/nothing')],
    ['a path that cannot be read', await get('/api/ribbon/customer/%ff')],
  ] as const) {
    t.match(answer.headers, EXPECTED, what)
    t.notOk('strict-transport-security' in answer.headers, what)
  }
})

t.test('over TLS, as a trusted proxy says it, plain HTTP is ruled out for a year', async (t) => {
  const { get } = await buildTestApp(t, { store, env: { TRUST_PROXY: '127.0.0.1' } })
  const secure = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' }
  for (const url of ['/health', '/docs', '/nothing']) {
    t.equal((await get(url, secure)).headers['strict-transport-security'], 'max-age=31536000', url)
    t.notOk('strict-transport-security' in (await get(url, {})).headers, url)
  }
  const { get: getDirectly } = await buildTestApp(t, { store })
  t.notOk('strict-transport-security' in (await getDirectly('/health', secure)).headers, 'nobody else is believed')
})
