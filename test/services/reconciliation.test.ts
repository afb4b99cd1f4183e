import t, { type Test } from 'tap'
import { sealApiCredentials } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { LIMITS } from '../../src/core/limits.js'
import { ReconciliationService } from '../../src/services/reconciliation.js'
import type { ClientListing } from '../../src/storage/port/clients.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { START } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { EXOTEL_API, ExotelServer } from '../helpers/exotel-server.js'
import { IMPATIENT } from '../helpers/reconciliation.js'
import { newClient, replacing, scratchStorage } from '../helpers/storage.js'

const HOUR_MS = 3_600_000
const TALKED = { Details: { ConversationDuration: 45, Leg2Status: 'completed' } }
const never = new AbortController().signal

async function made(t: Test, change: (real: Storage) => Storage = (real) => real) {
  const exotel = await ExotelServer.start(t)
  const real = await scratchStorage(t)
  const keys = new KeyRing([Buffer.alloc(32, 1)])
  const credentials = { ...EXOTEL_API, subdomain: 'api.exotel.com' }
  const sealedExotelApi = await sealApiCredentials(keys, 'acme', credentials)
  await real.createClient(newClient('acme', { sealedExotelApi }))
  const clock = { now: START }
  const logged: object[] = []
  const another = () => {
    const service = new ReconciliationService({
      storage: change(real),
      clock: () => clock.now,
      keys,
      agents: { agentOf: async () => null },
      apiUrl: exotel.origin,
      logger: { error: (details) => logged.push(details) },
      patience: IMPATIENT,
      sayEveryMs: 1,
    })
    t.teardown(() => service.close())
    return service
  }
  const client = (await real.client('acme')) as ClientListing
  return { exotel, storage: real, clock, logged, another, service: another(), client }
}

t.test('the last day is reconciled once an hour, however many processes do so', async (t) => {
  const { exotel, clock, another, service, client } = await made(t)
  exotel.add(START - 25 * HOUR_MS, 0, TALKED)
  exotel.add(START - 23 * HOUR_MS, 0, TALKED)
  t.match(await service.lastDay(client, never), { state: 'finished', missing: 1 })
  clock.now += 30 * 60_000
  t.equal(await another().lastDay(client, never), null)
  clock.now += 30 * 60_000
  t.match(await another().lastDay(client, never), { state: 'finished', missing: 0, changed: 0 })
})

t.test('clients that are not active, or have nothing to sign in to Exotel with, are left alone', async (t) => {
  const { exotel, service, client } = await made(t)
  t.equal(await service.lastDay({ ...client, status: 'suspended' }, never), null)
  t.equal(await service.lastDay({ ...client, sealedExotelApi: null }, never), null)
  t.strictSame(exotel.requests, [])
})

t.test('one that is told to stop does so, and the hour is not lost', async (t) => {
  const { exotel, another, service, client } = await made(t)
  const ending = new AbortController()
  const arrived = exotel.arrived()
  exotel.next.push('hang')
  const running = service.lastDay(client, ending.signal)
  await arrived
  ending.abort()
  t.match(await running, { state: 'stopped' })
  t.match(await another().lastDay(client, never), { state: 'finished' })
})

t.test('a run that waits for Exotel says that it is still there, though the store fails now and then', async (t) => {
  let failures = 3
  const flaky = (real: Storage) =>
    replacing('saveReconciliation', (...args) =>
      (failures -= 1) > 0 ? Promise.reject(new Error('away')) : real.saveReconciliation(...args),
    )(real)
  const { exotel, storage, clock, another, service, client } = await made(t, flaky)
  const arrived = exotel.arrived()
  exotel.next.push('hang')
  void service.lastDay(client, never)
  await arrived
  clock.now += LIMITS.reconciliationSilenceMs + 1
  await eventually(10_000, 'saying so', async () => (await storage.reconciliation('acme'))?.updatedAt === clock.now)
  t.equal(await another().lastDay(client, never), null, 'and nobody takes its place')
})

t.test('a run whose place was taken ends, and says nothing of itself', async (t) => {
  const { exotel, storage, service, client } = await made(t)
  const arrived = exotel.arrived()
  exotel.next.push('hang')
  const running = service.lastDay(client, never)
  await arrived
  const claim = { runId: 'other', startedBy: 'admin', now: START, silentFrom: START + 1, ownFrom: 0, report: '{}' }
  t.match(await storage.claimReconciliation('acme', claim), { isClaimed: true })
  t.match(await running, { state: 'stopped' })
  t.match(await storage.reconciliation('acme'), { runId: 'other', state: 'running', report: '{}' })
})

t.test('a fault of the server is in its log, and no word of it in the report', async (t) => {
  const broken = replacing('retainedFrom', () => Promise.reject(new Error('select broken')))
  const { service, client, logged } = await made(t, broken)
  t.match(await service.lastDay(client, never), {
    state: 'failed',
    error: 'Something went wrong on the server. Its log has more.',
  })
  t.match(logged, [{ clientId: 'acme', err: { message: 'select broken' } }])
})
