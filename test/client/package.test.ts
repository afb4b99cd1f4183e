/** The typed client as a CRM gets it: a package, installed into a project that has nothing else. */
import { execFile } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { packClient } from '../../scripts/client-package.js'
import { VERSION } from '../../src/version.js'
import { buildTestApp } from '../helpers/app.js'
import { listen } from '../helpers/listening.js'
import { scratchFolder } from '../helpers/storage.js'
import { UNCOVERED } from '../helpers/uncovered.js'

t.setTimeout(400_000)

const run = promisify(execFile)
const TSC = resolve('node_modules/typescript/bin/tsc')
const MOST_BYTES = 33_000

/** What the package may need: what this installs is all that there is, because no registry is asked. */
const NEEDS = ['openapi-fetch', 'openapi-typescript-helpers']

/** The strictest that a project may ask of the types of what it uses. */
const COMPILER_OPTIONS = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: false,
  types: [],
}

const folder = await scratchFolder(t)
const tarball = await packClient(folder)

t.test('the package is small, and holds code and types alone', async (t) => {
  const { size } = await stat(tarball)
  t.ok(size < MOST_BYTES, `${String(size)} bytes`)
  const names = await readdir(join(folder, 'client'))
  t.strictSame(
    names.filter((name) => !/^\w+\.(js|d\.ts)$/.test(name)),
    ['LICENSE', 'README.md', 'package.json'],
  )
})

t.test('an empty project installs it, compiles what its README shows, and runs it', async (t) => {
  const project = await scratchFolder(t)
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'crm', private: true, type: 'module' }))
  const needs = NEEDS.map((name) => dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`))))
  await run('npm', ['install', '--offline', '--install-links', '--no-audit', '--no-fund', tarball, ...needs], {
    cwd: project,
    env: UNCOVERED,
  })
  const installed = (await readdir(join(project, 'node_modules'))).filter((name) => !name.startsWith('.'))
  t.strictSame(installed, ['exotel-call-ribbon-client', ...NEEDS])

  const app = await buildTestApp(t)
  const origin = await listen(app)
  await writeFile(join(project, 'readme.ts'), await readmeProgram(project, origin))
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }))
  await run(process.execPath, [TSC, '-p', project], { env: UNCOVERED }).catch((error: unknown) => {
    t.fail((error as { stdout: string }).stdout)
  })
  const { stdout } = await run(process.execPath, [join(project, 'readme.js')])
  t.match(stdout.replaceAll('\r', '').split('\n').filter(Boolean), [
    /^logged as log-/,
    /^2025-\S+ connected$/,
    '1 calls in progress',
    '1 calls today',
    /^Session ID,/,
    /^session-CA1234567890,/,
    /^Session ID,/,
    'CUST001 1',
    '1',
    '401 invalid_api_key',
    '1',
  ])
})

t.test('its version is the contract’s', async (t) => {
  t.ok(tarball.endsWith(`-client-${VERSION}.tgz`), tarball)
})

/** The README's code, which is one program, against a server that is there. */
async function readmeProgram(project: string, origin: string): Promise<string> {
  const readme = await readFile(join(project, 'node_modules/exotel-call-ribbon-client/README.md'), 'utf8')
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code)
  return blocks.join('\n').replaceAll('http://127.0.0.1:3000', origin)
}
