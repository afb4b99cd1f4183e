/** `ribbon migrate-store`: from a file to a server, or back. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

/** In the URL of a server. */
const PASSWORD = /:\/\/[^/@]*:[^/]*@|[?&]password=/

export function addMigrateStore(program: Command, { env, output, console }: Surroundings): void {
  program
    .command('migrate-store')
    .description('copy a store into an empty database and compare both; go on where an interrupted run stopped')
    .option(
      '--from <url>',
      'the store, which stays as it is: file:<path> or postgres://…, DATABASE_URL unless told; stop its server',
    )
    .option('--to <url>', 'the empty database; DATABASE_URL unless told')
    .action(async (given) => {
      const { from = String(env['DATABASE_URL']), to = String(env['DATABASE_URL']) } = given
      const { isDatabaseUrl, loadConfig } = await import('../config.js')
      for (const [option, url] of Object.entries({ from, to })) {
        if (!isDatabaseUrl(url))
          throw new UsageError(`--${option} must be file:<path> or postgres://<user>@<host>/<database>.`)
        if (PASSWORD.test(given[option as keyof typeof given] ?? ''))
          throw new UsageError(
            `--${option} shows a password to everybody on this machine: set DATABASE_URL and leave the option out, or keep the password in ~/.pgpass.`,
          )
      }
      if (from === to) throw new UsageError('--from and --to are the same database.')
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
