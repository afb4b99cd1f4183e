/** Webhooks by API key and by admin token: the same of both, each client its own, and secrets told once. */
import { pino } from 'pino'
import t from 'tap'
import { openWebhookSecrets } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { LIMITS } from '../../src/core/limits.js'
import { DEMO_WEBHOOK } from '../../src/core/vocabulary/demo.js'
import { WEBHOOK_EVENT_TYPES } from '../../src/core/vocabulary/webhooks.js'
import { ADMIN_TOKEN, buildTestApp, COLLECTIONS_KEY, DEMO_KEY, START } from '../helpers/app.js'
import { place } from '../helpers/calls.js'
import { isSigned, WebhookReceiver } from '../helpers/webhook-receiver.js'

interface Webhook {
  readonly endpointId: string
  readonly status: string
}
/** What one or another of the answers has. */
interface Body extends Made {
  readonly webhooks: readonly Webhook[]
  readonly deliveries: readonly { readonly status: number | null }[]
  readonly nextCursor: string
}
interface Made {
  readonly webhook: Webhook
  readonly secret: string
}

const SECRETS_KEY = Buffer.alloc(32, 7)
const KEYS = new KeyRing([SECRETS_KEY])
const logged: string[] = []
const logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
const env = { WEBHOOK_ALLOW_PRIVATE: 'on', SECRETS_KEY: SECRETS_KEY.toString('base64') }
const test = await buildTestApp(t, { env, logger })
const { inject, storage, clock } = test
const receiver = await WebhookReceiver.start(t)

const WAYS = {
  key: { base: '/api/ribbon/webhooks', headers: { 'x-api-key': DEMO_KEY } },
  'admin token': {
    base: '/api/admin/clients/client-demo/webhooks',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  },
} as const

for (const [name, { base, headers }] of Object.entries(WAYS)) {
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path = '', payload?: object) => {
    const answer = await inject({ method, url: `${base}${path}`, headers, ...(payload && { payload }) })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json<Body>() }
  }

  t.test(`by ${name}: an endpoint is made, tried, paused, given a new secret and deleted`, async (t) => {
    const made = await ask('POST', '', { url: receiver.url, eventTypes: ['quota.reached', 'call.ended'] })
    t.match(made, { status: 201, headers: { 'cache-control': 'no-store' } })
    const { webhook, secret } = made.body
    t.match(webhook, {
      status: 'active',
      eventTypes: ['call.ended', 'quota.reached'],
      behind: 0,
      pending: 0,
      parked: 0,
    })
    t.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
    const path = `/${webhook.endpointId}`
    const list = await ask('GET')
    t.match(
      list.body.webhooks.find(({ endpointId }) => endpointId === webhook.endpointId),
      webhook,
    )
    t.strictSame((await ask('GET', path)).body, webhook)

    const tried = await ask('POST', `${path}/test`)
    t.match(tried.body, { delivered: true, status: 204, type: 'webhook.test', error: null, answer: '' })
    const message = receiver.received.at(-1)
    t.ok(message !== undefined && isSigned(message, secret))
    t.match(message, { type: 'webhook.test', data: { endpointId: webhook.endpointId } })

    clock.now += 60_000
    t.match((await ask('PATCH', path, { status: 'paused' })).body, { status: 'paused', pausedReason: null })
    receiver.treat = () => 500
    t.match((await ask('POST', `${path}/test`)).body, { delivered: false, status: 500, answer: 'thanks' })
    receiver.treat = () => 204
    t.match((await ask('PATCH', path, { status: 'active', url: `${receiver.url}&v=2` })).body, {
      status: 'active',
      url: `${receiver.url}&v=2`,
      updatedAt: new Date(clock.now).toISOString().replace('.000', ''),
    })

    const rotated = await ask('POST', `${path}/rotate-secret`, { overlapHours: 1 })
    t.match(rotated, { status: 201, headers: { 'cache-control': 'no-store' } })
    t.not(rotated.body.secret, secret)
    for (const [hours, isFormer] of [
      [0, true],
      [1, false],
    ] as const) {
      clock.now += hours * 3_600_000
      await ask('POST', `${path}/test`)
      const last = receiver.received.at(-1)
      if (last === undefined) throw new Error('nothing came')
      t.strictSame([isSigned(last, rotated.body.secret), isSigned(last, secret)], [true, isFormer])
    }

    const page = await ask('GET', `${path}/deliveries?pageSize=2`)
    t.strictSame(
      page.body.deliveries.map(({ status }) => status),
      [204, 204],
    )
    const rest = await ask(`GET`, `${path}/deliveries?pageSize=2&cursor=${page.body.nextCursor}`)
    t.match(rest.body, { deliveries: [{ status: 500 }, { status: 204 }], nextCursor: null })
    t.match((await ask('GET', `/${DEMO_WEBHOOK}/deliveries?cursor=${page.body.nextCursor}`)).body, { status: 400 })

    t.match((await ask('DELETE', path)).body, { endpointId: webhook.endpointId })
    t.match((await ask('GET', path)).body, { status: 404, code: 'webhook_not_found' })
    for (const [method, more, body] of [
      ['PATCH', '', { status: 'paused' }],
      ['DELETE', '', undefined],
      ['POST', '/test', undefined],
      ['POST', '/rotate-secret', {}],
      ['POST', '/redeliver', { from: '2025-10-12T10:00:00Z', to: '2025-10-12T11:00:00Z' }],
      ['GET', '/deliveries', undefined],
    ] as const)
      t.match((await ask(method, `${path}${more}`, body)).body, { code: 'webhook_not_found' }, `${method} ${more}`)
    // A try that ends after that is not noted.
    const late = { messageId: 'm', type: 'x', sequence: null, attempt: 1, at: 1, durationMs: 1, status: 200 }
    await storage.noteDeliveries('client-demo', webhook.endpointId, [{ ...late, error: null, answer: '' }])
    await storage.noteDeliveries('nobody', webhook.endpointId, [{ ...late, error: null, answer: '' }])
    const kept = await storage.webhookDeliveries({
      clientId: 'client-demo',
      endpointId: webhook.endpointId,
      before: 1e9,
      limit: 10,
    })
    t.strictSame(kept, [], 'nothing is kept of it')
  })

  t.test(`by ${name}: messages of a range are sent again, and of one that is none it is said so`, async (t) => {
    const { webhook } = (await ask('POST', '', { url: receiver.url })).body
    const callSid = `CA-${name.replace(' ', '-')}`
    await place(test, DEMO_KEY, [{ callSid, at: START - 5000, seconds: 3, direction: 'outbound' }])
    const path = `/${webhook.endpointId}/redeliver`
    const range = (from: string, to: string) => ask('POST', path, { from, to })
    const whole = ['2025-10-12T10:00:00Z', '2025-10-12T11:00:00Z'] as const
    t.match((await range(...whole)).body, { messages: name === 'key' ? 0 : 2 }, 'those before it was made')
    t.match((await ask('POST', path, {})).body, { messages: name === 'key' ? 0 : 2 }, 'the last day')
    t.match((await range('x', whole[1])).body, { code: 'invalid_request', errors: [{ pointer: '/from' }] })
    t.match((await range(whole[1], whole[0])).body, { errors: [{ pointer: '/to', message: 'is not after from' }] })
    await ask('DELETE', `/${webhook.endpointId}`)
  })

  t.test(`by ${name}: what an endpoint may not be is refused, and so are too many`, async (t) => {
    for (const [payload, pointer] of [
      [{ url: 'ftp://crm.example.com/' }, '/url'],
      [{ url: 'x'.repeat(LIMITS.webhookUrlLength + 1) }, '/url'],
      [{ url: receiver.url, eventTypes: [] }, '/eventTypes'],
      [{ url: receiver.url, eventTypes: ['call.exploded'] }, '/eventTypes/0'],
      [{ url: receiver.url, secret: 'mine' }, '/secret'],
      [{}, '/url'],
    ] as const)
      t.match((await ask('POST', '', payload)).body, { status: 400, errors: [{ pointer }] })
    t.match((await ask('PATCH', `/${DEMO_WEBHOOK}`, { url: 'x' })).body, { errors: [{ pointer: '/url' }] })
    t.match((await ask('PATCH', `/${DEMO_WEBHOOK}`, { eventTypes: ['call.ended'] })).body, {
      eventTypes: ['call.ended'],
    })
    const { webhooks } = (await ask('GET')).body
    const made: string[] = []
    for (let n = webhooks.length; n < LIMITS.webhooks; n++) {
      const { webhook } = (await ask('POST', '', { url: receiver.url })).body
      t.match(webhook, { eventTypes: WEBHOOK_EVENT_TYPES })
      made.push(webhook.endpointId)
    }
    t.match((await ask('POST', '', { url: receiver.url })).body, { status: 409, code: 'too_many_webhooks' })
    for (const endpointId of made) await ask('DELETE', `/${endpointId}`)
  })
}

t.test('the audit log knows what administrators change of webhooks, and no secret and no path', async (t) => {
  const entries = await storage.auditLog({ clientId: 'client-demo', before: null, limit: 500 })
  t.strictSame([...new Set(entries.map(({ action }) => action))].sort(), [
    'webhook.created',
    'webhook.deleted',
    'webhook.redelivered',
    'webhook.secret-rotated',
    'webhook.updated',
  ])
  t.notMatch(JSON.stringify(entries), /whsec_|receivers-own/)
})

t.test('a secret is sealed in the store, and in no log and in no other answer', async (t) => {
  const headers = { 'x-api-key': DEMO_KEY }
  const url = '/api/ribbon/webhooks'
  const made = await inject({ method: 'POST', url, headers, payload: { url: receiver.url } })
  const { secret, webhook } = made.json<Made>()
  const stored = (await storage.webhooks('client-demo')).find(({ endpointId }) => endpointId === webhook.endpointId)
  t.notMatch(JSON.stringify(stored), secret.slice(6))
  const sealed = String(stored?.sealedSecrets)
  const place = { clientId: 'client-demo', endpointId: webhook.endpointId }
  t.strictSame(await openWebhookSecrets(KEYS, place, sealed), [{ secret, endsAt: null }])
  for (const elsewhere of [
    { ...place, clientId: 'client-001' },
    { ...place, endpointId: DEMO_WEBHOOK },
  ])
    await t.rejects(openWebhookSecrets(KEYS, elsewhere, sealed), /do not open with the keys/)
  for (const path of ['', `/${webhook.endpointId}`, `/${webhook.endpointId}/deliveries`]) {
    t.notMatch((await inject({ url: `${url}${path}`, headers })).body, /whsec_/)
  }
  t.ok(logged.length > 0)
  t.notMatch(logged.join(''), /whsec_|receivers-own/)
})

t.test('no client sees another’s endpoints, or does anything with them', async (t) => {
  const headers = { 'x-api-key': COLLECTIONS_KEY }
  const { webhook } = (
    await inject({ method: 'POST', url: '/api/ribbon/webhooks', headers, payload: { url: receiver.url } })
  ).json<Made>()
  const other = { 'x-api-key': DEMO_KEY }
  const url = `/api/ribbon/webhooks/${webhook.endpointId}`
  const before = receiver.received.length
  for (const [method, path, payload] of [
    ['GET', '', undefined],
    ['PATCH', '', { status: 'paused' }],
    ['DELETE', '', undefined],
    ['POST', '/test', undefined],
    ['POST', '/rotate-secret', {}],
    ['POST', '/redeliver', { from: '2025-10-12T10:00:00Z', to: '2025-10-12T11:00:00Z' }],
    ['GET', '/deliveries', undefined],
  ] as const) {
    const answer = await inject({ method, url: `${url}${path}`, headers: other, ...(payload && { payload }) })
    t.match(answer.json(), { status: 404, code: 'webhook_not_found' }, `${method} ${path}`)
  }
  t.equal(receiver.received.length, before)
  t.match((await inject({ url, headers })).json(), { status: 'active' })
})

t.test('of a client that there is not nothing is told', async (t) => {
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const url = '/api/admin/clients/nobody/webhooks'
  t.match((await inject({ url, headers })).json(), { code: 'client_not_found' })
  t.match((await inject({ method: 'POST', url, headers, payload: { url: receiver.url } })).json(), { status: 404 })
})

t.test('without permission an endpoint is at a public address, and asked by HTTPS', async (t) => {
  const strict = await buildTestApp(t)
  for (const url of [receiver.url, 'https://127.0.0.1/', 'https://2130706433/', 'https://[::ffff:10.0.0.1]/']) {
    const answer = await strict.post('/api/ribbon/webhooks', { url }, { 'x-api-key': DEMO_KEY })
    t.match(answer.json(), { status: 400, errors: [{ pointer: '/url' }] }, url)
  }
  const named = { url: 'https://localhost/hook' }
  const made = (await strict.post('/api/ribbon/webhooks', named, { 'x-api-key': DEMO_KEY })).json<Made>()
  const tried = await strict.post(`/api/ribbon/webhooks/${made.webhook.endpointId}/test`, {}, { 'x-api-key': DEMO_KEY })
  t.match(tried.json(), { delivered: false, error: 'localhost has an address that is not public' })
})

t.test('an endpoint to which nothing could be delivered says since when', async (t) => {
  const url = `${WAYS.key.base}/${DEMO_WEBHOOK}`
  await inject({ method: 'PATCH', url, headers: WAYS.key.headers, payload: { status: 'active' } })
  const lease = { owner: 'test', now: clock.now, ends: clock.now + 1000 }
  const claimed = await storage.claimWebhook('client-demo', DEMO_WEBHOOK, lease)
  await storage.saveWebhookProgress('client-demo', DEMO_WEBHOOK, {
    lease,
    changes: claimed?.changes ?? 0,
    position: claimed?.position ?? 0,
    nextAt: null,
    failingSince: START,
    quotaTold: '',
    pending: [],
    settled: [],
    deliveries: [],
    pausedReason: null,
  })
  const answer = await inject({ url, headers: WAYS.key.headers })
  t.match(answer.json(), { status: 'active', failingSince: '2025-10-12T10:35:00Z' })
})
