import t from 'tap'
import { createRibbonClient } from '../../src/client/client.js'

/** A server that records what it is asked, and answers the same to all. */
function recorder(status: number, body: unknown) {
  const requests: Request[] = []
  const fetch = (request: Request) => {
    requests.push(request)
    return Promise.resolve(Response.json(body, { status }))
  }
  return { requests, fetch }
}

t.test('every request carries the API key, and answers have the types of the contract', async (t) => {
  const { requests, fetch } = recorder(200, { activeCalls: [], count: 0 })
  const ribbon = createRibbonClient({ baseUrl: 'http://ribbon.test', apiKey: 'demo-api-key-789', fetch })
  const { data } = await ribbon.GET('/api/ribbon/active-calls')
  const count: number | undefined = data?.count
  t.equal(count, 0)
  t.equal(requests[0]?.url, 'http://ribbon.test/api/ribbon/active-calls')
  t.equal(requests[0]?.headers.get('x-api-key'), 'demo-api-key-789')
  t.equal(requests[0]?.headers.get('authorization'), null)
})

t.test('an id is encoded into the path, and filters into the query', async (t) => {
  const { requests, fetch } = recorder(200, {})
  const ribbon = createRibbonClient({ baseUrl: 'http://ribbon.test', apiKey: 'k', fetch })
  await ribbon.GET('/api/ribbon/customer/{customerId}/calls', {
    params: { path: { customerId: 'a/b c' }, query: { limit: 10 } },
  })
  t.equal(requests[0]?.url, 'http://ribbon.test/api/ribbon/customer/a%2Fb%20c/calls?limit=10')
})

t.test('an error is returned as a problem, not thrown', async (t) => {
  const { fetch } = recorder(401, { status: 401, code: 'invalid_api_key' })
  const ribbon = createRibbonClient({ baseUrl: 'http://ribbon.test', apiKey: 'wrong', fetch })
  const { data, error } = await ribbon.POST('/api/ribbon/log-call', { body: { event: 'connected', data: {} } })
  t.equal(data, undefined)
  t.equal(error?.code, 'invalid_api_key')
})

t.test('the admin token is a bearer token, and no key is sent without one', async (t) => {
  const { requests, fetch } = recorder(200, [])
  await createRibbonClient({ baseUrl: 'http://ribbon.test', adminToken: 'secret', fetch }).GET('/api/admin/clients')
  t.equal(requests[0]?.headers.get('authorization'), 'Bearer secret')
  t.equal(requests[0]?.headers.get('x-api-key'), null)
})

t.test('without a fetch of its own it uses the global one', async (t) => {
  const { requests, fetch } = recorder(200, {})
  t.intercept(globalThis, 'fetch', { value: fetch })
  await createRibbonClient({ baseUrl: 'http://ribbon.test', apiKey: 'k' }).GET('/health')
  t.equal(requests.length, 1)
})
