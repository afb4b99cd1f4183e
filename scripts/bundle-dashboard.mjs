/**
 * Bundles the dashboard into dist/dashboard: scripts and a style whose names change with what is in them, compressed
 * beforehand, and the page that names them.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const PAGE = join('src', 'dashboard', 'page')
const FOLDER = join('dist', 'dashboard')

export async function bundleDashboard() {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: { dashboard: join(PAGE, 'main.tsx') },
    outdir: FOLDER,
    bundle: true,
    // What draws charts is loaded after what shows figures.
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    write: false,
    logLevel: 'warning',
  })
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  for (const { path, contents } of outputFiles) {
    const file = join(FOLDER, basename(path))
    writeFileSync(file, contents)
    writeFileSync(`${file}.br`, brotliCompressSync(contents))
    writeFileSync(`${file}.gz`, gzipSync(contents, { level: 9 }))
  }
  const addressOf = (pattern) => {
    const { path } = outputFiles.find(({ path }) => pattern.test(basename(path)))
    return `/dashboard/assets/${basename(path)}`
  }
  const page = readFileSync(join(PAGE, 'index.html'), 'utf8')
    .replace('{{style}}', addressOf(/^dashboard-.*\.css$/))
    .replace('{{script}}', addressOf(/^dashboard-.*\.js$/))
  writeFileSync(join(FOLDER, 'index.html'), page)
}

if (process.argv[1]?.endsWith('bundle-dashboard.mjs')) await bundleDashboard()
