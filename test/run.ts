/**
 * Runs the tests: all of them on the embedded store under full coverage, then those of the HTTP side once more on
 * PostgreSQL. Takes the server that `TEST_DATABASE_URL` names, else starts one for all. Arguments go to tap, and then
 * only what they name is run, once. `--soak` runs the long form of the tests that look for what happens rarely.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startPostgres } from './helpers/postgres-server.js'

const TAP = fileURLToPath(new URL('../../node_modules/.bin/tap', import.meta.url))
const HTTP_TESTS = ['plugins', 'routes', 'e2e'].map((folder) => `dist/test/${folder}/`)

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

const isSoak = process.argv[2] === '--soak'
const args = isSoak ? ['--disable-coverage', '--timeout=900', ...SOAK.files] : process.argv.slice(2)
// Tap builds what .taprc leaves out of it when it runs, too, but that first run still loads two compilers into every thread.
if (args.length === 0 && !(await tap(['build']))) process.exit(1)
const own = process.env['TEST_DATABASE_URL'] === undefined ? await startPostgres() : null
const database = own === null ? {} : { TEST_DATABASE_URL: own.url }
try {
  let passed = await tap(['run', ...args], { ...database, ...(isSoak && SOAK.env) })
  if (args.length === 0) {
    console.log('\nThe HTTP side once more, on PostgreSQL:')
    passed =
      (await tap(['run', '--disable-coverage', ...HTTP_TESTS], { ...database, TEST_ENGINE: 'postgres' })) && passed
  }
  process.exitCode = passed ? 0 : 1
} finally {
  await own?.stop()
}
