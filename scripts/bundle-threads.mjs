/**
 * Bundles what storage threads load into dist/threads. Each of a store's threads loads it anew, and most of what that took was to
 * find more than a hundred files.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const FOLDER = join('dist', 'threads')

export async function bundleThreads() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join('dist', 'src', 'storage', 'sqlite', 'worker.js')],
    outdir: FOLDER,
    bundle: true,
    // A thread loads what its role needs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    sourcemap: true,
    write: false,
    logLevel: 'warning',
  })
  mkdirSync(FOLDER, { recursive: true })
  const bundled = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
  // A server that runs from here may start another thread at any moment: what it names is there before it is named.
  const isEntry = (name) => name.startsWith('worker.js')
  for (const name of [...bundled.keys()].sort((a, b) => isEntry(a) - isEntry(b)))
    writeFileSync(join(FOLDER, name), bundled.get(name))
  for (const name of readdirSync(FOLDER)) if (!bundled.has(name)) rmSync(join(FOLDER, name))
}

if (process.argv[1]?.endsWith('bundle-threads.mjs')) await bundleThreads()
