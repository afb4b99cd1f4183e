import { datesUntil } from '../../src/demo/office-hours.js'
import { figuresOf, median, percentile, type Figure } from './figures.js'
import { BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import { get, logCall, takeTurns, type Target } from './requests.js'
import { storedFigures, type FilledStore, type Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const FEW_CALLS = 10_000
const MILLION = 1_000_000
const REQUESTS = 20
const YEAR_DAYS = 365
/** Milliseconds for every question on more than a million calls. */
const BAR_OF_MORE = 150
/** Just after a write an answer may take so many times as long. */
const WRITTEN = 2

const figure = figuresOf('questions')

interface Question {
  readonly name: string
  /** @param range a year, as two parameters */
  readonly path: (range: string) => string
  /** The p50 on many calls, in milliseconds. */
  readonly bar: number
}

const asked = (query: string) => (range: string) => `/api/ribbon/analytics/query?${range}&${query}`

const QUESTIONS: readonly Question[] = [
  ...[
    ...['direction', 'status', 'agent', 'virtualNumber', 'endReason', 'domain', 'durationBucket'].map((by) => {
      return { name: `${by} by month`, query: `groupBy=${by},month&metrics=calls,answered,talkSeconds` }
    }),
    // By month there are more groups than one question may have.
    ...['customer', 'phoneNumber'].map((by) => {
      return { name: `${by}, the first hundred`, query: `groupBy=${by}&metrics=calls,answered,talkSeconds&limit=100` }
    }),
    { name: 'month', query: 'groupBy=month&metrics=calls,answerRate,serviceLevel' },
  ].map(({ name, query }) => ({ name, path: asked(query), bar: 40 })),
  { name: 'heat map', path: asked('groupBy=dayOfWeek,hourOfDay&metrics=calls'), bar: 10 },
  { name: 'percentiles', path: asked('metrics=p50Talk,p90Talk,p99Talk,p50Ring,p90Ring,p99Ring'), bar: 20 },
  { name: 'won back by month', path: asked('groupBy=month&metrics=wonBackRate,lost,medianSecondsToCallBack'), bar: 40 },
  { name: 'open missed calls, the first page', path: () => '/api/ribbon/missed-calls', bar: 20 },
]

interface Asked {
  readonly store: FilledStore
  readonly server: ServerProcess
  readonly range: string
}

/** Questions about few and about many stored calls: new ones, those that were asked before, and just after a write. */
export async function measureQuestions(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const both: Asked[] = []
  for (const calls of [FEW_CALLS, workspace.options.calls]) both.push(await started(workspace, stores, calls))
  const many = both[1] as Asked
  const targetsOf = ({ server, range }: Asked) =>
    QUESTIONS.map(({ path }): Target => ({ port: server.port, path: path(range) }))
  workspace.say('questions: new')
  const fresh: number[] = []
  for (const { port, path } of targetsOf(many)) fresh.push((await get(port, path)).ms)
  const total = (await get(many.server.port, asked('metrics=calls')(many.range))).body as {
    total: { values: { calls: number } }
  }
  const targets = both.flatMap(targetsOf)
  workspace.say('questions: warm')
  const warm = await takeTurns(targets, REQUESTS)
  workspace.say('questions: just after a write')
  const written = await takeTurns(targets, REQUESTS, writer(both))
  await Promise.all(both.map(({ server }) => server.stop()))
  const isMore = many.store.calls > MILLION
  const at = (all: readonly number[][], index: number) => all[index] as number[]
  return [
    ...storedFigures(figure, many.store),
    figure('calls missing from an answer', Math.abs(many.store.calls - total.total.values.calls), '', { atMost: 0 }),
    ...QUESTIONS.flatMap(({ name, bar }, index) => {
      const [p50Few, ofMany] = [median(at(warm, index)), at(warm, QUESTIONS.length + index)]
      const after = median(at(written, QUESTIONS.length + index))
      const most = isMore ? BAR_OF_MORE : bar
      return [
        figure(`${name}: new`, fresh[index] as number, 'ms'),
        figure(`${name}: p50`, median(ofMany), 'ms', { atMost: most }),
        figure(`${name}: p99`, percentile(ofMany, 99), 'ms'),
        figure(`${name}: growth of p50 since ${FEW_CALLS.toLocaleString('en')} calls`, median(ofMany) / p50Few, '×', {
          atMost: 1.5,
        }),
        figure(`${name}: p50 just after a write`, after, 'ms', { atMost: most * WRITTEN }),
      ]
    }),
  ]
}

async function started(workspace: Workspace, stores: Stores, calls: number): Promise<Asked> {
  const store = await stores.copyOf(await stores.with({ shape: 'searched', calls }))
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: store.url })
  const dates = datesUntil(store.now, YEAR_DAYS)
  return { store, server, range: `startDate=${String(dates.at(0))}&endDate=${String(dates.at(-1))}` }
}

/** Logs a call of today before each question. */
function writer(all: readonly Asked[]): (target: Target) => Promise<void> {
  let calls = 0
  return async ({ port }) => {
    const { store } = all.find(({ server }) => server.port === port) as Asked
    calls += 1
    const data = { callSid: `asked-${String(calls)}`, callDirection: 'outbound', duration: 30 }
    await logCall(port, 'callEnded', data, store.now)
  }
}
