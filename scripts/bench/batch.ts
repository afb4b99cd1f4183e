import { figuresOf, median, percentile, type Figure } from './figures.js'
import { loadBatches, loadBodies, newRun } from './load-calls.js'
import { saturate, type LoadResult } from './load.js'
import { BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import { get } from './requests.js'
import type { Workspace } from './workspace.js'

interface Way {
  readonly name: string
  readonly path: string
  /** Events of a request. */
  readonly events: number
  /** As many as keep the server busy. All are one client's, of which so many events may wait and no more. */
  readonly connections: number
  readonly nextBody: () => string
}

const [ONE_BY_ONE, ...BATCHES]: readonly [Way, ...Way[]] = [
  { name: 'one by one', path: '/api/ribbon/log-call', events: 1, connections: 64, nextBody: loadBodies(newRun()) },
  batchesOf(100, 8),
  batchesOf(1000, 4),
]

const figure = figuresOf('batch')

interface Contender {
  readonly way: Way
  readonly server: ServerProcess
  readonly rounds: LoadResult[]
}

/** The same events in batches and one by one, each way on a store of its own: in turns, because machines are moody. */
export async function measureBatch(workspace: Workspace): Promise<Figure[]> {
  const contenders: Contender[] = []
  for (const way of [ONE_BY_ONE, ...BATCHES]) {
    const url = await workspace.database(way.name.replaceAll(' ', '_'), false)
    contenders.push({ way, server: await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url }), rounds: [] })
  }
  const { rounds, roundSeconds } = workspace.options
  for (let round = 0; round <= rounds; round++) {
    for (const one of contenders) {
      const { name, path, connections, nextBody } = one.way
      workspace.say(round === 0 ? `warming up: ${name}` : `round ${String(round)}: ${name}`)
      one.rounds.push(await saturate({ port: one.server.port, path, connections, seconds: roundSeconds, nextBody }))
    }
  }
  const missing = await Promise.all(contenders.map(missingFrom))
  await Promise.all(contenders.map(({ server }) => server.stop()))
  const [single, ...batches] = contenders as [Contender, ...Contender[]]
  return [
    ...contenders.flatMap(figuresOfWay),
    ...batches.map((one) => figure(`${one.way.name} / one by one`, ratio(one, single), '×', { atLeast: 4 })),
    figure(
      'answers other than 200',
      sum(contenders.flatMap(({ rounds }) => rounds.map((round) => round.refused))),
      '',
      {
        atMost: 0,
      },
    ),
    figure('acknowledged events that are not there', sum(missing), '', { atMost: 0 }),
  ]
}

function batchesOf(events: number, connections: number): Way {
  const nextBody = loadBatches(newRun(), events)
  return { name: `batches of ${String(events)}`, path: '/api/ribbon/log-calls', events, connections, nextBody }
}

/** The first round is not counted. */
function figuresOfWay({ way, rounds }: Contender): Figure[] {
  const counted = rounds.slice(1)
  const latencies = counted.flatMap(({ latenciesMs }) => latenciesMs)
  return [
    figure(`${way.name}: events`, median(counted.map((round) => rateOf(way, round))), '/s'),
    figure(`${way.name}: p50 of a request`, percentile(latencies, 50), 'ms'),
    figure(`${way.name}: p99 of a request`, percentile(latencies, 99), 'ms'),
  ]
}

/** The median over the rounds of how many times the other's rate this one's is. */
function ratio(one: Contender, other: Contender): number {
  const rates = one.rounds.slice(1).map((round, index) => {
    return rateOf(one.way, round) / rateOf(other.way, other.rounds[index + 1] as LoadResult)
  })
  return median(rates)
}

function rateOf({ events }: Way, { answered, seconds }: LoadResult): number {
  return (answered * events) / seconds
}

async function missingFrom({ way, server, rounds }: Contender): Promise<number> {
  const { body } = await get(server.port, '/api/ribbon/call-logs?pageSize=1')
  const { total } = (body as { pagination: { total: number } }).pagination
  return sum(rounds.map(({ answered }) => answered)) * way.events - total
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
