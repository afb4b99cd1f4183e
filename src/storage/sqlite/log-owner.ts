import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

/**
 * Makes this process the owner of a log, for as long as it holds what it gets; the folder is made. The operating system takes
 * the ownership back when the process ends, however it ends.
 * @returns null when another process owns it
 */
export function own(folder: string): { close(): void } | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return lockFile(join(folder, 'owner'))
}

/**
 * Locks a file, which is made and stays, for as long as the process holds what it gets.
 * @returns null when another process holds it
 */
export function lockFile(path: string): { close(): void } | null {
  // Not where it is there: a process that closes a file lets go of all the locks that it has on it.
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  const lock = new SQLite(path, { timeout: 0 })
  try {
    // With a journal in memory, taking the lock writes nothing: a full disk does not keep the store from opening.
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null
    throw error
  }
}
