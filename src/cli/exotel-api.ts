/** `ribbon clients exotel-api`: what a server signs in to Exotel's API with, for one client. */
import type { Command } from '@commander-js/extra-typings'
import { DEFAULTS } from '../core/defaults.js'
import { readSecret } from './secret.js'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

const TOKEN = { name: 'Exotel API token', fileOption: '--api-token-file', variable: 'EXOTEL_API_TOKEN' }

export function addExotelApi(clients: Command, here: Surroundings): void {
  clients
    .command('exotel-api <client>')
    .description(
      `let a client make calls and hear recordings through Exotel’s API; the API token is asked for, unless it is in a file or in ${TOKEN.variable}`,
    )
    .option('--account-sid <sid>', 'SID of its Exotel account')
    .option('--api-key <key>', 'API key of that account')
    .option('--api-token-file <path>', 'a file with the API token; - is standard input')
    .option('--subdomain <host>', `host of the API in the account’s region; ${DEFAULTS.exotelHost} unless told`)
    .option('--caller-id <number>', 'the virtual number from which calls are made that name none')
    .option('--remove', 'take it away again')
    .action(async (clientId, { accountSid, apiKey, apiTokenFile, subdomain, callerId, remove }) => {
      const [{ withAccounts }, { withChecked }, { ClientChangesBodySchema }] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/client.js'),
      ])
      if (remove !== true && (accountSid === undefined || apiKey === undefined)) {
        throw new UsageError('Name the account with --account-sid and --api-key, or say --remove.')
      }
      const exotelApi = remove === true ? null : withoutUnset({ accountSid, apiKey, subdomain, callerId })
      if (exotelApi !== null) exotelApi['apiToken'] = await readSecret(here, { ...TOKEN, file: apiTokenFile })
      await withAccounts(here, async ({ clients }) => {
        const update = (changes: Parameters<typeof clients.update>[1]) => clients.update(clientId, changes)
        await withChecked(ClientChangesBodySchema, { exotelApi }, update)
        here.console.log(
          exotelApi === null ? `${clientId} makes no calls any more.` : `${clientId} can make calls through Exotel.`,
        )
      })
    })
}

function withoutUnset(members: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
