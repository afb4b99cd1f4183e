/**
 * Compiles the sources, and bundles storage threads and the dashboard, when they are newer than what was compiled last, and tells
 * in hundredths of a second that they are not.
 * npm runs it before each command that needs dist/. An install without the compiler (`npm ci --omit=dev`) takes dist/ as it is.
 */
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = ['src', 'schemas', 'scripts', 'test']
const COMPILER = join('node_modules', 'typescript', 'bin', 'tsc')
/** Changed at the moment when the last compilation that succeeded began. */
const STAMP = join('dist', '.built')

if (existsSync(COMPILER)) await buildIfNeeded()
else if (!existsSync('dist')) {
  console.error(
    'There is nothing in dist/, and no compiler here: run npm ci && npm run build first, then npm ci --omit=dev.',
  )
  process.exitCode = 1
}

async function buildIfNeeded() {
  const builtAt = existsSync(STAMP) ? statSync(STAMP).mtimeMs : 0
  if (!isAnyNewer(builtAt)) return
  const { spawnSync } = await import('node:child_process')
  const startedAt = new Date()
  const { status } = spawnSync(process.execPath, [COMPILER], { stdio: 'inherit' })
  if (status !== 0) {
    process.exitCode = 1
    return
  }
  if (existsSync(join('src', 'storage'))) {
    const { bundleThreads } = await import('./bundle-threads.mjs')
    await bundleThreads()
  }
  if (existsSync(join('src', 'dashboard'))) {
    const { bundleDashboard } = await import('./bundle-dashboard.mjs')
    await bundleDashboard()
  }
  writeFileSync(STAMP, '')
  utimesSync(STAMP, startedAt, startedAt)
}

function isAnyNewer(builtAt) {
  const isNewer = (path) => statSync(path).mtimeMs > builtAt
  // A folder is newer itself when a file in it came, went or was renamed.
  const holdsNewer = (folder) =>
    isNewer(folder) ||
    readdirSync(folder, { withFileTypes: true }).some((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? holdsNewer(path) : isNewer(path)
    })
  return isNewer('tsconfig.json') || SOURCES.some((folder) => existsSync(folder) && holdsNewer(folder))
}
