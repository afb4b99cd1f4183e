/**
 * The command line as a function. What a command needs is loaded when it runs, so that help and mistakes are answered at
 * once.
 */
import { Command, CommanderError } from '@commander-js/extra-typings'
import { VERSION } from '../version.js'
import { addAuditLog } from './audit-log.js'
import { addBackup } from './backup.js'
import { addCheck } from './check-store.js'
import { addCallbacks } from './callbacks.js'
import { addClients } from './clients.js'
import { addDemo } from './demo.js'
import { addImport } from './import-calls.js'
import { addKeys } from './keys.js'
import { addMigrateStore } from './migrate-store.js'
import { addOpenapi } from './openapi.js'
import { addPrivacy } from './privacy.js'
import { addReconcile } from './reconcile.js'
import { addRestore } from './restore.js'
import { addRetention } from './retention.js'
import { addRotateSecrets } from './rotate-secrets.js'
import { addSetAside } from './set-aside.js'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'
import { addWebhooks } from './webhooks.js'

const COMMANDS = [
  addClients,
  addKeys,
  addCallbacks,
  addWebhooks,
  addAuditLog,
  addImport,
  addReconcile,
  addDemo,
  addMigrateStore,
  addPrivacy,
  addBackup,
  addRestore,
  addCheck,
  addRetention,
  addRotateSecrets,
  addOpenapi,
  addSetAside,
]

/**
 * Runs a command to its end.
 * @param args what follows `ribbon`
 * @returns the exit code: 0, 1 for what failed, 2 for wrong usage
 */
export async function runCommand(args: readonly string[], here: Surroundings): Promise<number> {
  const program = new Command('ribbon')
    .description('Operates an Exotel Call Ribbon API server: its clients, their keys, its database.')
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print what there is to say about a command')
    .addHelpText(
      'after',
      `
The database is the one that the server uses: DATABASE_URL, file:./data/ribbon.db unless told. A server may be running;
it knows of a change within a second. The environment variables are those of the server: see README.md.`,
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => here.output.write(text),
      writeErr: (text) => here.errors.write(text),
    })
  for (const add of COMMANDS) add(program, here)
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // What it has to say it has said.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    here.console.error((error as Error).message)
    return error instanceof UsageError ? 2 : 1
  }
}
