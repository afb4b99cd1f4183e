/** Secrets that come as files, as containers and systemd hand them over. */
import { readFileSync } from 'node:fs'
import { ConfigError } from './config-error.js'

type Environment = Readonly<Record<string, string | undefined>>

const SECRETS = ['DATABASE_URL', 'REDIS_URL', 'ADMIN_TOKEN', 'SECRETS_KEY', 'SECRETS_KEYS_FORMER'] as const

/**
 * The environment with what `<NAME>_FILE` names in the place of `<NAME>`, for each secret.
 * @throws ConfigError naming the variable, never quoting what is in the file
 */
export function withSecretFiles(environment: Environment): Environment {
  const read = SECRETS.flatMap((name) => {
    const variable = `${name}_FILE`
    const path = environment[variable]?.trim() ?? ''
    if (path === '') return []
    if ((environment[name]?.trim() ?? '') !== '')
      throw new ConfigError(`${name} and ${variable} must not both be set: remove one of them`)
    return [[name, contentOf(variable, path)] as const]
  })
  return { ...environment, ...Object.fromEntries(read) }
}

function contentOf(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(
      `${variable} must be a file that can be read: ${String((error as NodeJS.ErrnoException).code)}`,
    )
  }
}
