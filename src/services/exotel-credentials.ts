import { openApiCredentials } from '../clients/credentials.js'
import type { KeyRing } from '../clients/key-ring.js'
import { fail } from '../errors.js'
import type { ApiCredentials } from '../exotel/api.js'
import type { Client } from '../storage/port/clients.js'

/** What a client's server signs in to Exotel's API with. @throws ApiError 409 when it was not given */
export function requiredCredentials(keys: KeyRing, { clientId, sealedExotelApi }: Client): Promise<ApiCredentials> {
  if (sealedExotelApi !== null) return openApiCredentials(keys, clientId, sealedExotelApi)
  fail(
    'exotel_not_set_up',
    'This client has nothing to sign in to Exotel’s API with: whoever runs this server can give it with ribbon clients exotel-api.',
  )
}
