import t from 'tap'
import { deletionSweep } from '../../src/jobs/deletion.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { listedClient } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const MINUTE_MS = 60_000

t.test('clients whose time has come are removed, a batch and a pause at a time, every hour', async (t) => {
  const rows: Record<string, number> = { due: 51, restorable: 7, kept: 7 }
  const asked: unknown[] = []
  const pauses: number[] = []
  const logged: unknown[] = []
  let over: () => void = () => undefined
  const isOver = new Promise<void>((resolve) => (over = resolve))
  const storage: Partial<Storage> = {
    allClients: async () => [
      listedClient('due', { status: 'deleting', deletesAt: NOW - MINUTE_MS }),
      listedClient('kept'),
      listedClient('restorable', { status: 'deleting', deletesAt: NOW - MINUTE_MS + 1 }),
    ],
    deleteClient: async (clientId, limit, entry) => {
      asked.push([clientId, limit, entry])
      const now = Math.min(limit, rows[clientId] ?? 0)
      rows[clientId] = (rows[clientId] ?? 0) - now
      return now
    },
  }
  const sweep = deletionSweep({
    storage: storage as Storage,
    clock: () => NOW,
    logger: { info: (details) => logged.push(details), warn: () => void t.fail('nothing failed') },
    pause: (ms, signal) => {
      pauses.push(ms)
      if (ms < 1000) return Promise.resolve()
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
  t.strictSame(rows, { due: 0, restorable: 7, kept: 7 })
  const entry = { at: NOW, actor: 'server', action: 'client.deleted', clientId: 'due', details: {}, requestId: null }
  t.strictSame(asked, Array(4).fill(['due', 25, entry]))
  t.strictSame(pauses, [50, 50, 50, 3_600_000])
  t.strictSame(logged, [{ clientId: 'due' }])
})
