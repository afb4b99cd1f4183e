/** What a thread does that reads: see `worker.ts`. */
import { existsSync, readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { basename } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { ReadTooLong } from '../errors.js'
import { runMethod, type Method } from '../sql/methods.js'
import { storeContext, type BuiltPage, type Session } from '../sql/session.js'
import { SqliteConnection } from './connection.js'
import type { Notice, Thread, ThreadSettings } from './wire.js'

/** Decoded pages that a reader keeps. */
const PAGE_CACHE_BYTES = 48 * 1024 * 1024

/** How long a read may take, unless the settings say otherwise. */
const READ_MS = 10_000

/** Reports may take long: where processors are few, whoever answers requests and whoever writes go first. */
const NICENESS = 10
/** What Linux calls the thread that asks, whose last part is its number. Other systems have no priorities of threads. */
const THREAD = '/proc/thread-self'

export function openReader(
  port: MessagePort,
  { path, maxCallAgeMs, readMs = READ_MS, slowMs }: ThreadSettings,
): Thread {
  for (const link of [THREAD].filter(existsSync)) setPriority(Number(basename(readlinkSync(link))), NICENESS)
  const connection = new SqliteConnection(path, 'reader')
  connection.watch(slowMs, (slow) => {
    port.postMessage({ slow } satisfies Notice)
  })
  const context = storeContext(maxCallAgeMs, PAGE_CACHE_BYTES)
  const read = async (body: string): Promise<unknown> => {
    const [method, args] = JSON.parse(body) as [Method, unknown[]]
    if (method === 'ping') {
      probe(path)
      return
    }
    const pages: BuiltPage[] = []
    const startedAt = performance.now()
    const session: Session = {
      ...context,
      tx: connection,
      unsettled: new Map(),
      keepPage: (page) => pages.push(page),
      checkTime: () => {
        if (performance.now() - startedAt > readMs) throw new ReadTooLong()
      },
    }
    connection.exec('begin')
    try {
      return await runMethod(session, method, args)
    } finally {
      // SQLite itself may have ended it, when the disk failed.
      connection.rollback()
      if (pages.length > 0) port.postMessage(pages)
    }
  }
  return {
    answer: async ({ kind }, body) => {
      if (kind === 'method') return read(body)
      connection.close()
      return undefined
    },
  }
}

/** Reads the beginning of every table on a connection of its own: one that is kept would not see what became of the file. */
function probe(path: string): void {
  const connection = new SqliteConnection(path, 'reader')
  try {
    const tables = connection.all<{ name: string }>(`select name from sqlite_schema where type = 'table'`, [])
    for (const { name } of tables) connection.all(`select * from "${name}" limit 1`, [])
  } finally {
    connection.close()
  }
}
