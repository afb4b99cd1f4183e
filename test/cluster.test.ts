/** Several server processes behind one port: `WORKERS`. */
import { once } from 'node:events'
import { Agent } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import t, { type Test } from 'tap'
import { eventually, within } from './helpers/deadline.js'
import { post } from './helpers/load.js'
import { COVERED, ServerProcess, serverEnv } from './helpers/server-process.js'
import { walkLogs } from './helpers/stored.js'

const EXIT_MS = 10_000
/** Connections that a client keeps open. */
const MOST_KEPT = 8
/** Between two requests of one caller. */
const PAUSE_MS = 5
/** Generous, because several tests start processes at once. */
const PATIENCE_MS = 60_000

t.setTimeout(400_000)

async function start(t: Test, workers: number, env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
  return new ServerProcess(t, { ...COVERED, ...(await serverEnv(t, 'postgres')), WORKERS: String(workers), ...env })
}

const linesOf = (server: ServerProcess): { pid: number; msg: string }[] =>
  server.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { pid: number; msg: string })

/** The processes that said they are ready, oldest first. */
const readyPids = (server: ServerProcess): number[] =>
  linesOf(server)
    .filter(({ msg }) => msg === 'a server process is ready')
    .map(({ pid }) => pid)

const said = (server: ServerProcess, words: string) => linesOf(server).filter(({ msg }) => msg.includes(words)).length

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function end(t: Test, server: ServerProcess): Promise<void> {
  server.child.kill('SIGTERM')
  t.strictSame(await within(EXIT_MS, 'ending the processes', server.exited), { code: 0, signal: null })
  t.notOk(readyPids(server).some(isAlive), 'none is left behind')
}

t.test(
  'two processes serve one port and say so once; SIGHUP replaces them under load, and no request is lost',
  async (t) => {
    const server = await start(t, 2)
    const origin = await server.ready()
    const welcomes = linesOf(server).filter(({ msg }) => msg.includes('documentation at'))
    t.match(welcomes, [{ msg: /ready at .* API key demo-api-key-789\. 2 processes serve it\.$/ }])
    t.equal(welcomes.length, 1)
    t.equal(new Set(readyPids(server)).size, 2)
    const before = readyPids(server)
    const fresh = new Agent({ keepAlive: false, maxSockets: 8 })
    const kept = new Agent({ keepAlive: true, maxSockets: MOST_KEPT })
    const answers: Record<string, number> = {}
    let restarting = true
    let events = 0
    const caller = async (agent: Agent, name: string): Promise<void> => {
      while (restarting) {
        const event = {
          event: 'connected',
          data: { callSid: `${name}-${String(events++)}` },
          timestamp: new Date().toISOString(),
        }
        const send = () => post(`${origin}/api/ribbon/log-call`, event, agent)
        const { status } = await (agent === kept ? retried(send) : send())
        answers[status] = (answers[status] ?? 0) + 1
        // Callers that never pause would leave new processes little time to start in.
        await pause(PAUSE_MS)
      }
    }
    const callers = [fresh, kept].flatMap((agent, a) =>
      [1, 2, 3, 4].map((n) => caller(agent, `CA${String(a)}${String(n)}`)),
    )
    server.child.kill('SIGHUP')
    await eventually(PATIENCE_MS, 'replacing all processes', () => said(server, 'all server processes are new') === 1)
    restarting = false
    await Promise.all(callers)
    fresh.destroy()
    kept.destroy()
    t.strictSame(Object.keys(answers), ['200'])
    t.equal((await walkLogs(origin)).logs.length, events)
    t.notOk(before.some(isAlive), 'the old processes are gone')
    t.equal(readyPids(server).filter(isAlive).length, 2)
    await end(t, server)
  },
)

/**
 * A server may close a connection that is kept alive just as the next request leaves: every client sends it again, on a
 * connection that may be of the same server, once for each that it has.
 */
async function retried<T>(send: () => Promise<T>, times = MOST_KEPT): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (times === 0 || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
    return retried(send, times - 1)
  }
}

t.test('a process that dies is replaced; while the database refuses new ones, those that are left go on', async (t) => {
  const server = await start(t, 2)
  const origin = await server.ready()
  const [first = 0, second = 0] = readyPids(server)
  process.kill(first, 'SIGKILL')
  await eventually(PATIENCE_MS, 'another process', () => readyPids(server).length === 3)

  const url = new URL(server.env['DATABASE_URL'] ?? '')
  const database = url.pathname.slice(1)
  url.pathname = '/postgres'
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  t.teardown(() => admin.end())
  await admin.query(`alter database ${database} allow_connections false`)
  server.child.kill('SIGHUP')
  await eventually(PATIENCE_MS, 'giving up the restart', () => said(server, 'the restart is given up') === 1)
  t.ok(readyPids(server).slice(1).every(isAlive), 'no process ended for one that could not start')
  process.kill(second, 'SIGKILL')
  await eventually(PATIENCE_MS, 'failing to replace it', () => said(server, 'no server process could be started') > 0)
  t.match(server.stderr, /^Cannot start: .*not currently accepting connections/)
  t.equal((await fetch(`${origin}/health`)).status, 200)
  server.child.kill('SIGHUP')
  await admin.query(`alter database ${database} allow_connections true`)
  await eventually(PATIENCE_MS, 'two processes, both new', () => said(server, 'all server processes are new') === 1)
  await end(t, server)
})

t.test('what keeps a server from starting is said once, and ends all', async (t) => {
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve))
  t.teardown(() => squatter.close())
  const { port } = squatter.address() as AddressInfo
  const server = await start(t, 4, { PORT: String(port) })
  t.strictSame(await within(PATIENCE_MS, 'refusing to start', server.exited), { code: 1, signal: null })
  t.match(server.stderr, /^Cannot start: .*set PORT to another port\.\n$/)
})

t.test(
  'whichever process is asked for figures answers with those of all, and one that hangs is left out',
  async (t) => {
    const token = 'a-metrics-token-0123456789-abcdefghij'
    const collector = createServer().listen(0, '127.0.0.1')
    await once(collector, 'listening')
    t.teardown(() => collector.close())
    collector.on('connection', (socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 No\r\n\r\n'))
    const traces = `http://127.0.0.1:${String((collector.address() as AddressInfo).port)}`
    const figures = { METRICS_TOKEN: token, METRICS_PORT: '0' }
    const server = await start(t, 2, { ...figures, OTEL_EXPORTER_OTLP_ENDPOINT: traces })
    const origin = await server.ready()
    await eventually(PATIENCE_MS, 'opening the port of figures', () => said(server, 'metrics are at') === 1)
    const [own = ''] =
      /http:\S+\/metrics/.exec(linesOf(server).find(({ msg }) => msg.includes('metrics are at'))?.msg ?? '') ?? []
    const agent = new Agent({ keepAlive: false })
    for (let n = 0; n < 20; n++) {
      const event = { event: 'connected', data: { callSid: String(n) }, timestamp: new Date().toISOString() }
      t.equal((await post(`${origin}/api/ribbon/log-call`, event, agent)).status, 200)
    }
    const headers = { authorization: `Bearer ${token}` }
    const text = async (url: string): Promise<string> => (await fetch(url, { headers })).text()
    for (const url of [own, `${origin}/metrics`, `${origin}/metrics`]) {
      t.match(await text(url), /^ribbon_processes 2$/m, url)
      t.match(await text(url), /^ribbon_events_total\{source="ribbon",outcome="recorded"\} 20$/m)
      t.match(await text(url), /^ribbon_store_ready 1$/m)
    }
    const [first] = readyPids(server)
    process.kill(Number(first), 'SIGSTOP')
    t.match(await text(own), /^ribbon_processes 1$/m)
    process.kill(Number(first), 'SIGCONT')
    await end(t, server)
  },
)
