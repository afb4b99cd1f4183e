import t from 'tap'
import { streamRequest } from '../../src/docs/stream-request.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { messagesIn } from '../helpers/event-stream.js'
import { listen } from '../helpers/listening.js'

const test = await buildTestApp(t)
const origin = await listen(test)
const ask = (path: string, method = 'GET') => {
  const { userFetch } = streamRequest<{ userFetch?: typeof fetch }>({})
  return (userFetch as typeof fetch)(`${origin}${path}`, { method, headers: { 'x-api-key': DEMO_KEY } })
}

t.test('the beginning of a stream is an answer that is over', async (t) => {
  const response = await ask('/api/ribbon/stream')
  t.equal(response.status, 200)
  t.match(messagesIn(await response.text()), [{ event: 'snapshot' }, { event: 'today' }])
})

t.test('other answers are as they come, and so is a stream that the server ends', async (t) => {
  t.match(await (await ask('/api/ribbon/config')).json(), { plan: 'trial' })
  t.equal((await ask('/api/ribbon/stream', 'HEAD')).status, 200)
  const asked = ask('/api/ribbon/stream')
  setTimeout(() => void test.app.close(), 300)
  t.match(await (await asked).text(), /event: snapshot/)
})
