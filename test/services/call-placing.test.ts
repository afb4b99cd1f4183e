import t from 'tap'
import { sealApiCredentials } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { CallPlacing } from '../../src/services/call-placing.js'
import { ExotelServer, EXOTEL_API } from '../helpers/exotel-server.js'
import { listedClient, newClient, scratchStorage } from '../helpers/storage.js'

t.test(
  'where the server has an address for Exotel’s reports, each call is reported there as it is answered and ends',
  async (t) => {
    const [exotel, storage] = [await ExotelServer.start(t), await scratchStorage(t)]
    const keys = new KeyRing([Buffer.alloc(32)])
    const credentials = { ...EXOTEL_API, subdomain: 'api.exotel.com' }
    const sealedExotelApi = await sealApiCredentials(keys, 'acme', credentials)
    await storage.createClient(newClient('acme', { sealedExotelApi }))
    const placing = new CallPlacing({
      storage,
      clock: () => 1000,
      keys,
      clients: { remainingCalls: () => Promise.resolve(1) },
      apiUrl: exotel.origin,
      statusCallbackOf: ({ clientId }) => `https://crm.example/exotel/${clientId}`,
    })
    await placing.place(listedClient('acme', { sealedExotelApi }), { from: '1', to: '2' }, 'key')
    t.match(Object.fromEntries(exotel.forms[0] ?? []), {
      StatusCallback: 'https://crm.example/exotel/acme',
      'StatusCallbackEvents[0]': 'terminal',
      'StatusCallbackEvents[1]': 'answered',
    })
  },
)
