/**
 * What was acknowledged is on disk: after `kill -9`, and, seen from the kernel, before each answer.
 *
 * `KILL_ROUNDS=20 READY_MS=5000` measures what is promised, on a machine that has nothing else to do.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { CallEvent } from '../../src/core/facts.js'
import { within } from '../helpers/deadline.js'
import { Load, post } from '../helpers/load.js'
import { type OracleReport, oracle } from '../helpers/oracle.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { scratchFolder } from '../helpers/storage.js'
import { ask, type StoredLog, walkLogs } from '../helpers/stored.js'

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 2)
const READY_MS = Number(process.env['READY_MS'] ?? 30_000)
const MOST_EVENTS_A_ROUND = 800
const EVENTS_A_BATCH = 400

t.setTimeout(120_000 + ROUNDS * 30_000)

const COUNTED = [
  'totalCalls',
  'totalDuration',
  'inboundCalls',
  'outboundCalls',
  'missedCalls',
  'answeredCalls',
] as const
type Counted = Record<(typeof COUNTED)[number], number>

/** What an oracle that folds the stored events says of them, round by round: it compares every event to every call. */
function countedOf(logs: readonly StoredLog[]): Counted {
  const rounds = new Map<string, CallEvent[]>()
  for (const log of logs) {
    const round = log.data.callSid.replace(/-.*/, '')
    rounds.set(round, [...(rounds.get(round) ?? []), eventOf(log)])
  }
  const reports = [...rounds.values()].map((events) => oracle(events, { now: Date.now(), zone: 'UTC' }))
  const sum = (count: (report: OracleReport) => number) => reports.reduce((total, report) => total + count(report), 0)
  return Object.fromEntries(COUNTED.map((name) => [name, sum((report) => report[name])])) as Counted
}

function eventOf({ event, data, timestamp }: StoredLog): CallEvent {
  return { event, data, context: {}, occurredAt: Date.parse(timestamp), source: 'ribbon' }
}

/** Whatever was stored is whole: what pages and totals say agrees with the events themselves. */
async function checkStore(t: Test, origin: string): Promise<readonly StoredLog[]> {
  const { logs, totals } = await walkLogs(origin)
  t.strictSame([...totals], [logs.length], 'the total of every page is the number of events')
  t.equal(new Set(logs.map(({ logId }) => logId)).size, logs.length, 'no event is listed twice')
  const { summary } = await ask<{ summary: Counted }>(`${origin}/api/ribbon/analytics`)
  t.match(summary, countedOf(logs), 'analytics are what the stored events fold to')
  return logs
}

t.test('kill -9 at a random moment loses nothing that was acknowledged, and the server comes back', async (t) => {
  const env = await serverEnv(t)
  const acknowledged = new Set<string>()
  let server = new ServerProcess(t, env)
  let origin = await server.ready()
  for (let round = 1; round <= ROUNDS; round++) {
    const moment = randomInt(1, MOST_EVENTS_A_ROUND)
    const killed = server
    const load = new Load(origin, `r${String(round)}`, (count) => {
      if (count === moment) killed.child.kill('SIGKILL')
    })
    await load.finished
    t.strictSame(await killed.exited, { code: null, signal: 'SIGKILL' })
    t.strictSame(load.refused, [])
    for (const { logId } of load.acknowledged) acknowledged.add(logId)

    const restartedAt = performance.now()
    server = new ServerProcess(t, env)
    origin = await server.ready(READY_MS)
    t.comment(`round ${String(round)}: ready after ${(performance.now() - restartedAt).toFixed()} ms`)
    const stored = new Set((await checkStore(t, origin)).map(({ logId }) => logId))
    const lost = [...acknowledged].filter((logId) => !stored.has(logId))
    t.strictSame(lost, [], `round ${String(round)}, killed after ${String(moment)}: nothing acknowledged is lost`)
  }
})

t.test('after kill -9 all of the events of a batch are there, or none', async (t) => {
  const env = await serverEnv(t)
  let server = new ServerProcess(t, env)
  let origin = await server.ready()
  const sent = new Set<string>()
  const acknowledged = new Set<string>()
  for (let round = 1; round <= ROUNDS; round++) {
    const moment = acknowledged.size + randomInt(1, 12)
    const killed = server
    const agent = new Agent({ keepAlive: true, maxSockets: 4 })
    const sendUntilKilled = async (worker: number): Promise<void> => {
      for (let n = 0; ; n++) {
        const batch = `${String(round)}-${String(worker)}-${String(n)}`
        const events = Array.from({ length: EVENTS_A_BATCH }, (_, index) => {
          return { event: 'connected', data: { callSid: `${batch}-${String(index % 40)}`, batch, index } }
        })
        sent.add(batch)
        const answer = await post(`${origin}/api/ribbon/log-calls`, { events }, agent).catch(() => null)
        if (answer === null) return
        t.match(JSON.parse(answer.body), { created: EVENTS_A_BATCH })
        acknowledged.add(batch)
        if (acknowledged.size === moment) killed.child.kill('SIGKILL')
      }
    }
    await Promise.all([1, 2, 3, 4].map(sendUntilKilled))
    agent.destroy()
    t.strictSame(await killed.exited, { code: null, signal: 'SIGKILL' })
    server = new ServerProcess(t, env)
    origin = await server.ready(READY_MS)
    const stored = new Map<string, number>()
    for (const { data } of (await walkLogs(origin)).logs) {
      const batch = String(data['batch'])
      stored.set(batch, (stored.get(batch) ?? 0) + 1)
    }
    const torn = [...stored].filter(([, events]) => events !== EVENTS_A_BATCH)
    t.strictSame(torn, [], `round ${String(round)}: of ${String(sent.size)} batches ${String(stored.size)} are there`)
    const lost = [...acknowledged].filter((batch) => !stored.has(batch))
    t.strictSame(lost, [], 'nothing acknowledged is lost')
  }
})

t.test('on the embedded store, each answer to log-call leaves after its event was flushed to the disk', async (t) => {
  if (spawnSync('strace', ['-V']).error !== undefined) {
    throw new Error('This test needs strace, to see what the kernel sees. Install it: apt-get install strace')
  }
  const trace = join(await scratchFolder(t), 'trace')
  // -D: signals that are meant for the server reach the server.
  const strace = ['strace', '-D', '-f', '-s', '15', '-e', 'trace=openat,pwrite64,write,sendto,writev', '-o', trace]
  const server = new ServerProcess(t, await serverEnv(t, 'sqlite'), strace)
  const origin = await server.ready(60_000)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let i = 0; i < 100; i++) {
    const { status } = await post(
      `${origin}/api/ribbon/log-call`,
      { event: 'connected', data: { callSid: `CA${String(i)}` } },
      agent,
    )
    t.equal(status, 200)
  }
  agent.destroy()
  server.child.kill('SIGTERM')
  await within(10_000, 'ending the traced server', server.exited)
  const [, ...flushesBefore] = flushesBeforeAnswers(await readFile(trace, 'utf8'))
  // The first answer of all is that of the readiness check.
  t.equal(flushesBefore.length, 100)
  t.ok(
    flushesBefore.every((flushes) => flushes >= 1),
    'every answer has a flush of its own before it',
    { flushesBefore },
  )
})

/**
 * How many writes to the log were on disk since the answer before, for each answer in the trace. The log is written to a file
 * that was opened with `O_DSYNC`: the kernel returns from such a write when it is on disk.
 */
function flushesBeforeAnswers(trace: string): number[] {
  const counts: number[] = []
  const begun = new Map<string, string>()
  const logs = new Set<string>()
  let flushes = 0
  for (const line of trace.split('\n')) {
    if (/(write|writev|sendto)\(\d+, .*"HTTP\/1\.1 200/.test(line)) {
      counts.push(flushes)
      flushes = 0
    }
    // A call that another thread's call interrupts is told in two lines.
    const [, thread = '', text = ''] = /^(\d+) +(.*)$/.exec(line) ?? []
    if (text.endsWith('<unfinished ...>')) {
      begun.set(thread, text.replace('<unfinished ...>', ''))
      continue
    }
    const call = text.replace(/^<\.\.\. \w+ resumed>/, () => begun.get(thread) ?? '')
    const opened = /^openat\(.*\.log\/\d{6}", [^ ]*O_DSYNC.*\) += (\d+)$/.exec(call)
    if (opened !== null) logs.add(opened[1] ?? '')
    const written = /^pwrite64\((\d+), .*\) += [1-9]\d*$/.exec(call)
    if (written !== null && logs.has(written[1] ?? '')) flushes += 1
  }
  return counts
}
