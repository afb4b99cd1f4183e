/** Spans, as a collector gets them over OTLP/HTTP: a request, what it asks of the store, and what it sets off elsewhere. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { Delivery } from '../../src/webhooks/delivery.js'
import { newWebhookSecret } from '../../src/clients/webhook-secrets.js'
import { send } from '../../src/exotel/request.js'
import { testMessage } from '../../src/webhooks/messages.js'
import { Tracer } from '../../src/traces/tracer.js'
import { traced, traceWith } from '../../src/tracing.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { replacing } from '../helpers/storage.js'
import { StorageUnavailable } from '../../src/storage/errors.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { WebhookReceiver } from '../helpers/webhook-receiver.js'

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[]
  readonly status: { readonly code?: number; readonly message?: string }
}

/** A collector: keeps the spans that it gets, as JSON. */
async function collector(t: Test) {
  const spans: Span[] = []
  const texts: string[] = []
  const server: Server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part) => (text += String(part)))
    request.on('end', () => {
      texts.push(text)
      const sent = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }
      for (const { scopeSpans } of sent.resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return { endpoint, spans, texts }
}

/** What a collector takes, and has no span. */
const NOTHING = '{"resourceSpans":[]}'

const attributesOf = ({ attributes }: Span) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

t.test('a request is a span of its caller’s trace, and what it asks of the store are parts of it', async (t) => {
  const { endpoint, spans, texts } = await collector(t)
  const tracer = new Tracer({ endpoint, serviceName: 'calls' })
  let isDown = false
  const down = (real: Storage) => {
    const listEvents = real.listEvents.bind(real)
    return replacing('listEvents', (query) => {
      return isDown ? Promise.reject(new StorageUnavailable('+919876543210 is in here')) : listEvents(query)
    })(real)
  }
  const app = await buildTestApp(t, { tracer, storage: (real) => tracer.store(down(real), 'sqlite') })
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  const traceparent = `00-${traceId}-b7ad6b7169203331-01`
  const event = { apiKey: DEMO_KEY, event: 'connected', data: { callSid: 'CA1', phoneNumber: '+919876543210' } }
  await app.post('/api/ribbon/log-call', event, { traceparent, 'x-request-id': 'request-1' })
  await app.get('/api/ribbon/call-logs')
  isDown = true
  await app.get('/api/ribbon/call-logs')
  await app.app.inject('/nowhere')
  await app.storage.ping()
  await app.storage.allClients({ after: '', limit: 1 })
  await tracer.close()

  const posted = spans.find(({ name }) => name === 'POST /api/ribbon/log-call')
  t.match(posted, { traceId, parentSpanId: 'b7ad6b7169203331' })
  t.match(attributesOf(posted as Span), {
    'http.request.method': 'POST',
    'http.route': '/api/ribbon/log-call',
    'http.response.status_code': 200,
    'request.id': 'request-1',
  })
  const recorded = spans.find(({ name }) => name === 'store record')
  t.match(recorded, { traceId, parentSpanId: String(posted?.spanId) })
  t.match(attributesOf(recorded as Span), { 'db.system.name': 'sqlite', 'db.operation.name': 'record' })
  const failed = spans.filter(({ name, status }) => name === 'store listEvents' && status.code === 2)
  t.match(failed, [{ status: { message: 'StorageUnavailable' } }])
  t.ok(spans.some(({ name, status }) => name === 'GET /api/ribbon/call-logs' && status.code === 2))
  t.ok(spans.some(({ name }) => name === 'GET (unknown)'))
  t.notOk(
    spans.some(({ name }) => /ping|allClients/.test(name)),
    'what no request asks for is no span',
  )
  t.match(texts.join(), /"service.name","value":\{"stringValue":"calls"\}/)
  t.notMatch(texts.join(), /9876543210|CA1|demo-api-key/)
})

t.test('what is sent to webhooks and to Exotel carries its span on', async (t) => {
  const { endpoint, spans } = await collector(t)
  const tracer = new Tracer({ endpoint, serviceName: 'calls' })
  t.teardown(() => {
    traceWith(null)
  })
  const receiver = await WebhookReceiver.start(t)
  const delivery = new Delivery({ allowPrivate: true, timeoutMs: 2000, clock: Date.now })
  t.teardown(() => {
    delivery.close()
  })
  const deliver = () =>
    delivery.send(receiver.url, testMessage('we_00000000000000aa', Date.now()), [newWebhookSecret()])
  await deliver()
  traceWith(tracer)
  await deliver()
  receiver.treat = () => 'drop'
  await deliver()
  const timing = { connectMs: 2000, answerMs: 2000, idleMs: 2000, totalMs: 5000 }
  const answer = await send({
    url: new URL(`${endpoint}/calls?To=919876543210`),
    method: 'POST',
    body: NOTHING,
    anyAddress: true,
    timing,
  })
  answer.resume()
  await t.rejects(
    traced('a part', {}, () => Promise.reject(new Error('no'))),
    /no/,
  )
  await tracer.close()

  const [untraced, sent] = receiver.received
  t.equal(untraced?.headers['traceparent'], undefined)
  const delivered = spans.filter(({ name }) => name === 'deliver a webhook message')
  t.match(
    sent?.headers['traceparent'],
    new RegExp(`^00-${String(delivered[0]?.traceId)}-${String(delivered[0]?.spanId)}-01$`),
  )
  t.same(
    delivered.map((span) => attributesOf(span)['http.response.status_code']),
    [204, 0],
  )
  t.ok(spans.some((span) => span.name === 'ask Exotel' && attributesOf(span)['server.address'] === '127.0.0.1'))
  t.notMatch(JSON.stringify(spans), /receivers-own|9876543210/, 'no address, which may hold a secret')
})

t.test('a collector that is gone holds up nobody', async (t) => {
  const tracer = new Tracer({ endpoint: 'http://127.0.0.1:9', serviceName: 'calls' })
  t.equal(await tracer.span('a part', {}, ({ headers }) => Promise.resolve(typeof headers['traceparent'])), 'string')
  await tracer.close()
})
