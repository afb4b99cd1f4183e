import t from 'tap'
import { pageSweep } from '../../src/jobs/pages.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { listedClient } from '../helpers/storage.js'

t.test('pages are built a few at a time, with a pause for others between, until none is behind', async (t) => {
  const behind: Record<string, number> = { 'client-a': 25, 'client-b': 0 }
  const asked: [string, number][] = []
  const pauses: number[] = []
  let over: () => void = () => undefined
  const isOver = new Promise<void>((resolve) => (over = resolve))
  const storage: Partial<Storage> = {
    allClients: async () => [
      listedClient('client-a'),
      listedClient('client-b'),
      listedClient('client-c', { status: 'deleting', deletesAt: 1 }),
    ],
    buildPages: async (clientId, limit) => {
      asked.push([clientId, limit])
      const built = Math.min(limit, behind[clientId] ?? 0)
      behind[clientId] = (behind[clientId] ?? 0) - built
      return built
    },
  }
  const sweep = pageSweep({
    storage: storage as Storage,
    logger: { warn: () => void t.fail('nothing failed') },
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
  t.strictSame(behind, { 'client-a': 0, 'client-b': 0 })
  t.strictSame(
    asked,
    [...Array<string>(4).fill('client-a'), 'client-b'].map((client) => [client, 10]),
  )
  t.strictSame(pauses, [20, 20, 20, 5 * 60 * 1000])
})
