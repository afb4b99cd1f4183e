import { datesUntil } from '../../src/demo/office-hours.js'
import { between, seeded } from '../../src/demo/random.js'
import { figuresOf, median, percentile, type Figure } from './figures.js'
import { BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import { get, logCall, takeTurns, type Target } from './requests.js'
import { storedFigures, type FilledStore, type Stores } from './stores.js'
import type { Workspace } from './workspace.js'
import type { Spread } from './year-calls.js'

const FEW_CALLS = 10_000
/** Up to here the bars are those of a million calls; beyond, those of ten million. */
const MILLION = 1_000_000
const REQUESTS = 200
const YEAR_DAYS = 365
const DAY_MS = 24 * 60 * 60 * 1000

const figure = figuresOf('analytics')

/** Local dates of the store's year, oldest first; the last is today, as it was when the store was filled. */
type Dates = readonly string[]

interface Shape {
  readonly name: string
  readonly path: (dates: Dates) => string
  /** Milliseconds for the p50 on many calls: warm, and just after a write. */
  readonly bars: readonly [warm: number, written: number]
  /** The same at more than a million calls; null where there is none. */
  readonly barsOfMore: readonly [warm: number | null, written: number | null]
}

const detailed = (from: string, to: string): string => `/api/ribbon/analytics/detailed?startDate=${from}&endDate=${to}`
const dateOf = (dates: Dates, at: number): string => String(dates.at(at))

const SHAPES: readonly Shape[] = [
  {
    name: 'detailed, a year',
    path: (dates) => detailed(dateOf(dates, 0), dateOf(dates, -1)),
    bars: [10, 40],
    barsOfMore: [120, null],
  },
  {
    name: 'detailed, a ragged year',
    path: (dates) => detailed(`${dateOf(dates, 0)}T06:37:30Z`, `${dateOf(dates, -2)}T09:22:30Z`),
    bars: [40, 40],
    barsOfMore: [null, null],
  },
  {
    name: 'detailed, 30 days',
    path: (dates) => detailed(dateOf(dates, -30), dateOf(dates, -1)),
    bars: [10, 40],
    barsOfMore: [null, null],
  },
  {
    name: 'analytics, a year',
    path: (dates) => `/api/ribbon/analytics?startDate=${dateOf(dates, 0)}&endDate=${dateOf(dates, -1)}`,
    bars: [15, 40],
    barsOfMore: [15, null],
  },
]
const YEAR = 0
const THIRTY_DAYS = 2

interface Measured {
  readonly store: FilledStore
  readonly server: ServerProcess
  readonly dates: Dates
}

/** Reports on few and on many stored calls, for each way of spreading them over customers. */
export async function measureAnalytics(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const spread of workspace.options.spreads) figures.push(...(await measureSpread(workspace, stores, spread)))
  return figures
}

async function measureSpread(workspace: Workspace, stores: Stores, spread: Spread): Promise<Figure[]> {
  const few = await started(workspace, stores, spread, FEW_CALLS)
  const many = await started(workspace, stores, spread, workspace.options.calls)
  const targets = [few, many].flatMap(({ server, dates }) =>
    SHAPES.map((shape): Target => ({ port: server.port, path: shape.path(dates) })),
  )
  const { body } = await get(many.server.port, String(targets[SHAPES.length]?.path))
  const { totalCalls } = (body as { summary: { totalCalls: number } }).summary

  workspace.say(`analytics: ${spread}, warm`)
  const warm = await takeTurns(targets, REQUESTS)
  workspace.say(`analytics: ${spread}, just after a write`)
  const written = await takeTurns(targets, REQUESTS, writer([few, many]))
  await Promise.all([few.server.stop(), many.server.stop()])
  return [
    ...storedFigures(figure, many.store),
    figure(`${spread}: calls missing from the report`, Math.abs(many.store.calls - totalCalls), '', { atMost: 0 }),
    ...figuresOfState(spread, many.store, warm, 'warm'),
    ...figuresOfState(spread, many.store, written, 'just after a write'),
  ]
}

async function started(workspace: Workspace, stores: Stores, shape: Spread, calls: number): Promise<Measured> {
  const store = await stores.copyOf(await stores.with({ shape, calls }))
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: store.url })
  return { store, server, dates: datesUntil(store.now, YEAR_DAYS) }
}

/** Logs a call of today, and one of a random day of the year before it: pages of both are then behind. */
function writer(all: readonly Measured[]): (target: Target) => Promise<void> {
  const random = seeded(1)
  let calls = 0
  return async ({ port }) => {
    const { store } = all.find(({ server }) => server.port === port) as Measured
    for (const daysAgo of [0, between(random, 1, YEAR_DAYS - 1)]) {
      calls += 1
      const customerData = { customerId: `CUST${String(between(random, 100, 9999))}` }
      const data = { callSid: `written-${String(calls)}`, callDirection: 'outbound', duration: 30, customerData }
      await logCall(port, 'callEnded', data, store.now - daysAgo * DAY_MS)
    }
  }
}

/** @param latencies of each shape on few calls, then of each on many */
function figuresOfState(
  spread: Spread,
  { calls }: FilledStore,
  latencies: readonly number[][],
  state: 'warm' | 'just after a write',
): Figure[] {
  const few = latencies.slice(0, SHAPES.length).map(median)
  const many = latencies.slice(SHAPES.length)
  const isMore = calls > MILLION
  const figures = SHAPES.flatMap(({ name, bars, barsOfMore }, index) => {
    const [p50Few, ofMany] = [few[index] as number, many[index] as number[]]
    const bar = (isMore ? barsOfMore : bars)[state === 'warm' ? 0 : 1]
    const label = `${spread}: ${name}, ${state}`
    return [
      figure(`${label}: p50`, median(ofMany), 'ms', bar === null ? null : { atMost: bar }),
      figure(`${label}: p99`, percentile(ofMany, 99), 'ms'),
      figure(`${label}: p50 at ${FEW_CALLS.toLocaleString('en')} calls`, p50Few, 'ms'),
      figure(`${label}: growth of p50`, median(ofMany) / p50Few, '×', isMore ? null : { atMost: 1.5 }),
    ]
  })
  const shorter = median(many[THIRTY_DAYS] as number[]) / median(many[YEAR] as number[])
  return [...figures, figure(`${spread}: 30 days / a year, ${state}`, shorter, '×', { atMost: 1 })]
}
