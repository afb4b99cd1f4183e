import { ribbonBodies } from './calls.js'
import { median, percentile, type Figure } from './figures.js'
import { load, type LoadResult } from './load.js'
import { BARE_SERVER, BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import { get } from './requests.js'
import type { Workspace } from './workspace.js'

const CONNECTIONS = 64
const PATH = '/api/ribbon/log-call'

interface Contender {
  readonly name: string
  readonly server: ServerProcess
  readonly rounds: LoadResult[]
}

/** `log-call` against routes that store nothing, or one event a statement: in turns, because machines are moody. */
export async function measureIngest(workspace: Workspace): Promise<Figure[]> {
  const { postgres, rounds, roundSeconds } = workspace.options
  const url = await workspace.database('ingest', false)
  const contender = (name: string, server: ServerProcess): Contender => ({ name, server, rounds: [] })
  const ribbon = contender('log-call', await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url }))
  const bare = contender('bare route', await startServer(workspace, BARE_SERVER, {}))
  const contenders = [bare, ribbon]
  const insert =
    postgres === null
      ? null
      : contender('one insert a request', await startServer(workspace, BARE_SERVER, { INSERT_URL: url }))
  if (insert !== null) contenders.push(insert)

  let ribbons = 0
  let stored = 0
  for (let round = -1; round < rounds; round++) {
    for (const { name, server, rounds: done } of contenders) {
      workspace.say(round < 0 ? `warming up: ${name}` : `round ${String(round + 1)}: ${name}`)
      const bodies = (): (() => string) => {
        ribbons += 1
        return ribbonBodies(`${process.pid.toString(16)}x${ribbons.toString(16)}x`, ribbons)
      }
      const result = await load({
        port: server.port,
        path: PATH,
        connections: CONNECTIONS,
        seconds: roundSeconds,
        bodies,
      })
      if (server === ribbon.server) stored += result.answered
      if (round >= 0) done.push(result)
    }
  }
  const { body } = await get(ribbon.server.port, '/api/ribbon/call-logs?pageSize=1')
  const { total } = (body as { pagination: { total: number } }).pagination
  await Promise.all(contenders.map(({ server }) => server.stop()))

  const ratioTo = (other: Contender): number =>
    median(ribbon.rounds.map((round, index) => rateOf(round) / rateOf(other.rounds[index] as LoadResult)))
  const figure = (name: string, value: number, unit: Figure['unit'], bar: Figure['bar'] = null): Figure => ({
    section: 'ingest',
    name,
    value,
    unit,
    bar,
  })
  return [
    ...contenders.flatMap((one) => {
      const latencies = one.rounds.flatMap(({ latenciesMs }) => latenciesMs)
      return [
        figure(`${one.name}: requests`, median(one.rounds.map(rateOf)), '/s'),
        figure(`${one.name}: p50`, percentile(latencies, 50), 'ms'),
        figure(`${one.name}: p99`, percentile(latencies, 99), 'ms'),
      ]
    }),
    figure('log-call / bare route', ratioTo(bare), '×', { atLeast: postgres === null ? 0.75 : 0.5 }),
    ...(insert === null ? [] : [figure('log-call / one insert a request', ratioTo(insert), '×', { atLeast: 5 })]),
    figure('answers other than 200', sum(contenders.flatMap((one) => one.rounds.map(({ refused }) => refused))), '', {
      atMost: 0,
    }),
    figure('acknowledged events that are not there', stored - total, '', { atMost: 0 }),
  ]
}

function rateOf({ answered, seconds }: LoadResult): number {
  return answered / seconds
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
