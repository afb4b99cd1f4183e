import t from 'tap'
import type { StorageStatus } from '../../src/storage/port/storage.js'
import { ADMIN_TOKEN, buildTestApp } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

t.test('while the store cannot write, every answer of the API says since when it may be behind', async (t) => {
  let status: StorageStatus = { behindSince: null }
  const { get, post } = await buildTestApp(t, { storage: replacing('status', () => status) })
  const answers = async () => [
    await get('/api/ribbon/analytics'),
    await get('/api/ribbon/active-calls'),
    await get('/api/ribbon/export/calls?format=csv'),
    await get('/api/ribbon/customer/CUST-none/calls'),
    await post('/api/ribbon/log-call', { event: 'connected', data: {} }),
    await get('/api/admin/clients', { authorization: `Bearer ${ADMIN_TOKEN}` }),
  ]
  for (const { headers } of await answers()) t.notOk('data-as-of' in headers)
  t.match((await get('/health/ready', {})).json(), { status: 'ready', storage: 'ok' })

  status = { behindSince: Date.parse('2025-10-12T10:34:56.789Z') }
  const behind = await answers()
  for (const { headers } of behind) t.equal(headers['data-as-of'], '2025-10-12T10:34:56.789Z')
  t.strictSame(
    behind.map(({ statusCode }) => statusCode),
    [200, 200, 200, 404, 401, 200],
    'reading goes on',
  )
  t.match((await get('/health/ready', {})).json(), { status: 'ready', storage: 'behind' })

  status = { behindSince: null }
  for (const { headers } of await answers()) t.notOk('data-as-of' in headers)
})
