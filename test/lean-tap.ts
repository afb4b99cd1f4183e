/**
 * Loaded before tap into every process of a test run and into every thread, to spare them two things of tap's that nothing
 * here asks for. On Node 20 they make opening a store, which has four threads, four times as long.
 */
import module, { syncBuiltinESMExports } from 'node:module'

function replace(name: 'register' | 'findSourceMap'): void {
  Object.assign(module, { [name]: () => undefined })
  syncBuiltinESMExports()
}

// A loader that notes which files are loaded, for `tap --changed`: one more thread for every thread.
replace('register')

// Source maps of all that was loaded, read once more into every coverage report: the report finds them beside the files.
process.once('exit', () => {
  replace('findSourceMap')
})
