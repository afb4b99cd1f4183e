import { execFile } from 'node:child_process'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { VERSION } from '../src/version.js'

const run = promisify(execFile)

/** What of the package is there before it is built, by where it goes. */
const SOURCES = { 'README.md': 'src/client/README.md', LICENSE: 'LICENSE' }

/**
 * Builds the typed client by itself, without the server's types, and packs it. Run it from the root of the project.
 * @param folder where the package goes, and a folder `client` with what is in it
 * @returns the path of the package
 */
export async function packClient(folder: string): Promise<string> {
  const content = resolve(folder, 'client')
  await rm(content, { recursive: true, force: true })
  await mkdir(content, { recursive: true })
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/client', '--outDir', content])
  for (const [name, source] of Object.entries(SOURCES)) await copyFile(source, join(content, name))
  // Its version is the contract's: a client that has a method knows what the server of that version answers.
  const manifest = JSON.parse(await readFile('src/client/package.json', 'utf8')) as object
  await writeFile(join(content, 'package.json'), JSON.stringify({ ...manifest, version: VERSION }, null, 2))
  const { stdout } = await run('npm', ['pack', content, '--pack-destination', folder, '--json'])
  const [packed] = JSON.parse(stdout) as readonly [{ readonly filename: string }]
  return join(folder, packed.filename)
}
