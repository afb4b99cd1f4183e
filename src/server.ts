/** The process: environment, store, listening, signals and exit codes. */
import cluster from 'node:cluster'
import { type Logger, pino } from 'pino'
import { buildApp } from './app.js'
import { Workers } from './cluster.js'
import { type Config, loadConfig } from './config.js'
import { createLogger } from './http/request-log.js'
import { secretsKeyOf } from './secrets-key.js'
import { hashApiKey } from './clients/api-keys.js'
import { createDemoClients, DEMO_API_KEY } from './clients/demo-clients.js'
import { pageSweep } from './jobs/pages.js'
import { retentionSweep } from './jobs/retention.js'
import { openStorage } from './storage/open.js'

/** Connections that are still busy this long after a signal are cut, so that the store is closed in good order. */
const GRACE_MS = 8_000
/** Whatever happens, a process that serves is gone by then, and soon after it the one that started it. */
const EXIT_MS = 9_500
const PRIMARY_EXIT_MS = 9_800

/** Stops what was started: finishes what was accepted, and then closes the store. */
type Stop = () => Promise<void>

const stop = await start().catch(explain)
await signalToEnd()
await stop()
process.exit(0)

async function start(): Promise<Stop> {
  const config = loadConfig(process.env)
  const logger = createLogger(config.logLevel, pino.destination({ sync: false }))
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'the process cannot go on')
    process.exit(1)
  })
  return cluster.isPrimary && config.workers > 1 ? supervise(config, logger) : serve(config, logger)
}

async function serve(settings: Config, logger: Logger): Promise<Stop> {
  const secretsKey = await secretsKeyOf(settings)
  const config = { ...settings, secretsKey }
  const storage = await openStorage({
    url: config.databaseUrl,
    maxCallAgeMs: config.maxCallAgeMs,
    onTrouble: logger.error.bind(logger),
  })
  if (config.demo) {
    await createDemoClients(storage, { secretsKey, timezone: config.defaultTimezone, now: Date.now() })
  }
  const hasDemoClient = (await storage.clientByKeyHash(hashApiKey(DEMO_API_KEY))) !== null
  const hint = hasDemoClient ? ` Try it with the API key ${DEMO_API_KEY}.` : ''

  const app = await buildApp({ config, storage, clock: Date.now, logger })
  await app.listen({
    host: config.host,
    port: config.port,
    listenTextResolver: (url) =>
      announced(`Exotel Call Ribbon API is ready at ${url}, documentation at ${url}/docs.${hint}`),
  })
  const sweeps = [retentionSweep({ storage, clock: Date.now, logger }), pageSweep({ storage, logger })]
  for (const sweep of sweeps) sweep.start()

  return async () => {
    logger.info('shutting down: finishing what was accepted')
    setTimeout(app.server.closeAllConnections.bind(app.server), GRACE_MS).unref()
    setTimeout(process.exit.bind(process), EXIT_MS, 1).unref()
    await Promise.all([app.close(), ...sweeps.map((sweep) => sweep.stop())])
    await storage.close()
  }
}

/** One of several leaves the welcome to the process that started it. */
function announced(welcome: string): string {
  if (cluster.worker === undefined) return welcome
  // A terminal that closes tells all its processes so; only the one that started the others restarts them.
  process.on('SIGHUP', () => undefined)
  cluster.worker.send(welcome)
  return 'a server process is ready'
}

/** Starts several server processes, which share the port and each open the store. SIGHUP restarts them in turn. */
async function supervise({ workers: count }: Config, logger: Logger): Promise<Stop> {
  const workers = new Workers(count, logger)
  process.on('SIGHUP', () => void workers.restart())
  // What keeps the first from starting it has said itself.
  const welcome = await workers.start().catch(() => process.exit(1))
  logger.info(`${welcome} ${String(count)} processes serve it.`)
  return async () => {
    setTimeout(process.exit.bind(process), PRIMARY_EXIT_MS, 1).unref()
    await workers.stop()
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
