/** Where a server has its secret keys from, and whether they are the right ones for its database. */
import { openApiCredentials, openCredentials } from './clients/credentials.js'
import { keyFileOf, makeKeyFile, readKeyFile } from './clients/kept-keys.js'
import { KeyRing } from './clients/key-ring.js'
import type { Config } from './config.js'
import { ConfigError } from './config-error.js'
import { LIMITS } from './core/limits.js'
import { databasePath, isServer } from './storage/open.js'
import type { Storage } from './storage/port/storage.js'

type KeyConfig = Pick<Config, 'secretsKey' | 'formerSecretsKeys' | 'databaseUrl'>
type ClientList = Pick<Storage, 'allClients'>

const GIVE_ANEW =
  'ribbon clients update <client> --exotel-user <user> --new-exotel-token gives a client its credentials anew, and ribbon clients exotel-api those of Exotel’s API'

/**
 * The keys that the environment gives.
 * @returns null when they are kept in a file beside the embedded database
 * @throws ConfigError when the database is a server: its keys must be given, because several processes share them
 */
export function givenKeys({ secretsKey, formerSecretsKeys, databaseUrl }: KeyConfig): KeyRing | null {
  if (secretsKey !== null) return new KeyRing([secretsKey, ...formerSecretsKeys])
  if (!isServer(databaseUrl)) return null
  throw new ConfigError('SECRETS_KEY must be set when the database is a server: openssl rand -base64 32')
}

/**
 * The keys that the environment gives, else those beside the embedded database, where one is made for a database that has no
 * client yet.
 * @throws ConfigError when the file is gone that holds what the clients' credentials are sealed with
 */
export async function secretKeys(config: KeyConfig, storage: ClientList): Promise<KeyRing> {
  const given = givenKeys(config)
  if (given !== null) return given
  const path = keyFileOf(databasePath(config.databaseUrl))
  const read = async (): Promise<readonly Buffer[]> => {
    const kept = await readKeyFile(path)
    if (kept !== null) return kept
    throw new ConfigError(
      `${path} is missing, and the Exotel credentials of this database are sealed with it: put it back from its backup; if it is lost, make another with openssl rand -base64 32 > ${path}, and ${GIVE_ANEW}`,
    )
  }
  const isNew = (await storage.allClients({ after: '', limit: 1 })).length === 0
  if (isNew && (await readKeyFile(path)) === null) await makeKeyFile(path)
  return new KeyRing(await read(), read)
}

/**
 * Finds out whether the keys are the right ones, by opening the credentials of the first clients: as many as one list of
 * clients has, so that a server of a million starts as soon as another.
 * @throws ConfigError when they are not
 */
export async function checkKeys(ring: KeyRing, storage: ClientList): Promise<void> {
  const clients = await storage.allClients({ after: '', limit: LIMITS.clients })
  const closed: string[] = []
  for (const { clientId, sealedExotel, sealedExotelApi } of clients) {
    const opening: Promise<unknown>[] = [openCredentials(ring, clientId, sealedExotel)]
    if (sealedExotelApi !== null) opening.push(openApiCredentials(ring, clientId, sealedExotelApi))
    await Promise.all(opening).catch(() => closed.push(clientId))
  }
  const [first] = closed
  if (first === undefined) return
  const others = closed.length === 1 ? '' : ` and of ${String(closed.length - 1)} more`
  throw new ConfigError(
    `The Exotel credentials of ${first}${others} do not open with the secret keys that are there: give the key that they are sealed with, as SECRETS_KEY, in SECRETS_KEYS_FORMER or as a line of secrets.key; if it is lost, ${GIVE_ANEW}`,
  )
}
