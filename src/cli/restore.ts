/** `ribbon restore`: a backup in place of the embedded database. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

export function addRestore(program: Command, here: Surroundings): void {
  const { env, console } = here
  program
    .command('restore <file>')
    .description('put a backup in place of the database of a server that is stopped')
    .option('--force', 'also where there is a database: it is kept aside')
    .action(async (file, { force = false }) => {
      const [{ loadConfig }, { databasePath, isServer }, { heldIn }] = await Promise.all([
        import('../config.js'),
        import('../storage/open.js'),
        import('./backup.js'),
      ])
      const config = loadConfig(env)
      if (isServer(config.databaseUrl)) {
        throw new Error(
          'The database is a PostgreSQL server: restore it with pg_restore, or with pg_basebackup and its log (scripts/deploy/BACKUP.md).',
        )
      }
      const { restore } = await import('../storage/sqlite/restore.js')
      const path = databasePath(config.databaseUrl)
      const { holding, keptIn } = await restore(file, path, force, Date.now())
      console.log(`Restored ${path}: ${heldIn(holding)}.`)
      if (keptIn !== null) console.log(`What was there is in ${keptIn}.`)
      const [{ checkKeys, secretKeys }, { withStore }] = await Promise.all([
        import('../secret-keys.js'),
        import('./store.js'),
      ])
      await withStore(here, async (storage) => {
        await checkKeys(await secretKeys(config, storage), storage)
      })
    })
}
