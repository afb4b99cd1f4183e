/**
 * Writes that were acknowledged and could not be applied, which the embedded store keeps whole: lists them, or tries to apply
 * them again. `npm run set-aside`, `npm run set-aside -- retry [--id <id>]`
 */
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.js'
import { openStorage } from '../src/storage/open.js'
import type { Storage } from '../src/storage/port.js'

const USAGE = `Usage:
  npm run set-aside                          lists the writes that were set aside
  npm run set-aside -- retry [--id <id>]     tries to apply them again: all, or one`

/** More than anybody reads; what is beyond is told. */
const MOST_LISTED = 1000

try {
  const { values, positionals } = parseArgs({ options: { id: { type: 'string' } }, allowPositionals: true })
  const config = loadConfig(process.env)
  const storage = await openStorage({ url: config.databaseUrl, maxCallAgeMs: config.maxCallAgeMs })
  try {
    if (positionals.length === 0) await list(storage)
    else if (positionals[0] === 'retry') await retry(storage, values.id)
    else throw new Error(USAGE)
  } finally {
    await storage.close()
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function list(storage: Storage): Promise<void> {
  const writes = await storage.setAsideWrites(MOST_LISTED + 1)
  for (const { id, at, method, error, args } of writes.slice(0, MOST_LISTED)) {
    console.log([id, new Date(at).toISOString(), method, error, args].join('\t'))
  }
  if (writes.length === 0) console.log('Nothing is set aside.')
  if (writes.length > MOST_LISTED) console.log(`There are more than ${String(MOST_LISTED)}.`)
}

async function retry(storage: Storage, id: string | undefined): Promise<void> {
  const wanted = id === undefined ? (await storage.setAsideWrites(MOST_LISTED)).map((write) => write.id) : [Number(id)]
  let applied = 0
  for (const one of wanted) if (await storage.retrySetAside(one)) applied += 1
  console.log(`Applied ${String(applied)} of ${String(wanted.length)}.`)
  if (applied < wanted.length) process.exitCode = 1
}
