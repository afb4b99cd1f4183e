/** `ribbon keys`: what opens the API for a client. A client can have several, so that one can be replaced at leisure. */
import type { Command } from '@commander-js/extra-typings'
import type { ApiKeyAccount } from '../services/client-accounts.js'
import { there } from './clients.js'
import type { Surroundings } from './surroundings.js'

export function addKeys(program: Command, here: Surroundings): void {
  const keys = program.command('keys').description('list, create and revoke API keys')
  keys
    .command('list <client>')
    .description('list the keys of a client, revoked ones too')
    .option('--json', 'print JSON')
    .action(async (clientId, { json }) => {
      const [{ withAccounts }, { printList }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withAccounts(here, async (accounts) => {
        const columns = {
          ID: ({ keyId }: ApiKeyAccount) => keyId,
          KEY: ({ apiKey }: ApiKeyAccount) => apiKey,
          CREATED: ({ createdAt }: ApiKeyAccount) => createdAt,
          REVOKED: ({ revokedAt }: ApiKeyAccount) => revokedAt,
        }
        const keys = there(await accounts.keys(clientId), clientId)
        printList(here, keys, columns, { json, empty: `${clientId} has no keys.` })
      })
    })
  keys
    .command('create <client>')
    .description('give a client one more key')
    .option('--json', 'print JSON')
    .action(async (clientId, { json }) => {
      const [{ withAccounts }, { printJson }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withAccounts(here, async (accounts) => {
        const made = there(await accounts.createKey(clientId), clientId)
        if (json === true) printJson(here, made)
        else here.console.log(`Created key ${made.keyId} of ${clientId}. The API key, shown this once: ${made.apiKey}`)
      })
    })
  keys
    .command('revoke <client> <id>')
    .description('refuse a key from now on; the id is what ribbon keys list shows')
    .action(async (clientId, keyId) => {
      const { withAccounts } = await import('./store.js')
      await withAccounts(here, async (accounts) => {
        if (!(await accounts.revokeKey(clientId, keyId))) throw new Error(`${clientId} has no live key ${keyId}.`)
        here.console.log(`Revoked key ${keyId} of ${clientId}.`)
      })
    })
}
