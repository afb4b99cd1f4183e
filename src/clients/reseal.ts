import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import type { StoredWebhook } from '../storage/port/webhooks.js'
import {
  isSealedWithCurrent,
  openApiCredentials,
  openCredentials,
  openWebhookSecrets,
  sealApiCredentials,
  sealCredentials,
  sealWebhookSecrets,
} from './credentials.js'
import { everyClient, everyWebhook } from './every-client.js'
import type { KeyRing } from './key-ring.js'

/** A sealed text, and how it is sealed anew. */
interface SealedText {
  readonly clientId: string
  readonly text: string
  readonly anew: (keys: KeyRing) => Promise<string>
  /** Puts the new text in place of the old one, unless somebody changed that. @returns whether it did */
  readonly replace: (storage: Replacing, text: string) => Promise<boolean>
}

type Listing = Pick<Storage, 'allClients' | 'allWebhooks'>
type Replacing = Pick<Storage, 'resealClient' | 'resealWebhook'>

function sealedOfClient({ clientId, sealedExotel, sealedExotelApi }: Client): SealedText[] {
  const own = {
    clientId,
    text: sealedExotel,
    anew: async (keys: KeyRing) => sealCredentials(keys, clientId, await openCredentials(keys, clientId, sealedExotel)),
    replace: (storage: Replacing, text: string) => storage.resealClient(clientId, sealedExotel, text),
  }
  if (sealedExotelApi === null) return [own]
  const ofApi = {
    clientId,
    text: sealedExotelApi,
    anew: async (keys: KeyRing) =>
      sealApiCredentials(keys, clientId, await openApiCredentials(keys, clientId, sealedExotelApi)),
    replace: (storage: Replacing, text: string) => storage.resealClient(clientId, sealedExotelApi, text),
  }
  return [own, ofApi]
}

function sealedOfWebhook(webhook: StoredWebhook): SealedText {
  const { clientId, endpointId, sealedSecrets } = webhook
  return {
    clientId,
    text: sealedSecrets,
    anew: async (keys) => sealWebhookSecrets(keys, webhook, await openWebhookSecrets(keys, webhook, sealedSecrets)),
    replace: (storage, text) => storage.resealWebhook(clientId, endpointId, sealedSecrets, text),
  }
}

/** All that is sealed, of every client. */
async function* everySealedText(storage: Listing): AsyncGenerator<SealedText, void, undefined> {
  for await (const client of everyClient(storage)) yield* sealedOfClient(client)
  for await (const webhook of everyWebhook(storage)) yield sealedOfWebhook(webhook)
}

/** Whether anything is sealed with another key than the current one. */
export async function needsResealing(storage: Listing, keys: KeyRing): Promise<boolean> {
  for await (const { text } of everySealedText(storage)) if (!isSealedWithCurrent(keys, text)) return true
  return false
}

interface Resealing {
  /** How many clients' secrets are now sealed with the current key, and were not. */
  readonly resealed: number
  /** Clients of whose secrets some do not open: they stay as they are. */
  readonly closed: readonly string[]
}

/**
 * Seals all clients' credentials, and the secrets of their webhooks, with the current key. What somebody changes meanwhile stays as it
 * was changed: all is gone through until nothing is left that was sealed with another key.
 */
export async function resealAll(storage: Listing & Replacing, keys: KeyRing): Promise<Resealing> {
  /** Clients by what of theirs does not open. */
  const closed = new Map<string, string>()
  const resealed = new Set<string>()
  for (let found = 1; found > 0;) {
    found = 0
    for await (const { clientId, text, anew, replace } of everySealedText(storage)) {
      const own = `${clientId} ${text}`
      if (closed.has(own) || isSealedWithCurrent(keys, text)) continue
      const sealed = await anew(keys).catch(() => null)
      if (sealed === null) {
        closed.set(own, clientId)
        continue
      }
      found += 1
      if (await replace(storage, sealed)) resealed.add(clientId)
    }
  }
  return { resealed: resealed.size, closed: [...new Set(closed.values())] }
}
