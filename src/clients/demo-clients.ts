import { DEMO_API_KEY, DEMO_CALLBACK_KEY, DEMO_WEBHOOK, DEMO_WEBHOOK_TO_DELETE } from '../core/vocabulary/demo.js'
import { WEBHOOK_EVENT_TYPES } from '../core/vocabulary/webhooks.js'
import type { NewClient } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { hashApiKey, hintOfApiKey, idOfApiKey, isLive } from './api-keys.js'
import { type ExotelCredentials, sealCredentials, sealWebhookSecrets } from './credentials.js'
import type { KeyRing } from './key-ring.js'
import { newWebhookSecret } from './webhook-secrets.js'

export { DEMO_API_KEY }

type DemoClient = Pick<NewClient, 'clientId' | 'name' | 'plan' | 'monthlyLimit' | 'features' | 'allowedDomains'> & {
  readonly apiKey: string
  /** Of the client whose callbacks can be tried. */
  readonly callbackKey?: string
  readonly exotel: ExotelCredentials
}

/** The clients of the API's documentation. Their credentials are made up, and their keys known to everybody. */
export const DEMO_CLIENTS: readonly DemoClient[] = [
  {
    clientId: 'client-demo',
    name: 'Demo Client',
    apiKey: DEMO_API_KEY,
    callbackKey: DEMO_CALLBACK_KEY,
    plan: 'trial',
    monthlyLimit: 100,
    features: ['call', 'mute', 'hold', 'dtmf'],
    allowedDomains: ['*'],
    exotel: { exotelToken: 'demo-exotel-token', userId: 'demo-exotel-user' },
  },
  {
    clientId: 'client-001',
    name: 'Collections CRM Inc.',
    apiKey: 'collections-crm-api-key-123',
    plan: 'enterprise',
    monthlyLimit: 10_000,
    features: ['call', 'mute', 'hold', 'dtmf', 'transfer'],
    allowedDomains: ['collections-crm.com', 'localhost'],
    exotel: { exotelToken: 'collections-exotel-token', userId: 'collections-exotel-user' },
  },
  {
    clientId: 'client-002',
    name: 'Marketing Leads Pro',
    apiKey: 'marketing-leads-api-key-456',
    plan: 'professional',
    monthlyLimit: 5000,
    features: ['call', 'mute', 'hold'],
    allowedDomains: ['marketing-crm.com', 'localhost'],
    exotel: { exotelToken: 'marketing-exotel-token', userId: 'marketing-exotel-user' },
  },
]

/** The id of a demo client’s key: examples that can be sent as they stand name it. */
export function demoKeyId(clientId: string): string {
  return idOfApiKey(hashApiKey(String(DEMO_CLIENTS.find((client) => client.clientId === clientId)?.apiKey)))
}

/**
 * Creates the demo clients in a store that has no client yet.
 * @returns whether it did
 */
export async function createDemoClients(
  storage: Storage,
  { keys, timezone, now }: { keys: KeyRing; timezone: string; now: number },
): Promise<boolean> {
  if ((await storage.allClients({ after: '', limit: 1 })).length > 0) return false
  for (const { apiKey, callbackKey, exotel, ...client } of DEMO_CLIENTS) {
    const isNew = await storage.createClient({
      ...client,
      timezone,
      retentionMonths: null,
      requireAgentSessions: false,
      status: 'active',
      sealedExotel: await sealCredentials(keys, client.clientId, exotel),
      sealedExotelApi: null,
      apiKeyHash: hashApiKey(apiKey),
      apiKeyHint: hintOfApiKey(apiKey),
      createdAt: now,
    })
    // Of several processes that start at once one creates the client.
    if (isNew && callbackKey !== undefined) {
      const key = { keyHash: hashApiKey(callbackKey), hint: hintOfApiKey(callbackKey), createdAt: now }
      await storage.createApiKey(client.clientId, { ...key, kind: 'callback' })
    }
    if (isNew) await createWebhooks(storage, keys, client.clientId, now)
  }
  return true
}

/** Paused ones: nothing is sent to them. */
async function createWebhooks(storage: Storage, keys: KeyRing, clientId: string, now: number): Promise<void> {
  for (const endpointId of [DEMO_WEBHOOK, DEMO_WEBHOOK_TO_DELETE]) {
    const secrets = [{ secret: newWebhookSecret(), endsAt: null }]
    const sealedSecrets = await sealWebhookSecrets(keys, { clientId, endpointId }, secrets)
    const url = 'https://crm.example.com/webhooks'
    const webhook = { endpointId, url, eventTypes: WEBHOOK_EVENT_TYPES, sealedSecrets, createdAt: now }
    await storage.createWebhook(clientId, webhook)
    await storage.updateWebhook(clientId, endpointId, { status: 'paused' }, now)
  }
}

/** Ids of the clients that the keys of the demo clients open, which everybody knows. @param now epoch milliseconds */
export async function openToEverybody(storage: Pick<Storage, 'clientByKeyHash'>, now: number): Promise<string[]> {
  const keys = DEMO_CLIENTS.flatMap(({ apiKey, callbackKey }) => [apiKey, callbackKey ?? apiKey])
  const holders = await Promise.all(keys.map((key) => storage.clientByKeyHash(hashApiKey(key))))
  const open = holders.flatMap((holder) => {
    return holder?.status === 'active' && isLive(holder.key, now) ? [holder.clientId] : []
  })
  return [...new Set(open)]
}
