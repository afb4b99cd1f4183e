import t from 'tap'
import { createLogger } from '../../src/http/logger.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { scratchStorage } from '../helpers/storage.js'

const store = await scratchStorage(t)

interface Line {
  readonly msg: string
  readonly [member: string]: unknown
}

function recorder() {
  const texts: string[] = []
  const logger = createLogger('trace', { write: (text) => texts.push(text) })
  return { logger, texts, lines: () => texts.map((text) => JSON.parse(text) as Line) }
}

t.test('each request is one line: who, what, and how it ended', async (t) => {
  const log = recorder()
  const { get } = await buildTestApp(t, { store, logger: log.logger })
  const response = await get('/api/ribbon/config')
  t.match(log.lines(), [
    {
      msg: 'request',
      requestId: response.headers['x-request-id'],
      method: 'GET',
      path: '/api/ribbon/config',
      status: 200,
      durationMs: Number,
    },
  ])
  t.equal(log.texts.length, 1)
})

t.test('no key is ever logged, wherever the request carried it', async (t) => {
  const log = recorder()
  const { get, inject, post } = await buildTestApp(t, { store, logger: log.logger })
  await get(`/api/ribbon/export/calls?X-API-Key=${DEMO_KEY}`, {})
  await get(`/api/ribbon/nothing?X-API-Key=${DEMO_KEY}`)
  await post('/api/ribbon/init', { apiKey: DEMO_KEY, domain: 5 })
  await inject({
    method: 'POST',
    url: '/api/ribbon/init',
    headers: { 'x-api-key': DEMO_KEY, 'content-type': 'text/x' },
  })
  await get(`/api/ribbon/${DEMO_KEY}`)
  log.logger.info({ apiKey: DEMO_KEY, body: { apiKey: DEMO_KEY }, req: { method: 'GET', url: `/x?k=${DEMO_KEY}` } })
  log.logger.info({ request: { headers: { 'x-api-key': DEMO_KEY, authorization: DEMO_KEY } } })
  t.equal(log.texts.length, 7)
  t.notOk(log.texts.join('').includes(DEMO_KEY))
})

t.test('paths are logged as patterns: no number of a customer, and of a path that leads nowhere nothing', async (t) => {
  const log = recorder()
  const { get } = await buildTestApp(t, { store, logger: log.logger })
  await get('/api/ribbon/customer/%2B919876543210/calls')
  await get(`/${'x'.repeat(15_000)}`)
  t.match(log.lines(), [
    {
      path: '/api/ribbon/customer/:customerId/calls',
      status: 404,
      code: 'customer_not_found',
      clientId: 'client-demo',
    },
    { path: '(unknown)', status: 404, code: 'not_found' },
  ])
  t.ok(log.texts.every((text) => text.length < 400))
})

t.test('many refusals of one kind are summed up, and other lines are not', async (t) => {
  const log = recorder()
  const { app, get } = await buildTestApp(t, { store, logger: log.logger })
  for (let n = 0; n < 100; n += 1) await get(`/api/ribbon/config?x=${String(n)}`, { 'x-api-key': 'guess' })
  await get('/api/ribbon/config')
  await app.close()
  const refused = log.lines().filter(({ status }) => status === 401)
  const singly = refused.filter(({ count }) => count === undefined)
  const summed = refused.filter(({ count }) => count !== undefined)
  t.ok(singly.length < 100)
  t.match(summed, [{ msg: 'requests like these', path: '/api/ribbon/config', code: 'invalid_api_key' }])
  t.equal(singly.length + Number(summed[0]?.['count']), 100)
  t.equal(log.lines().filter(({ status }) => status === 200).length, 1)
})

t.test('errors, their causes and sentences are cut to a bounded length', async (t) => {
  const log = recorder()
  const cause = new Error('c'.repeat(100_000))
  log.logger.error({ err: new Error('e'.repeat(100_000), { cause }) }, 's'.repeat(100_000))
  t.ok(String(log.texts[0]).length < 15_000)
  t.match(log.lines(), [{ msg: /^s+…$/, err: { type: 'Error', message: /^e+…$/, stack: /…$/ } }])
})
