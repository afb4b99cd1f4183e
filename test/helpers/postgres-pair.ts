import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
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
  readonly standby: PostgresServer
  /** Makes the standby the primary, and resolves when it takes writes. */
  promote(): Promise<void>
  stop(): Promise<void>
}

export async function startPair(): Promise<PostgresPair> {
  const ports = { primary: await freePort(), standby: await freePort() }
  const primary = await newServer(ports.primary, ['synchronous_standby_names=*'])
  const standby = await newServer(ports.standby, [
    `primary_conninfo=host=${HOST} port=${String(ports.primary)} user=postgres password=postgres`,
  ])
  await primary.initialise()
  // A copy of a database that was never started: a standby begins there as well as with a base backup.
  await promisify(execFile)('cp', ['-a', join(primary.folder, 'data'), standby.folder])
  await writeFile(join(standby.folder, 'data', 'standby.signal'), '')
  await primary.restart()
  // Resolves when it takes writes.
  const promoted = standby.restart()
  promoted.catch(() => undefined)
  await eventually(READY_MS, 'replication', async () => {
    const asked = await ask(primary.url, 'select from pg_stat_replication where sync_state = $1', ['sync'])
    return asked === 1
  })
  return {
    url: `postgres://${LOGIN}@${HOST}:${String(ports.primary)},${HOST}:${String(ports.standby)}/postgres`,
    primary,
    standby,
    promote: async () => {
      await ask(standby.url, 'select pg_promote()')
      await promoted
    },
    stop: async () => {
      await Promise.all([primary.stop(), standby.stop()])
    },
  }
}

async function ask(url: string, text: string, values: readonly string[] = []): Promise<number | null> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query(text, [...values])
  await client.end()
  return rowCount
}
