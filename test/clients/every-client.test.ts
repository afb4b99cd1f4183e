import t from 'tap'
import { everyClient, everyWebhook } from '../../src/clients/every-client.js'
import { LIMITS } from '../../src/core/limits.js'
import type { ClientListing } from '../../src/storage/port/clients.js'
import type { SentWebhook } from '../../src/storage/port/webhooks.js'

t.test('the webhooks of all clients are read page by page, each once', async (t) => {
  const all = Array.from({ length: LIMITS.clients + 3 }, (_, n) => {
    const place = String(n).padStart(6, '0')
    return { clientId: `client-${place}`, endpointId: `we_${place}` } as SentWebhook
  })
  const pages: number[] = []
  const allWebhooks = ({ after, limit }: { after: readonly [string, string]; limit: number }) => {
    const page = all.filter(({ clientId }) => clientId > after[0]).slice(0, limit)
    pages.push(page.length)
    return Promise.resolve(page)
  }
  const read: string[] = []
  for await (const { endpointId } of everyWebhook({ allWebhooks })) read.push(endpointId)
  t.same(
    read,
    all.map(({ endpointId }) => endpointId),
  )
  t.same(pages, [LIMITS.clients, 3])
})

t.test('all clients are read page by page, each once', async (t) => {
  const all = Array.from({ length: LIMITS.clients + 1 }, (_, n) => {
    return { clientId: `client-${String(n).padStart(6, '0')}` } as ClientListing
  })
  const allClients = ({ after, limit }: { after: string; limit: number }) =>
    Promise.resolve(all.filter(({ clientId }) => clientId > after).slice(0, limit))
  const read: ClientListing[] = []
  for await (const client of everyClient({ allClients })) read.push(client)
  t.same(read, all)
})
