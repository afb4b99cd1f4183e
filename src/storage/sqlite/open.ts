/**
 * The embedded store: one SQLite file, one thread that writes it and others that read it. The event loop never waits
 * for a disk.
 */
import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { GroupedStorage, type CallMethod, type Runner } from '../grouped-storage.js'
import type { Storage } from '../port.js'
import type { SqlStorage, SqlStorageOptions } from '../sql/sql-storage.js'
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
    Array.from({ length: READERS }, async () => {
      return new CommittedReader(await RemoteStorage.start({ ...options, path, readonly: true }), writer)
    }),
  )
  return new GroupedStorage(writer, readers, () => 'the only writer')
}

/** Reads what was acknowledged before it was asked, which the writer may not have committed yet. */
class CommittedReader implements Runner {
  readonly #reader: RemoteStorage
  readonly #writer: RemoteStorage

  constructor(reader: RemoteStorage, writer: RemoteStorage) {
    this.#reader = reader
    this.#writer = writer
  }

  call<M extends CallMethod>(method: M, ...args: Parameters<SqlStorage[M]>): ReturnType<SqlStorage[M]> {
    const answer: Promise<unknown> = this.#writer.commit().then(() => this.#reader.call(method, ...args) as unknown)
    return answer as ReturnType<SqlStorage[M]>
  }

  async *exportCalls(...args: Parameters<SqlStorage['exportCalls']>) {
    await this.#writer.commit()
    yield* this.#reader.exportCalls(...args)
  }

  close(): Promise<void> {
    return this.#reader.close()
  }
}
