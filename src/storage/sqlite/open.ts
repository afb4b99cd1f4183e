/**
 * The embedded store: one SQLite file, one thread that writes it, others that read it, and one that folds its write-ahead log.
 * The event loop never waits for a disk.
 */
import { existsSync } from 'node:fs'
import { readdir, stat, statfs, truncate, writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Batcher, countedEvent, type Waiting } from '../batcher.js'
import { StorageDamaged, StorageUnavailable } from '../errors.js'
import type { StoreFigures, StoreMeasures, StoreNews } from '../figures.js'
import type { StorageOptions } from '../open.js'
import type { NewEvent, RecordOutcome } from '../port/events.js'
import type { SetAsideWrite } from '../port/set-aside.js'
import type { Storage, StorageStatus } from '../port/storage.js'
import { clientsOf, Recorded } from '../recorded.js'
import { isWrite, methodsOver, needOf, type Answer, type Arguments, type Caller, type Method } from '../sql/methods.js'
import type { measures } from '../sql/read/measures.js'
import type { BuiltPage } from '../sql/session.js'
import { DAMAGE, unopened } from './connection.js'
import { closeToOthers } from './files.js'
import { segmentsIn } from './log.js'
import { DAMAGED } from './log-record.js'
import { Readers } from './readers.js'
import { StorageThread } from './thread.js'

/** Two at least, so that a read that takes long leaves one to the others. */
const READERS = Math.min(Math.max(availableParallelism() - 1, 2), 4)

/** How long a read waits for what was acknowledged before it to be committed; then it says that it may be behind. */
const COMMIT_MS = 1000

/** At most so often what was committed is copied into the database file. */
const CHECKPOINT_EVERY_MS = 500

/**
 * Room that is kept on the disk, so that a full one can be read: SQLite cannot open a database without the few pages that its
 * connections share.
 */
const RESERVE_BYTES = 256 * 1024

/** An event as text, which goes to the writer and into its log. */
interface Item extends Waiting {
  readonly text: string
}

/**
 * Opens the database at `path`, creating it and its folder when they are not there.
 * @throws StorageUnavailable when it cannot be opened, with a sentence for whoever set it up
 */
export async function openSqlite(path: string, options: StorageOptions): Promise<Storage> {
  return openStore(path, options).catch((error: unknown) => {
    throw unopened(path, error)
  })
}

async function openStore(path: string, options: StorageOptions): Promise<Storage> {
  await closeToOthers(path)
  const reserve = `${path}.reserve`
  let store: Storage
  try {
    store = await SqliteStore.open(path, options)
  } catch (error) {
    if (!(error instanceof StorageUnavailable) || !existsSync(reserve)) throw error
    await truncate(reserve)
    store = await SqliteStore.open(path, options)
  } finally {
    // On a full disk there is none until there is room again.
    await writeFile(reserve, Buffer.alloc(RESERVE_BYTES), { mode: 0o600 }).catch(() => undefined)
  }
  return store
}

class SqliteStore {
  readonly #writer: StorageThread
  readonly #readers: Readers
  readonly #checkpointer: StorageThread
  readonly #batcher: Batcher<Item>
  readonly #recorded = new Recorded()
  readonly #path: string
  readonly #onTrouble: (sentence: string) => void
  readonly #onNews: ((news: StoreNews) => void) | undefined
  #underWay = 0
  #next: (() => void) | null = null
  #committed: Promise<unknown> | null = null
  #lateSince: number | null = null
  #checkpoint: Promise<void> | null = null
  #closed = false
  #damaged: StorageDamaged | null = null

  private constructor(
    path: string,
    threads: { writer: StorageThread; readers: Readers; checkpointer: StorageThread },
    onTrouble: (sentence: string) => void,
    onNews: ((news: StoreNews) => void) | undefined,
  ) {
    this.#path = path
    this.#writer = threads.writer
    this.#readers = threads.readers
    this.#checkpointer = threads.checkpointer
    this.#onTrouble = onTrouble
    this.#onNews = onNews
    this.#batcher = new Batcher<Item>({
      commit: (items, next) => this.#record(items, next),
      laneOf: () => 'the only writer',
      onNews,
    })
  }

  static async open(path: string, options: StorageOptions): Promise<Storage> {
    const { maxCallAgeMs, onTrouble = () => undefined, onNews, onSlow, slowMs } = options
    let store: SqliteStore | null = null
    const trouble = onTrouble
    const threads: StorageThread[] = []
    const start = async (role: 'writer' | 'reader' | 'checkpointer'): Promise<StorageThread> => {
      const thread = await StorageThread.start(
        { path, role, maxCallAgeMs, slowMs },
        {
          trouble,
          committed: (figures) => {
            onNews?.({ kind: 'commit', ...figures })
            store?.committed()
          },
          slow: (statement) => onSlow?.(statement),
          built: (pages) => {
            store?.keepPages(pages)
          },
        },
      )
      threads.push(thread)
      return thread
    }
    try {
      // First, because it makes the file.
      const writer = await start('writer')
      const [checkpointer, readers] = await Promise.all([
        start('checkpointer'),
        Readers.open({ most: READERS, start: () => start('reader') }),
      ])
      store = new SqliteStore(path, { writer, readers, checkpointer }, onTrouble, onNews)
      return store.port()
    } catch (error) {
      await Promise.allSettled(threads.map((thread) => thread.close()))
      throw error
    }
  }

  port(): Storage {
    const call = (<M extends Method>(method: M, ...args: Arguments<M>): Answer<M> =>
      this.#call(method, args) as unknown as Answer<M>) as Caller
    return {
      ...methodsOver(call),
      record: (event) => this.#batcher.record(itemOf(event)),
      recordAll: (events) => this.#batcher.recordAll(events.map(itemOf)),
      onRecorded: (listener) => this.#recorded.listen(listener),
      setAsideWrites: (limit) =>
        this.#writer.request('setAsideWrites', JSON.stringify(limit)) as Promise<SetAsideWrite[]>,
      retrySetAside: async (id) => {
        const done = (await this.#writer.request('retrySetAside', JSON.stringify(id))) as boolean
        this.#committed = null
        return done
      },
      forgetErased: () => this.#writer.request('forgetErased') as Promise<boolean>,
      status: () => this.#status(),
      figures: () => this.#figures(),
      measure: () => this.#measure(),
      ping: () => this.#ping(),
      close: () => this.#close(),
    }
  }

  keepPages(pages: readonly BuiltPage[]): void {
    this.#writer.keep(pages)
  }

  /** Asks for a checkpoint soon, not while another is under way: a page that many commits wrote is then copied once. */
  committed(): void {
    this.#lateSince = null
    if (this.#closed) return
    this.#checkpoint ??= this.#runCheckpoint().finally(() => {
      this.#checkpoint = null
    })
  }

  /** While one batch goes to disk the next is folded: so two are under way, and a third waits for the first. */
  async #record(items: readonly Item[], next: () => void): Promise<readonly RecordOutcome[]> {
    this.#underWay += 1
    if (this.#underWay < 2) next()
    else this.#next = next
    try {
      const text = `["recordBatch",[[${items.map((item) => item.text).join(',')}]]]`
      const outcomes = (await this.#write(text)) as readonly RecordOutcome[]
      this.#recorded.tell(clientsOf(items))
      return outcomes
    } finally {
      this.#underWay -= 1
      this.#next?.()
      this.#next = null
    }
  }

  async #write(text: string): Promise<unknown> {
    const value = await this.#noteDamage(this.#writer.request('method', text))
    this.#committed = null
    return value
  }

  async #call(method: Method, args: readonly unknown[]): Promise<unknown> {
    if (isWrite(method)) return this.#write(JSON.stringify([method, args]))
    if (needOf(method) !== 'look-up') await this.#seeCommitted()
    return this.#noteDamage(this.#readers.call(method, args))
  }

  /** Damage that one request met is damage to all: it is said once, and the store is not well until it is opened again. */
  async #noteDamage(answer: Promise<unknown>): Promise<unknown> {
    try {
      return await answer
    } catch (error) {
      const { message } = error as Error
      // A reader that cannot be started because of it says less.
      if (this.#damaged !== null && error instanceof StorageUnavailable) throw this.#damaged
      if (!DAMAGE.test(message)) throw error
      if (this.#damaged === null) this.#onTrouble(`The database file is damaged (${message}): restore a backup of it`)
      this.#damaged = new StorageDamaged(message, { cause: error })
      throw this.#damaged
    }
  }

  /** What was acknowledged before is committed when this resolves, unless it cannot be. Those who ask together share it. */
  async #seeCommitted(): Promise<void> {
    if (this.#closed) throw new StorageUnavailable('the store is closed')
    if (this.#writer.behindSince !== null) return
    const asked = Date.now()
    this.#committed ??= this.#writer.request('commit').catch((error: unknown) => {
      this.#committed = null
      throw error
    })
    if (!(await isLate(this.#committed, COMMIT_MS))) this.#lateSince = null
    else this.#lateSince ??= asked
  }

  #status(): StorageStatus {
    return { behindSince: this.#writer.behindSince ?? this.#lateSince }
  }

  #figures(): StoreFigures {
    return { queue: this.#batcher.queue, reads: this.#readers.figures, pool: null }
  }

  async #measure(): Promise<StoreMeasures> {
    const asked = this.#noteDamage(this.#readers.call('measures', []))
    const [{ databaseBytes, freeBytes, setAside, webhooks }, logBytes, damagedLogs, disk] = await Promise.all([
      asked as ReturnType<typeof measures>,
      bytesOfLogs(this.#path),
      damagedIn(`${this.#path}.log`),
      statfs(dirname(this.#path)),
    ])
    const diskFreeBytes = disk.bavail * disk.bsize
    const ofFiles = { logBytes, damagedLogs, diskFreeBytes }
    return { databaseBytes, freeBytes, ...ofFiles, setAside, clockAheadMs: null, standbyWaitMs: null, webhooks }
  }

  async #runCheckpoint(): Promise<void> {
    await sleep(CHECKPOINT_EVERY_MS, undefined, { ref: false })
    const from = performance.now()
    const told = (failed: boolean): void =>
      this.#onNews?.({ kind: 'checkpoint', seconds: (performance.now() - from) / 1000, failed })
    try {
      const result = await this.#checkpointer.request('checkpoint')
      await this.#writer.request('checkpointed', JSON.stringify(result))
      told(false)
    } catch (error) {
      told(true)
      // The next commit asks for another. Until one has been made the log only grows.
      if (!this.#closed) this.#onTrouble(`A checkpoint failed: ${(error as Error).message}`)
    }
  }

  async #ping(): Promise<void> {
    if (!this.#writer.isRunning) throw new StorageUnavailable('the storage thread is gone')
    if (this.#damaged !== null) throw this.#damaged
    await this.#noteDamage(this.#readers.call('ping', []))
  }

  async #close(): Promise<void> {
    await this.#batcher.close()
    this.#closed = true
    await this.#readers.close()
    await this.#checkpointer.close()
    // Last: a writer that finds no reader folds its write-ahead log into the database.
    await this.#writer.close()
  }
}

function itemOf(event: NewEvent): Item {
  const text = JSON.stringify(event)
  return { clientId: event.clientId, bytes: text.length, counted: countedEvent(event), text }
}

/** Bytes of the log, and of SQLite's own. A file that goes meanwhile has none. */
async function bytesOfLogs(path: string): Promise<number> {
  const folder = `${path}.log`
  const files = [`${path}-wal`, ...segmentsIn(folder).map((name) => join(folder, name))]
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** How many damaged files of a log are kept in its folder. */
async function damagedIn(folder: string): Promise<number> {
  const names = await readdir(folder)
  return names.filter((name) => name.startsWith(DAMAGED)).length
}

/** Whether something has not succeeded in this time. A timer alone: every read asks, and signals are dear. */
function isLate(done: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, true).unref()
    const settle = (late: boolean): void => {
      clearTimeout(timer)
      resolve(late)
    }
    done.then(
      () => {
        settle(false)
      },
      () => {
        settle(true)
      },
    )
  })
}
