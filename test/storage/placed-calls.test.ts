/** Claims of calls that are to be made: the same on both engines. */
import t from 'tap'
import type { CallClaim, PlacedCall } from '../../src/storage/port/placed-calls.js'
import { ENGINES, newClient, scratchStorage } from '../helpers/storage.js'

const CLAIM: CallClaim = { id: 'one', contentHash: 'content', now: 1000, keptFrom: 0 }
const PLACED: PlacedCall = { status: 'placed', callSid: 'CA1', callStatus: 'queued' }

for (const engine of ENGINES) {
  t.test(`on ${engine}`, async (t) => {
    const storage = await scratchStorage(t, undefined, engine)
    for (const id of ['client-a', 'client-b']) await storage.createClient(newClient(id))
    const claim = (members: Partial<CallClaim> = {}, client = 'client-a') =>
      storage.claimCall(client, { ...CLAIM, ...members })

    t.test('of many that claim a call at once one makes it, and another client’s claim is its own', async (t) => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, now) => claim({ now: now + 1 })))
      t.equal(outcomes.filter(({ status }) => status === 'claimed').length, 1)
      t.equal(outcomes.filter(({ status }) => status === 'dialling').length, 19)
      t.match(await claim(), { status: 'dialling', since: Number })
      t.strictSame(await claim({ contentHash: 'other' }), { status: 'conflict' })
      t.strictSame(await claim({}, 'client-b'), { status: 'claimed' })
    })

    t.test('what became of a call is kept, and a call that is placed stays so', async (t) => {
      t.equal(await storage.settleCall('client-a', 'one', { status: 'unknown' }), true)
      t.strictSame(await claim(), { status: 'unknown' })
      t.equal(await storage.settleCall('client-a', 'one', null), false, 'it may have been made: it is not given back')
      t.equal(await storage.settleCall('client-a', 'one', PLACED), true)
      t.strictSame(await claim(), PLACED)
      for (const late of [{ ...PLACED, callSid: 'CA2' }, { status: 'unknown' }, null] as const)
        t.equal(await storage.settleCall('client-a', 'one', late), false)
      t.strictSame(await claim(), PLACED)
      t.match(await claim({}, 'client-b'), { status: 'dialling' })
      t.equal(await storage.settleCall('client-a', 'nothing', PLACED), false)
      t.equal(await storage.settleCall('nobody', 'one', PLACED), false)
    })

    t.test('a call of which nothing was made can be claimed again, with other content too', async (t) => {
      t.equal(await storage.settleCall('client-b', 'one', null), true)
      t.strictSame(await claim({ contentHash: 'other' }, 'client-b'), { status: 'claimed' })
    })

    t.test('claims from before are forgotten when the next one is made', async (t) => {
      t.strictSame(await claim({ id: 'late', now: 5000, keptFrom: 1001 }, 'client-b'), { status: 'claimed' })
      t.strictSame(await claim({ now: 5000 }, 'client-b'), { status: 'claimed' })
      t.match(await claim({ id: 'late' }, 'client-b'), { status: 'dialling', since: 5000 })
    })

    t.test('they go with their client', async (t) => {
      await storage.updateClient('client-a', { deletesAt: 1 })
      const entry = { actor: 'server', action: 'client.deleted', details: {}, requestId: null } as const
      let removed = 0
      for (let part = 1; part > 0; removed += part)
        part = await storage.deleteClient('client-a', 1, { ...entry, at: 2, clientId: 'client-a' })
      t.equal(
        removed,
        8,
        'the claim, keys, counts of callbacks, the reconciliation, business hours, webhooks, erasures, and its state',
      )
      t.equal(await storage.settleCall('client-a', 'one', null), false)
    })

    t.test('an entry of the audit log may be about what is no change', async (t) => {
      const entry = {
        at: 3,
        actor: 'API key x',
        action: 'recording.heard',
        clientId: 'client-b',
        requestId: 'r',
      } as const
      await storage.audit({ ...entry, details: { sessionId: 'session-1' } })
      const [newest] = await storage.auditLog({ clientId: 'client-b', before: null, limit: 1 })
      t.match(newest, { ...entry, details: { sessionId: 'session-1' } })
    })
  })
}
