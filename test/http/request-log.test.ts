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
  log.logger.info({ apiKey: DEMO_KEY, body: { apiKey: DEMO_KEY }, req: { method: 'GET', url: `/x?k=${DEMO_KEY}` } })
  log.logger.info({ request: { headers: { 'x-api-key': DEMO_KEY, authorization: DEMO_KEY } } })
  t.equal(log.texts.length, 6)
  t.notOk(log.texts.join('').includes(DEMO_KEY))
})
