import { LIMITS } from '../core/limits.js'
import type { ClientListing } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import type { SentWebhook } from '../storage/port/webhooks.js'

/** Every client by id, a window of them at a time. */
export function everyClient(storage: Pick<Storage, 'allClients'>): Every<ClientListing> {
  return everyOf(
    '',
    (after) => storage.allClients({ after, limit: LIMITS.clients }),
    ({ clientId }) => clientId,
  )
}

/** Every endpoint of every client, a window of them at a time. */
export function everyWebhook(storage: Pick<Storage, 'allWebhooks'>): Every<SentWebhook> {
  return everyOf<SentWebhook, readonly [string, string]>(
    ['', ''],
    (after) => storage.allWebhooks({ after, limit: LIMITS.clients }),
    ({ clientId, endpointId }) => [clientId, endpointId],
  )
}

type Every<One> = AsyncGenerator<One, void, undefined>

/** @param read the next `LIMITS.clients` after a place */
async function* everyOf<One, Place>(
  first: Place,
  read: (after: Place) => Promise<readonly One[]>,
  placeOf: (one: One) => Place,
): Every<One> {
  let after = first
  for (;;) {
    const some = await read(after)
    yield* some
    const last = some.at(-1)
    if (last === undefined || some.length < LIMITS.clients) return
    after = placeOf(last)
  }
}
