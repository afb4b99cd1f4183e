import t from 'tap'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'

const URL = '/api/ribbon/analytics/detailed'

const { get, post } = await buildTestApp(t)

t.test('answers are private to the key and the page that asked', async (t) => {
  const response = await get(URL)
  t.match(response.headers['cache-control'], /private/)
  t.equal(response.headers.vary, 'X-API-Key, Origin')
  const init = await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 'a.example' })
  t.equal(init.headers['cache-control'], 'no-store')
})

t.test('an unchanged report is not sent again', async (t) => {
  const { etag = '' } = (await get(URL)).headers
  for (const validator of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const response = await get(URL, { 'x-api-key': DEMO_KEY, 'if-none-match': validator })
    t.equal(response.statusCode, 304)
    t.equal(response.body, '')
    t.equal(response.headers.etag, etag)
  }
})

t.test('a changed report, and another client’s equal one, are sent', async (t) => {
  const { etag = '' } = (await get(URL)).headers
  t.equal((await get(URL, { 'x-api-key': COLLECTIONS_KEY, 'if-none-match': etag })).statusCode, 200)
  await post('/api/ribbon/log-call', { apiKey: DEMO_KEY, event: 'connected', data: { callSid: 'CA1' } })
  t.equal((await get(URL, { 'x-api-key': DEMO_KEY, 'if-none-match': etag })).statusCode, 200)
})

t.test('an error has no validator', async (t) => {
  t.equal((await get(`${URL}?limit=0`)).headers.etag, undefined)
})
