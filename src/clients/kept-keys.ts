/** The secret keys of an embedded store, kept in a file beside it: one a line in base64, the current one first. */
import { randomBytes } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const KEY_BYTES = 32

export function keyFileOf(databaseFile: string): string {
  return join(dirname(databaseFile), 'secrets.key')
}

/**
 * @returns the keys, the current one first; null when there is no such file
 * @throws Error when the file holds something else than keys
 */
export async function readKeyFile(path: string): Promise<readonly Buffer[] | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  })
  if (text === null) return null
  // Whoever does not own the file cannot change its mode, and may still read it.
  await Promise.allSettled([chmod(path, 0o600)])
  const keys = text
    .trim()
    .split(/\s+/)
    .map((line) => Buffer.from(line, 'base64'))
  if (!keys.every((key) => key.length === KEY_BYTES)) {
    throw new Error(`${path} does not hold a key of ${String(KEY_BYTES)} bytes in base64 on each line`)
  }
  return keys
}

/**
 * Makes a file with one new key, readable by its owner alone and on disk before anything is sealed with it. Of several
 * processes that start together one makes it, and all read the same.
 */
export async function makeKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = await writeDraft(path, [randomBytes(KEY_BYTES)])
  // A link that fails because another process was first is what it is for; one that fails otherwise shows in what is read.
  await link(draft, path).catch(() => undefined)
  await unlink(draft)
}

/** Puts a new current key before those of a file that is there. Only one process may do so at a time. */
export async function addKey(path: string): Promise<void> {
  const keys = (await readKeyFile(path)) as readonly Buffer[]
  await rename(await writeDraft(path, [randomBytes(KEY_BYTES), ...keys]), path)
  const folder = await open(dirname(path))
  await folder.sync()
  await folder.close()
}

/** Written beside its place, so that no other process can read half of it. @returns its path */
async function writeDraft(path: string, keys: readonly Buffer[]): Promise<string> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(keys.map((key) => `${key.toString('base64')}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
  return draft
}
