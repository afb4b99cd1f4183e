/** `ribbon keys`: what opens the API for a client. A client can have several, so that one can be replaced at leisure. */
import { InvalidArgumentError, Option, type Command } from '@commander-js/extra-typings'
import type { ApiKeyAccount, NewKey } from '../../schemas/api-key.js'
import { DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { KEY_KINDS, KEY_SCOPES, type KeyScope } from '../core/vocabulary/keys.js'
import type { Surroundings } from './surroundings.js'
import { wholeNumber } from './whole-number.js'

const JSON_HELP = 'print JSON'
const DAYS_HELP = 'how long it opens the API; for ever unless told'

export function addKeys(program: Command, here: Surroundings): void {
  const keys = program.command('keys').description('list, create, rotate and revoke API keys')
  addList(keys, here)
  addCreate(keys, here)
  addRotate(keys, here)
  keys
    .command('revoke <client> <id>')
    .description('refuse a key from now on; the id is what ribbon keys list shows')
    .action(async (clientId, keyId) => {
      const { withAccounts } = await import('./store.js')
      await withAccounts(here, async ({ keys }) => {
        await keys.revoke(clientId, keyId)
        here.console.log(`Revoked key ${keyId} of ${clientId}.`)
      })
    })
}

function addList(keys: Command, here: Surroundings): void {
  keys
    .command('list <client>')
    .description('list the keys of a client, those that ended too')
    .option('--json', JSON_HELP)
    .action(async (clientId, { json }) => {
      const [{ withAccounts }, { printList }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withAccounts(here, async ({ keys }) => {
        const columns = {
          ID: ({ keyId }: ApiKeyAccount) => keyId,
          KEY: ({ apiKey }: ApiKeyAccount) => apiKey,
          KIND: ({ kind }: ApiKeyAccount) => kind,
          SCOPES: ({ scopes }: ApiKeyAccount) => scopes,
          FROM: ({ addresses }: ApiKeyAccount) => addresses,
          NAME: ({ name }: ApiKeyAccount) => name,
          CREATED: ({ createdAt }: ApiKeyAccount) => createdAt,
          'LAST USED': ({ lastUsedAt }: ApiKeyAccount) => lastUsedAt,
          ENDS: ({ endsAt }: ApiKeyAccount) => endsAt,
          NUMBERS: ({ maskNumbers }: ApiKeyAccount) => (maskNumbers === true ? 'masked' : null),
        }
        printList(here, await keys.list(clientId), columns, { json, empty: `${clientId} has no keys.` })
      })
    })
}

function addCreate(keys: Command, here: Surroundings): void {
  keys
    .command('create <client>')
    .description('give a client one more key')
    .addOption(
      new Option(
        '--kind <kind>',
        'for a page, where everybody can read it; for a server; for everything; or for Exotel’s callbacks',
      )
        .choices(KEY_KINDS)
        .default('secret' as const),
    )
    .addOption(
      new Option('--scopes <scopes>', `what a secret key may do: ${KEY_SCOPES.join(', ')}`)
        .argParser(scopesOf)
        .default([...KEY_SCOPES], 'all'),
    )
    .option(
      '--addresses <blocks>',
      'from where alone a callback key may be used: 203.0.113.7,198.51.100.0/24; from anywhere unless told',
      (text) => text.split(',').map((block) => block.trim()),
    )
    .option('--name <name>', 'what the key is for, for people')
    .option('--days <days>', DAYS_HELP, wholeNumber(1, LIMITS.keyDays))
    .option('--mask-numbers', 'mask people’s numbers, as +9198••••3210, in all that the key is answered')
    .option('--json', JSON_HELP)
    .action(async (clientId, { kind, scopes, addresses, name, days, maskNumbers, json }) => {
      const [{ withAccounts }, { withChecked }, { NewApiKeyBodySchema }, { printJson }] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/api-key.js'),
        import('./print.js'),
      ])
      await withAccounts(here, async ({ keys }) => {
        const body = { kind, scopes, addresses, name, days, maskNumbers }
        const made = await withChecked(NewApiKeyBodySchema, body, (checked) => keys.create(clientId, checked))
        if (json === true) printJson(here, made)
        else {
          here.console.log(`Created key ${made.keyId} of ${clientId}. The API key, shown this once: ${made.apiKey}`)
          printUrls(here, made)
        }
      })
    })
}

function addRotate(keys: Command, here: Surroundings): void {
  keys
    .command('rotate <client> <id>')
    .description('give a client a key like one that it has, which ends a while later')
    .option(
      '--hours <hours>',
      'how long the old key still opens the API',
      wholeNumber(0, LIMITS.overlapHours),
      DEFAULTS.overlapHours,
    )
    .option('--days <days>', DAYS_HELP, wholeNumber(1, LIMITS.keyDays))
    .option('--json', JSON_HELP)
    .action(async (clientId, keyId, { hours, days, json }) => {
      const [{ withAccounts }, { printJson }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withAccounts(here, async ({ keys }) => {
        const made = await keys.rotate(clientId, keyId, { overlapHours: hours, days: days ?? null })
        if (json === true) printJson(here, made)
        else {
          here.console.log(
            `Created key ${made.keyId} of ${clientId}; ${keyId} ends in ${String(hours)} ${hours === 1 ? 'hour' : 'hours'}. The API key, shown this once: ${made.apiKey}`,
          )
          printUrls(here, made)
        }
      })
    })
}

/** What goes into which field of Exotel's is told in the documentation. */
function printUrls({ console }: Surroundings, { callbackUrls }: NewKey): void {
  for (const [event, url] of Object.entries(callbackUrls ?? {})) console.log(`${event}: ${url}`)
}

function scopesOf(text: string): KeyScope[] {
  const named = new Set(text.split(',').map((scope) => scope.trim()))
  const scopes = KEY_SCOPES.filter((scope) => named.delete(scope))
  if (named.size > 0 || scopes.length === 0) {
    throw new InvalidArgumentError(`Allowed are ${KEY_SCOPES.join(', ')}, separated by commas.`)
  }
  return scopes
}
