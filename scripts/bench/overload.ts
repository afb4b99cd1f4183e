import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { figuresOf, percentile, type Figure } from './figures.js'
import { measureFairness } from './fairness.js'
import { loadBodies, newRun } from './load-calls.js'
import { saturate, sendOnSchedule, type LoadOptions, type LoadResult } from './load.js'
import { Prober } from './prober.js'
import { BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'
import { API_KEY } from './year-calls.js'

/** Enough for the server’s most. */
const CONNECTIONS = 64
const OVERLOAD = 3
/** Three times as many; and more than the events of one client that may wait, so that the server has to refuse. */
const OVERLOAD_CONNECTIONS = [OVERLOAD * CONNECTIONS, 6000]
/** The share of the most at which latencies are normal. */
const CALM = 0.25
/** As many times the p99 of before count as normal again. */
const NORMAL = 2
const WINDOW_SECONDS = 1
const MOST_WINDOWS = 30
const SAMPLE_MS = 100
const AFTER_MS = 3000
const MEBIBYTE = 1024 * 1024

const figure = figuresOf('overload')

/** A server that is offered more than it can do, and one of whose clients asks for more than its part. */
export async function measureOverload(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  return [...(await measureGoodput(workspace)), ...(await measureFairness(workspace, stores, figure))]
}

async function measureGoodput(workspace: Workspace): Promise<Figure[]> {
  const server = await startServer(workspace, BUILT_SERVER, {
    DATABASE_URL: await workspace.database('overload', false),
  })
  const { port } = server
  const { rounds, roundSeconds } = workspace.options
  const load: LoadOptions = {
    port,
    path: '/api/ribbon/log-call',
    connections: CONNECTIONS,
    seconds: roundSeconds,
    nextBody: loadBodies(newRun()),
  }
  workspace.say('overload: the most')
  const peaks: number[] = []
  for (let round = 0; round <= rounds; round++) peaks.push(rateOf(await saturate(load)))
  // The first is a warm-up.
  const peak = Math.max(...peaks.slice(1))
  const calm = await sendOnSchedule(load, peak * CALM)
  const calmMs = percentile(calm.latenciesMs, 99)
  const before = server.memory()
  const figures: Figure[] = []
  for (const connections of OVERLOAD_CONNECTIONS) {
    const name = `${String(OVERLOAD)} times as much, ${String(connections)} connections`
    workspace.say(`overload: ${name}`)
    const health = new Prober({ port, path: '/health', apiKey: API_KEY })
    const memory = new MemorySamples(server)
    const seconds = rounds * roundSeconds
    const overload = await sendOnSchedule({ ...load, connections, seconds }, peak * OVERLOAD)
    const [first, second] = memory.stop()
    const probed = await health.stop()
    const recovery = await recoverySeconds(load, peak * CALM, calmMs * NORMAL)
    figures.push(
      figure(`${name}: goodput / the most`, rateOf(overload) / peak, '×', { atLeast: 0.8 }),
      figure('… refused', overload.refused / overload.seconds, '/s'),
      figure('… health: p99', percentile(probed.latenciesMs, 99), 'ms', { below: 100 }),
      figure('… health: max', Math.max(...probed.latenciesMs), 'ms', { below: 100 }),
      figure('… health: not answered', probed.failed, '', { atMost: 0 }),
      figure('… memory at most, first half', first / MEBIBYTE, 'MB'),
      figure('… memory at most, second half', second / MEBIBYTE, 'MB'),
      figure('… time until p99 is normal again', recovery, 's', { atMost: 5 }),
    )
  }
  await wait(AFTER_MS)
  const after = server.memory()
  await server.stop()
  return [
    figure('log-call, the most', peak, '/s'),
    figure('p99 at a quarter of it, before', calmMs, 'ms'),
    figure('memory before', before / MEBIBYTE, 'MB'),
    ...figures,
    figure('memory after', after / MEBIBYTE, 'MB'),
  ]
}

/** @returns seconds until the end of the first window that is as fast as before; those of all windows when none is */
async function recoverySeconds(load: LoadOptions, rate: number, normalMs: number): Promise<number> {
  const start = performance.now()
  for (let window = 0; window < MOST_WINDOWS; window++) {
    const { latenciesMs } = await sendOnSchedule({ ...load, seconds: WINDOW_SECONDS }, rate)
    if (percentile(latenciesMs, 99) <= normalMs) break
  }
  return (performance.now() - start) / 1000
}

class MemorySamples {
  readonly #bytes: number[] = []
  readonly #sampling: NodeJS.Timeout

  constructor(server: ServerProcess) {
    this.#sampling = setInterval(() => this.#bytes.push(server.memory()), SAMPLE_MS)
  }

  /** @returns the most in each half of the time */
  stop(): readonly [first: number, second: number] {
    clearInterval(this.#sampling)
    const half = this.#bytes.length >> 1
    return [Math.max(...this.#bytes.slice(0, half)), Math.max(...this.#bytes.slice(half))]
  }
}

function rateOf({ answered, seconds }: LoadResult): number {
  return answered / seconds
}
