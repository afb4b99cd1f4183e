import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { addWebhook, CLIENT, ENDPOINT, webhookOf } from '../helpers/webhooks.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const T0 = 1_760_265_000_000
const ALL = { from: 0, to: T0 * 2 }

for (const engine of ENGINES) {
  t.test(`${engine}: of an endpoint that is not there nothing is read, changed or deleted`, async (t) => {
    const storage = await scratchStorage(t, undefined, engine)
    await storage.createClient(newClient(CLIENT))
    const lease = { owner: 'one', now: 1, ends: 2 }
    for (const clientId of [CLIENT, 'nobody']) {
      t.same(await storage.webhooks(clientId), [])
      t.equal(await storage.updateWebhook(clientId, ENDPOINT, { status: 'paused' }, 1), false)
      t.equal(await storage.deleteWebhook(clientId, ENDPOINT), false)
      t.equal(await storage.claimWebhook(clientId, ENDPOINT, lease), null)
      t.same(await storage.redeliverWebhook(clientId, ENDPOINT, ALL, 1), { status: 'unknown' })
    }
  })

  t.test(`${engine}: no more messages are to be sent again than may wait, and then none is`, async (t) => {
    const storage = await scratchStorage(t, undefined, engine)
    await storage.createClient(newClient(CLIENT))
    await addWebhook(storage, 'https://crm.example.com/')
    const events = Array.from({ length: LIMITS.webhookPending + 1 }, (_, n) =>
      newEvent({ event: 'dialing', data: { callSid: `CA${String(n % 50)}`, n }, occurredAt: T0 + n }),
    )
    for (let at = 0; at < events.length; at += 1000) await storage.recordAll(events.slice(at, at + 1000))
    const lease = { owner: 'one', now: 1, ends: 2 }
    const { changes } = (await storage.claimWebhook(CLIENT, ENDPOINT, lease)) ?? { changes: 0 }
    await storage.saveWebhookProgress(CLIENT, ENDPOINT, {
      lease,
      changes,
      position: events.length,
      nextAt: null,
      failingSince: null,
      quotaTold: '',
      pending: [],
      settled: [],
      deliveries: [],
      pausedReason: null,
    })
    t.same(await storage.redeliverWebhook(CLIENT, ENDPOINT, ALL, 1), { status: 'too-many' })
    t.equal((await webhookOf(storage)).pending, 0)
    const half = { from: T0, to: T0 + 5000 }
    t.same(await storage.redeliverWebhook(CLIENT, ENDPOINT, half, 1), { status: 'queued', messages: 5000 })
  })
}
