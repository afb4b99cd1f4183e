import { parseArgs } from 'node:util'
import { SPREADS, type Spread } from './year-calls.js'

export const SECTIONS = [
  'ingest',
  'batch',
  'disk',
  'analytics',
  'questions',
  'customers',
  'pages',
  'search',
  'export',
  'overload',
  'callbacks',
  'streams',
  'duckdb',
  'webhooks',
  'dashboard',
  'retention',
] as const
export type Section = (typeof SECTIONS)[number]

/** Measured only where they are asked for: they need a registry of packages. */
const ASKED_ALONE: readonly Section[] = ['duckdb']

export interface BenchOptions {
  readonly sections: readonly Section[]
  /** Calls in the large databases. */
  readonly calls: number
  /** How the calls of the databases for `analytics` are spread over customers. */
  readonly spreads: readonly Spread[]
  /** Folder whose filled databases are kept and used again; null uses one that goes afterwards. */
  readonly keep: string | null
  /** `postgres://…` of a server on which scratch databases may be created; null measures the embedded store. */
  readonly postgres: string | null
  readonly json: boolean
  /** How often the servers of `ingest` and `batch` take turns, and for how long each. */
  readonly rounds: number
  readonly roundSeconds: number
}

export const USAGE = `npm run bench -- [options]

  --only <${SECTIONS.join('|')}>  measure one section; may be given again
                        all but ${ASKED_ALONE.join(', ')} when not given, which installs a package from npm's registry
  --calls <n>           calls in the large databases, 1000000 when not given; ingest and disk use that many at most
  --spread <${SPREADS.join('|')}>
                        how analytics has calls spread over customers; all when not given, may be given again
  --keep <folder>       keep the filled databases there, and use them again
  --database <url>      measure on PostgreSQL: postgres://<user>@<host>/<database>, which may create databases
  --rounds <n>          rounds of ingest and batch, 5 when not given
  --round-seconds <n>   length of a round, 4 when not given
  --json                print JSON instead of a table
`

/** @throws Error that says which option cannot be used */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      calls: { type: 'string', default: '1000000' },
      spread: { type: 'string', multiple: true },
      keep: { type: 'string' },
      database: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      'round-seconds': { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
    },
  })
  const { database } = values
  if (database !== undefined && !/^postgres(ql)?:/.test(database))
    throw new Error('--database must be a postgres:// URL')
  if (database !== undefined && values.keep !== undefined) throw new Error('--keep is for the embedded store')
  return {
    sections: chosen('only', SECTIONS, values.only ?? SECTIONS.filter((section) => !ASKED_ALONE.includes(section))),
    calls: positive('calls', values.calls),
    spreads: chosen('spread', SPREADS, values.spread),
    keep: values.keep ?? null,
    postgres: database ?? null,
    json: values.json,
    rounds: positive('rounds', values.rounds),
    roundSeconds: positive('round-seconds', values['round-seconds']),
  }
}

/** Those of the words that were given, in the order of the list; all when none were. */
function chosen<Word extends string>(name: string, words: readonly Word[], given: readonly string[] = words): Word[] {
  for (const one of given) {
    if (!words.some((word) => word === one)) throw new Error(`--${name} must be one of ${words.join(', ')}`)
  }
  return words.filter((word) => given.includes(word))
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1`)
  return value
}
