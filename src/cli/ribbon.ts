#!/usr/bin/env node
/** `ribbon`: the command line, for whoever operates a server. */
import { runCommand } from './program.js'

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  // Opened by whoever reads it: most commands do not.
  get input() {
    return process.stdin
  },
  output: process.stdout,
  errors: process.stderr,
  console,
})
