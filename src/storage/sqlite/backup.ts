/** A copy of a database that a server may be writing to. */
import { existsSync } from 'node:fs'
import { rename, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { StorageUnavailable } from '../errors.js'
import type { StorageOptions } from '../open.js'
import { rowsOf, sql } from '../sql/transaction.js'
import { applyWhatACrashLeft } from './command.js'
import { SqliteConnection } from './connection.js'
import { flush, removeDatabase } from './files.js'
import { Log } from './log.js'
import { sequencesIn, verifyFile, type Holding } from './verify.js'

interface BackupOptions extends StorageOptions {
  /** Whether the copy takes no more room than it needs; else it is page for page what the database is, and sooner made. */
  readonly isCompact?: boolean
  /** Hears how many pages are copied, of how many. */
  readonly onPages?: (done: number, all: number) => void
  /** How long what was acknowledged and is only in the log is waited for. */
  readonly commitMs?: number
}

/** A server commits what it acknowledged within a tenth of a second, unless it cannot. */
const COMMIT_MS = 30_000
const ASK_EVERY_MS = 5

/**
 * Copies a database into a new file, on disk when this resolves. Every write that was acknowledged before it began is in the
 * copy: those that are only in the log are waited for. Then all of the copy is read again.
 * @returns what the copy holds, and its length
 * @throws StorageUnavailable when the server cannot commit what it acknowledged; Error when the copy is not what it should be
 */
export async function backUp(
  path: string,
  target: string,
  { isCompact = false, onPages = () => undefined, commitMs = COMMIT_MS, ...options }: BackupOptions,
): Promise<Holding & { readonly bytes: number }> {
  if (existsSync(target)) throw new Error(`There is something at ${target} already: name another file, or remove it.`)
  await applyWhatACrashLeft(path, options)
  const source = new SqliteConnection(path, 'reader')
  const part = `${target}.part`
  try {
    const last = await acknowledgedIsCommitted(source, `${path}.log`, commitMs)
    const before = await sequencesIn(source)
    await removeDatabase(part)
    await writeFile(part, '', { mode: 0o600 })
    if (isCompact) compact(path, part)
    else await source.copyTo(part, onPages)
    await flush(part)
    const holding = await verifyFile(part)
    requireAll(holding, before, last)
    await rename(part, target)
    await flush(dirname(target))
    return { ...holding, bytes: (await stat(target)).size }
  } finally {
    source.close()
    await removeDatabase(part)
  }
}

function compact(path: string, part: string): void {
  const connection = new SqliteConnection(path, 'checkpointer')
  try {
    connection.compactTo(part)
  } finally {
    connection.close()
  }
}

/** @throws Error when a copy does not hold what was acknowledged before it began */
export function requireAll(copy: Holding, before: ReadonlyMap<number, number>, logNumber: number): void {
  const isWhole = [...before].every(([client, sequence]) => (copy.sequences.get(client) ?? -1) >= sequence)
  if (!isWhole || copy.logNumber < logNumber)
    throw new Error('The copy does not hold what was acknowledged before it: it is not kept.')
}

/** @returns the number of the last write that was acknowledged */
async function acknowledgedIsCommitted(source: SqliteConnection, folder: string, commitMs: number): Promise<number> {
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
  return last
}
