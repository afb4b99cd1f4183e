/**
 * The embedded store: one SQLite file, one thread that writes it and others that read it. The event loop never waits
 * for a disk.
 */
import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { GroupedStorage } from '../grouped-storage.js'
import type { Storage } from '../port.js'
import type { SqlStorageOptions } from '../sql/sql-storage.js'
import { RemoteStorage } from './remote.js'

/** Threads that read: as many as there are cores for them beside the event loop, which the writer shares. */
const READERS = Math.min(Math.max(availableParallelism() - 1, 1), 4)

/**
 * Opens the database at `path`, creating it and its folder when they are not there.
 * @throws StorageUnavailable when it cannot be opened
 */
export async function openSqlite(path: string, options: SqlStorageOptions): Promise<Storage> {
  await mkdir(dirname(path), { recursive: true })
  const writer = await RemoteStorage.start({ ...options, path, readonly: false })
  const readers = await Promise.all(
    Array.from({ length: READERS }, () => RemoteStorage.start({ ...options, path, readonly: true })),
  )
  return new GroupedStorage(writer, readers, () => 'the only writer')
}
