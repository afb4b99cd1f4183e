/** Which store a `DATABASE_URL` names. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Storage } from './port.js'
import type { SqlStorageOptions } from './sql/sql-storage.js'
import { openPostgres } from './postgres/open.js'
import { openSqlite } from './sqlite/open.js'

export interface StorageOptions extends SqlStorageOptions {
  /** `file:./path` (or `file:///path`) for the embedded store, `postgres://…` for a server. */
  readonly url: string
}

/**
 * Opens the store and brings its schema up to date.
 * @throws StorageUnavailable when it cannot be reached or opened
 */
export function openStorage({ url, ...options }: StorageOptions): Promise<Storage> {
  return /^postgres(ql)?:/.test(url) ? openPostgres(url, options) : openSqlite(databasePath(url), options)
}

/** The path that a `file:` URL names; one without `//` is relative to the working folder. */
export function databasePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.replace(/^file:/, ''))
}
