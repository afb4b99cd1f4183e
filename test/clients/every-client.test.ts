import t from 'tap'
import { everyWebhook } from '../../src/clients/every-client.js'
import { LIMITS } from '../../src/core/vocabulary.js'
import type { SentWebhook } from '../../src/storage/webhooks-port.js'

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
