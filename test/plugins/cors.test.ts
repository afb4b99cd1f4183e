import t from 'tap'
import type { Storage } from '../../src/storage/port.js'
import { buildTestApp, COLLECTIONS_KEY, DEMO_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

const PREFLIGHT = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'x-api-key' }

/** The demo client allows any page, which would hide what the others do not allow. */
const withoutDemo = {
  storage: (real: Storage) =>
    replacing('allClients', async (window) => {
      return (await real.allClients(window)).filter(({ clientId }) => clientId !== 'client-demo')
    })(real),
}

const withDemo = await buildTestApp(t)
const store = withDemo.storage
const { inject } = await buildTestApp(t, { store, ...withoutDemo })

t.test('a page of an allowed domain may ask and read', async (t) => {
  const origin = 'https://collections-crm.com'
  const preflight = await inject({ method: 'OPTIONS', url: '/api/ribbon/config', headers: { origin, ...PREFLIGHT } })
  t.equal(preflight.statusCode, 204)
  t.equal(preflight.headers['access-control-allow-origin'], origin)
  t.match(preflight.headers['access-control-allow-headers'], /X-API-Key/)
  const response = await inject({ url: '/api/ribbon/config', headers: { origin, 'x-api-key': COLLECTIONS_KEY } })
  t.equal(response.statusCode, 200)
  t.equal(response.headers['access-control-allow-origin'], origin)
  t.match(response.headers['access-control-expose-headers'], /Content-Disposition/)
  t.match(response.headers.vary, /Origin/)
})

t.test('a page that no client allows is refused, by preflight and by request', async (t) => {
  for (const origin of ['https://evil.example', 'https://collections-crm.com.evil.example', 'null', 'file://']) {
    const preflight = await inject({ method: 'OPTIONS', url: '/api/ribbon/config', headers: { origin, ...PREFLIGHT } })
    t.match(preflight.json(), { status: 403, code: 'origin_not_allowed' })
    t.equal(preflight.headers['access-control-allow-origin'], undefined)
    const response = await inject({ url: '/api/ribbon/config', headers: { origin, 'x-api-key': COLLECTIONS_KEY } })
    t.match(response.json(), { status: 403, code: 'origin_not_allowed' })
    const { detail } = response.json<{ detail: string }>()
    t.equal(preflight.json<{ detail: string }>().detail, detail)
    t.match(
      detail,
      origin === 'null' ? /Origin: null/ : `Pages of "${origin}" may not use this API: whoever runs this server`,
    )
  }
})

t.test('a page that another client allows is still refused with this client’s key, and can read why', async (t) => {
  const { inject } = withDemo
  const origin = 'https://marketing-crm.com'
  const response = await inject({ url: '/api/ribbon/config', headers: { origin, 'x-api-key': COLLECTIONS_KEY } })
  t.match(response.json(), { status: 403, code: 'origin_not_allowed' })
  t.equal(response.headers['access-control-allow-origin'], origin)
})

t.test('errors can be read by pages too', async (t) => {
  const { inject } = withDemo
  const origin = 'https://yourcrm.com'
  for (const url of ['/api/ribbon/config', '/api/ribbon/nothing', '/api/ribbon/analytics?x=1']) {
    const response = await inject({ url, headers: { origin, 'x-api-key': url.endsWith('config') ? '' : DEMO_KEY } })
    t.ok(response.statusCode >= 400)
    t.equal(response.headers['access-control-allow-origin'], origin)
  }
})

t.test('configured origins and the server’s own pages are allowed for every client', async (t) => {
  const { inject } = await buildTestApp(t, { store, ...withoutDemo, env: { CORS_ORIGINS: 'https://ops.example' } })
  for (const origin of ['https://ops.example', 'http://ribbon.test:8080']) {
    const response = await inject({
      url: '/api/ribbon/config',
      headers: { origin, host: 'ribbon.test:8080', 'x-api-key': COLLECTIONS_KEY },
    })
    t.equal(response.statusCode, 200, origin)
  }
  const all = await buildTestApp(t, { store, ...withoutDemo, env: { CORS_ORIGINS: '*' } })
  t.equal(
    (
      await all.inject({
        url: '/api/ribbon/config',
        headers: { origin: 'https://any.example', 'x-api-key': COLLECTIONS_KEY },
      })
    ).statusCode,
    200,
  )
})

t.test('a store that is away does not take the health check with it', async (t) => {
  const { inject } = await buildTestApp(t, {
    store,
    storage: replacing('allClients', () => Promise.reject(new Error('away'))),
  })
  t.equal((await inject({ url: '/health', headers: { origin: 'https://any.example' } })).statusCode, 200)
})
