#!/usr/bin/env node
/**
 * `ribbon`: the command line, for whoever operates a server. What a command needs is loaded when it runs, so that help and
 * mistakes are answered at once. Exit codes: 0, 1 for what failed, 2 for wrong usage.
 */
import { Command, CommanderError } from '@commander-js/extra-typings'
import { VERSION } from '../version.js'
import { addBackup } from './backup.js'
import { addClients } from './clients.js'
import { addDemo } from './demo.js'
import { addKeys } from './keys.js'
import { addMigrateStore } from './migrate-store.js'
import { addOpenapi } from './openapi.js'
import { addSetAside } from './set-aside.js'
import { UsageError } from './usage.js'

const program = new Command('ribbon')
  .description('Operates an Exotel Call Ribbon API server: its clients, their keys, its database.')
  .version(VERSION, '--version', 'print the version')
  .helpOption('-h, --help', 'print what there is to say about a command')
  .addHelpText(
    'after',
    `
The database is the one that the server uses: DATABASE_URL, file:./data/ribbon.db unless told. A server may be running;
it knows of a change within seconds. The environment variables are those of the server: see README.md.`,
  )
  .exitOverride()

const COMMANDS = [addClients, addKeys, addDemo, addMigrateStore, addBackup, addOpenapi, addSetAside]
for (const add of COMMANDS) add(program)

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  // What it has to say it has said.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  console.error((error as Error).message)
  return error instanceof UsageError ? 2 : 1
}
