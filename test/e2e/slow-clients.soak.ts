/** What attackers and bad networks make of a server in a process of its own, with the patience that it has. */
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { bulkLoad } from '../../scripts/bench/bulk.js'
import { CLIENT_ID, yearOfCalls } from '../../scripts/bench/year-calls.js'
import { OFFICE_ZONE } from '../../src/demo/office-hours.js'
import { eventually } from '../helpers/deadline.js'
import { DEMO_KEY } from '../helpers/app.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { SlowSocket } from '../helpers/slow-sockets.js'

/** The connections that a server is to stand. */
const COUNTS = { silent: 1000, bodies: 500, unread: 200 }
/** Each is let go by then: after 15 s where nothing else has a part of the machine, and the comment says after how many. */
const CLOSED_MS = 40_000
const MOST_GROWTH_BYTES = 200 * 1024 * 1024
const PROBE_MS = 50
/** Files of so many calls are more than a system takes in for a reader. */
const CALLS = 40_000
const MAX_CALL_AGE_MS = 4 * 3_600_000

t.setTimeout(120_000)

const env = await serverEnv(t, 'sqlite')
const url = String(env['DATABASE_URL'])

/** Linux tells what memory a process has; elsewhere it is not looked at. */
async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? '0') * 1024
}

/** Whether the server has closed the connection: the system's table says so where the client does not read. */
async function openTo(port: number): Promise<Set<number>> {
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((row) => row.trim().split(/\s+/))
  const portOf = (address = ''): number => parseInt(String(address.split(':')[1]), 16)
  const ESTABLISHED = '01'
  return new Set(
    rows.flatMap(([, local, remote, state]) =>
      state === ESTABLISHED && portOf(local) === port ? [portOf(remote)] : [],
    ),
  )
}

/** Asks for one thing again and again. */
function probing(base: string) {
  const latenciesMs: number[] = []
  let [failed, over] = [0, false]
  const asking = (async () => {
    while (!over) {
      const start = performance.now()
      const { ok } = await fetch(`${base}/api/ribbon/config`, { headers: { 'x-api-key': DEMO_KEY } })
      if (ok) latenciesMs.push(performance.now() - start)
      else failed += 1
      await wait(PROBE_MS)
    }
  })()
  return async () => {
    over = true
    await asking
    const p99 = latenciesMs.sort((a, b) => a - b)[Math.ceil(latenciesMs.length * 0.99) - 1] ?? Infinity
    return { p99, failed }
  }
}

/** Of a client that the server has made already. */
async function fill(): Promise<void> {
  const server = new ServerProcess(t, env)
  await server.ready()
  server.child.kill('SIGTERM')
  await server.exited
  await bulkLoad(
    { url, maxCallAgeMs: MAX_CALL_AGE_MS, timezone: OFFICE_ZONE },
    yearOfCalls(CALLS, Date.now(), 'skewed'),
  )
}

t.test('silent sockets, slow bodies and unread exports are let go in time, and others notice little', async (t) => {
  t.equal(CLIENT_ID, 'client-demo')
  await fill()
  const server = new ServerProcess(t, env)
  const base = await server.ready()
  const port = Number(new URL(base).port)
  const pid = Number(server.child.pid)
  const stop = probing(base)
  await wait(PROBE_MS)
  const before = await residentBytes(pid)
  const sockets = [
    ...Array.from({ length: COUNTS.silent }, () => SlowSocket.silent(port)),
    ...Array.from({ length: COUNTS.bodies }, () => SlowSocket.body(port)),
    ...Array.from({ length: COUNTS.unread }, () => SlowSocket.unread(port)),
  ]
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
  })
  const start = performance.now()
  let most = before
  await Promise.all(sockets.map(({ connected }) => connected))
  const ports = sockets.map(({ socket }) => socket.localPort)
  await eventually(CLOSED_MS, 'closing what is slow', async () => {
    most = Math.max(most, await residentBytes(pid))
    await wait(100)
    const open = await openTo(port)
    return !ports.some((each) => open.has(Number(each)))
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const { p99, failed } = await stop()
  const grown = most - before
  t.comment(
    `closed after ${seconds} s; others: p99 ${p99.toFixed(0)} ms; ${String(Math.round(grown / 2 ** 20))} MB more`,
  )
  t.equal(failed, 0, 'others are served')
  t.ok(grown < MOST_GROWTH_BYTES)
})
