import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

/**
 * Makes this process the owner of a log, for as long as it holds what it gets; the folder is made. The operating system takes
 * the ownership back when the process ends, however it ends.
 * @returns null when another process owns it
 */
export function own(folder: string): { close(): void } | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = new SQLite(join(folder, 'owner'), { timeout: 0 })
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
