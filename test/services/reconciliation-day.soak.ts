/** A day of all flows of which reports were lost on both sides, made right from Exotel's own lists. */
import t from 'tap'
import { ExotelApi } from '../../src/exotel/api.js'
import { emptyReport, Reconciler } from '../../src/services/reconciler.js'
import { BASE_MS } from '../helpers/events.js'
import { EXOTEL_API, ExotelServer } from '../helpers/exotel-server.js'
import { judged, lossyDay, recordAll } from '../helpers/real-calls.js'
import { newClient, newEvent, scratchStorage } from '../helpers/storage.js'

t.setTimeout(400_000)

const clientId = 'client-day'
const NOW = BASE_MS + 86_400_000

t.test('every call of the day ends right, and what is right already costs no row', async (t) => {
  const [exotel, storage] = [await ExotelServer.start(t), await scratchStorage(t)]
  await storage.createClient(newClient(clientId))
  const { calls, arrived } = lossyDay()
  await recordAll(
    storage,
    arrived.map((event) => newEvent({ ...event, clientId })),
  )
  for (const { startAt, details } of calls) exotel.add(startAt, 0, details)
  const api = new ExotelApi({ ...EXOTEL_API, subdomain: 'api.exotel.com' }, { apiUrl: exotel.origin })
  const reconcile = async () => {
    const report = emptyReport({ from: BASE_MS, to: NOW })
    const client = { clientId, region: 'IN' }
    const agents = { agentOf: async () => null }
    const { signal } = new AbortController()
    await new Reconciler({ storage, clock: () => NOW, agents, api, client, signal }, report).run()
    return report
  }
  const first = await reconcile()
  t.match(first, { listed: calls.length, unknown: 0, pending: 0, unusable: 0 })
  t.ok(first.missing > 0 && first.changed > 0)
  t.ok(first.missing + first.changed < calls.length, 'not of all calls something was missed')
  const { stored, wrong } = await judged(storage, clientId, calls)
  t.equal(stored, calls.length, 'none is lost, none invented')
  t.same(wrong, [])

  const asked = exotel.requests.length
  t.match(await reconcile(), { listed: calls.length, missing: 0, changed: 0, unknown: 0 })
  t.equal(exotel.requests.length - asked, Math.ceil(calls.length / exotel.pageSize), 'and the list says it all then')
})
