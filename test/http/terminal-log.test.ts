import t from 'tap'
import { createLogger } from '../../src/http/logger.js'
import { terminalLog } from '../../src/http/terminal-log.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'

function recorder(colorize: boolean) {
  const texts: string[] = []
  const logger = createLogger(
    'trace',
    terminalLog((text) => texts.push(text), colorize),
  )
  return { texts, logger }
}

t.test('a request is one line: when, what, how it ended and how long it took', async (t) => {
  const { texts, logger } = recorder(false)
  const { get, post } = await buildTestApp(t, { logger })
  await get('/api/ribbon/config')
  await post('/api/ribbon/log-call', { apiKey: DEMO_KEY })
  t.equal(texts.length, 2)
  t.match(texts[0], /^\d\d:\d\d:\d\d GET {2}200 \/api\/ribbon\/config \d+(\.\d)? ms\n$/)
  t.match(
    texts[1],
    /^\d\d:\d\d:\d\d POST 400 \/api\/ribbon\/log-call client-demo \d+(\.\d)? ms\n$/,
    'and whose a refusal is',
  )
})

t.test('an error comes with its stack and its request; other lines are as they were written', async (t) => {
  const { texts, logger } = recorder(false)
  logger.info('restarting')
  t.match(texts[0], /^\d\d:\d\d:\d\d restarting\n$/)
  logger.error({ requestId: 'r-1', err: new Error('unforeseen') }, 'request failed')
  t.match(texts[1], /^\d\d:\d\d:\d\d request failed \(request r-1\)\n.*unforeseen.*terminal-log\.test\.[jt]s/s)
  logger.error({ worker: 7 }, 'a server process ended')
  t.match(texts[2], /a server process ended\n +worker: 7\n$/)
})

t.test('requests that were summed up are one line', async (t) => {
  const { texts, logger } = recorder(false)
  logger.info(
    { method: 'GET', path: '/api/ribbon/config', status: 401, code: 'invalid_api_key', count: 90 },
    'requests',
  )
  t.match(texts[0], /^\d\d:\d\d:\d\d GET {2}401 \/api\/ribbon\/config 90 more like these\n$/)
})

t.test('colours tell how a request ended, where the terminal has them', async (t) => {
  const { texts, logger } = recorder(true)
  const request = { method: 'GET', path: '/', durationMs: 1 }
  for (const status of [200, 404, 503]) logger.info({ ...request, status }, 'request')
  logger.warn('careful')
  t.match(texts, [/\u001b\[32m200/, /\u001b\[33m404/, /\u001b\[31m503/, /\u001b\[31mcareful/])
})
