/** `ribbon clients`: who may use the API. */
import type { Command } from '@commander-js/extra-typings'
import { DEFAULT_REGION, DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { FEATURES, PLANS, WINDOW_UNITS } from '../core/vocabulary/clients.js'
import type { ClientAccount } from '../../schemas/client.js'
import type { ListedClient } from '../services/client-accounts.js'
import { addBusinessHours } from './business-hours.js'
import { addExotelApi } from './exotel-api.js'
import { readSecret } from './secret.js'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'
import { wholeNumber } from './whole-number.js'

const TOKEN = { name: 'Exotel token', fileOption: '--exotel-token-file', variable: 'EXOTEL_TOKEN' }
const JSON_HELP = 'print JSON'
const WINDOW_HELP = `what those hours are of: ${WINDOW_UNITS.join(' or ')}`
const SESSIONS_HELP = 'hand out its Exotel credentials to agent sessions and secret keys alone'

export function addClients(program: Command, here: Surroundings): void {
  const clients = program.command('clients').description('list, create and change clients')
  addReading(clients, here)
  addCreate(clients, here)
  addUpdate(clients, here)
  for (const [name, status, effect] of [
    ['suspend', 'suspended', 'refuse all keys of a client, and keep all that it has'],
    ['resume', 'active', 'accept the keys of a suspended client again'],
  ] as const) {
    clients
      .command(`${name} <client>`)
      .description(effect)
      .action(async (clientId) => {
        const { withAccounts } = await import('./store.js')
        await withAccounts(here, async ({ clients }) => {
          await clients.update(clientId, { status })
          here.console.log(`${clientId} is ${status}.`)
        })
      })
  }
  addDelete(clients, here)
  addExotelApi(clients, here)
  addBusinessHours(clients, here)
}

function addDelete(clients: Command, here: Surroundings): void {
  clients
    .command('delete <client>')
    .description('refuse all keys of a client from now on, and remove all that it has after a while')
    .option(
      '--grace-days <days>',
      'until when ribbon clients restore takes it back',
      wholeNumber(1, LIMITS.graceDays),
      DEFAULTS.graceDays,
    )
    .action(async (clientId, { graceDays }) => {
      const { withAccounts } = await import('./store.js')
      await withAccounts(here, async ({ clients }) => {
        const { deletesAt } = await clients.delete(clientId, graceDays)
        here.console.log(
          `${clientId} opens nothing any more. All that it has is removed at ${String(deletesAt)}; until then: ribbon clients restore ${clientId}`,
        )
      })
    })
  clients
    .command('restore <client>')
    .description('take the deletion of a client back')
    .action(async (clientId) => {
      const { withAccounts } = await import('./store.js')
      await withAccounts(here, async ({ clients }) => {
        const { status } = await clients.restore(clientId)
        here.console.log(`${clientId} is ${status}.`)
      })
    })
}

function addReading(clients: Command, here: Surroundings): void {
  clients
    .command('list')
    .description('list all clients with their use of the current month')
    .option('--json', JSON_HELP)
    .action(async ({ json }) => {
      const [{ withAccounts }, { printList }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withAccounts(here, async ({ clients }) => {
        const all: ListedClient[] = []
        for (let after: string | null = ''; after !== null;) {
          const part = await clients.list({ after, limit: LIMITS.clients })
          all.push(...part.clients)
          after = part.nextAfter
        }
        const columns = {
          CLIENT: ({ clientId }: ListedClient) => clientId,
          NAME: ({ name }: ClientAccount) => name,
          PLAN: ({ plan }: ClientAccount) => plan,
          STATUS: ({ status }: ClientAccount) => status,
          'CALLS THIS MONTH': (client: ListedClient) => `${String(client.callsThisMonth)} of ${String(client.limit)}`,
          'TIME ZONE': ({ timezone }: ClientAccount) => timezone,
          DOMAINS: ({ domains }: ClientAccount) => domains,
          KEY: ({ apiKey }: ClientAccount) => apiKey,
        }
        printList(here, all, columns, { json, empty: 'There are no clients: create one with ribbon clients create.' })
      })
    })
  clients
    .command('show <client>')
    .description('show all that is set for a client')
    .option('--json', JSON_HELP)
    .action(async (clientId, { json }) => {
      const [{ withAccounts }, { printRecord }] = await Promise.all([import('./store.js'), import('./print.js')])
      await withAccounts(here, async ({ clients }) => {
        printRecord(here, await clients.find(clientId), json)
      })
    })
}

function addCreate(clients: Command, here: Surroundings): void {
  clients
    .command('create')
    .description(
      `create a client and its first key; the Exotel token is asked for, unless it is in a file or in ${TOKEN.variable}`,
    )
    .requiredOption('--name <name>', 'the client’s name')
    .requiredOption('--exotel-user <user>', 'the Exotel user that its ribbons sign in as')
    .option('--exotel-token-file <path>', 'a file with the Exotel token; - is standard input')
    .option('--id <id>', 'the client’s id; one is made unless told')
    .option('--domains <hosts>', 'where its ribbon may be embedded: acme.com,*.acme.in or *', listOf)
    .option('--plan <plan>', `one of ${PLANS.join(', ')}; ${DEFAULTS.plan} unless told`)
    .option('--limit <calls>', `calls a month; ${String(DEFAULTS.monthlyLimit)} unless told`, numberOf)
    .option('--features <names>', `of ${FEATURES.join(',')}; ${DEFAULTS.features.join(',')} unless told`, listOf)
    .option('--timezone <zone>', 'IANA zone of its days and months; DEFAULT_TIMEZONE unless told')
    .option('--region <country>', `country whose way of writing phone numbers it uses; ${DEFAULT_REGION} unless told`)
    .option('--retention-months <months>', 'months to keep before the current one; all unless told')
    .option(
      '--missed-call-window-hours <hours>',
      `within which a missed call is won back; ${String(DEFAULTS.missedCallWindowHours)} unless told`,
      numberOf,
    )
    .option('--missed-call-window-in <hours>', `${WINDOW_HELP}; ${DEFAULTS.missedCallWindowIn} unless told`)
    .option('--require-agent-sessions', SESSIONS_HELP)
    .option('--json', JSON_HELP)
    .action(async ({ json, id, exotelUser, exotelTokenFile, retentionMonths, ...settings }) => {
      const [{ withAccounts }, { withChecked }, { NewClientBodySchema }, { printJson }] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/client.js'),
        import('./print.js'),
      ])
      const exotelToken = await readSecret(here, { ...TOKEN, file: exotelTokenFile })
      const months = monthsOf(retentionMonths)
      const body = { ...settings, clientId: id, retentionMonths: months, userId: exotelUser, exotelToken }
      const create = async ({ clients }: Parameters<Parameters<typeof withAccounts>[1]>[0]) => {
        const created = await withChecked(NewClientBodySchema, body, (checked) => clients.create(checked))
        if (json === true) printJson(here, created)
        else here.console.log(`Created ${created.client.clientId}. Its API key, shown this once: ${created.apiKey}`)
      }
      await withAccounts(here, create, { mayCreate: true })
    })
}

function addUpdate(clients: Command, here: Surroundings): void {
  clients
    .command('update <client>')
    .description('change what is given, and leave all else as it is')
    .option('--name <name>', 'the client’s name')
    .option('--domains <hosts>', 'all hosts where its ribbon may be embedded, or *', listOf)
    .option('--plan <plan>', `one of ${PLANS.join(', ')}`)
    .option('--limit <calls>', 'calls a month', numberOf)
    .option('--features <names>', `all that it has of ${FEATURES.join(',')}`, listOf)
    .option('--timezone <zone>', 'IANA zone of its days and months; its reports are sorted into the new days')
    .option('--region <country>', 'country whose way of writing phone numbers it uses from now on')
    .option('--retention-months <months>', 'months to keep before the current one, or all')
    .option('--missed-call-window-hours <hours>', 'within which a missed call is won back', numberOf)
    .option('--missed-call-window-in <hours>', WINDOW_HELP)
    .option('--require-agent-sessions', SESSIONS_HELP)
    .option('--no-require-agent-sessions', 'hand out its Exotel credentials to any key, as at first')
    .option('--exotel-user <user>', 'the Exotel user that its ribbons sign in as')
    .option('--exotel-token-file <path>', 'a file with a new Exotel token; - is standard input')
    .option('--new-exotel-token', `take a new Exotel token from ${TOKEN.variable}, or ask for it`)
    .option('--json', JSON_HELP)
    .action(async (clientId, { json, exotelUser, exotelTokenFile, newExotelToken, retentionMonths, ...settings }) => {
      const hasToken = exotelTokenFile !== undefined || newExotelToken === true
      const changes = {
        ...settings,
        retentionMonths: monthsOf(retentionMonths),
        userId: exotelUser,
        exotelToken: hasToken ? await readSecret(here, { ...TOKEN, file: exotelTokenFile }) : undefined,
      }
      if (Object.values(changes).every((value) => value === undefined)) {
        throw new UsageError('Say what to change: ribbon clients update --help lists it.')
      }
      const [{ withAccounts }, { withChecked }, { ClientChangesBodySchema }, { printRecord }] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/client.js'),
        import('./print.js'),
      ])
      await withAccounts(here, async ({ clients }) => {
        const update = withChecked(ClientChangesBodySchema, changes, (checked) => clients.update(clientId, checked))
        printRecord(here, await update, json)
      })
    })
}

function listOf(text: string): string[] {
  const members = text.split(',').map((member) => member.trim())
  return members.filter((member) => member !== '')
}

/** A number where the text is one; else what was given, for the check to refuse. */
function numberOf(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text
}

/** Null for all, which the parser of options would take for nothing. */
function monthsOf(text: string | undefined): number | string | null | undefined {
  return text === undefined ? undefined : text === 'all' ? null : numberOf(text)
}
