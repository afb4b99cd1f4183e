/**
 * The same questions of DuckDB, side by side: of the calls that the server exports, loaded into a database in the memory of this
 * process, with local dates and hours as columns. It is installed for it, from the registry that npm uses.
 */
import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { AnalyticsAnswer } from '../../schemas/analytics-answer.js'
import { datesUntil } from '../../src/demo/office-hours.js'
import { figuresOf, median, type Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, logCall, open, takeTurns } from './requests.js'
import { storedFigures, type Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const PACKAGE = '@duckdb/node-api'
const VERSION = '1.5.6-r.1'
const REQUESTS = 20
const YEAR_DAYS = 365
/** Threads that answer questions in turn, at the most: each counts for itself. */
const READERS = 4
const TRIES = 5
/** Seconds up to which percentiles are told exactly: see `core/analytics/histogram.ts`. */
const EXACT_SECONDS = 20

const figure = figuresOf('duckdb')

/** What is exported, and as what it is loaded. */
const COLUMNS = {
  direction: 'varchar',
  status: 'varchar',
  duration: 'integer',
  ringSeconds: 'integer',
  customerId: 'varchar',
  localDate: 'date',
  localHour: 'tinyint',
}

type Cell = string | number | null
type Row = readonly Cell[]

interface Question {
  readonly name: string
  /** What the server is asked. */
  readonly query: string
  /** The same keys and values in SQL, in their order, from `asked`. */
  readonly sql: string
  /** How many times as fast as DuckDB the server has to be. */
  readonly bar: number
}

const ANSWERED = `status = 'completed'`
const TALK = `coalesce(sum(duration) filter (${ANSWERED}), 0)::bigint`
const BY_CUSTOMER = `select customerId, count(*) as calls, count(*) filter (${ANSWERED}), ${TALK} from asked group by 1`
const percentiles = (column: string, of: string) =>
  `unnest([quantile_disc(${column}, [0.5, 0.9, 0.99]) filter (${of})])`

/** Months are written once a group, not once a call. */
function byMonth(values: string, ...keys: readonly string[]): string {
  const groups = ['month', ...keys].join(', ')
  return `select strftime(month, '%Y-%m'), * exclude (month) from
    (select date_trunc('month', localDate) as month, ${values} from asked group by ${groups})`
}

const QUESTIONS: readonly Question[] = [
  {
    name: 'direction by month',
    query: 'groupBy=month,direction&metrics=calls,answered,talkSeconds',
    sql: byMonth(`direction, count(*), count(*) filter (${ANSWERED}), ${TALK}`, 'direction'),
    bar: 5,
  },
  {
    name: 'heat map',
    query: 'groupBy=dayOfWeek,hourOfDay&metrics=calls',
    sql: 'select dayofweek(localDate), localHour, count(*) from asked group by 1, 2',
    bar: 5,
  },
  {
    name: 'answer rate by month',
    query: 'groupBy=month&metrics=answerRate',
    sql: byMonth(`round(count(*) filter (${ANSWERED}) / count(duration), 4)`),
    bar: 5,
  },
  {
    name: 'percentiles',
    query: 'metrics=p50Talk,p90Talk,p99Talk,p50Ring,p90Ring,p99Ring',
    sql: `select talk[1], talk[2], talk[3], ring[1], ring[2], ring[3] from (select
      ${percentiles('duration', ANSWERED)} as talk, ${percentiles('ringSeconds', 'duration is not null')} as ring from asked)`,
    bar: 1,
  },
  {
    name: 'customer, the first hundred',
    query: 'groupBy=customer&metrics=calls,answered,talkSeconds&limit=100',
    sql: `${BY_CUSTOMER} order by 2 desc limit 100`,
    bar: 1,
  },
]

/** @throws Error when the two disagree on a number */
export async function measureDuckDb(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const store = await stores.copyOf(await stores.with({ shape: 'searched', calls: workspace.options.calls }))
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: store.url })
  const { port } = server
  const dates = datesUntil(store.now, YEAR_DAYS)
  const [from, to] = [String(dates.at(0)), String(dates.at(-1))]
  const targets = QUESTIONS.map(({ query }) => {
    return { port, path: `/api/ribbon/analytics/query?startDate=${from}&endDate=${to}&${query}` }
  })
  const folder = await workspace.ownFolder()
  workspace.say(`duckdb: installing ${PACKAGE} ${VERSION}, and loading what is exported`)
  const duckDb = await DuckDb.open(folder, from, to)
  const file = join(folder, 'calls.csv')
  const exportStart = performance.now()
  await pipeline(
    await open(port, `/api/ribbon/export/calls?format=csv&columns=${Object.keys(COLUMNS).join(',')}`),
    createWriteStream(file),
  )
  const exportSeconds = (performance.now() - exportStart) / 1000
  const loadSeconds = (await duckDb.load(file)) / 1000
  workspace.say('duckdb: comparing')
  const byCustomer = new Map((await duckDb.ask(BY_CUSTOMER)).rows.map((row) => [row[0], row]))
  for (const [at, { path }] of targets.entries()) {
    const question = QUESTIONS[at] as Question
    let answer = await answered(port, path)
    for (let turn = 1; turn < READERS; turn++) answer = await answered(port, path)
    compare(question, answer, (await duckDb.ask(question.sql)).rows, byCustomer)
  }
  workspace.say('duckdb: warm')
  const warm = await takeTurns(targets, REQUESTS)
  const theirs: number[][] = QUESTIONS.map(() => [])
  for (let turn = 0; turn < REQUESTS; turn++) {
    for (const [at, { sql }] of QUESTIONS.entries()) theirs[at]?.push((await duckDb.ask(sql)).ms)
  }
  workspace.say('duckdb: just after a write')
  let written = 0
  const after = await takeTurns(targets, REQUESTS, async () => {
    written += 1
    await logCall(port, 'callEnded', { callSid: `beside-${String(written)}`, duration: 30 }, store.now)
  })
  duckDb.close()
  await server.stop()
  return [
    ...storedFigures(figure, store),
    figure('exporting the calls', exportSeconds, 's'),
    figure('loading them into DuckDB', loadSeconds, 's'),
    ...QUESTIONS.flatMap(({ name, bar }, at) => {
      const p50Of = (all: readonly number[][]) => median(all[at] as number[])
      const [own, its, afterWrite] = [p50Of(warm), p50Of(theirs), p50Of(after)]
      return [
        figure(`${name}: DuckDB, p50`, its, 'ms'),
        figure(`${name}: over HTTP, warm, p50`, own, 'ms'),
        figure(`${name}: as fast as DuckDB, warm`, its / own, '×', { atLeast: bar }),
        figure(`${name}: over HTTP, just after a write, p50`, afterWrite, 'ms'),
        figure(`${name}: as fast as DuckDB without that write`, its / afterWrite, '×'),
      ]
    }),
  ]
}

/** On a busy machine a new question may take too long: asked again it goes on from what was counted. */
async function answered(port: number, path: string): Promise<AnalyticsAnswer> {
  for (let left = TRIES; ; left--) {
    try {
      return (await get(port, path)).body as AnalyticsAnswer
    } catch (error) {
      if (left === 1) throw error
    }
  }
}

/** What of the package is used. */
interface Api {
  readonly DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }>
  }
}
interface Connection {
  runAndReadAll(sql: string): Promise<{ getRowsJS(): readonly (readonly (Cell | bigint)[])[] }>
  closeSync(): void
}

class DuckDb {
  readonly #connection: Connection
  readonly #range: string

  private constructor(connection: Connection, range: string) {
    this.#connection = connection
    this.#range = range
  }

  static async open(folder: string, from: string, to: string): Promise<DuckDb> {
    const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]
    await promisify(execFile)('npm', [...install, `${PACKAGE}@${VERSION}`], { cwd: folder })
    const module = pathToFileURL(join(folder, 'node_modules', PACKAGE, 'lib/index.js'))
    const { DuckDBInstance } = (await import(module.href)) as Api
    const instance = await DuckDBInstance.create(':memory:')
    return new DuckDb(await instance.connect(), `localDate between date '${from}' and date '${to}'`)
  }

  /** @returns how many milliseconds it took */
  async load(file: string): Promise<number> {
    const columns = Object.entries(COLUMNS).map(([name, type]) => `'${name}': '${type}'`)
    const start = performance.now()
    await this.#connection.runAndReadAll(
      `create table calls as select * from read_csv('${file}', header = true, columns = {${columns.join(', ')}})`,
    )
    await this.#connection.runAndReadAll(`create view asked as select * from calls where ${this.#range}`)
    return performance.now() - start
  }

  async ask(sql: string): Promise<{ rows: Row[]; ms: number }> {
    const start = performance.now()
    const answer = (await this.#connection.runAndReadAll(sql)).getRowsJS()
    const rows = answer.map((row) => row.map((cell) => (typeof cell === 'bigint' ? Number(cell) : cell)))
    return { rows, ms: performance.now() - start }
  }

  close(): void {
    this.#connection.closeSync()
  }
}

/** @throws Error naming the first number on which an answer and the rows of DuckDB disagree */
function compare(
  { name, query }: Question,
  { groupBy, metrics, rows }: AnalyticsAnswer,
  theirs: readonly Row[],
  byCustomer: ReadonlyMap<Cell | undefined, Row>,
): void {
  const own = rows.map(({ group, values }): Row => [
    ...groupBy.map((by) => group[by] ?? null),
    ...metrics.map(({ metric }) => values[metric] ?? null),
  ])
  const keyOf = (row: Row) => JSON.stringify(row.slice(0, groupBy.length))
  if (own.length !== theirs.length)
    throw new Error(`${name}: ${String(own.length)} groups for ${String(theirs.length)}`)
  const isRanked = query.includes('limit=')
  const expected = new Map(theirs.map((row) => [keyOf(row), row]))
  for (const [place, row] of own.entries()) {
    // Of customers with as many calls, either may be among the first: the numbers of each are compared, and how many calls each place has.
    const other = isRanked ? byCustomer.get(row[0]) : expected.get(keyOf(row))
    const isInPlace = !isRanked || row[groupBy.length] === theirs[place]?.[groupBy.length]
    const differs = metrics.some(({ errorPercent }, at) => {
      const [a, b] = [row[groupBy.length + at], other?.[groupBy.length + at]] as [number | null, number | null]
      if (a === null || b === null) return a !== b
      const within = b <= EXACT_SECONDS ? 0 : (b * errorPercent) / 100
      return Math.abs(a - b) > within + Number.EPSILON
    })
    if (other === undefined || differs || !isInPlace) {
      throw new Error(`${name}: the server says ${JSON.stringify(row)}, and DuckDB ${JSON.stringify(other)}`)
    }
  }
}
