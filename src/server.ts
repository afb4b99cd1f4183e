/** The process: environment, store, listening, signals and exit codes. */
import { pino } from 'pino'
import { buildApp } from './app.js'
import { loadConfig } from './config.js'
import { createLogger } from './plugins/request-log.js'
import { secretsKeyOf } from './secrets-key.js'
import { hashApiKey } from './services/api-keys.js'
import { createDemoClients, DEMO_API_KEY } from './services/demo-clients.js'
import { openStorage } from './storage/open.js'

/** Connections that are still busy this long after a signal are cut, so that the store is closed in good order. */
const GRACE_MS = 8_000
/** Whatever happens, the process is gone by then. */
const EXIT_MS = 9_500

const stop = await start().catch(explain)
await signalToEnd()
await stop()
process.exit(0)

/** @returns what stops it again: finishes what was accepted, and then closes the store */
async function start(): Promise<() => Promise<void>> {
  const settings = loadConfig(process.env)
  const secretsKey = await secretsKeyOf(settings)
  const config = { ...settings, secretsKey }
  const logger = createLogger(config.logLevel, pino.destination({ sync: false }))
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'the process cannot go on')
    process.exit(1)
  })

  const storage = await openStorage({ url: config.databaseUrl, maxCallAgeMs: config.maxCallAgeMs })
  if (config.demo) {
    await createDemoClients(storage, { secretsKey, timezone: config.defaultTimezone, now: Date.now() })
  }
  const hasDemoClient = (await storage.clientByKeyHash(hashApiKey(DEMO_API_KEY))) !== null
  const hint = hasDemoClient ? ` Try it with the API key ${DEMO_API_KEY}.` : ''

  const app = await buildApp({ config, storage, clock: Date.now, logger })
  await app.listen({
    host: config.host,
    port: config.port,
    listenTextResolver: (url) => `Exotel Call Ribbon API is ready at ${url}, documentation at ${url}/docs.${hint}`,
  })

  return async () => {
    logger.info('shutting down: finishing what was accepted')
    setTimeout(app.server.closeAllConnections.bind(app.server), GRACE_MS).unref()
    setTimeout(process.exit.bind(process), EXIT_MS, 1).unref()
    await app.close()
    await storage.close()
  }
}

/** Resolves at the first signal. Listens on even so: a signal that nobody listens to ends the process at once. */
function signalToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        resolve()
      })
    }
  })
}

/** One line for whoever started it, and no stack: what keeps a server from starting is its surroundings. */
function explain({ code, message }: NodeJS.ErrnoException): never {
  const remedy = code === 'EADDRINUSE' ? '. Stop what listens there, or set PORT to another port.' : ''
  console.error(`Cannot start: ${message}${remedy}`)
  process.exit(1)
}
