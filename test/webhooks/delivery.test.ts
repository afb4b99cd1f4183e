/** Where messages go, and where they never do; how long and how much is read of an answer; how they are signed. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { Webhook } from 'standardwebhooks'
import { newWebhookSecret, rotated, signingSecrets } from '../../src/clients/webhook-secrets.js'
import { LIMITS } from '../../src/core/limits.js'
import { Delivery } from '../../src/webhooks/delivery.js'
import { signedHeaders, testMessage } from '../../src/webhooks/messages.js'
import { urlFault } from '../../src/webhooks/urls.js'
import { isSigned, WebhookReceiver } from '../helpers/webhook-receiver.js'

const SECRET = newWebhookSecret()
const MESSAGE = testMessage('we_00000000000000aa', Date.now())

function deliveryOf(t: Test, options: Partial<ConstructorParameters<typeof Delivery>[0]> = {}): Delivery {
  const delivery = new Delivery({ allowPrivate: true, timeoutMs: 400, clock: Date.now, ...options })
  t.teardown(() => {
    delivery.close()
  })
  return delivery
}

async function serve(t: Test, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
}

t.test('an endpoint is at a public address, however it is written, and asked by HTTPS', (t) => {
  for (const url of ['https://crm.example.com/hook?x=1', 'https://8.8.8.8:8443/', 'https://[2606:4700::1111]/'])
    t.equal(urlFault(url, false), null, url)
  for (const [url, fault] of [
    ['', /must be a URL/],
    ['crm.example.com', /must be a URL/],
    ['http://crm.example.com/', /must begin with https/],
    ['ftp://crm.example.com/', /must begin with https/],
    ['javascript:alert(1)', /must begin with https/],
    ['https://user:pass@crm.example.com/', /no user and no password/],
    ...[
      '127.0.0.1',
      '127.0.0.1.',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '017700000001',
      '10.0.0.1',
      '169.254.169.254',
      '0',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::ffff:10.0.0.1]',
      '[fe80::1]',
      '[fd00::1]',
      '[64:ff9b::7f00:1]',
      '１２７.0.0.1',
    ].map((host) => [`https://${host}/`, /must be at a public address/] as const),
  ] as const)
    t.match(urlFault(url, false), fault, url)
  t.equal(urlFault('http://127.0.0.1:9000/', true), null, 'unless the server may')
  t.match(urlFault('ftp://127.0.0.1/', true), /https/)
  t.end()
})

t.test('nothing is sent to an address that is not public, whatever its name', async (t) => {
  const receiver = await WebhookReceiver.start(t)
  const { port } = new URL(receiver.url)
  const delivery = deliveryOf(t, { allowPrivate: false })
  for (const [url, error] of [
    [receiver.url, 'the address must begin with https://'],
    [`https://127.0.0.1:${port}/`, 'the address must be at a public address'],
    [`https://localhost:${port}/`, 'localhost has an address that is not public'],
    [`https://[::ffff:127.0.0.1]:${port}/`, 'the address must be at a public address'],
  ] as const) {
    t.match(await delivery.send(url, MESSAGE, [SECRET]), { status: null, error, answer: '' }, url)
  }
  t.equal(receiver.received.length, 0)
})

t.test('a receiver at no address, or none that answers, is a failure', async (t) => {
  const delivery = deliveryOf(t)
  const gone = await WebhookReceiver.start(t)
  await gone.stop()
  t.match(await delivery.send(gone.url, MESSAGE, [SECRET]), { status: null, error: /ECONNREFUSED/ })
  t.match(await delivery.send('https://no.such.host.invalid/', MESSAGE, [SECRET]), { error: /ENOTFOUND|EAI_AGAIN/ })
  const plain = await WebhookReceiver.start(t)
  const encrypted = plain.url.replace('http:', 'https:')
  t.match(await delivery.send(encrypted, MESSAGE, [SECRET]), { status: null, error: /SSL|wrong version/ })
})

t.test('an answer is read to its end, or as far as it may go, and its beginning is kept', async (t) => {
  const connections = new Set<unknown>()
  const url = await serve(t, (request, response) => {
    const path = String(request.url)
    connections.add(request.socket)
    if (path === '/short') response.end('a\0b')
    else if (path === '/long') response.end('x'.repeat(10_000))
    else if (path === '/endless') {
      response.write('y'.repeat(50_000))
      const more = setInterval(() => response.write('y'.repeat(50_000)), 5)
      response.once('close', () => {
        clearInterval(more)
      })
    } else if (path === '/slow') {
      response.writeHead(500).write('begun')
    } else {
      response.writeHead(200, { 'content-length': 100 }).write('torn')
      setTimeout(() => response.destroy(), 20)
    }
  })
  const delivery = deliveryOf(t)
  const sent = (path: string) => delivery.send(`${url}${path}`, MESSAGE, [SECRET])
  t.match(await sent('short'), { status: 200, error: null, answer: 'a\uFFFDb' })
  t.match(await sent('long'), { status: 200, answer: 'x'.repeat(LIMITS.webhookAnswerLength) })
  t.equal(connections.size, 1, 'over one connection')
  t.match(await sent('endless'), { status: 200, error: null, answer: 'y'.repeat(LIMITS.webhookAnswerLength) })
  t.match(await sent('slow'), { status: 500, error: 'it answered 500', answer: 'begun' }, 'cut off in time')
  t.match(await sent('torn'), { status: 200, error: null, answer: 'torn' })
})

t.test('signatures are those of the specification, and the maintained library verifies them', async (t) => {
  // The example of https://github.com/standard-webhooks/standard-webhooks, "Signature scheme".
  const example = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    type: 'webhook.test' as const,
    sequence: null,
    body: '{"test": 2432232314}',
  }
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  t.match(signedHeaders(example, [secret], 1614265330_000), {
    'webhook-id': example.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
  const receiver = await WebhookReceiver.start(t)
  const other = newWebhookSecret()
  await deliveryOf(t).send(receiver.url, MESSAGE, [SECRET, other])
  const [message] = receiver.received
  if (message === undefined) throw new Error('nothing came')
  for (const one of [SECRET, other]) {
    t.ok(isSigned(message, one))
    t.strictSame(
      new Webhook(one).verify(message.body, message.headers as Record<string, string>),
      JSON.parse(message.body),
    )
  }
  t.notOk(isSigned(message, newWebhookSecret()))
  t.match(message.headers, { 'content-type': 'application/json', 'user-agent': /^exotel-call-ribbon-api\// })
})

t.test('of several secrets those sign that have not ended, the newest first', (t) => {
  const first = [{ secret: 'a', endsAt: null }]
  const second = rotated(first, 'b', { now: 1000, endsAt: 5000 })
  t.strictSame(signingSecrets(second, 4999), ['b', 'a'])
  t.strictSame(signingSecrets(second, 5000), ['b'])
  const third = rotated(second, 'c', { now: 2000, endsAt: 9000 })
  t.strictSame(signingSecrets(third, 4000), ['c', 'b', 'a'], 'one that was ending ends when it would have')
  t.strictSame(signingSecrets(third, 6000), ['c', 'b'])
  t.strictSame(
    rotated(third, 'd', { now: 2000, endsAt: 2000 }).map(({ secret }) => secret),
    ['d', 'b', 'a'],
  )
  const fourth = rotated(rotated(third, 'd', { now: 3000, endsAt: 9000 }), 'e', { now: 3000, endsAt: 9000 })
  t.equal(fourth.length, LIMITS.webhookSecrets)
  t.end()
})
