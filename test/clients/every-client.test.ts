import t from 'tap'
import { LIMITS } from '../../src/core/vocabulary.js'
import { everyClient } from '../../src/clients/every-client.js'
import type { ClientWindow, Storage } from '../../src/storage/port.js'
import { listedClient } from '../helpers/storage.js'

t.test('every client comes once, however many windows it takes', async (t) => {
  for (const count of [0, 1, LIMITS.clients - 1, LIMITS.clients, LIMITS.clients + 1, 2 * LIMITS.clients]) {
    const clients = Array.from({ length: count }, (_, i) => listedClient(`client-${String(i).padStart(5, '0')}`))
    const asked: ClientWindow[] = []
    const storage: Partial<Storage> = {
      allClients: async (window) => {
        asked.push(window)
        return clients.filter(({ clientId }) => clientId > window.after).slice(0, window.limit)
      },
    }
    const found: string[] = []
    for await (const { clientId } of everyClient(storage as Storage)) found.push(clientId)
    t.strictSame(
      found,
      clients.map(({ clientId }) => clientId),
      `${String(count)} clients`,
    )
    t.equal(asked.length, Math.floor(count / LIMITS.clients) + 1)
  }
})
