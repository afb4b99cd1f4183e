/** `ribbon rotate-secrets`: seals all Exotel credentials and secrets of webhooks anew, beside a server that runs or not. */
import type { Command } from '@commander-js/extra-typings'
import type { Surroundings } from './surroundings.js'

export function addRotateSecrets(program: Command, here: Surroundings): void {
  program
    .command('rotate-secrets')
    .description(
      'seal all Exotel credentials and secrets of webhooks with a new secret key, or with SECRETS_KEY where it is set; run it again if it was interrupted',
    )
    .action(async () => {
      const [
        { byCommandLine, withStore },
        { secretKeys },
        { needsResealing, resealAll },
        { endFormerKeys },
        { entryBy },
      ] = await Promise.all([
        import('./store.js'),
        import('../secret-keys.js'),
        import('../clients/reseal.js'),
        import('../services/status-callbacks.js'),
        import('../services/audit-log.js'),
      ])
      await withStore(here, async (storage, { databaseUrl, secretsKey, ...more }) => {
        const keys = await secretKeys({ databaseUrl, secretsKey, ...more }, storage)
        // What an interrupted run left is sealed with the key that it made: another one is for the next run.
        const isUnfinished = keys.keys.length > 1 && (await needsResealing(storage, keys))
        if (secretsKey === null && !isUnfinished) {
          await addKeptKey(databaseUrl)
          await keys.refresh()
        }
        const { resealed, closed } = await resealAll(storage, keys)
        const parts = { storage, keys, clock: Date.now, by: byCommandLine() }
        const endedKeys = await endFormerKeys(parts)
        const details = { resealed, closed: closed.length, endedKeys }
        await storage.audit(entryBy(parts, { action: 'secrets.rotated', clientId: null, details }))
        const clients = `${String(resealed)} ${resealed === 1 ? 'client' : 'clients'}`
        here.console.log(`Sealed the Exotel credentials of ${clients} with the key ${keys.current.id}.`)
        if (endedKeys > 0) {
          here.console.log(
            `Callback keys of calls that were made with a former key: ${String(endedKeys)} end in a day.`,
          )
        }
        if (closed.length > 0) {
          throw new Error(
            `The credentials of ${closed.join(', ')} do not open with the secret keys that are there, and stay as they are: give their key in SECRETS_KEYS_FORMER, or the credentials anew with ribbon clients update.`,
          )
        }
        here.console.log(
          secretsKey === null
            ? 'The former key stays in secrets.key, below the new one: it opens backups, and the agent sessions of the last day. Then remove its line.'
            : 'A key in SECRETS_KEYS_FORMER still opens backups, and the agent sessions of the last day. Then take it out.',
        )
      })
    })
}

/** @throws Error when another process is adding one: each would replace the other's file */
async function addKeptKey(databaseUrl: string): Promise<void> {
  const [{ addKey, keyFileOf }, { lockFile }, { databasePath }] = await Promise.all([
    import('../clients/kept-keys.js'),
    import('../storage/sqlite/log-owner.js'),
    import('../storage/open.js'),
  ])
  const path = keyFileOf(databasePath(databaseUrl))
  const lock = lockFile(`${path}.lock`)
  if (lock === null) throw new Error('Another ribbon rotate-secrets makes a new key just now: let it end.')
  try {
    await addKey(path)
  } finally {
    lock.close()
  }
}
