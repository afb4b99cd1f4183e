/** Which store a `DATABASE_URL` names. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Storage } from './port.js'
import { openPostgres } from './postgres/open.js'
import { openSqlite } from './sqlite/open.js'

export interface StorageOptions {
  /** How long a call can be active: an event that names no call joins no older one. */
  readonly maxCallAgeMs: number
  /** Hears, in sentences, of what an operator should know: damage, writes that are set aside, a disk that is full. */
  readonly onTrouble?: (sentence: string) => void
}

/**
 * Opens the store and brings its schema up to date.
 * @param url `file:./path` (or `file:///path`) for the embedded store, `postgres://…` for a server
 * @throws StorageUnavailable when it cannot be reached or opened
 */
export function openStorage({ url, ...options }: StorageOptions & { readonly url: string }): Promise<Storage> {
  return /^postgres(ql)?:/.test(url) ? openPostgres(url, options) : openSqlite(databasePath(url), options)
}

/** The path that a `file:` URL names; one without `//` is relative to the working folder. */
export function databasePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.replace(/^file:/, ''))
}
