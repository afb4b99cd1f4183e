/**
 * Loaded before tap into every process of a test run, to spare it what tap does that nothing here asks for. On Node 20 that
 * makes opening a store, which has four threads, several times as long.
 */
import module, { syncBuiltinESMExports } from 'node:module'
import threads, { type WorkerOptions } from 'node:worker_threads'

function replace(name: 'register' | 'findSourceMap'): void {
  Object.assign(module, { [name]: () => undefined })
  syncBuiltinESMExports()
}

// A loader that notes which files are loaded, for `tap --changed`: one more thread for every process.
replace('register')

// Source maps of all that was loaded, read once more into every coverage report: the report finds them beside the files.
process.once('exit', () => {
  replace('findSourceMap')
})

/** A thread that takes its coverage and loads no more of tap: that is more modules than a storage thread has. */
class LeanWorker extends threads.Worker {
  constructor(file: string | URL, options: WorkerOptions = {}) {
    const execArgv = [`--import=${new URL('./lean-thread.js', import.meta.url).href}`]
    super(file, { ...options, execArgv, env: { ...process.env, NODE_OPTIONS: '' } })
  }
}

Object.assign(threads, { Worker: LeanWorker })
syncBuiltinESMExports()
