/** `ribbon webhooks`: where a client's messages are sent, and what became of them. */
import type { Command } from '@commander-js/extra-typings'
import type { Webhook, WebhookDelivery, WebhookWithSecret } from '../../schemas/webhook.js'
import { DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import { WEBHOOK_EVENT_TYPES } from '../core/vocabulary/webhooks.js'
import type { WebhookService } from '../services/webhooks.js'
import type * as print from './print.js'
import type { Surroundings } from './surroundings.js'
import { wholeNumber } from './whole-number.js'

const JSON_HELP = 'print JSON'

type Print = Pick<typeof print, 'printJson' | 'printList' | 'printRecord'>

export function addWebhooks(program: Command, here: Surroundings): void {
  const webhooks = program
    .command('webhooks')
    .description('where a client’s messages are sent, and what became of them')
  addList(webhooks, here)
  addCreate(webhooks, here)
  addStatus(webhooks, here, 'pause', 'send nothing more to an endpoint')
  addStatus(webhooks, here, 'resume', 'send what has changed meanwhile, and try all that waits at once')
  addTest(webhooks, here)
  addRotateSecret(webhooks, here)
  addRedeliver(webhooks, here)
  addDeliveries(webhooks, here)
  webhooks
    .command('delete <client> <endpoint>')
    .description('delete an endpoint, with all that is kept of it')
    .action((clientId, endpointId) =>
      withService(here, async (service) => {
        await service.delete(clientId, endpointId)
        here.console.log(`Deleted the webhook ${endpointId} of ${clientId}.`)
      }),
    )
}

async function withService(
  here: Surroundings,
  work: (webhooks: WebhookService, print: Print) => Promise<void>,
): Promise<void> {
  const [{ withWebhooks }, printing] = await Promise.all([import('./store.js'), import('./print.js')])
  await withWebhooks(here, (webhooks) => work(webhooks, printing))
}

function addList(webhooks: Command, here: Surroundings): void {
  webhooks
    .command('list <client>')
    .description('list the endpoints of a client, and how far each is')
    .option('--json', JSON_HELP)
    .action((clientId, { json }) =>
      withService(here, async (service, { printList }) => {
        const columns = {
          ID: ({ endpointId }: Webhook) => endpointId,
          URL: ({ url }: Webhook) => url,
          STATUS: ({ status }: Webhook) => status,
          'FAILING SINCE': ({ failingSince }: Webhook) => failingSince,
          BEHIND: ({ behind }: Webhook) => behind,
          PENDING: ({ pending }: Webhook) => pending,
          PARKED: ({ parked }: Webhook) => parked,
          'EVENT TYPES': ({ eventTypes }: Webhook) => eventTypes,
          WHY: ({ pausedReason }: Webhook) => pausedReason,
        }
        printList(here, await service.list(clientId), columns, { json, empty: `${clientId} has no webhooks.` })
      }),
    )
}

function addCreate(webhooks: Command, here: Surroundings): void {
  webhooks
    .command('create <client>')
    .description('send a client’s messages to an endpoint from now on')
    .requiredOption('--url <url>', 'where they are sent: HTTPS, at an address of the internet')
    .option('--event-types <types>', `what it is sent of ${WEBHOOK_EVENT_TYPES.join(',')}; all unless told`, (text) =>
      text.split(',').map((type) => type.trim()),
    )
    .option('--json', JSON_HELP)
    .action(async (clientId, { url, eventTypes = [...WEBHOOK_EVENT_TYPES], json }) => {
      const [{ withChecked }, { AdminNewWebhookBodySchema }] = await Promise.all([
        import('./check.js'),
        import('../../schemas/webhook.js'),
      ])
      await withService(here, async (service, print) => {
        const body = { url, eventTypes }
        const made = await withChecked(AdminNewWebhookBodySchema, body, (checked) => service.create(clientId, checked))
        printSecret(here, print, `Created the webhook ${made.webhook.endpointId} of ${clientId}.`, made, json)
      })
    })
}

function addStatus(webhooks: Command, here: Surroundings, name: 'pause' | 'resume', description: string): void {
  webhooks
    .command(`${name} <client> <endpoint>`)
    .description(description)
    .action((clientId, endpointId) =>
      withService(here, async (service) => {
        await service.update(clientId, endpointId, { status: name === 'pause' ? 'paused' : 'active' })
        here.console.log(`${name === 'pause' ? 'Paused' : 'Resumed'} the webhook ${endpointId} of ${clientId}.`)
      }),
    )
}

function addTest(webhooks: Command, here: Surroundings): void {
  webhooks
    .command('test <client> <endpoint>')
    .description('send a message for a try, from this machine, and show what became of it')
    .option('--json', JSON_HELP)
    .action((clientId, endpointId, { json }) =>
      withService(here, async (service, { printRecord }) => {
        const outcome = await service.test(clientId, endpointId)
        printRecord(here, outcome, json)
        if (!outcome.delivered) throw new Error('It was not delivered.')
      }),
    )
}

function addRotateSecret(webhooks: Command, here: Surroundings): void {
  webhooks
    .command('rotate-secret <client> <endpoint>')
    .description('give an endpoint a new secret')
    .option(
      '--hours <hours>',
      'how long messages are signed with the former one, too',
      wholeNumber(0, LIMITS.overlapHours),
      DEFAULTS.overlapHours,
    )
    .option('--json', JSON_HELP)
    .action((clientId, endpointId, { hours, json }) =>
      withService(here, async (service, print) => {
        const made = await service.rotateSecret(clientId, endpointId, { overlapHours: hours })
        printSecret(here, print, `The webhook ${endpointId} of ${clientId} has a new secret.`, made, json)
      }),
    )
}

function addRedeliver(webhooks: Command, here: Surroundings): void {
  webhooks
    .command('redeliver <client> <endpoint>')
    .description('send messages of a range of time again')
    .option('--from <time>', 'a date-time of the client’s zone, or with an offset; a day before its end unless told')
    .option('--to <time>', 'when the range is over; now unless told')
    .option('--json', JSON_HELP)
    .action(async (clientId, endpointId, { from, to, json }) => {
      const [{ withChecked }, { AdminRedeliveryBodySchema }] = await Promise.all([
        import('./check.js'),
        import('../../schemas/webhook.js'),
      ])
      await withService(here, async (service, { printRecord }) => {
        const again = withChecked(AdminRedeliveryBodySchema, { from, to }, (range) =>
          service.redeliver(clientId, endpointId, range),
        )
        printRecord(here, await again, json)
      })
    })
}

function addDeliveries(webhooks: Command, here: Surroundings): void {
  webhooks
    .command('deliveries <client> <endpoint>')
    .description('show the newest tries, and what the receiver answered')
    .option('--limit <tries>', 'how many', wholeNumber(1, LIMITS.webhookDeliveriesPage), DEFAULTS.pageSize)
    .option('--json', JSON_HELP)
    .action((clientId, endpointId, { limit, json }) =>
      withService(here, async (service, { printList }) => {
        const { deliveries } = await service.deliveries(clientId, endpointId, { pageSize: limit })
        const columns = {
          AT: ({ at }: WebhookDelivery) => at,
          TYPE: ({ type }: WebhookDelivery) => type,
          MESSAGE: ({ messageId }: WebhookDelivery) => messageId,
          TRY: ({ attempt }: WebhookDelivery) => attempt,
          STATUS: ({ status }: WebhookDelivery) => status,
          MS: ({ durationMs }: WebhookDelivery) => durationMs,
          ERROR: ({ error }: WebhookDelivery) => error,
        }
        printList(here, deliveries, columns, { json, empty: 'Nothing was sent yet.' })
      }),
    )
}

function printSecret(
  here: Surroundings,
  { printJson }: Print,
  sentence: string,
  made: WebhookWithSecret,
  json: true | undefined,
): void {
  if (json === true) printJson(here, made)
  else here.console.log(`${sentence} Its secret, shown this once: ${made.secret}`)
}
