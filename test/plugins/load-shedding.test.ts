import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { listen } from '../helpers/listening.js'

/** Holds up everything else. */
function busy(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

t.test('an event loop that is behind refuses reads and exports, and never ingest or health', async (t) => {
  const app = await buildTestApp(t)
  await listen(app)
  const event = { event: 'connected', data: { callSid: 'CA1' } }
  for (let n = 0; n < 5; n += 1) {
    busy(500)
    await wait(1)
  }
  for (const url of ['/api/ribbon/export/calls', '/api/ribbon/config', '/api/ribbon/nothing']) {
    const refused = await app.get(url)
    t.match(refused.json(), { status: 503, code: 'overloaded' }, url)
    t.equal(refused.headers['retry-after'], '1')
  }
  t.equal((await app.post('/api/ribbon/log-call', event, { 'x-api-key': DEMO_KEY })).statusCode, 200)
  t.equal((await app.get('/health')).statusCode, 200)
  t.equal((await app.get('/health/ready')).statusCode, 200)
  await eventually(5_000, 'serving again', async () => (await app.get('/api/ribbon/config')).statusCode === 200)
})
