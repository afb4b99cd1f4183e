/** `ribbon migrate-store`: from a file to a server, or back. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

export function addMigrateStore(program: Command, { env, output, console }: Surroundings): void {
  program
    .command('migrate-store')
    .description('copy a store into an empty database and compare both; go on where an interrupted run stopped')
    .requiredOption('--from <url>', 'the store, which stays as it is: file:<path> or postgres://…; stop its server')
    .requiredOption('--to <url>', 'the empty database')
    .action(async ({ from, to }) => {
      const { isDatabaseUrl, loadConfig } = await import('../config.js')
      for (const [option, url] of Object.entries({ from, to })) {
        if (!isDatabaseUrl(url))
          throw new UsageError(`--${option} must be file:<path> or postgres://<user>@<host>/<database>.`)
      }
      const [{ moveStore }, { Progress }] = await Promise.all([
        import('../storage/move-store.js'),
        import('./progress.js'),
      ])
      const { maxCallAgeMs } = loadConfig(env)
      const found = await moveStore({
        from,
        to,
        maxCallAgeMs,
        onTrouble: console.error,
        onTable: (table, rows, already) => new Progress(output, table, rows, already),
      })
      for (const sentence of found) console.error(`Not the same: ${sentence}.`)
      if (found.length > 0) throw new Error('The copy cannot be used: empty the target, and copy again.')
      console.log('Every row and all analytics are the same. Start the server on the new store.')
    })
}
