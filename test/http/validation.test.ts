import t from 'tap'
import { buildTestApp } from '../helpers/app.js'

const { get, post } = await buildTestApp(t)

t.test('a parameter that is empty, undefined or null is absent', async (t) => {
  const plain = await get('/api/ribbon/analytics/detailed')
  for (const value of ['', 'undefined', 'null']) {
    const response = await get(
      `/api/ribbon/analytics/detailed?startDate=${value}&endDate=${value}&limit=${value}&other=${value}`,
    )
    t.equal(response.statusCode, 200)
    t.equal(response.body, plain.body)
  }
})

t.test('numbers are plain decimal integers', async (t) => {
  t.match((await get('/api/ribbon/call-logs?pageSize=20&page=2')).json(), { pagination: { page: 2, pageSize: 20 } })
  for (const value of ['abc', '1.5', '1e2', '0x10', '%2B5', ' 5', '9999999999999999', 'true', '0', '-1', '501']) {
    const response = await get(`/api/ribbon/call-logs?pageSize=${value}`)
    t.equal(response.statusCode, 400, value)
    t.match(response.json(), { errors: [{ in: 'query', pointer: '/pageSize' }] })
  }
})

t.test('numbers that are text stay text', async (t) => {
  t.equal((await get('/api/ribbon/analytics?customerId=123')).statusCode, 200)
})

t.test('unknown, repeated and misspelt parameters are refused by name, all at once', async (t) => {
  const response = await get('/api/ribbon/call-logs?pagesize=20&callDirection=sideways&page=1&page=2&event=7up')
  t.equal(response.statusCode, 400)
  const { errors, detail } = response.json<{ errors: { pointer: string; message: string }[]; detail: string }>()
  const messages = Object.fromEntries(errors.map(({ pointer, message }) => [pointer, message]))
  t.match(messages, {
    '/pagesize': 'is not a parameter of this operation',
    '/callDirection': 'must be one of: inbound, outbound',
    '/page': 'is given more than once',
    '/event': /not allowed/,
  })
  t.match(detail, /pagesize is not a parameter/)
})

t.test('operations without parameters take none', async (t) => {
  for (const url of ['/api/ribbon/config', '/api/ribbon/active-calls', '/api/ribbon/customer/CUST001']) {
    t.equal((await get(`${url}?status=active`)).statusCode, 400)
  }
})

t.test('bodies are not coerced', async (t) => {
  for (const [data, pointer] of [
    [{ duration: '180' }, '/data/duration'],
    [{ duration: true }, '/data/duration'],
    [{ duration: -1 }, '/data/duration'],
    [{ callSid: 5 }, '/data/callSid'],
  ] as const) {
    const response = await post('/api/ribbon/log-call', { apiKey: 'demo-api-key-789', event: 'connected', data })
    t.match(response.json(), { status: 400, errors: [{ in: 'body', pointer }] })
  }
})
