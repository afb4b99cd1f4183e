import { LIMITS } from '../core/vocabulary.js'
import type { ClientListing, Storage } from '../storage/port.js'
import type { SentWebhook } from '../storage/webhooks-port.js'

/** Every client by id, a window of them at a time. */
export async function* everyClient(
  storage: Pick<Storage, 'allClients'>,
): AsyncGenerator<ClientListing, void, undefined> {
  let after = ''
  for (;;) {
    const clients = await storage.allClients({ after, limit: LIMITS.clients })
    yield* clients
    const last = clients.at(-1)
    if (last === undefined || clients.length < LIMITS.clients) return
    after = last.clientId
  }
}

/** Every endpoint of every client, a window of them at a time. */
export async function* everyWebhook(
  storage: Pick<Storage, 'allWebhooks'>,
): AsyncGenerator<SentWebhook, void, undefined> {
  let after = ['', ''] as readonly [string, string]
  for (;;) {
    const webhooks = await storage.allWebhooks({ after, limit: LIMITS.clients })
    yield* webhooks
    const last = webhooks.at(-1)
    if (last === undefined || webhooks.length < LIMITS.clients) return
    after = [last.clientId, last.endpointId]
  }
}
