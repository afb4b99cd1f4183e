/** A copy of a database that a server may be writing to. */
import { existsSync } from 'node:fs'
import { open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { StorageUnavailable } from '../errors.js'
import type { StorageOptions } from '../open.js'
import { rowsOf, sql } from '../sql/transaction.js'
import { applyWhatACrashLeft } from './command.js'
import { SqliteConnection } from './connection.js'
import { Log } from './log.js'

/** A server commits what it acknowledged within a tenth of a second, unless it cannot. */
const COMMIT_MS = 30_000
const ASK_EVERY_MS = 5

/**
 * Copies a database into a new file, on disk when this resolves. Every write that was acknowledged before it began is in the
 * copy: those that are only in the log are waited for.
 * @param commitMs how long they are waited for
 * @returns the length of the copy in bytes
 * @throws StorageUnavailable when the server cannot commit what it acknowledged
 */
export async function backUp(
  path: string,
  target: string,
  options: StorageOptions,
  commitMs = COMMIT_MS,
): Promise<number> {
  if (existsSync(target)) throw new Error(`There is something at ${target} already: name another file, or remove it.`)
  await applyWhatACrashLeft(path, options)
  const source = new SqliteConnection(path, 'reader')
  const part = `${target}.part`
  try {
    await acknowledgedIsCommitted(source, `${path}.log`, commitMs)
    await rm(part, { force: true })
    await writeFile(part, '', { mode: 0o600 })
    await source.copyTo(part)
    await flush(part)
    await rename(part, target)
  } finally {
    source.close()
    await rm(part, { force: true })
  }
  return (await stat(target)).size
}

async function acknowledgedIsCommitted(source: SqliteConnection, folder: string, commitMs: number): Promise<void> {
  const place = async () => {
    const [found] = await rowsOf(source, sql<{ mark: string; number: number }>`select mark, number from log_place`)
    return found as { mark: string; number: number }
  }
  const last = Log.lastNumber(folder, (await place()).mark)
  const until = performance.now() + commitMs
  while ((await place()).number < last) {
    if (performance.now() >= until) {
      throw new StorageUnavailable(
        'The server cannot commit what it acknowledged: its log says why. Then back up again.',
      )
    }
    await sleep(ASK_EVERY_MS)
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
