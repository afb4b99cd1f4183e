/** Claims of reconciliations: the same on both engines. */
import t from 'tap'
import type { ReconciliationClaim } from '../../src/storage/port/reconciliations.js'
import { ENGINES, newClient, scratchStorage } from '../helpers/storage.js'

const CLAIM: ReconciliationClaim = {
  runId: 'one',
  startedBy: 'admin',
  now: 1000,
  silentFrom: 0,
  ownFrom: Number.MAX_SAFE_INTEGER,
  report: '{}',
}

for (const engine of ENGINES) {
  t.test(`on ${engine}`, async (t) => {
    const storage = await scratchStorage(t, undefined, engine)
    for (const id of ['client-a', 'client-b']) await storage.createClient(newClient(id))
    const claim = (members: Partial<ReconciliationClaim> = {}, client = 'client-a') =>
      storage.claimReconciliation(client, { ...CLAIM, ...members })
    const say = (runId: string, state: 'running' | 'finished' | 'stopped', updatedAt: number) =>
      storage.saveReconciliation('client-a', { runId, state, updatedAt, report: `{"at":${String(updatedAt)}}` })

    t.test('of many that claim one at once one has it, and another client’s is its own', async (t) => {
      t.equal(await storage.reconciliation('client-a'), null)
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => claim({ runId: `run-${String(i)}` })))
      const [first, ...more] = outcomes.filter(({ isClaimed }) => isClaimed)
      t.strictSame(more, [])
      t.ok(
        outcomes.every(({ run }) => run.runId === first?.run.runId),
        'and the others are told which',
      )
      t.strictSame(await storage.reconciliation('client-a'), first?.run)
      t.match(await claim({}, 'client-b'), { isClaimed: true, run: { runId: 'one', state: 'running' } })
      await say(String(first?.run.runId), 'stopped', 1000)
    })

    t.test('a run says how far it is until another has taken its place', async (t) => {
      t.match(await claim({ runId: 'two' }), { isClaimed: true }, 'one that was stopped is in nobody’s way')
      t.equal(await say('two', 'running', 2000), true)
      t.match(await claim({ runId: 'three', silentFrom: 2000 }), { isClaimed: false, run: { runId: 'two' } })
      t.match(await claim({ runId: 'three', silentFrom: 2001, now: 3000 }), { isClaimed: true })
      t.equal(await say('two', 'finished', 4000), false)
      t.match(await storage.reconciliation('client-a'), { runId: 'three', state: 'running', updatedAt: 3000 })
      t.equal(await say('three', 'finished', 5000), true)
      t.match(await storage.reconciliation('client-a'), { state: 'finished', startedAt: 3000, report: '{"at":5000}' })
    })

    t.test('one that the same has finished lately is enough where that is said', async (t) => {
      t.match(await claim({ ownFrom: 3000 }), { isClaimed: false, run: { runId: 'three' } })
      t.match(await claim({ ownFrom: 3000, startedBy: 'server', runId: 'hourly' }), { isClaimed: true })
      await say('hourly', 'stopped', 6000)
      t.match(await claim({ ownFrom: 0, startedBy: 'server', runId: 'again', now: 7000 }), { isClaimed: true })
      await say('again', 'finished', 7000)
      t.match(await claim({ ownFrom: 7001, startedBy: 'server', runId: 'later' }), { isClaimed: true })
    })

    t.test('there is none of a client that there is not', async (t) => {
      t.equal(await storage.reconciliation('nobody'), null)
      t.equal(
        await storage.saveReconciliation('nobody', { runId: 'x', state: 'failed', updatedAt: 1, report: '' }),
        false,
      )
      await t.rejects(claim({}, 'nobody'))
    })
  })
}
