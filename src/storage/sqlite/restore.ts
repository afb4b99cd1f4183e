/** A backup in place of the database of a server that does not run. */
import { constants, existsSync } from 'node:fs'
import { chmod, copyFile, link, mkdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StorageUnavailable } from '../errors.js'
import { run, sql } from '../sql/transaction.js'
import { SqliteConnection } from './connection.js'
import { flush, removeDatabase } from './files.js'
import { own } from './log-owner.js'
import { segmentsIn } from './log.js'
import { verifyFile, type Holding } from './verify.js'

interface Restored {
  readonly holding: Holding
  /** The folder where what was there is kept; null where nothing was. */
  readonly keptIn: string | null
}

/**
 * Puts a copy of a backup in place of a database, on disk when this resolves. What was there is kept whole in a folder beside it,
 * with all that was acknowledged and only in its log. Until the copy is verified nothing is touched.
 * @param replaces whether there may be a database already
 * @param now names that folder
 * @throws StorageUnavailable when a server has the database open; StorageDamaged and Error as `verifyFile`
 */
export async function restore(file: string, path: string, replaces: boolean, now: number): Promise<Restored> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
  await refuseUnlessWhole(file)
  if (existsSync(path) && !replaces) {
    throw new Error(`There is a database at ${path} already: --force puts the backup in its place, and keeps it aside.`)
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const owner = own(`${path}.log`)
  if (owner === null) throw new StorageUnavailable(`A server has ${path} open: stop it first.`)
  const made = `${path}.restoring`
  try {
    await removeDatabase(made)
    await copyFile(file, made, constants.COPYFILE_FICLONE)
    await chmod(made, 0o600)
    const holding = await verifyFile(made)
    giveNewLog(made)
    await flush(made)
    const keptIn = await setAside(path, now)
    await rename(made, path)
    await flush(dirname(path))
    return { holding, keptIn }
  } finally {
    owner.close()
    await removeDatabase(made)
  }
}

/** A database in use is more than its file: what was acknowledged last is in the files beside it. */
async function refuseUnlessWhole(file: string): Promise<void> {
  const journal = await stat(`${file}-wal`).catch(() => null)
  if ((journal?.size ?? 0) === 0 && segmentsIn(`${file}.log`).length === 0) return
  throw new Error(
    `${file} has a journal or a log beside it, which hold what was acknowledged last: DATABASE_URL=file:${file} ribbon backup makes one file of them. Restore that.`,
  )
}

/** The log that is there is of the database that was: none of it may be applied to this one. */
function giveNewLog(path: string): void {
  const connection = new SqliteConnection(path, 'writer')
  try {
    connection.durable = true
    run(connection, sql`update log_place set mark = lower(hex(randomblob(16))), number = 0`)
    connection.checkpoint('truncate')
  } finally {
    connection.close()
  }
}

/** The database stays where it is until the other one takes its place: there is one at every moment. */
async function setAside(path: string, now: number): Promise<string | null> {
  const segments = segmentsIn(`${path}.log`)
  const beside = ['-wal', '-shm'].filter((suffix) => existsSync(`${path}${suffix}`))
  if (!existsSync(path) && beside.length + segments.length === 0) return null
  const folder = `${path}.before-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
  const name = basename(path)
  await mkdir(join(folder, `${name}.log`), { recursive: true, mode: 0o700 })
  if (existsSync(path)) await link(path, join(folder, name))
  for (const suffix of beside) await rename(`${path}${suffix}`, join(folder, `${name}${suffix}`))
  for (const segment of segments) await rename(join(`${path}.log`, segment), join(folder, `${name}.log`, segment))
  await flush(folder)
  return folder
}
