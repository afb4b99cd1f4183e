/** The process: environment, store, listening, signals and exit codes. */
import { once } from 'node:events'
import { pino } from 'pino'
import { buildApp } from './app.js'
import { type Config, ConfigError, loadConfig } from './config.js'
import { createLogger } from './plugins/request-log.js'
import { hashApiKey } from './services/api-keys.js'
import { keptSecretsKey } from './services/credentials.js'
import { createDemoClients, DEMO_API_KEY } from './services/demo-clients.js'
import { databasePath, openStorage } from './storage/open.js'

/** Connections that are still busy this long after a signal are cut, so that the store is closed in good order. */
const GRACE_MS = 8_000
/** Whatever happens, the process is gone by then. */
const EXIT_MS = 9_500

try {
  await run(loadConfig(process.env))
} catch (error) {
  console.error(`Cannot start: ${reasonOf(error as NodeJS.ErrnoException)}`)
  process.exit(1)
}

async function run(settings: Config): Promise<void> {
  const config = { ...settings, secretsKey: await secretsKeyOf(settings) }
  const { secretsKey, maxCallAgeMs } = config
  const logger = createLogger(config.logLevel, pino.destination({ sync: false }))
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'the process cannot go on')
    process.exit(1)
  })

  const storage = await openStorage({ url: config.databaseUrl, maxCallAgeMs })
  if (config.demo) {
    await createDemoClients(storage, { secretsKey, timezone: config.defaultTimezone, now: Date.now() })
  }
  const hasDemoClient = (await storage.clientByKeyHash(hashApiKey(DEMO_API_KEY))) !== null
  const hint = hasDemoClient ? ` Try it with the API key ${DEMO_API_KEY}.` : ''

  const app = await buildApp({ config, storage, clock: Date.now, logger })
  const signal = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await app.listen({
    host: config.host,
    port: config.port,
    listenTextResolver: (url) => `Exotel Call Ribbon API is ready at ${url}, documentation at ${url}/docs.${hint}`,
  })

  await signal
  logger.info('shutting down: finishing what was accepted')
  setTimeout(app.server.closeAllConnections.bind(app.server), GRACE_MS).unref()
  setTimeout(process.exit.bind(process), EXIT_MS, 1).unref()
  await app.close()
  await storage.close()
  process.exit(0)
}

/** The embedded store keeps the key beside it; a server's, which several processes share, must be given. */
async function secretsKeyOf({ secretsKey, databaseUrl }: Config): Promise<Buffer> {
  if (secretsKey !== null) return secretsKey
  if (databaseUrl.startsWith('file:')) return keptSecretsKey(databasePath(databaseUrl))
  throw new ConfigError('SECRETS_KEY must be set when the database is a server: openssl rand -base64 32')
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  return code === 'EADDRINUSE' ? `${message}. Stop what listens there, or set PORT to another port.` : message
}
