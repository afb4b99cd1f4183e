/** What the thread does that folds the write-ahead log: see `worker.ts`. */
import type { MessagePort } from 'node:worker_threads'
import { rowsOf, sql } from '../sql/transaction.js'
import { SqliteConnection } from './connection.js'
import type { Thread, ThreadSettings } from './wire.js'
import type { Checkpoint } from './writer.js'

export function openCheckpointer(_port: MessagePort, { path }: ThreadSettings): Thread {
  const connection = new SqliteConnection(path, 'checkpointer')
  return {
    answer: async ({ kind }): Promise<Checkpoint | undefined> => {
      if (kind === 'checkpoint') {
        const [place] = (await rowsOf(connection, sql`select number from log_place`)) as [{ number: number }]
        return { applied: place.number, ...connection.checkpoint('passive') }
      }
      connection.close()
      return undefined
    },
  }
}
