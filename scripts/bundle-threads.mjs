/**
 * Bundles what storage threads load into dist/threads. Each of a store's threads loads it anew, and most of what that took was to
 * find more than a hundred files.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join('dist', 'threads')

export async function bundleThreads() {
  const { build } = await import('esbuild')
  rmSync(FOLDER, { recursive: true, force: true })
  await build({
    entryPoints: [join('dist', 'src', 'storage', 'sqlite', 'worker.js')],
    outdir: FOLDER,
    bundle: true,
    // A thread loads what its role needs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}

if (process.argv[1]?.endsWith('bundle-threads.mjs')) await bundleThreads()
