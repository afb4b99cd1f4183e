import type { Config } from './config.js'
import { ConfigError } from './config-error.js'
import { keptSecretsKey } from './clients/credentials.js'
import { databasePath } from './storage/open.js'

/**
 * The key that seals Exotel credentials: `SECRETS_KEY`, else one kept beside the embedded database.
 * @throws ConfigError when the database is a server: its key must be given, because several processes share it
 */
export async function secretsKeyOf({ secretsKey, databaseUrl }: Config): Promise<Buffer> {
  if (secretsKey !== null) return secretsKey
  if (databaseUrl.startsWith('file:')) return keptSecretsKey(databasePath(databaseUrl))
  throw new ConfigError('SECRETS_KEY must be set when the database is a server: openssl rand -base64 32')
}
