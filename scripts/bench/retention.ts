/** Dropping half of what a client has: how fast, and what another client notices of it. */
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { DEMO_CLIENTS } from '../../src/clients/demo-clients.js'
import { retentionStart } from '../../src/core/retention.js'
import { openForCommand } from '../../src/storage/open.js'
import { figuresOf, percentile, type Figure } from './figures.js'
import { Prober } from './prober.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { logCall } from './requests.js'
import { MAX_CALL_AGE_MS, type Stores } from './stores.js'
import type { Workspace } from './workspace.js'
import { API_KEY, CLIENT_ID } from './year-calls.js'

const MONTHS = 6
const EVENTS_A_SECOND = 50
/** A server looks once a minute whether something is to be dropped. */
const BEGIN_MS = 90_000

/** Of a client that drops nothing. */
const OTHER_KEY = String(DEMO_CLIENTS.find(({ apiKey }) => apiKey !== API_KEY)?.apiKey)

const figure = figuresOf('retention')

export async function measureRetention(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const { url } = await stores.copyOf(await stores.with({ shape: 'searched', calls: workspace.options.calls }))
  const seconds = workspace.options.rounds * workspace.options.roundSeconds
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })
  const storage = await openForCommand({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  const instant = retentionStart('Asia/Kolkata', MONTHS, Date.now())
  const progress = async () => {
    const { rowsLeft = 0, droppedRows = 0 } = (await storage.retentionProgress(CLIENT_ID, instant)) ?? {}
    return { rowsLeft, droppedRows }
  }
  const figures: Figure[] = []
  const noticed = async (name: string) => {
    workspace.say(`retention: another client, ${name}`)
    const prober = new Prober({ port: server.port, path: '/api/ribbon/config', apiKey: OTHER_KEY })
    const logging = await logOnSchedule(server.port, seconds)
    const { latenciesMs } = await prober.stop()
    const [config, logged] = [percentile(latenciesMs, 99), percentile(logging, 99)]
    figures.push(figure(`another client, ${name}: config p99`, config, 'ms'), figure('… log-call p99', logged, 'ms'))
    return { config, logged }
  }
  try {
    await noticed('warming up')
    figures.length = 0
    const quiet = await noticed('nothing dropped')
    const { rowsLeft } = await progress()
    await storage.updateClient(CLIENT_ID, { retentionMonths: MONTHS })
    const begins = performance.now() + BEGIN_MS
    while ((await progress()).droppedRows === 0 && performance.now() < begins) await wait(200)
    const [{ droppedRows }, startedAt] = [await progress(), performance.now()]
    const beside = await noticed('beside dropping')
    const dropped = (await progress()).droppedRows - droppedRows
    const rate = dropped / ((performance.now() - startedAt) / 1000)
    figures.push(
      figure('… config / nothing dropped', beside.config / quiet.config, '×', { atMost: 1.5 }),
      figure('… log-call / nothing dropped', beside.logged / quiet.logged, '×', { atMost: 1.5 }),
      figure('events and calls dropped', rate, '/s'),
      figure('events and calls to drop in all', rowsLeft, ''),
    )
  } finally {
    await storage.close()
  }
  await server.stop()
  return figures
}

async function logOnSchedule(port: number, seconds: number): Promise<number[]> {
  const latencies: Promise<number>[] = []
  const start = performance.now()
  const all = seconds * EVENTS_A_SECOND
  for (let n = 0; n < all; n++) {
    await wait(Math.max(0, start + (n * 1000) / EVENTS_A_SECOND - performance.now()))
    latencies.push(
      logCall(port, 'connected', { callSid: `R${String(Date.now())}-${String(n)}` }, Date.now(), OTHER_KEY),
    )
  }
  return Promise.all(latencies)
}
