/** Exotel's worst minute: the reports of many calls at once, each sent three times. */
import { callbackPath } from '../../src/core/vocabulary/callbacks.js'
import { DEMO_API_KEY, DEMO_CALLBACK_KEY } from '../../src/core/vocabulary/demo.js'
import { madeUpCallbacks } from '../../src/demo/callbacks.js'
import { seeded } from '../../src/demo/random.js'
import { figuresOf, percentile, type Figure } from './figures.js'
import { sendOnSchedule } from './load.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get } from './requests.js'
import type { Workspace } from './workspace.js'

const CALLS = 5000
const TIMES = 3
const SECONDS = 5
const CONNECTIONS = 256
/** Before the burst: a server that has just started is slow. */
const WARM_UP = { calls: 1000, seconds: 2 }
/** The limits that a server has unless told: bursts have to pass them. */
const LIMITED = { RATE_LIMIT_MAX: '6000' }
const BOUNDARY = 'bench'

const figure = figuresOf('callbacks')

/** How Exotel sends a status callback: as it was told to, else as a form in parts. */
const ENCODINGS = {
  JSON: { contentType: 'application/json', encode: JSON.stringify },
  'a form in parts': { contentType: `multipart/form-data; boundary=${BOUNDARY}`, encode: inParts },
} as const

export async function measureCallbacks(workspace: Workspace): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, { contentType, encode }] of Object.entries(ENCODINGS)) {
    workspace.say(`callbacks: ${name}`)
    const database = await workspace.database('callbacks', false)
    const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: database, ...LIMITED })
    const bodies = [
      ...shuffled(Array.from({ length: CALLS * TIMES }, (_, n) => encode(statusCallback(n % CALLS)))),
      ...Array.from({ length: WARM_UP.calls }, (_, n) => encode(statusCallback(CALLS + n))),
    ]
    const load = {
      port: server.port,
      path: callbackPath('statusCallback', DEMO_CALLBACK_KEY),
      connections: CONNECTIONS,
      seconds: SECONDS,
      contentType,
      nextBody: () => String(bodies.pop()),
    }
    await sendOnSchedule({ ...load, seconds: WARM_UP.seconds }, WARM_UP.calls / WARM_UP.seconds)
    const before = server.processorSeconds()
    const { answered, refused, latenciesMs } = await sendOnSchedule(load, (CALLS * TIMES) / SECONDS)
    const processorSeconds = server.processorSeconds() - before
    const { body } = await get(server.port, '/api/ribbon/analytics', DEMO_API_KEY)
    const { totalCalls } = (body as { summary: { totalCalls: number } }).summary
    await server.stop()
    figures.push(
      figure(
        `${String(CALLS)} callbacks, ${String(TIMES)} times each in ${String(SECONDS)} s, ${name}: answered with 200`,
        answered,
        '',
        {
          atLeast: CALLS * TIMES,
        },
      ),
      figure('… refused', refused, '', { atMost: 0 }),
      figure('… p50', percentile(latenciesMs, 50), 'ms'),
      figure('… p99', percentile(latenciesMs, 99), 'ms'),
      figure('… max', Math.max(...latenciesMs), 'ms', { below: 1000 }),
      figure('… processor time of the server', processorSeconds, 's'),
      figure('… calls too many or too few', Math.abs(totalCalls - CALLS - WARM_UP.calls), '', { atMost: 0 }),
    )
  }
  return figures
}

function statusCallback(n: number): object {
  const [made] = madeUpCallbacks(`bench-${String(n)}`, Date.now())
  // The same report each time: its times are those of the first.
  return {
    ...made?.payload,
    DateUpdated: '2025-10-12 16:03:16',
    DateCreated: '',
    StartTime: '2025-10-12 16:00:05',
    EndTime: '2025-10-12 16:03:15',
  }
}

function inParts(payload: object): string {
  const fields = Object.entries(payload).flatMap(([name, value]) => fieldsOf(name, value))
  const parts = fields.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${BOUNDARY}--\r\n`
}

function fieldsOf(name: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]]
  return Object.entries(value).flatMap(([step, inner]) => fieldsOf(`${name}[${step}]`, inner))
}

/** In one order at every run. */
function shuffled<T>(values: readonly T[]): T[] {
  const random = seeded(1)
  return values
    .map((value) => [random(), value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value)
}
