/** `ribbon backup`: a copy of the embedded database, of a server that runs or not. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

export function addBackup(program: Command, { env, console }: Surroundings): void {
  program
    .command('backup <file>')
    .description('copy the database into a file; every event that was acknowledged before is in it')
    .action(async (file) => {
      const [{ loadConfig }, { requireDatabase }, { databasePath, isServer }] = await Promise.all([
        import('../config.js'),
        import('./store.js'),
        import('../storage/open.js'),
      ])
      const { databaseUrl: url, secretsKey, maxCallAgeMs } = loadConfig(env)
      if (isServer(url))
        throw new Error('The database is a PostgreSQL server: back it up with pg_dump "$DATABASE_URL".')
      requireDatabase(url)
      const { backUp } = await import('../storage/sqlite/backup.js')
      const bytes = await backUp(databasePath(url), file, { maxCallAgeMs, onTrouble: console.error })
      console.log(`Copied ${(bytes / 1e6).toFixed(1)} MB to ${file}.`)
      if (secretsKey === null)
        console.log('Keep secrets.key, which is beside the database, as well: it opens the Exotel credentials.')
    })
}
