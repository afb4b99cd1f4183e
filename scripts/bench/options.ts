import { parseArgs } from 'node:util'

export const SECTIONS = ['ingest', 'analytics', 'export', 'pages'] as const
export type Section = (typeof SECTIONS)[number]

export interface BenchOptions {
  readonly sections: readonly Section[]
  /** Calls in the large database. */
  readonly calls: number
  /** Folder whose filled databases are kept and used again; null uses one that goes afterwards. */
  readonly keep: string | null
  /** `postgres://…` of a server on which scratch databases may be created; null measures the embedded store. */
  readonly postgres: string | null
  readonly json: boolean
  /** How often log-call and the bare route take turns, and for how long each. */
  readonly rounds: number
  readonly roundSeconds: number
}

export const USAGE = `npm run bench -- [options]

  --only <${SECTIONS.join('|')}>  measure one section; may be given again
  --calls <n>           calls in the large database, 1000000 when not given
  --keep <folder>       keep the filled databases there, and use them again
  --database <url>      measure on PostgreSQL: postgres://<user>@<host>/<database>, which may create databases
  --rounds <n>          rounds of ingest, 5 when not given
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
      keep: { type: 'string' },
      database: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      'round-seconds': { type: 'string', default: '4' },
      json: { type: 'boolean', default: false },
    },
  })
  const sections = values.only ?? SECTIONS
  for (const section of sections) {
    if (!SECTIONS.some((known) => known === section)) throw new Error(`--only must be one of ${SECTIONS.join(', ')}`)
  }
  const { database } = values
  if (database !== undefined && !/^postgres(ql)?:/.test(database))
    throw new Error('--database must be a postgres:// URL')
  if (database !== undefined && values.keep !== undefined) throw new Error('--keep is for the embedded store')
  return {
    sections: SECTIONS.filter((section) => sections.includes(section)),
    calls: positive('calls', values.calls),
    keep: values.keep ?? null,
    postgres: database ?? null,
    json: values.json,
    rounds: positive('rounds', values.rounds),
    roundSeconds: positive('round-seconds', values['round-seconds']),
  }
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1`)
  return value
}
