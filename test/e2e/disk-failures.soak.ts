/** What a server does whose disk fails under it, as the kernel says it: strace puts the errors in. */
import { Agent } from 'node:http'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { within } from '../helpers/deadline.js'
import { post } from '../helpers/load.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { walkLogs } from '../helpers/stored.js'

const PATIENCE_MS = 60_000
/** Events after which a disk that has not failed, or is not well again, will not be. */
const MOST_EVENTS = 3000
/** Events that have to be acknowledged, one after the other, for the disk to count as well again. */
const WELL_AGAIN = 20

t.setTimeout(400_000)

const READS = ['/health', '/health/live', '/api/ribbon/config', '/api/ribbon/call-logs', '/api/ribbon/analytics']

/** Events that were sent, by their call, and with what code they were refused. */
interface Sent {
  readonly acknowledged: string[]
  readonly refused: Map<string, string>
}

/** Sends events one by one until the disk failed and was well again; and reads while it fails. */
async function sendUntilWell(t: Test, origin: string): Promise<Sent> {
  const sent: Sent = { acknowledged: [], refused: new Map() }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const [words, reads] = [new Set<string>(), new Set<string>()]
  let inARow = 0
  for (let n = 0; sent.refused.size === 0 || inARow < WELL_AGAIN; n++) {
    if (n === MOST_EVENTS) throw new Error(`refused so far: ${String(sent.refused.size)}`)
    const callSid = `CA${String(n)}`
    const answer = await post(`${origin}/api/ribbon/log-call`, { event: 'connected', data: { callSid } }, agent)
    if (answer.status === 200) {
      sent.acknowledged.push(callSid)
      inARow += 1
      continue
    }
    inARow = 0
    const { status, code, detail } = JSON.parse(answer.body) as { status: number; code: string; detail: string }
    sent.refused.set(callSid, code)
    words.add(`${String(status)} ${detail} ${String(answer.headers['retry-after'])}`)
    for (const path of READS) {
      const read = await fetch(origin + path, { headers: { 'x-api-key': DEMO_KEY } })
      await read.text()
      reads.add(`${path} ${String(read.status)}`)
    }
  }
  agent.destroy()
  t.strictSame([...reads].sort(), READS.map((path) => `${path} 200`).sort(), 'reads go on')
  for (const sentence of words)
    t.match(sentence, /^503 The store (cannot be used now\. Nothing|was lost while it was writing).* 1$/)
  return sent
}

/** The files of a store that SQLite and the log write. */
const filesOf = (path: string) => ({
  log: Array.from({ length: 9 }, (_, n) => join(`${path}.log`, String(n + 1).padStart(6, '0'))),
  database: [path, `${path}-wal`],
})

/** A command that runs a server whose calls on some files fail, the ones in this range, each thread on its own. */
function failing(calls: string, error: string, range: string, paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => ['-P', path])
  const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${range}`]
  return ['strace', '-D', '-f', '--seccomp-bpf', '-o', '/dev/null', ...files, ...inject]
}

async function startFailing(t: Test, wrap: (files: ReturnType<typeof filesOf>) => string[]) {
  const env = await serverEnv(t, 'sqlite')
  const path = String(env['DATABASE_URL']).slice('file:'.length)
  // The store is made first: what fails is a server that has served before.
  const store = await openStorage({ url: String(env['DATABASE_URL']), maxCallAgeMs: 1 })
  await buildTestApp(t, { store, env })
  await store.close()
  const server = new ServerProcess(t, env, wrap(filesOf(path)))
  return { server, origin: await server.ready(PATIENCE_MS) }
}

/** What a new server finds of what was acknowledged and of what was refused, after the old one was killed. */
async function checkAfterKill(t: Test, server: ServerProcess, sent: Sent): Promise<void> {
  // Under strace the process that was started is strace's, and not the server's own parent.
  const [pid] = /"pid":(\d+)/.exec(server.stdout)?.slice(1) ?? []
  process.kill(Number(pid), 'SIGKILL')
  await within(PATIENCE_MS, 'the end of the server', server.exited)
  const next = new ServerProcess(t, server.env)
  const { logs } = await walkLogs(await next.ready(PATIENCE_MS))
  const stored = new Set(logs.map(({ data }) => data.callSid))
  t.strictSame(
    sent.acknowledged.filter((callSid) => !stored.has(callSid)),
    [],
    'nothing that was acknowledged is lost',
  )
  const refused = [...sent.refused].filter(([, code]) => code === 'unavailable').map(([callSid]) => callSid)
  t.strictSame(
    refused.filter((callSid) => stored.has(callSid)),
    [],
    'nothing is there of which it was said that nothing was written',
  )
  t.equal(stored.size, logs.length, 'and nothing twice')
}

for (const [what, calls, error, range, where] of [
  ['a flush of the log that fails', 'pwrite64', 'EIO', '3..10', 'log'],
  ['a disk that is full', 'pwrite64', 'ENOSPC', '3..10', 'log'],
  ['flushes of the database that fail', 'fdatasync,fsync', 'EIO', '1..6', 'database'],
] as const) {
  t.test(`${what}: what is not on disk is not acknowledged, reads go on, and all is well by itself`, async (t) => {
    const { server, origin } = await startFailing(t, (files) => failing(calls, error, range, files[where]))
    const sent = await sendUntilWell(t, origin)
    t.ok(sent.acknowledged.length >= WELL_AGAIN && sent.refused.size > 0)
    await checkAfterKill(t, server, sent)
  })
}

t.test('a folder that cannot be written stops the start with one sentence', async (t) => {
  const env = await serverEnv(t, 'sqlite')
  const path = String(env['DATABASE_URL']).slice('file:'.length)
  const server = new ServerProcess(t, env, failing('openat', 'EROFS', '1+', [path, `${path}-wal`]))
  t.match(await within(PATIENCE_MS, 'refusing to start', server.exited), { signal: null })
  t.match(
    server.stderr,
    /^Cannot start: The database [^ ]+ribbon\.db cannot be opened \([^)]+\): check .*, who may write it, .*\n$/,
  )
})
