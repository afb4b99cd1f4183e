/** Which store a `DATABASE_URL` names. An engine is loaded when it is needed: commands start at once. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SlowStatement, StoreNews } from './figures.js'
import type { Storage } from './port/storage.js'

export interface StorageOptions {
  /** How long a call can be active: an event that names no call joins no older one. */
  readonly maxCallAgeMs: number
  /** Hears, in sentences, of what an operator should know: damage, writes that are set aside, a disk that is full. */
  readonly onTrouble?: (sentence: string) => void
  /** Hears of the store's own work. Without it nothing is counted. */
  readonly onNews?: (news: StoreNews) => void
  /** Hears of statements that took longer than `slowMs`; none does unless told. */
  readonly onSlow?: (statement: SlowStatement) => void
  readonly slowMs?: number
}

/** What a command needs of a store: it records no events. */
export interface CommandStorage extends Omit<
  Storage,
  'record' | 'recordAll' | 'status' | 'figures' | 'measure' | 'onRecorded'
> {
  /**
   * Writes the database anew, without what lies unused between its rows: copies that were left when rows moved, or before they were
   * overwritten. Nobody else can write meanwhile, and on a server nobody can read the table that is being written.
   */
  rewrite(): Promise<void>
}

/**
 * Opens the store and brings its schema up to date.
 * @param url `file:./path` (or `file:///path`) for the embedded store, `postgres://…` for a server
 * @throws StorageUnavailable when it cannot be reached or opened
 */
export async function openStorage({ url, ...options }: StorageOptions & { readonly url: string }): Promise<Storage> {
  if (isServer(url)) return (await import('./postgres/open.js')).openPostgres(url, options)
  return (await import('./sqlite/open.js')).openSqlite(databasePath(url), options)
}

/**
 * Opens the store for a few calls, beside a server that uses it all the time.
 * @throws as `openStorage`; also when the file of an embedded store is not there, or is busy for too long
 */
export async function openForCommand({
  url,
  ...options
}: StorageOptions & { readonly url: string }): Promise<CommandStorage> {
  if (isServer(url)) return (await import('./postgres/open.js')).openPostgres(url, options)
  return (await import('./sqlite/command.js')).openSqliteForCommand(databasePath(url), options)
}

/** Whether a URL names a database server; else a file. */
export function isServer(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}

/** The path that a `file:` URL names; one without `//` is relative to the working folder. */
export function databasePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.replace(/^file:/, ''))
}

/** Where a store is, for people: never with a password. */
export async function placeOf(url: string): Promise<string> {
  return isServer(url) ? (await import('./postgres/open.js')).placeOfServer(url) : databasePath(url)
}
