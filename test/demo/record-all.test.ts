import t from 'tap'
import { recordAll } from '../../src/demo/record-all.js'
import { newClient, newEvent, scratchStorage } from '../helpers/storage.js'

t.test('an event that is there already is not passed over in silence', async (t) => {
  const storage = await scratchStorage(t, 4 * 3_600_000)
  await storage.createClient(newClient('client-a'))
  const event = newEvent({ event: 'dialing', data: { callSid: 'CA1' }, occurredAt: Date.parse('2025-10-12T10:00:00Z') })
  t.equal(await recordAll(storage, [event]), 1)
  await t.rejects(recordAll(storage, [event]), { message: 'an event of a new database cannot be a duplicate' })
})
