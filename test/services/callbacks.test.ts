import t from 'tap'
import { CallbackService } from '../../src/services/callbacks.js'
import { START } from '../helpers/app.js'
import { listedClient, newClient, scratchStorage } from '../helpers/storage.js'

t.test('the agent whom a report is about, where that is known, is the agent of its call', async (t) => {
  const storage = await scratchStorage(t)
  await storage.createClient(newClient('acme'))
  const service = new CallbackService({
    storage,
    clock: () => START,
    agents: { agentOf: async (clientId, { exotelUserId }) => `${clientId} ${String(exotelUserId)}` },
  })
  t.teardown(() => service.close())
  await service.receive(listedClient('acme'), 'integrationCallback', { CallSid: 'c1', AppUserID: 'asha' })
  const range = { from: START - 1000, to: START + 1000 }
  const { recent } = await storage.report({ clientId: 'acme', range, zone: 'UTC', recent: 1 })
  t.match(recent, [{ sessionId: 'session-c1', agentUserId: 'acme asha' }])
})
