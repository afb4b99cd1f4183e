/**
 * The embedded store for one command of the command line: one connection in the command's own thread, so that it starts at
 * once. A server may be running beside it, or start: its log is left to it, and every write here is a commit of its own.
 */
import { StorageUnavailable } from '../errors.js'
import type { CommandStorage, StorageOptions } from '../open.js'
import {
  isWrite,
  methodsOver,
  runMethod,
  type Answer,
  type Arguments,
  type Caller,
  type Method,
} from '../sql/methods.js'
import { storeContext, type StoreContext } from '../sql/session.js'
import { isBusy, SqliteConnection, unopened } from './connection.js'
import { closeToOthers } from './files.js'
import { own } from './log-owner.js'
import { segmentsIn } from './log.js'
import { Writer, type WriterEvents } from './writer.js'

/** How long a command waits for its turn to write: a server takes a tenth of a second for a transaction, a large one a few. */
const PATIENCE_MS = 60_000

/**
 * @param patienceMs how long a write waits for its turn
 * @throws StorageUnavailable when the database cannot be opened; so do its methods when it is busy for too long
 */
export async function openSqliteForCommand(
  path: string,
  options: StorageOptions,
  patienceMs = PATIENCE_MS,
): Promise<CommandStorage> {
  const context = storeContext(options.maxCallAgeMs, 0)
  try {
    await closeToOthers(path)
    await applyWhatACrashLeft(path, options)
    const connection = new SqliteConnection(path, 'writer', patienceMs)
    const writer = await Writer.open(connection, null, context, eventsOf(options))
    return commandStorage(connection, writer, context, `${path}.log`)
  } catch (error) {
    throw unopened(path, error)
  }
}

function commandStorage(
  connection: SqliteConnection,
  writer: Writer,
  context: StoreContext,
  folder: string,
): CommandStorage {
  const read = async (method: Method, args: readonly unknown[]): Promise<unknown> => {
    connection.exec('begin')
    try {
      return await runMethod({ ...context, tx: connection, unsettled: new Map() }, method, args)
    } finally {
      connection.rollback()
    }
  }
  const call = (<M extends Method>(method: M, ...args: Arguments<M>): Answer<M> => {
    const answer = isWrite(method) ? inTurn(() => writer.write(JSON.stringify([method, args]))) : read(method, args)
    return answer as unknown as Answer<M>
  }) as Caller
  return {
    ...methodsOver(call),
    setAsideWrites: (limit) => writer.setAsideWrites(limit),
    retrySetAside: (id) => inTurn(() => writer.retrySetAside(id)),
    // Its own write-ahead log goes when it closes the file; the other log is that of a server, if one is running.
    forgetErased: () => {
      const owner = own(folder)
      owner?.close()
      return Promise.resolve(owner !== null)
    },
    rewrite: async () => {
      await inTurn(() => writer.rewrite())
    },
    close: () => writer.close(),
  }
}

async function inTurn<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isBusy(error)) throw error
    const sentence =
      'The database is busy: another process has held it for too long. Try again, or look for one that hangs'
    throw new StorageUnavailable(sentence, { cause: error })
  }
}

/** As a server does when it starts. Where one is running there is nothing to do: the log is its own. */
export async function applyWhatACrashLeft(path: string, options: StorageOptions): Promise<void> {
  const folder = `${path}.log`
  if (segmentsIn(folder).length === 0) return
  const owner = own(folder)
  if (owner === null) return
  owner.close()
  const connection = new SqliteConnection(path, 'writer', PATIENCE_MS)
  const writer = await Writer.open(connection, folder, storeContext(options.maxCallAgeMs, 0), eventsOf(options))
  await writer.close()
}

function eventsOf({ onTrouble = console.error }: StorageOptions): WriterEvents {
  return { trouble: onTrouble, committed: () => undefined }
}
