import t from 'tap'
import type { Storage } from '../../src/storage/port/storage.js'
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
  const status = async (by: typeof inject, origin: string, host: string) =>
    (await by({ url: '/api/ribbon/config', headers: { origin, host, 'x-api-key': COLLECTIONS_KEY } })).statusCode
  t.equal(await status(inject, 'https://ops.example', 'ribbon.test:8080'), 200)
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000']) {
    t.equal(await status(inject, `http://${host}`, host), 200, host)
  }
  t.equal(await status(inject, 'http://127.0.0.1:5173', '127.0.0.1:3000'), 403, 'another server of this machine')
  t.equal(await status(inject, 'http://evil.example', 'evil.example'), 403, 'anybody can say Host')

  const PUBLIC_ORIGIN = 'https://api.example.com'
  const known = await buildTestApp(t, { store, ...withoutDemo, env: { PUBLIC_ORIGIN } })
  t.equal(await status(known.inject, PUBLIC_ORIGIN, '10.0.0.7:3000'), 200)
  t.equal(await status(known.inject, 'http://127.0.0.1:3000', '127.0.0.1:3000'), 403, 'it is no server of this machine')
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
