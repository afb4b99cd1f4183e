import t, { type Test } from 'tap'
import type { Call } from '../../src/core/call.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'

const CALL: Call = {
  clientId: 'client-demo',
  sessionId: 'session-CA1',
  startAt: 1_760_265_000_000,
  answeredAt: null,
  endAt: null,
  durationSeconds: null,
  direction: 'outbound',
  status: 'active',
  answered: false,
  phoneNumber: null,
  customerId: null,
  customerData: null,
}

/** A listening app whose exports come from this source, and a way to ask for one. */
async function serve(t: Test, source: () => AsyncGenerator<readonly Call[]>) {
  const { app } = await buildTestApp(t, { storage: replacing('exportCalls', source) })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `${app.listeningOrigin}/api/ribbon/export/calls?format=csv`
  return (signal?: AbortSignal) => fetch(url, { headers: { 'x-api-key': DEMO_KEY }, ...(signal && { signal }) })
}

/** A promise, and what keeps it. */
function event() {
  let happen = (): void => undefined
  const happened = new Promise<void>((resolve) => (happen = resolve))
  return {
    happen: () => {
      happen()
    },
    happened,
  }
}

t.test('an export that fails half-way breaks the connection off', async (t) => {
  const ask = await serve(t, async function* () {
    yield [CALL]
    yield* await Promise.reject<readonly Call[][]>(new Error('disk gone'))
  })
  await t.rejects(async () => (await ask()).text())
})

t.test('an export that cannot start is a problem', async (t) => {
  const ask = await serve(t, async function* () {
    yield* await Promise.reject<readonly Call[][]>(new Error('no store'))
  })
  t.match(await (await ask()).json(), { status: 500, code: 'internal' })
})

t.test('a reader that leaves half-way frees the source', async (t) => {
  const freed = event()
  const ask = await serve(t, async function* () {
    try {
      for (;;) yield Array<Call>(500).fill(CALL)
    } finally {
      freed.happen()
    }
  })
  const response = await ask()
  await response.body?.getReader().cancel()
  await freed.happened
  t.pass('the source was freed')
})

t.test('a reader that leaves before the first call was read frees the source too', async (t) => {
  const asked = event()
  const gone = event()
  const freed = event()
  const ask = await serve(t, async function* () {
    try {
      asked.happen()
      await gone.happened
      for (;;) yield [CALL]
    } finally {
      freed.happen()
    }
  })
  const leave = new AbortController()
  const answer = ask(leave.signal)
  await asked.happened
  leave.abort()
  await t.rejects(answer)
  gone.happen()
  await freed.happened
  t.pass('the source was freed')
})
