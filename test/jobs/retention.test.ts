import t, { type Test } from 'tap'
import { retentionSweep } from '../../src/jobs/retention.js'
import type { SweepOptions } from '../../src/jobs/sweep.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { listedClient } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

interface Pause {
  readonly ms: number
  readonly end: () => void
}

/** A sweep whose pauses end when the test says so, over a store that has `rows` to drop of each client. */
function setUp(t: Test, rows: Record<string, number>, members: Partial<Storage> = {}) {
  const dropped: [string, string, number][] = []
  const logged: unknown[] = []
  const paused: Pause[] = []
  const clock = { now: NOW }
  const stopped = new Set<string>()
  let arrived: () => void = () => undefined
  const listed = (id: string, members = {}) => listedClient(id, { ...members, retentionPaused: stopped.has(id) })
  const storage = {
    allClients: async () => [
      listed('client-a', { retentionMonths: 1 }),
      listed('client-b'),
      listed('client-c', { retentionMonths: 2, timezone: 'UTC' }),
    ],
    client: async (clientId: string) => listed(clientId),
    dropBefore: async (clientId: string, instant: number, limit: number) => {
      dropped.push([clientId, new Date(instant).toISOString(), limit])
      const now = Math.min(limit, rows[clientId] ?? 0)
      rows[clientId] = (rows[clientId] ?? 0) - now
      return now
    },
    ...members,
  } as unknown as Storage
  const pause: SweepOptions['pause'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) reject(new Error('stopped'))
      signal.addEventListener('abort', () => {
        reject(new Error('stopped'))
      })
      paused.push({ ms, end: resolve })
      arrived()
    })
  /** Resolves when the sweep pauses next, with what ends the pause. */
  const nextPause = async () => {
    while (paused.length === 0) await new Promise<void>((resolve) => (arrived = resolve))
    return paused.shift() as Pause
  }
  const log = (details: object) => void logged.push(details)
  const sweep = retentionSweep({ storage, clock: () => clock.now, logger: { info: log, warn: log }, pause })
  t.teardown(() => sweep.stop())
  return { sweep, dropped, logged, nextPause, clock, stopped }
}

t.test('clients that want it lose what is older, a batch and a pause at a time, every hour', async (t) => {
  const rows: Record<string, number> = { 'client-a': 26, 'client-b': 9 }
  const { sweep, dropped, logged, nextPause, clock } = setUp(t, rows)
  sweep.start()
  for (const ms of [50, 50]) {
    const pause = await nextPause()
    t.ok(pause.ms >= ms, 'nine times as long as the batch took, or longer')
    pause.end()
  }
  const hour = await nextPause()
  t.equal(hour.ms, MINUTE_MS)
  const [a, c] = [
    ['client-a', '2025-08-31T18:30:00.000Z', 25],
    ['client-c', '2025-08-01T00:00:00.000Z', 25],
  ]
  t.strictSame(dropped.splice(0), [a, a, a, c])
  t.match(logged.splice(0), [{ clientId: 'client-a', rows: 26 }])
  t.equal(rows['client-b'], 9)
  clock.now += HOUR_MS - 1
  hour.end()
  const minute = await nextPause()
  t.strictSame(dropped, [], 'what is done is not looked at again so soon')
  clock.now += 1
  minute.end()
  t.equal((await nextPause()).ms, MINUTE_MS)
  t.strictSame(dropped, [a, c])
  t.strictSame(logged, [], 'nothing dropped is nothing said')
})

t.test('what is paused is left alone, and goes on within a minute of its being resumed', async (t) => {
  const { sweep, dropped, nextPause, stopped } = setUp(t, { 'client-a': 180 })
  sweep.start()
  const batch = await nextPause()
  // The store refuses the next batch, as it does while it is paused.
  stopped.add('client-a')
  const all = dropped.length
  batch.end()
  await nextPause().then((pause) => {
    pause.end()
  })
  const minute = await nextPause()
  t.ok(dropped.length > all)
  stopped.delete('client-a')
  dropped.length = 0
  minute.end()
  await nextPause()
  t.match(dropped[0], ['client-a'], 'it was not done, so it goes on')
})

t.test('a store that cannot be used is said, and asked again in a minute', async (t) => {
  const failure = new Error('no store')
  let failing = true
  const { sweep, logged, dropped, nextPause } = setUp(
    t,
    {},
    {
      allClients: async () => {
        if (failing) throw failure
        return []
      },
    },
  )
  sweep.start()
  const hour = await nextPause()
  t.strictSame(logged, [{ err: failure }])
  failing = false
  hour.end()
  t.equal((await nextPause()).ms, MINUTE_MS)
  t.equal(logged.length, 1)
  t.strictSame(dropped, [])
})

t.test('what fails for one client is said, and does not keep it from the others', async (t) => {
  const failure = new Error('locked')
  const dropped: string[] = []
  const { sweep, logged, nextPause } = setUp(
    t,
    {},
    {
      dropBefore: async (clientId) => {
        if (clientId === 'client-a') throw failure
        dropped.push(clientId)
        return 0
      },
    },
  )
  sweep.start()
  t.equal((await nextPause()).ms, MINUTE_MS)
  t.strictSame(logged, [{ err: failure, clientId: 'client-a' }])
  t.strictSame(dropped, ['client-c'])
})

t.test('stopping waits for the batch at work, starts no other and is no failure', async (t) => {
  const { sweep, dropped, logged, nextPause } = setUp(t, { 'client-a': 10_000 })
  sweep.start()
  await nextPause()
  await sweep.stop()
  t.equal(dropped.length, 1)
  t.strictSame(logged, [])
})

t.test('a sweep that never started stops, and one with pauses of its own keeps no process alive', async (t) => {
  const { sweep } = setUp(t, {})
  await sweep.stop()
  let swept: () => void = () => undefined
  const first = new Promise<void>((resolve) => (swept = resolve))
  const storage = { allClients: async () => (swept(), []) } as unknown as Storage
  const logger = { info: () => undefined, warn: () => void t.fail('nothing failed') }
  const running = retentionSweep({ storage, clock: Date.now, logger })
  running.start()
  await first
  await running.stop()
})
