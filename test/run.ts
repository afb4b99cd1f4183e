/**
 * Runs the tests: all of them on the embedded store under full coverage, and beside them those whose outcome depends on the
 * store once more on PostgreSQL. Takes the server that `TEST_DATABASE_URL` names, else starts one for all. Arguments go to
 * tap, and then only what they name is run. `--soak` runs the long form of the tests that look for what happens rarely.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './helpers/postgres-server.js'

const TAP = fileURLToPath(new URL('../../node_modules/.bin/tap', import.meta.url))
const TESTS = 'dist/test'

/**
 * What runs on PostgreSQL as well. What most plugins, pages and browsers do is the same on every store; what a store itself
 * answers is in its own tests, which run on both engines.
 */
const ON_POSTGRES = /^routes\/(?!root)|^e2e\/(?!beacon|browser|docs|newcomer)|^plugins\/authentication/
const POSTGRES_FOLDER = 'on-postgres'

/**
 * Twenty rounds of `kill -9`, several times as many random streams against the oracle and commands beside a server, and the
 * SDK generators, which have to be installed first.
 */
const SOAK = {
  files: [
    ...['e2e/durability', 'storage/oracle', 'storage/retention', 'cli/beside-a-server', 'e2e/permutations'].map(
      (name) => `dist/test/${name}.test.js`,
    ),
    'dist/test/sdk/generators.soak.js',
  ],
  env: { KILL_ROUNDS: '20', ORACLE_RUNS: '100', BESIDE_ROUNDS: '10', PERMUTED_CALLS: '400' },
}

const NODE_OPTIONS = `${process.env['NODE_OPTIONS'] ?? ''} --import=${new URL('./lean-tap.js', import.meta.url).href}`

async function tap(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
  const child = spawn(TAP, args, { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS, ...env } })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}

/** Gives each of those tests a second file, which says on which engine it runs: tap finds it with all others. */
async function repeatOnPostgres(): Promise<void> {
  await rm(join(TESTS, POSTGRES_FOLDER), { recursive: true, force: true })
  const files = await readdir(TESTS, { recursive: true })
  for (const name of files.filter((name) => name.endsWith('.test.js') && ON_POSTGRES.test(name))) {
    const copy = join(POSTGRES_FOLDER, name)
    await mkdir(dirname(join(TESTS, copy)), { recursive: true })
    const original = relative(dirname(copy), name)
    await writeFile(join(TESTS, copy), `process.env.TEST_ENGINE = 'postgres'\nawait import('${original}')\n`)
  }
}

const isSoak = process.argv[2] === '--soak'
const args = isSoak ? ['--disable-coverage', '--timeout=900', ...SOAK.files] : process.argv.slice(2)
// Tap builds what .taprc leaves out of it when it runs, too, but that first run still loads two compilers into every thread.
if (args.length === 0 && !(await tap(['build']))) process.exit(1)
const own = process.env['TEST_DATABASE_URL'] === undefined ? await startPostgres() : null
const database = own === null ? {} : { TEST_DATABASE_URL: own.url }
try {
  if (args.length === 0) await repeatOnPostgres()
  const passed = await tap(['run', ...args], { ...database, ...(isSoak && SOAK.env) })
  process.exitCode = passed ? 0 : 1
} finally {
  await own?.stop()
}
