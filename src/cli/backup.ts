/** `ribbon backup`: a copy of the embedded database, of a server that runs or not. */
import type { Command } from '@commander-js/extra-typings'
import { formatInstant } from '../core/calendar.js'
import type { Holding } from '../storage/sqlite/verify.js'
import type { Surroundings } from './surroundings.js'

export function addBackup(program: Command, { env, output, console }: Surroundings): void {
  program
    .command('backup <file>')
    .description('copy the database into a file; every event that was acknowledged before is in it')
    .option('--compact', 'leave out what is free in it; the copy gives back by itself what is removed later')
    .action(async (file, { compact = false }) => {
      const [{ loadConfig }, { requireDatabase }, { databasePath, isServer }, { Progress }] = await Promise.all([
        import('../config.js'),
        import('./store.js'),
        import('../storage/open.js'),
        import('./progress.js'),
      ])
      const { databaseUrl: url, secretsKey, maxCallAgeMs } = loadConfig(env)
      if (isServer(url)) {
        throw new Error(
          'The database is a PostgreSQL server: back it up with pg_dump "$DATABASE_URL", or with pg_basebackup and its log (scripts/deploy/BACKUP.md).',
        )
      }
      requireDatabase(url)
      const { backUp } = await import('../storage/sqlite/backup.js')
      let progress: InstanceType<typeof Progress> | null = null
      let copied = 0
      const holding = await backUp(databasePath(url), file, {
        maxCallAgeMs,
        onTrouble: console.error,
        isCompact: compact,
        onPages: (done, all) => {
          if (output.isTTY !== true) return
          progress ??= new Progress(output, 'pages', all, 0)
          progress.add(done - copied)
          copied = done
        },
      })
      ;(progress as InstanceType<typeof Progress> | null)?.end()
      console.log(
        `Copied ${(holding.bytes / 1e6).toFixed(1)} MB to ${file}, and read all of it again: ${heldIn(holding)}.`,
      )
      if (secretsKey === null)
        console.log('Keep secrets.key, which is beside the database, as well: it opens the Exotel credentials.')
    })
}

/** What a file holds, for people. */
export function heldIn({ clients, events, newestAt }: Holding): string {
  const newest = newestAt === null ? '' : `, the newest recorded at ${formatInstant(newestAt)}`
  return `${String(clients)} clients and ${String(events)} events${newest}`
}
