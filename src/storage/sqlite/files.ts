/** The files of an embedded store. They are open to their owner, whatever the process's umask, and to nobody else. */
import { chmod, mkdir, open, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const FOLDER = 0o700
const FILE = 0o600

/** Files beside the database that SQLite or the store makes. */
const BESIDE = ['', '-wal', '-shm', '-journal', '.reserve']

/**
 * Makes the folder of a database and its file where they are not there, and closes what is there to others. SQLite gives its
 * own files the mode of the database. What cannot be changed, because somebody else owns it, is left as it is.
 */
export async function closeToOthers(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: FOLDER })
  // What keeps a file from being made is said when SQLite opens it.
  await open(path, 'wx', FILE).then((file) => file.close(), ignore)
  const log = `${path}.log`
  const segments = await readdir(log).catch(() => [])
  await Promise.allSettled([
    ...BESIDE.map((suffix) => chmod(`${path}${suffix}`, FILE)),
    chmod(log, FOLDER),
    ...segments.map((name) => chmod(join(log, name), FILE)),
  ])
}

/** Removes a database file that is being made, with what SQLite keeps beside it. */
export async function removeDatabase(path: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true })
}

/** Puts a file, or what a folder lists, on disk. */
export async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function ignore(): void {
  // The caller finds out.
}
