/** Coverage of one thread of a test run, in the form in which tap takes it of a process. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What tap tells its processes: whether to take coverage, of which files, and the folder of the run. */
const {
  _TAPJS_PROCESSINFO_COVERAGE_: isOn = '0',
  _TAPJS_PROCESSINFO_COV_FILES_: files = '',
  _TAPJS_PROCESSINFO_CWD_: root = '.',
} = process.env

if (isOn !== '0') {
  const wanted = new Set(files.split('\n').map((file) => pathToFileURL(file).href))
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  process.once('exit', () => {
    session.post('Profiler.takePreciseCoverage', (_error, { result }: Profiler.TakePreciseCoverageReturnType) => {
      const folder = join(root, '.tap', 'coverage')
      mkdirSync(folder, { recursive: true })
      const covered = { result: result.filter(({ url }) => wanted.has(url)), 'source-map-cache': {} }
      writeFileSync(join(folder, `${randomUUID()}.json`), JSON.stringify(covered))
    })
  })
}
