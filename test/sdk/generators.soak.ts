/** What people's SDK generators make of the contract. They are installed for it: see package.json beside this. */
import { execFile } from 'node:child_process'
import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { faultsOfSdk } from '../helpers/sdk.js'
import { scratchFolder } from '../helpers/storage.js'

t.setTimeout(900_000)

const run = promisify(execFile)
const CONTRACT = resolve('openapi.yaml')

interface Generator {
  /** The command that writes the SDK into a folder; null: the file that the typed client is made of. */
  readonly command: ((folder: string) => readonly string[]) | null
  /** Files that are the same whatever the contract is. */
  readonly own: RegExp
}

const NONE = /(?!)/

const GENERATORS: Readonly<Record<string, Generator>> = {
  'hey-api': {
    command: (folder) => ['openapi-ts', '-i', CONTRACT, '-o', folder],
    own: /\/(core|client)\/|\/client\.gen\.ts$/,
  },
  'orval (fetch)': {
    command: (folder) => ['orval', '--input', CONTRACT, '--output', join(folder, 'api.ts'), '--client', 'fetch'],
    own: NONE,
  },
  'swagger-typescript-api': {
    command: (folder) => ['swagger-typescript-api', 'generate', '-p', CONTRACT, '-o', folder, '--modular'],
    own: /\/http-client\.ts$/,
  },
  'openapi-typescript': { command: null, own: NONE },
}

const home = await scratchFolder(t)
for (const file of ['package.json', 'package-lock.json']) await copyFile(join('test/sdk', file), join(home, file))
// Not --engine-strict: orval asks for a newer Node.js than it needs to generate.
await run('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: home })

for (const [name, { command, own }] of Object.entries(GENERATORS)) {
  t.test(`what ${name} makes compiles strictly, with no any, and no name with a number behind it`, async (t) => {
    const folder = join(await scratchFolder(t), 'sdk')
    await mkdir(folder)
    if (command === null) await copyFile('src/client/api.ts', join(folder, 'api.ts'))
    else {
      const [bin = '', ...args] = command(folder)
      await run(join(home, 'node_modules/.bin', bin), args, { cwd: dirname(folder) })
    }
    t.strictSame(await faultsOfSdk(folder, own), [])
  })
}
