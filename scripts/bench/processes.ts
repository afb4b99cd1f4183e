/** Servers under measurement, each in a process of its own. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Workspace } from './workspace.js'

export const BUILT_SERVER = new URL('../../src/server.js', import.meta.url)
export const BARE_SERVER = new URL('./bare-server.js', import.meta.url)

/** Bars count from what a server costs that stores everything: nothing else may be measured. */
const SETTINGS = {
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  RATE_LIMIT_MAX: '0',
  SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
  DEMO: 'on',
}

const READY_MS = 60_000

export interface ServerProcess {
  readonly port: number
  /** Resident memory now, in bytes. */
  memory(): number
  /** Processor time until now, in seconds. */
  processorSeconds(): number
  stop(): Promise<void>
}

/**
 * Starts a module that listens on `PORT`, and waits until it is ready. It is stopped at the latest when the workspace is
 * closed.
 * @throws Error when it ends or is not ready in a minute
 */
export async function startServer(
  workspace: Workspace,
  module: URL,
  env: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const port = await freePort()
  // Its log goes to the error stream, because standard output is for the figures.
  const child = spawn(process.execPath, [fileURLToPath(module)], {
    env: { PATH: process.env['PATH'], ...SETTINGS, ...env, PORT: String(port) },
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  })
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
  }
  workspace.onClose(stop)
  const deadline = Date.now() + READY_MS
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${module.pathname} ended with code ${String(child.exitCode)}`)
    if (Date.now() > deadline) throw new Error(`${module.pathname} is not ready after ${String(READY_MS)} ms`)
    await wait(50)
  }
  const pid = Number(child.pid)
  return { port, stop, memory: () => residentBytes(pid), processorSeconds: () => processorSeconds(pid) }
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${String(port)}/health/ready`)).ok
  } catch {
    return false
  }
}

/** The server tells its port in its log only, which is off; so one is chosen for it. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const TICKS_PER_SECOND = 100

function processorSeconds(pid: number): number {
  if (process.platform === 'linux') {
    // Behind the name, which may hold anything: user time is the 12th member, system time the 13th.
    const members =
      readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
        .split(') ')
        .at(-1)
        ?.split(' ') ?? []
    return (Number(members[11]) + Number(members[12])) / TICKS_PER_SECOND
  }
  const text = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' })
  return text
    .trim()
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)
}

function residentBytes(pid: number): number {
  if (process.platform === 'linux') {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
}
