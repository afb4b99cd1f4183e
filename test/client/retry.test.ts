import t, { type Test } from 'tap'
import { retrying } from '../../src/client/retry.js'
import { type Fate, faultyNetwork } from '../helpers/faulty-network.js'
import { servePage } from '../helpers/listening.js'

/** Sends one request over a network of these fates, and notes the waits in place of waiting. */
async function send(t: Test, fates: readonly Fate[], { retries = 3, method = 'GET' } = {}) {
  const origin = `http://127.0.0.1:${String(await servePage(t, 'the answer'))}`
  const { url, sent } = await faultyNetwork(t, origin, fates)
  const waits: number[] = []
  const pause = async (ms: number) => {
    waits.push(ms)
  }
  const request = new Request(url, { method, ...(method === 'POST' && { body: 'the question' }) })
  const answer = await retrying(fetch, { retries, pause })(request).then(
    async (response) => ({ status: response.status, text: await response.text() }),
    (error: unknown) => ({ status: 0, text: String(error) }),
  )
  return { ...answer, waits, sent: sent.length }
}

const RIGHT = { status: 200, text: 'the answer' }

t.test('an answer that says later is asked for again, after the wait that it names', async (t) => {
  for (const status of [408, 429, 502, 503, 504]) {
    const outcome = await send(t, [{ status, retryAfter: '7' }])
    t.strictSame(outcome, { ...RIGHT, waits: [7000], sent: 2 }, String(status))
  }
})

t.test('a wait may be named by the date of its end', async (t) => {
  const inAnHour = new Date(Date.now() + 50_000).toUTCString()
  const { waits } = await send(t, [{ status: 503, retryAfter: inAnHour }])
  t.ok(waits.length === 1 && Number(waits[0]) > 0 && Number(waits[0]) <= 50_000, String(waits))
  const past = await send(t, [{ status: 503, retryAfter: 'Sun, 06 Nov 1994 08:49:37 GMT' }])
  t.strictSame(past, { ...RIGHT, waits: [0], sent: 2 })
})

t.test('without a wait named, or with one that cannot be read, waits grow up to twice as long each time', async (t) => {
  const fates: Fate[] = [
    { status: 503 },
    'is lost',
    { status: 503, retryAfter: 'soon' },
    ...Array<Fate>(7).fill('is lost'),
  ]
  const { waits, ...outcome } = await send(t, fates, { retries: 10 })
  t.strictSame(outcome, { ...RIGHT, sent: 11 })
  waits.forEach((ms, i) => t.ok(ms >= 0 && ms <= Math.min(250 * 2 ** i, 10_000), String(ms)))
  t.equal(new Set(waits).size, 10, 'by chance, so that callers spread out')
})

t.test('a write whose answer was lost or broke off is sent again', async (t) => {
  for (const fate of ['loses its answer', 'gets half an answer'] as const) {
    t.match(await send(t, [fate], { method: 'POST' }), { ...RIGHT, sent: 2 }, fate)
  }
})

t.test('an answer to wait longer than a minute is handed on', async (t) => {
  const outcome = await send(t, [{ status: 429, retryAfter: '61' }])
  t.strictSame(outcome, { status: 429, text: 'not now', waits: [], sent: 1 })
})

t.test('any other answer is final', async (t) => {
  for (const status of [200, 400, 401, 403, 404, 422, 500]) {
    t.match(await send(t, [{ status, retryAfter: '1' }]), { status, waits: [], sent: 1 }, String(status))
  }
})

t.test('after the last try its outcome is handed on, whatever it is', async (t) => {
  t.match(await send(t, Array<Fate>(3).fill({ status: 503 }), { retries: 2 }), {
    status: 503,
    text: 'not now',
    sent: 3,
  })
  t.match(await send(t, ['is lost', 'is lost'], { retries: 1 }), { status: 0, text: /fetch failed/, sent: 2 })
  t.match(await send(t, [{ status: 503 }], { retries: 0, method: 'POST' }), { status: 503, text: 'not now', sent: 1 })
})

t.test('a request that was aborted while it was answered is not waited for', async (t) => {
  const ending = new AbortController()
  const busy = () => {
    ending.abort(new Error('no longer wanted'))
    return Promise.resolve(new Response(null, { status: 503, headers: { 'retry-after': '60' } }))
  }
  const request = new Request('http://ribbon.test', { signal: ending.signal })
  await t.rejects(retrying(busy, { retries: 1 })(request), { message: 'no longer wanted' })
})
