import { execFile } from 'node:child_process'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { eventually } from './deadline.js'
import { freePort, newServer, type PostgresServer } from './postgres-server.js'

const READY_MS = 60_000
const LOGIN = 'postgres:postgres'
const HOST = '127.0.0.1'

/** A primary whose commits wait for its standby, as two machines would have them. */
interface PostgresPair {
  /** Names both servers. */
  readonly url: string
  readonly primary: PostgresServer
  readonly standby: Pick<PostgresServer, 'url' | 'crash'>
  /** Starts the standby after a crash, and resolves when it follows the primary; commits wait for it again. */
  startStandby(): Promise<void>
  /** Makes the standby the primary, and resolves when it takes writes. */
  promote(): Promise<void>
  /** Runs statements on the primary, each by itself. */
  onPrimary(...statements: readonly string[]): Promise<void>
  stop(): Promise<void>
}

export async function startPair(): Promise<PostgresPair> {
  const ports = { primary: await freePort(), standby: await freePort() }
  const primary = await newServer(ports.primary)
  const standby = await newServer(ports.standby, [
    `primary_conninfo=host=${HOST} port=${String(ports.primary)} user=postgres password=postgres`,
  ])
  await primary.initialise()
  // A copy of a database that was never started: a standby begins there as well as with a base backup.
  await promisify(execFile)('cp', ['-a', join(primary.folder, 'data'), standby.folder])
  await writeFile(join(standby.folder, 'data', 'standby.signal'), '')
  // In the file, where `alter system` can change it.
  await appendFile(join(primary.folder, 'data', 'postgresql.conf'), `synchronous_standby_names = '*'\n`)
  await primary.restart()
  let promoted = Promise.resolve()
  const startStandby = async (): Promise<void> => {
    // Resolves when it takes writes.
    promoted = standby.restart()
    promoted.catch(() => undefined)
    const following = `select from pg_stat_replication where state = 'streaming' and flush_lsn is not null`
    await eventually(READY_MS, 'replication', async () => (await ask(primary.url, following)) === 1)
  }
  await startStandby()
  return {
    url: `postgres://${LOGIN}@${HOST}:${String(ports.primary)},${HOST}:${String(ports.standby)}/postgres`,
    primary,
    standby,
    startStandby,
    promote: async () => {
      await ask(standby.url, 'select pg_promote()')
      await promoted
    },
    onPrimary: async (...statements) => {
      for (const statement of statements) await ask(primary.url, statement)
    },
    stop: async () => {
      await Promise.all([primary.stop(), standby.stop()])
    },
  }
}

async function ask(url: string, text: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query(text)
  await client.end()
  return rowCount
}
