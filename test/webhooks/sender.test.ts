/** Every message arrives at least once, and those of one call in their order, whatever the receiver does. */
import t, { type Test } from 'tap'
import type { Storage } from '../../src/storage/port/storage.js'
import { eventually } from '../helpers/deadline.js'
import { ENGINES, newClient, newEvent, replacing, scratchStorage, type EngineName } from '../helpers/storage.js'
import { type Treatment, WebhookReceiver } from '../helpers/webhook-receiver.js'
import { addWebhook, CLIENT, ENDPOINT, isDone, QUICK, recordCall, startSender, webhookOf } from '../helpers/webhooks.js'

t.setTimeout(240_000)

async function begin(t: Test, engine: EngineName) {
  const storage = await scratchStorage(t, undefined, engine)
  await storage.createClient(newClient(CLIENT, { monthlyLimit: 1000 }))
  const receiver = await WebhookReceiver.start(t)
  return { storage, receiver }
}

const leaseOf = async (storage: Storage): Promise<number> =>
  Number((await storage.allWebhooks({ after: ['', ''], limit: 1 }))[0]?.leaseEnds)

const done = (storage: Storage, ms = 30_000) => eventually(ms, 'delivering everything', () => isDone(storage))

for (const engine of ENGINES) {
  t.test(`${engine}: a receiver that fails, hangs, redirects and breaks off gets everything, in order`, async (t) => {
    const { storage, receiver } = await begin(t, engine)
    receiver.secret = await addWebhook(storage, receiver.url)
    const bad: readonly Treatment[] = [500, 'hang', 'redirect', 'drop', 429]
    let requests = 0
    receiver.treat = () => ((requests += 1) % 3 === 0 ? (bad[(requests / 3) % bad.length] as Treatment) : 200)
    const tries: boolean[] = []
    startSender(t, storage, { onDelivery: (isDelivered) => tries.push(isDelivered) })
    const calls = Array.from({ length: 30 }, (_, n) => `CA${String(n)}`)
    await Promise.all(calls.map((callSid) => recordCall(storage, callSid)))
    await done(storage)
    const sequences = new Set(receiver.accepted.map(({ sequence }) => sequence))
    t.equal(sequences.size, calls.length * 3, 'every change was accepted')
    t.strictSame(receiver.outOfOrder, [])
    t.strictSame(receiver.faults, [], 'all are signed, and one a call is under way')
    t.strictSame([...receiver.paths], ['/hook?token=receivers-own'], 'no redirect is followed')
    const types = receiver.accepted.map(({ type }) => type)
    t.strictSame([...new Set(types)].sort(), ['call.answered', 'call.ended', 'call.started'])
    const repeats = new Map(receiver.received.map(({ id, body }) => [id, body]))
    t.ok(
      receiver.received.every(({ id, body }) => repeats.get(id) === body),
      'what is sent again is the same to the byte',
    )
    const failed = await storage.webhookDeliveries({ clientId: CLIENT, endpointId: ENDPOINT, before: 1e9, limit: 500 })
    t.equal(failed.length, receiver.received.length, 'every try is noted')
    t.equal(tries.filter(Boolean).length, failed.filter(({ error }) => error === null).length, 'and told')
    t.equal(tries.length, failed.length)
    t.match([...new Set(failed.map(({ status, error }) => `${String(status)} ${String(error)}`))].sort(), [
      '200 null',
      '302 it answered 302: redirects are not followed',
      '429 it answered 429',
      '500 it answered 500',
      'null socket hang up',
      'null there was no answer within 0.3 s',
    ])
    t.match(
      failed.find(({ status }) => status === 500),
      { answer: 'thanks' },
    )
  })
}

for (const engine of ENGINES) {
  t.test(`${engine}: of two processes one sends for an endpoint, and the other goes on when it is gone`, async (t) => {
    const { storage, receiver } = await begin(t, engine)
    receiver.secret = await addWebhook(storage, receiver.url)
    const timing = { ...QUICK.timing, timeoutMs: 1_000, leaseMs: 2_000 }
    /** Like a process that is killed: it says nothing more to the store. */
    let isDead = false
    const mortal = new Proxy(storage, {
      get: (target, name: keyof Storage) => {
        const method = (target[name] as (...args: unknown[]) => unknown).bind(target)
        return (...args: unknown[]) => {
          if (isDead && name !== 'onRecorded') throw new Error('dead')
          return method(...args)
        }
      },
    })
    const first = startSender(t, mortal, { timing, owner: 'first' })
    await recordCall(storage, 'CA1')
    await done(storage)
    const second = startSender(t, storage, { timing, owner: 'second' })
    await Promise.all(['CA2', 'CA3'].map((callSid) => recordCall(storage, callSid)))
    await done(storage)
    t.equal(receiver.received.length, 9, 'nothing is sent twice')
    // What waits behind the one that hangs, in the order of all, is pending when the process is gone.
    receiver.treat = ({ sessionId }) => (sessionId === 'session-CA4' ? 'hang' : 500)
    await recordCall(storage, 'CA4')
    await recordCall(storage, 'CA6')
    await eventually(60_000, 'a failure', async () => (await webhookOf(storage)).pending > 0)
    isDead = true
    await first.stop()
    receiver.treat = () => 200
    await recordCall(storage, 'CA5')
    await done(storage)
    await second.stop()
    t.equal(new Set(receiver.accepted.map(({ id }) => id)).size, 18)
    t.strictSame([receiver.outOfOrder, receiver.faults], [[], []])
  })
}

t.test('an endpoint that is down gets everything when it is up again, and is not hammered meanwhile', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  const port = Number(new URL(receiver.url).port)
  await addWebhook(storage, receiver.url)
  await receiver.stop()
  const sender = startSender(t, storage)
  await Promise.all(Array.from({ length: 200 }, (_, n) => recordCall(storage, `CA${String(n)}`)))
  await eventually(60_000, 'failing', async () => (await webhookOf(storage)).failingSince !== null)
  await new Promise((resolve) => setTimeout(resolve, 500))
  const { pending, position, lastSequence } = await webhookOf(storage)
  t.ok(position < lastSequence, 'what cannot be delivered stays where it is')
  t.ok(pending < 350, `few messages wait for another try: ${String(pending)} of 600`)
  await sender.stop()
  // It is claimed as one that is failing.
  startSender(t, storage)
  await receiver.listen(port)
  await done(storage)
  t.equal(new Set(receiver.accepted.map(({ id }) => id)).size, 600)
  t.strictSame([receiver.outOfOrder, receiver.faults], [[], []])
  t.equal((await webhookOf(storage)).failingSince, null)
})

t.test(
  'an endpoint to which nothing can be delivered is paused and says why; when it goes on nothing is lost',
  async (t) => {
    const { storage, receiver } = await begin(t, 'sqlite')
    await addWebhook(storage, receiver.url)
    receiver.treat = () => 503
    const told: string[] = []
    const logger = { warn: (details: object, sentence: string) => told.push(sentence + JSON.stringify(details)) }
    startSender(t, storage, { schedule: { ...QUICK.schedule, giveUpMs: 200 }, logger })
    await recordCall(storage, 'CA1')
    await eventually(60_000, 'pausing', async () => (await webhookOf(storage)).status === 'paused')
    const { pausedReason, pending, parked } = await webhookOf(storage)
    t.match(pausedReason, /^Nothing was delivered since .*: it answered 503$/)
    t.strictSame([pending, parked], [3, 0])
    t.match(told, [/^a webhook is paused, because nothing can be delivered.*503/])
    t.notMatch(told.join(), 'receivers-own')
    receiver.treat = () => 200
    const tried = receiver.received.length
    await recordCall(storage, 'CA2')
    t.equal(receiver.received.length, tried)
    await storage.updateWebhook(CLIENT, ENDPOINT, { status: 'active' }, Date.now())
    await done(storage)
    t.equal(receiver.accepted.length, 6)
    t.strictSame(receiver.outOfOrder, [])
    t.match(await webhookOf(storage), { pausedReason: null, failingSince: null })
  },
)

t.test('a receiver that asks to be left alone for a while is', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  const at: number[] = []
  receiver.retryAfter = '1'
  receiver.treat = () => {
    at.push(performance.now())
    return at.length === 1 ? 429 : 204
  }
  startSender(t, storage, { schedule: { ...QUICK.schedule, mostMs: 60_000 } })
  await recordCall(storage, 'CA1')
  await eventually(60_000, 'refusing', () => at.length > 0)
  await recordCall(storage, 'CA2')
  await done(storage)
  t.equal(at.length, 7)
  // A timer may fire a little early.
  t.ok(Number(at[1]) - Number(at[0]) > 990, 'messages of other calls wait as well')
})

t.test('a receiver that says that it is gone is believed', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  receiver.treat = () => 410
  startSender(t, storage)
  await recordCall(storage, 'CA1')
  await eventually(60_000, 'pausing', async () => (await webhookOf(storage)).status === 'paused')
  t.equal((await webhookOf(storage)).pausedReason, 'The receiver answered 410: it is gone')
})

t.test(
  'a message that is refused for too long is parked, what follows it goes on, and a redelivery sends it',
  async (t) => {
    const { storage, receiver } = await begin(t, 'sqlite')
    await addWebhook(storage, receiver.url)
    const at = Date.now()
    let isStubborn = true
    receiver.treat = ({ sessionId, type }) => {
      return isStubborn && sessionId === 'session-bad' && type === 'call.answered' ? 400 : 200
    }
    const told: string[] = []
    const logger = { warn: (_: object, sentence: string) => told.push(sentence) }
    startSender(t, storage, { schedule: { ...QUICK.schedule, giveUpMs: 300 }, logger })
    await recordCall(storage, 'bad', { at })
    // While others succeed the endpoint is not failing.
    for (let n = 0; (await webhookOf(storage)).parked === 0; n++) await recordCall(storage, `CA${String(n)}`)
    await done(storage)
    t.ok(told.includes('a message of a webhook is given up'))
    const ofBad = () => receiver.accepted.filter(({ sessionId }) => sessionId === 'session-bad').map(({ type }) => type)
    t.strictSame(ofBad(), ['call.started', 'call.ended'])
    isStubborn = false
    const range = { from: at, to: at + 1001 }
    const outcome = await storage.redeliverWebhook(CLIENT, ENDPOINT, range, Date.now())
    t.equal(outcome.status, 'queued')
    await eventually(60_000, 'delivering it again', async () => ofBad().length === 4 && (await isDone(storage)))
    t.strictSame(ofBad().slice(2), ['call.started', 'call.answered'], 'in order, and no other message of the call')
    const [first, again] = receiver.accepted.filter(
      ({ id }, _, all) => id === all.find(({ sessionId }) => sessionId === 'session-bad')?.id,
    )
    t.equal(first?.body, again?.body)
    t.equal((await webhookOf(storage)).parked, 0)
  },
)

t.test('a redelivery reaches a sender that is at work', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  startSender(t, storage, { timing: { ...QUICK.timing, idleMs: 60_000 } })
  await recordCall(storage, 'CA1', { at: 1_760_265_000_000 })
  await done(storage)
  await storage.redeliverWebhook(CLIENT, ENDPOINT, { from: 0, to: 1_760_266_000_000 }, Date.now())
  await eventually(60_000, 'delivering it again', () => receiver.accepted.length === 6)
  t.equal(new Set(receiver.accepted.map(({ id }) => id)).size, 3)
  await done(storage)
  await storage.deleteWebhook(CLIENT, ENDPOINT)
  await recordCall(storage, 'CA2')
  await eventually(60_000, 'letting it go', async () => (await storage.webhooks(CLIENT)).length === 0)
})

t.test('one that is paused, or whose client is suspended, is sent nothing, and later what it missed', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url, { eventTypes: ['call.ended'] })
  startSender(t, storage)
  await recordCall(storage, 'CA1')
  await done(storage)
  t.strictSame(
    receiver.received.map(({ type }) => type),
    ['call.ended'],
    'only what it wants',
  )
  for (const [off, on] of [
    [
      () => storage.updateWebhook(CLIENT, ENDPOINT, { status: 'paused' }, 2),
      () => storage.updateWebhook(CLIENT, ENDPOINT, { status: 'active' }, 3),
    ],
    [
      () => storage.updateClient(CLIENT, { status: 'suspended' }),
      () => storage.updateClient(CLIENT, { status: 'active' }),
    ],
  ] as const) {
    const before = receiver.received.length
    await off()
    // The scan after the one that is under way has seen it, and nobody sends for it any more.
    await new Promise((resolve) => setTimeout(resolve, 200))
    await eventually(60_000, 'letting it go', async () => (await leaseOf(storage)) < Date.now())
    await recordCall(storage, `CA-${String(before)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    t.equal(receiver.received.length, before)
    await on()
    await done(storage)
    t.equal(receiver.received.length, before + 1)
  }
})

t.test('a quota message comes once a month and level, over a restart, and again until it is delivered', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await storage.updateClient(CLIENT, { monthlyLimit: 5 })
  await addWebhook(storage, receiver.url, { eventTypes: ['quota.warning', 'quota.reached'] })
  const sender = startSender(t, storage)
  for (const callSid of ['CA1', 'CA2', 'CA3']) await recordCall(storage, callSid)
  await done(storage)
  t.equal(receiver.received.length, 0)
  let failures = 0
  receiver.treat = () => ((failures += 1) < 3 ? 500 : 200)
  await recordCall(storage, 'CA4')
  await eventually(60_000, 'a warning', () => receiver.accepted.length === 1)
  await eventually(60_000, 'saving it', async () => (await webhookOf(storage)).quotaTold !== '')
  t.match(receiver.accepted[0], { type: 'quota.warning', data: { percent: 80, callsThisMonth: 4, limit: 5 } })
  t.equal(new Set(receiver.received.map(({ id }) => id)).size, 1)
  await sender.stop()
  startSender(t, storage)
  await recordCall(storage, 'CA5')
  await eventually(60_000, 'the limit', () => receiver.accepted.length === 2)
  t.match(receiver.accepted[1], { type: 'quota.reached', data: { percent: 100 } })
  await recordCall(storage, 'CA6')
  await done(storage)
  await new Promise((resolve) => setTimeout(resolve, 100))
  t.equal(receiver.accepted.length, 2)
})

t.test('endpoints have their turns, and places in turn, where there are fewer than endpoints', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  const ids = [1, 2, 3].map((n) => `we_000000000000000${String(n)}`)
  for (const endpointId of ids) await addWebhook(storage, receiver.url, { endpointId })
  startSender(t, storage, {
    mostEndpoints: 2,
    mostUnderWay: 1,
    timing: { ...QUICK.timing, idleMs: 60_000, turnMs: 100 },
  })
  await Promise.all(['CA1', 'CA2', 'CA3'].map((callSid) => recordCall(storage, callSid)))
  for (const endpointId of ids) await eventually(20_000, 'delivering', () => isDone(storage, endpointId))
  t.equal(receiver.accepted.length, 27)
  t.equal(receiver.mostAtOnce, 1)
})

t.test('a server that ends waits for what is under way, cuts off what hangs, and loses neither', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  receiver.treat = () => 'hang'
  const timing = { ...QUICK.timing, timeoutMs: 1_000, graceMs: 100 }
  const sender = startSender(t, storage, { timing })
  await recordCall(storage, 'CA1')
  await eventually(60_000, 'sending', () => receiver.received.length === 1)
  await sender.stop()
  t.match(await webhookOf(storage), { failingSince: null, pending: 0 }, 'it has not failed')
  receiver.treat = () => 200
  startSender(t, storage, { owner: 'another' })
  await done(storage)
  t.strictSame(
    receiver.accepted.map(({ type }) => type),
    ['call.started', 'call.answered', 'call.ended'],
  )
})

t.test('a store that fails for a while delays messages, and loses none', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  /** How often a method still fails. */
  const failing = new Map<string, number>([
    ['changesSince', 1],
    ['saveWebhookProgress', 1],
    ['allWebhooks', 1],
    ['callsInMonth', 2],
    ['pendingMessages', 1],
  ])
  let isThere = false
  const weak = new Proxy(storage, {
    get: (target, name: keyof Storage) => {
      const method = (target[name] as (...args: unknown[]) => unknown).bind(target)
      return (...args: unknown[]) => {
        if (name === 'client' && !isThere) {
          isThere = true
          return Promise.resolve(null)
        }
        const times = failing.get(name) ?? 0
        if (times === 0) return method(...args)
        failing.set(name, times - 1)
        return Promise.reject(new Error(`no ${name}`))
      }
    },
  })
  const told: string[] = []
  startSender(t, weak, { logger: { warn: (_, sentence) => told.push(sentence) } })
  await recordCall(storage, 'CA1')
  await done(storage)
  await eventually(60_000, 'each of them', () => [...failing.values()].every((times) => times === 0))
  t.equal(new Set(receiver.accepted.map(({ id }) => id)).size, 3)
  t.ok(told.includes('the webhooks could not be read; it will be tried again'))
  t.ok(told.includes('sending to a webhook failed; it goes on where it was saved'))
  // A message that is sent again is read again.
  receiver.treat = () => 500
  await recordCall(storage, 'CA2')
  await eventually(60_000, 'a failure', async () => (await webhookOf(storage)).pending > 0)
  failing.set('changesSince', 1)
  receiver.treat = () => 200
  await done(storage)
  t.equal(new Set(receiver.accepted.map(({ id }) => id)).size, 6)
})

t.test('a receiver that refuses messages of a kind, however many, gets the others soon', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  receiver.treat = ({ type }) => (type === 'call.started' ? 400 : 200)
  startSender(t, storage, { schedule: { ...QUICK.schedule, firstMs: 2_000, factor: 1, mostMs: 2_000 } })
  const started = (callSid: string, event: string) =>
    storage.record(newEvent({ event, data: { callSid }, occurredAt: Date.now() }))
  for (let n = 0; n < 20; n++) await started(`CA${String(n)}`, 'dialing')
  await eventually(60_000, 'all failures', async () => (await webhookOf(storage)).pending === 20)
  // One that changes nothing is no try.
  await started('good', 'ping')
  await started('good', 'callEnded')
  await eventually(60_000, 'the good one', () =>
    receiver.accepted.some(({ sessionId }) => sessionId === 'session-good'),
  )
})

t.test('what waits and is no longer wanted, or no longer kept, is dropped', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  receiver.treat = () => 500
  startSender(t, storage)
  const old = Date.parse('2025-01-15T10:00:00Z')
  await recordCall(storage, 'old', { at: old })
  await recordCall(storage, 'new')
  await eventually(60_000, 'failures', async () => (await webhookOf(storage)).pending === 6)
  await storage.dropBefore(CLIENT, Date.parse('2025-01-31T18:30:00Z'), 100)
  await storage.updateWebhook(CLIENT, ENDPOINT, { eventTypes: ['call.ended'] }, Date.now())
  await eventually(60_000, 'dropping', async () => (await webhookOf(storage)).pending === 1)
  receiver.treat = () => 200
  await done(storage)
  t.match(receiver.accepted, [{ type: 'call.ended', sessionId: 'session-new' }])
  t.equal(receiver.accepted.length, 1)
})

t.test('a server that ends while it claims an endpoint lets it go', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  let go: () => void = () => undefined
  let isClaiming = false
  const slow = replacing('claimWebhook', async (...args) => {
    isClaiming = true
    await new Promise<void>((resolve) => (go = resolve))
    return storage.claimWebhook(...args)
  })(storage)
  const sender = startSender(t, slow)
  await recordCall(storage, 'CA1')
  await eventually(60_000, 'claiming', () => isClaiming)
  const stopped = sender.stop()
  go()
  await stopped
  t.equal(receiver.received.length, 0)
  startSender(t, storage, { owner: 'another' })
  await done(storage)
})

t.test('while many messages wait for another try nothing new is read, and in the end all arrive', async (t) => {
  const { storage, receiver } = await begin(t, 'sqlite')
  await addWebhook(storage, receiver.url)
  receiver.treat = () => 500
  startSender(t, storage, { mostWaiting: 3 })
  await Promise.all(Array.from({ length: 9 }, (_, n) => recordCall(storage, `CA${String(n)}`)))
  await eventually(60_000, 'messages that wait', async () => (await webhookOf(storage)).pending >= 3)
  await Promise.all(Array.from({ length: 9 }, (_, n) => recordCall(storage, `CB${String(n)}`)))
  await eventually(60_000, 'more tries', () => receiver.received.length > 40)
  t.ok((await webhookOf(storage)).position < 54, 'not all was read')
  receiver.treat = () => 200
  await done(storage)
  t.equal(new Set(receiver.accepted.map(({ id }) => id)).size, 54)
  t.strictSame(receiver.outOfOrder, [])
})
