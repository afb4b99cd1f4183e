import t from 'tap'
import { buildTestApp } from './helpers/app.js'
import { scratchStorage } from './helpers/storage.js'

t.test('a proxy is believed only when it is one that was named', async (t) => {
  const store = await scratchStorage(t)
  const hostSeen = async (env: Readonly<Record<string, string>>) => {
    const { inject } = await buildTestApp(t, { store, env })
    // Swagger UI's page and the API share an origin only as the browser sees it: behind the proxy.
    const response = await inject({
      url: '/api/ribbon/config',
      headers: {
        origin: 'https://a.example',
        'x-api-key': 'collections-crm-api-key-123',
        'x-forwarded-host': 'a.example',
      },
    })
    return response.statusCode
  }
  t.equal(await hostSeen({}), 403)
  t.equal(await hostSeen({ TRUST_PROXY: '127.0.0.1' }), 200)
})
