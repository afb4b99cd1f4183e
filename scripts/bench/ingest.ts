import { figuresOf, median, percentile, type Figure } from './figures.js'
import { loadBodies, newRun } from './load-calls.js'
import { saturate, sendOnSchedule, type LoadOptions, type LoadResult } from './load.js'
import { BARE_SERVER, BUILT_SERVER, startServer, type ServerProcess } from './processes.js'
import { get } from './requests.js'
import type { Stores } from './stores.js'
import { bytesOnDisk, type Workspace } from './workspace.js'

const CONNECTIONS = 64
const PATH = '/api/ribbon/log-call'
/** Two million events: more do not make the indexes deeper by much. */
const MOST_STORED_CALLS = 1_000_000

const figure = figuresOf('ingest')

/** A server that is measured, with what it answered in each round. */
interface Contender {
  readonly name: string
  readonly server: ServerProcess
  readonly nextBody: () => string
  readonly rounds: LoadResult[]
}

/** A contender that stores events. */
interface Store {
  readonly contender: Contender
  readonly url: string
  readonly eventsBefore: number
  readonly bytesBefore: number
}

/** `log-call` against routes that store nothing, or one event a statement: in turns, because machines are moody. */
export async function measureIngest(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const isServer = workspace.options.postgres !== null
  const bare = await contender('bare route', workspace, BARE_SERVER, {})
  const inserting = isServer
    ? await contender('one insert a request', workspace, BARE_SERVER, {
        INSERT_URL: await workspace.database('inserts', false),
      })
    : null
  const empty = await store('log-call', workspace, await workspace.database('ingest', false), 0)
  const filled = await stores.copyOf(await stores.with(storedCalls(workspace)))
  const stored = filled.events.toLocaleString('en')
  const full = await store(`log-call with ${stored} events`, workspace, filled.url, filled.events)

  const contenders = [bare, ...(inserting === null ? [] : [inserting]), empty.contender, full.contender]
  await takeRounds(workspace, contenders)
  const rate = median(empty.contender.rounds.map(rateOf)) / 2
  workspace.say(`half of saturation: ${String(Math.round(rate))} requests a second`)
  const seconds = workspace.options.rounds * workspace.options.roundSeconds
  const half = await sendOnSchedule(optionsFor(empty.contender, seconds), rate)

  const missing = (await missingFrom(empty, half.answered)) + (await missingFrom(full, 0))
  await Promise.all(contenders.map(({ server }) => server.stop()))
  const refused = sum(contenders.flatMap(({ rounds }) => rounds.map((round) => round.refused))) + half.refused
  return [
    ...contenders.flatMap((one) => saturationOf(one, one === empty.contender)),
    figure('log-call / bare route', ratio(empty.contender, bare), '×', { atLeast: isServer ? 0.35 : 0.5 }),
    ...(inserting === null
      ? []
      : [figure('log-call / one insert a request', ratio(empty.contender, inserting), '×', { atLeast: 1 })]),
    figure(`${full.contender.name} / empty`, ratio(full.contender, empty.contender), '×', { atLeast: 0.85 }),
    figure('half of saturation: requests', half.answered / half.seconds, '/s'),
    figure('half of saturation: p50', percentile(half.latenciesMs, 50), 'ms'),
    figure('half of saturation: p99', percentile(half.latenciesMs, 99), 'ms', { atMost: 10 }),
    figure('bytes an event, as sent', await bytesAnEvent(empty, half.answered), 'B', { atMost: 600 }),
    figure(`bytes an event, beyond ${stored}`, await bytesAnEvent(full, 0), 'B', { atMost: 600 }),
    figure('answers other than 200', refused, '', { atMost: 0 }),
    figure('acknowledged events that are not there', missing, '', { atMost: 0 }),
  ]
}

/** What the benchmark's stores of the load's calls hold. */
export function storedCalls({ options }: Workspace): { readonly shape: 'load'; readonly calls: number } {
  return { shape: 'load', calls: Math.min(options.calls, MOST_STORED_CALLS) }
}

async function contender(
  name: string,
  workspace: Workspace,
  module: URL,
  env: Readonly<Record<string, string>>,
): Promise<Contender> {
  return { name, server: await startServer(workspace, module, env), nextBody: loadBodies(newRun()), rounds: [] }
}

async function store(name: string, workspace: Workspace, url: string, eventsBefore: number): Promise<Store> {
  const started = await contender(name, workspace, BUILT_SERVER, { DATABASE_URL: url })
  return { contender: started, url, eventsBefore, bytesBefore: await bytesOnDisk(url) }
}

/** The first round is not counted. */
async function takeRounds(workspace: Workspace, contenders: readonly Contender[]): Promise<void> {
  const { rounds, roundSeconds } = workspace.options
  for (let round = 0; round <= rounds; round++) {
    for (const one of contenders) {
      workspace.say(round === 0 ? `warming up: ${one.name}` : `round ${String(round)}: ${one.name}`)
      one.rounds.push(await saturate(optionsFor(one, roundSeconds)))
    }
  }
}

function optionsFor({ server, nextBody }: Contender, seconds: number): LoadOptions {
  return { port: server.port, path: PATH, connections: CONNECTIONS, seconds, nextBody }
}

function saturationOf({ name, rounds }: Contender, hasBar: boolean): Figure[] {
  const counted = rounds.slice(1)
  const latencies = counted.flatMap(({ latenciesMs }) => latenciesMs)
  return [
    figure(`${name}: requests`, median(counted.map(rateOf)), '/s'),
    figure(`${name}: p50`, percentile(latencies, 50), 'ms'),
    figure(`${name}: p99`, percentile(latencies, 99), 'ms', hasBar ? { atMost: 30 } : null),
  ]
}

/** The median over the rounds of how many times the other's rate this one's is. */
function ratio(one: Contender, other: Contender): number {
  return median(
    one.rounds.slice(1).map((round, index) => rateOf(round) / rateOf(other.rounds[index + 1] as LoadResult)),
  )
}

function rateOf({ answered, seconds }: LoadResult): number {
  return answered / seconds
}

/** @param more events that were acknowledged outside of the rounds */
function acknowledged({ contender: { rounds } }: Store, more: number): number {
  return sum(rounds.map(({ answered }) => answered)) + more
}

async function missingFrom(one: Store, more: number): Promise<number> {
  const { body } = await get(one.contender.server.port, '/api/ribbon/call-logs?pageSize=1')
  const { total } = (body as { pagination: { total: number } }).pagination
  return one.eventsBefore + acknowledged(one, more) - total
}

/** By how much the database has grown, once its server has stopped. */
async function bytesAnEvent(one: Store, more: number): Promise<number> {
  return ((await bytesOnDisk(one.url)) - one.bytesBefore) / acknowledged(one, more)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
