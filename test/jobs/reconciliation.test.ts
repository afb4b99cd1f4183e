import t from 'tap'
import { reconciliationSweep } from '../../src/jobs/reconciliation.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { listedClient } from '../helpers/storage.js'

const NOTHING = { state: 'finished', missing: 0, changed: 0, unknown: 0, pending: 1, error: null }

t.test('every client’s last day is reconciled every hour, and what differed is logged in numbers', async (t) => {
  const outcomes: Readonly<Record<string, typeof NOTHING | null>> = {
    alike: NOTHING,
    differing: { ...NOTHING, missing: 2, unknown: 1 },
    failing: { ...NOTHING, state: 'failed', error: 'Exotel is away' } as never,
    skipped: null,
  }
  const [told, warned, pauses]: [unknown[], unknown[], number[]] = [[], [], []]
  let over: () => void = () => undefined
  const isOver = new Promise<void>((resolve) => (over = resolve))
  const sweep = reconciliationSweep({
    storage: {
      allClients: async () => Object.keys(outcomes).map((id) => listedClient(id)),
    } as Partial<Storage> as Storage,
    reconcile: async ({ clientId }, signal) => {
      t.equal(signal.aborted, false)
      return outcomes[clientId] ?? null
    },
    logger: { info: (details) => told.push(details), warn: (details) => warned.push(details) },
    pause: (ms, signal) => {
      pauses.push(ms)
      over()
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'))
        })
      })
    },
  })
  sweep.start()
  await isOver
  await sweep.stop()
  t.strictSame(told, [{ clientId: 'differing', missing: 2, changed: 0, unknown: 1, pending: 1 }])
  t.strictSame(warned, [{ clientId: 'failing', reason: 'Exotel is away' }])
  t.strictSame(pauses, [3_600_000])
})
