/**
 * A day of ten clients in fast motion: ribbons that repeat themselves, close in mid-call and come back from being offline, late
 * callbacks, streams, webhooks, reports, exports and new keys, while the server is restarted, killed and left without a disk or a
 * database. At the end everything is as it really was.
 *
 * `SOAK_MINUTES=60 npm run soak -- dist/test/soak/office-day.soak.js` runs it for an hour; `SOAK_ENGINE=postgres` on PostgreSQL;
 * `SOAK_REPORT=<file>` names the page that plots what the server took.
 */
import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { eventually } from '../helpers/deadline.js'
import { isRight } from '../helpers/real-calls.js'
import { seeded } from '../helpers/seeded.js'
import type { EngineName } from '../helpers/storage.js'
import { WebhookReceiver } from '../helpers/webhook-receiver.js'
import { Office, type SoakedCall } from './office.js'
import { plotted, type Disturbance } from './plot.js'
import { SoakedServer } from './server.js'
import { diskMb, percentile, processOf, type Sample } from './watch.js'

const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 1.5)
const ENGINE = (process.env['SOAK_ENGINE'] ?? 'sqlite') as EngineName
const REPORT = process.env['SOAK_REPORT'] ?? 'dist/office-day.html'
const OFFICES = 10
const CALLS_PER_SECOND = Number(process.env['SOAK_CALLS_PER_SECOND'] ?? 20)
/** The office day whose calls are reported: yesterday's, from nine to seven in India. */
const OPENS_AT = Math.floor(Date.now() / 86_400_000 - 1) * 86_400_000 + 3.5 * 3_600_000
const OFFICE_MS = 10 * 3_600_000
/** What ends the process happens in this share of the time, so that the rest shows what one process takes over time. */
const STORMY = 0.3
/** From so many minutes on, growth of what the server takes is a fault and not chance. */
const JUDGED_FROM_MINUTES = 30
const FLOWS = 17

t.setTimeout((MINUTES * 60 + 600) * 1000)

const duration = MINUTES * 60_000
const startedAt = performance.now()
const elapsed = () => (performance.now() - startedAt) / 1000
const server = await SoakedServer.start(t, ENGINE)
const random = seeded(20261129)
const receivers: WebhookReceiver[] = []
const offices: Office[] = []
for (let n = 0; n < OFFICES; n++) {
  const receiver = await WebhookReceiver.start(t)
  receiver.treat = () => (random() < 0.01 ? 500 : 204)
  receivers.push(receiver)
  offices.push(await Office.open(server.origin, `Office ${String(n)}`, seeded(n), receiver))
}
t.teardown(() => {
  for (const office of offices) office.stopFollowing.abort()
})

const samples: Sample[] = []
const happened: Disturbance[] = []
let isOver = false

async function placeCalls(): Promise<void> {
  for (let n = 0; elapsed() * 1000 < duration; n++) {
    const startAt = OPENS_AT + Math.floor((((elapsed() * 1000) / duration) * OFFICE_MS) / 1000) * 1000
    offices[n % OFFICES]?.place(startAt, Math.floor(random() * FLOWS))
    const due = startedAt + ((n + 1) * 1000) / CALLS_PER_SECOND
    if (due > performance.now()) await wait(due - performance.now())
  }
}

async function disturb(): Promise<void> {
  const all = Object.entries(server.disturbances)
  const every = (duration * STORMY) / (all.length + 1)
  const happens = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    happened.push({ at: elapsed(), name })
    await work()
  }
  for (const [name, work] of all) {
    await wait(every)
    await happens(name, work)
  }
  while (elapsed() * 1000 < duration) {
    await happens('new keys', () => Promise.all(offices.map((office) => office.rotateKey())))
    await wait(Math.min(every, Math.max(duration - elapsed() * 1000, 0)))
  }
}

async function watch(): Promise<void> {
  let before = 0
  while (!isOver) {
    const from = elapsed()
    await wait(1000)
    const latencies = offices.flatMap((office) => office.latencies.splice(0))
    const acknowledged = offices.reduce((sum, office) => sum + office.acknowledged, 0)
    samples.push({
      at: elapsed(),
      ...processOf(server.pid),
      diskMb: await diskMb(server.databaseUrl),
      p50: percentile(latencies, 50),
      p99: percentile(latencies, 99),
      eventsPerSecond: (acknowledged - before) / (elapsed() - from),
    })
    before = acknowledged
  }
}

interface Exported {
  readonly sessionId: string
  readonly status: string
}

/** @returns the calls of a file of JSON lines */
async function exported(office: Office): Promise<Map<string, Exported>> {
  const headers = { 'x-api-key': office.key }
  const answer = await fetch(`${server.origin}/api/ribbon/export/calls?format=ndjson`, { headers })
  const lines = (await answer.text()).split('\n').filter(Boolean)
  return new Map(lines.map((line) => JSON.parse(line) as Exported).map((call) => [call.sessionId, call]))
}

function expected(calls: readonly SoakedCall[]) {
  const ended = calls.filter(({ isOpen }) => !isOpen).map(({ real }) => real.flow.outcome)
  const answered = ended.filter(({ status }) => status === 'completed')
  return {
    totalCalls: calls.length,
    answeredCalls: answered.length,
    totalDuration: ended.reduce((sum, { talkSeconds }) => sum + talkSeconds, 0),
    missedCalls: ended.filter(({ status, direction }) => status !== 'completed' && direction === 'inbound').length,
  }
}

t.test('after a day of disturbances every call, number, stream and webhook is as it really was', async (t) => {
  await Promise.all(offices.map((office) => office.begin()))
  const watching = watch()
  await Promise.all([placeCalls(), disturb()])
  await Promise.all(offices.map((office) => office.settled()))
  isOver = true
  await watching
  for (const [n, office] of offices.entries()) {
    t.strictSame(office.faults.slice(0, 5), [], `${office.clientId}: nothing was refused`)
    const headers = { 'x-api-key': office.key }
    const read = async <T>(path: string) => (await (await fetch(`${server.origin}${path}`, { headers })).json()) as T
    const { summary } = await read<{ summary: object }>('/api/ribbon/analytics')
    t.match(summary, expected(office.calls), `${office.clientId}: numbers that one can bill on`)
    const { pagination } = await read<{ pagination: { total: number } }>('/api/ribbon/call-logs')
    t.equal(pagination.total, office.acknowledged, 'every acknowledged event is there, and none twice')
    const calls = await exported(office)
    t.equal(calls.size, office.calls.length, 'no call is lost, none invented')
    const wrong = office.calls.filter(({ real, isOpen }) => {
      const call = calls.get(`session-${real.callSid}`)
      return isOpen ? !['active', 'expired'].includes(String(call?.status)) : !isRight(real, call as never)
    })
    t.strictSame(
      wrong.slice(0, 3).map(({ real }) => [real.flow.name, calls.get(`session-${real.callSid}`)]),
      [],
      `of ${String(calls.size)} calls ${String(wrong.length)} are not as they were`,
    )
    const receiver = receivers[n] as WebhookReceiver
    const delivered = () => new Set(receiver.accepted.map(({ sequence }) => sequence))
    await eventually(120_000, 'telling everything', () => {
      return office.told.length > 0 && delivered().size >= new Set(office.told).size && isQuiet(office)
    }).catch((error: unknown) => t.fail(String(error)))
    const sorted = [...new Set(office.told)].sort((a, b) => a - b)
    t.strictSame(office.told, sorted, `${String(sorted.length)} changes came by the stream, in order, each once`)
    t.strictSame(
      [...delivered()].sort((a, b) => a - b),
      sorted,
      'and the same by webhooks',
    )
    t.strictSame([receiver.outOfOrder, receiver.faults], [[], []], 'signed, in order, one of a call at a time')
    office.stopFollowing.abort()
  }
  const findings = await judge()
  for (const finding of findings) t.comment(finding)
})

/** Whether the last change was told some time ago. */
const toldBefore = new Map<Office, number>()
function isQuiet(office: Office): boolean {
  const before = toldBefore.get(office)
  toldBefore.set(office, office.told.length)
  return before === office.told.length
}

async function judge(): Promise<string[]> {
  const calm = samples.filter(({ at }) => at * 1000 > duration * (STORMY + 0.15))
  const early = calm.slice(0, Math.floor(calm.length / 3))
  const late = calm.slice(-Math.floor(calm.length / 3))
  const compared = (of: (sample: Sample) => number, p = 50) =>
    [percentile(early.map(of), p), percentile(late.map(of), p)] as const
  const memory = compared(({ residentMb }) => residentMb)
  const descriptors = compared(({ descriptors }) => descriptors, 100)
  const p99 = compared(({ p99 }) => p99)
  const said = ([before, after]: readonly [number, number], unit: string) =>
    `${before.toFixed(1)} ${unit} early on, ${after.toFixed(1)} ${unit} at the end`
  const findings = [
    `${String(offices.reduce((sum, { calls }) => sum + calls.length, 0))} calls of ${String(OFFICES)} clients, ${String(offices.reduce((sum, { acknowledged }) => sum + acknowledged, 0))} events and ${String(offices.reduce((sum, { repeats }) => sum + repeats, 0))} repeats in ${String(MINUTES)} minutes, on ${ENGINE}`,
    `${String(happened.length)} disturbances: ${[...new Set(happened.map(({ name }) => name))].join(', ')}`,
    `resident memory: ${said(memory, 'MB')}`,
    `file descriptors: ${said(descriptors, 'open')}`,
    `acknowledgement, median of each second’s p99: ${said(p99, 'ms')}`,
  ]
  await writeFile(REPORT, plotted('A day of ten clients in fast motion', samples, happened, findings))
  if (MINUTES >= JUDGED_FROM_MINUTES) {
    t.ok(memory[1] <= memory[0] * 1.1, `memory does not grow: ${said(memory, 'MB')}`)
    t.ok(descriptors[1] <= descriptors[0] + 5, `descriptors do not grow: ${said(descriptors, 'open')}`)
  }
  return [...findings, `plotted in ${REPORT}`]
}
