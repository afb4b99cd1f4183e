import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { mock } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { RowFormat } from '../../src/core/call-row.js'
import type { ExportChunk, ExportQuery } from '../../src/storage/port/exports.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { asRows, type NumberedCall, UNTOLD } from '../helpers/rows.js'
import { replacing, scratchStorage } from '../helpers/storage.js'

const store = await scratchStorage(t)

const CALL: NumberedCall = {
  ...UNTOLD,
  number: 1,
  clientId: 'client-demo',
  sessionId: 'session-CA1',
  startAt: 1_760_265_000_000,
  answeredAt: null,
  endAt: null,
  ringSeconds: null,
  durationSeconds: null,
  direction: 'outbound',
  status: 'active',
  answered: false,
  phoneNumber: null,
  agentUserId: null,
  customerId: null,
  customerData: null,
}

const LONG_NAME = { name: 'x'.repeat(200_000) }

/** More than sockets take in while nobody reads: call after call. */
function endless({ after, rows }: ExportQuery): ExportChunk {
  const call = { ...CALL, number: (after?.number ?? 0) + 1, customerData: LONG_NAME }
  return { ...chunkOf(call, rows), sequence: Number.MAX_SAFE_INTEGER }
}

function chunkOf(call: NumberedCall, rows: RowFormat): ExportChunk {
  return { rows: asRows([call], rows), after: call, sequence: 1, retainedFrom: null }
}

/** A listening app whose exports read these chunks, and a way to ask for one. */
async function serve(t: Test, exportChunk: (query: ExportQuery) => Promise<ExportChunk>) {
  const { app } = await buildTestApp(t, { store, storage: replacing('exportChunk', exportChunk) })
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
  const ask = await serve(t, async (query) => {
    if (query.after !== null) throw new Error('disk gone')
    return endless(query)
  })
  await t.rejects(async () => (await ask()).text())
})

t.test('an export that cannot start is a problem', async (t) => {
  const ask = await serve(t, () => Promise.reject(new Error('no store')))
  t.match(await (await ask()).json(), { status: 500, code: 'internal' })
})

/** Gives out one call, and then keeps everybody waiting: places are taken, and nothing is sent that takes time. */
function stalled({ after, rows }: ExportQuery): Promise<ExportChunk> {
  return after === null ? Promise.resolve(chunkOf(CALL, rows)) : new Promise(() => undefined)
}

t.test('more exports than a client may start at a time are a 429 that says when to come back', async (t) => {
  const { app, get } = await buildTestApp(t, { store, storage: replacing('exportChunk', stalled) })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `${app.listeningOrigin}/api/ribbon/export/calls?format=csv`
  const open = await Promise.all(Array.from({ length: 4 }, () => fetch(url, { headers: { 'x-api-key': DEMO_KEY } })))
  t.ok(open.every(({ status }) => status === 200))
  const refused = await get('/api/ribbon/export/calls')
  t.match(refused, { statusCode: 429, headers: { 'retry-after': '5' } })
  t.match(refused.json(), { status: 429, code: 'too_many_exports' })
  for (const { body } of open) await body?.cancel()
})

t.test('a reader that leaves half-way frees its place', async (t) => {
  const ask = await serve(t, stalled)
  // More than may be open at once, one after the other.
  for (let n = 0; n < 70; n += 1) {
    let response = await ask()
    // The server hears of it a moment after the reader has left.
    while (n >= 60 && response.status === 429) response = await ask()
    t.equal(response.status, 200)
    await response.body?.cancel()
  }
})

t.test('a reader that takes nothing for too long is broken off', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  let chunks = 0
  const { app } = await buildTestApp(t, {
    store,
    storage: replacing('exportChunk', async (query) => {
      chunks += 1
      return endless(query)
    }),
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `${app.listeningOrigin}/api/ribbon/export/calls?format=csv`
  const [response] = (await once(get(url, { headers: { 'x-api-key': DEMO_KEY } }), 'response')) as [IncomingMessage]
  response.pause()
  let before = 0
  // Until sockets take in no more.
  await eventually(10_000, 'the reader holding the export up', async () => {
    before = chunks
    await setTimeout(100)
    return chunks === before
  })
  // What it took in until now counts for the first period.
  mock.timers.tick(60_000)
  await t.rejects(
    async () => {
      for await (const piece of response) t.ok(piece)
    },
    { code: 'ECONNRESET' },
  )
  t.equal(chunks, before)
})

t.test('a reader that leaves before the first call was read ends the export too', async (t) => {
  const asked = event()
  const gone = event()
  let chunks = 0
  const ask = await serve(t, async (query) => {
    chunks += 1
    asked.happen()
    await gone.happened
    return endless(query)
  })
  const leave = new AbortController()
  const answer = ask(leave.signal)
  await asked.happened
  leave.abort()
  await t.rejects(answer)
  gone.happen()
  t.ok(chunks <= 2, 'nobody goes on reading for who is gone')
})
