/** A server process from its start to its end: environment, store, listening, signals and exit codes. */
import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import type { Server } from 'node:https'
import { type Logger, pino } from 'pino'
import { hashApiKey } from './clients/api-keys.js'
import { createDemoClients, DEMO_API_KEY, openToEverybody } from './clients/demo-clients.js'
import { Workers } from './cluster.js'
import { type Config, loadConfig, type TracesConfig } from './config.js'
import { ConfigError } from './config-error.js'
import { createLogger } from './http/logger.js'
import { deletionSweep } from './jobs/deletion.js'
import type { SweepEnd } from './jobs/sweep.js'
import { pageSweep } from './jobs/pages.js'
import { reconciliationSweep } from './jobs/reconciliation.js'
import { retentionSweep } from './jobs/retention.js'
import type { Metrics } from './metrics/metrics.js'
import { serveMetrics } from './metrics/server.js'
import { RETRY_SCHEDULE } from './core/webhooks.js'
import { checkKeys, givenKeys, secretKeys } from './secret-keys.js'
import type { Watching } from './plugins/metrics.js'
import { isServer, openStorage, placeOf } from './storage/open.js'
import type { Storage } from './storage/port/storage.js'
import { readTls, renewAtSighup, warnOfEnd } from './tls.js'
import type { Tracer } from './traces/tracer.js'
import { traceWith } from './tracing.js'
import { WebhookSender } from './webhooks/sender.js'
import { SENDER_TIMING } from './webhooks/timing.js'
import { type Welcome, welcomeLines, welcomeSentence } from './welcome.js'

/** Connections that are still busy this long after a signal are cut, so that the store is closed in good order. */
const GRACE_MS = 8_000
/** Whatever happens, a process that serves is gone by then, and soon after it the one that started it. */
const EXIT_MS = 9_500
const PRIMARY_EXIT_MS = 9_800

/**
 * Connections that may wait to be accepted; a system may hold it to fewer. Those of a burst beyond it are tried again a second
 * later: Node.js has room for 511 unless told.
 */
const BACKLOG = 4096

/** Stops what was started: finishes what was accepted, and then closes the store. */
type Stop = () => Promise<void>

/** Says that the server is ready. */
type Announce = (welcome: Welcome) => void

/**
 * Serves until a signal ends it, and ends the process.
 * @param say greets whoever started it, when the server is ready
 */
export async function serveUntilSignal(environment: NodeJS.ProcessEnv, say: Announce = sayAtTerminal): Promise<never> {
  const stop = await start(environment, say).catch(explain)
  await signalToEnd.promise
  await stop()
  process.exit(0)
}

function sayAtTerminal(welcome: Welcome): void {
  if (process.stdout.isTTY) console.log(`${welcomeLines(welcome).join('\n')}\n`)
}

async function start(environment: NodeJS.ProcessEnv, say: Announce): Promise<Stop> {
  const config = loadConfig(environment)
  const logger = await openLog(config.logLevel)
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'the process cannot go on')
    process.exit(1)
  })
  const announce = (welcome: Welcome, more = ''): void => {
    signalToEnd.listen()
    say(welcome)
    if (!process.stdout.isTTY) logger.info(`${welcomeSentence(welcome)}${more}`)
  }
  if (cluster.isPrimary && config.workers > 1) return supervise(config, logger, announce)
  return serve(config, logger, cluster.worker === undefined ? announce : announceToPrimary(logger))
}

/** Lines for people on a terminal, JSON for programs elsewhere. */
async function openLog(level: string): Promise<Logger> {
  if (!process.stdout.isTTY) return createLogger(level, pino.destination({ sync: false }))
  const { terminalLog } = await import('./http/terminal-log.js')
  return createLogger(
    level,
    terminalLog((text) => process.stdout.write(text)),
  )
}

async function serve(config: Config, logger: Logger, announce: Announce): Promise<Stop> {
  const tls = config.tls && readTls(config.tls)
  const { databaseUrl: url, maxCallAgeMs } = config
  givenKeys(config)
  // The store opens in threads of its own, or in a server: meanwhile this one loads the HTTP side, which takes as long.
  const own = config.metrics && new (await import('./metrics/metrics.js')).Metrics()
  const tracer = config.traces && (await openTracer(config.traces))
  const [opened, { buildApp }] = await Promise.all([
    openStorage({
      url,
      maxCallAgeMs,
      onTrouble: logger.error.bind(logger),
      ...(own && { onNews: own.storeNews }),
      slowMs: config.slowStatementMs,
      onSlow: (statement) => {
        logger.warn(statement, 'a statement of the store was slow')
        own?.slowStatement()
      },
    }),
    import('./app.js'),
  ])
  const storage = tracer === null ? opened : tracer.store(opened, isServer(url) ? 'postgresql' : 'sqlite')
  const keys = await secretKeys(config, storage)
  await checkKeys(keys, storage)
  if (config.demo) {
    await createDemoClients(storage, { keys, timezone: config.defaultTimezone, now: Date.now() })
  }
  await refuseDemoClients(config, storage)
  const watching = own && (await watch(own, config, storage))
  if (tls !== null) {
    own?.certificate(tls)
    warnOfEnd(tls, logger)
  }
  const app = await buildApp({ config, keys, storage, clock: Date.now, tls, logger, watching, tracer })
  // The framework would say where it listens once for each address of the machine.
  const { level } = logger
  logger.level = 'silent'
  const address = await app.listen({ host: config.host, port: config.port, backlog: BACKLOG })
  logger.level = level
  if (config.tls !== null) {
    renewAtSighup(app.server as unknown as Server, config.tls, logger, (pair) => own?.certificate(pair))
  }
  announce({ url: address, database: await placeOf(url), ...(await clientsThere(storage)) })
  void app.compileSchemas()
  const onEnd = (end: SweepEnd): void => own?.jobEnded(end, Date.now())
  const jobs = { storage, clock: Date.now, logger, onEnd }
  const sweeps = [retentionSweep(jobs), deletionSweep(jobs), pageSweep(jobs)]
  if (config.reconcile) sweeps.push(reconciliationSweep({ ...jobs, reconcile: app.reconcileLastDay }))
  const webhooks = new WebhookSender({
    ...jobs,
    keys,
    // The embedded store has one server at a time, which goes on where the one before was killed.
    owner: isServer(url) ? randomUUID() : 'server',
    maxCallAgeMs,
    allowPrivate: config.webhookAllowPrivate,
    timing: SENDER_TIMING,
    schedule: RETRY_SCHEDULE,
    feed: app.changeFeed,
    onDelivery: own?.delivered.bind(own),
  })
  for (const job of [...sweeps, webhooks]) job.start()
  const closeMetrics = watching && cluster.isPrimary ? await openMetrics(config, logger, watching.text) : null

  return async () => {
    logger.info('shutting down: finishing what was accepted')
    setTimeout(app.server.closeAllConnections.bind(app.server), GRACE_MS).unref()
    setTimeout(process.exit.bind(process), EXIT_MS, 1).unref()
    closeMetrics?.()
    await Promise.all([app.close(), ...[...sweeps, webhooks].map((job) => job.stop())])
    await storage.close()
    await tracer?.close()
    await leaveCluster()
  }
}

/** What traces is loaded where somebody wants traces; an install may leave it out. */
async function openTracer(config: TracesConfig): Promise<Tracer> {
  const { Tracer } = await import('./traces/tracer.js').catch((error: unknown) => {
    const why = (error as Error).message
    throw new ConfigError(
      `OTEL_EXPORTER_OTLP_ENDPOINT needs the optional dependencies, and one cannot be loaded: ${why}`,
    )
  })
  const tracer = new Tracer(config)
  traceWith(tracer)
  return tracer
}

/** How the application is watched: by its own figures, summed with those of the other processes where there are some. */
async function watch(own: Metrics, { metrics }: Config, storage: Storage): Promise<Watching> {
  own.watch({ storage, clock: Date.now })
  const isAlone = cluster.worker === undefined
  const text = isAlone ? own.text.bind(own) : (await import('./metrics/processes.js')).askPrimary(own)
  return { own, text, token: metrics?.token ?? null }
}

/** Opens the figures' own port, where there is one. @returns what closes it */
async function openMetrics(
  { metrics }: Config,
  logger: Logger,
  text: () => Promise<string>,
): Promise<(() => void) | null> {
  if (metrics === null || metrics.own === null) return null
  const { url, close } = await serveMetrics(metrics.own, text)
  logger.info(`metrics are at ${url}`)
  return close
}

/** @throws ConfigError when keys that everybody knows open the database of a server in production */
async function refuseDemoClients({ allowedDemoClients }: Config, storage: Storage): Promise<void> {
  if (allowedDemoClients === null) return
  const open = (await openToEverybody(storage, Date.now())).filter((id) => !allowedDemoClients.includes(id))
  if (open.length === 0) return
  throw new ConfigError(
    `Everybody knows the keys of the demo clients, and this database has some (${open.join(', ')}): refuse them with ${open.map((id) => `ribbon clients suspend ${id}`).join(' && ')}, or list them in ALLOW_DEMO_CLIENTS`,
  )
}

/**
 * One of several that ends at once would take connections with it that the primary was just handing over, and their callers
 * would wait for ever. One that takes its leave first hands them back.
 */
async function leaveCluster(): Promise<void> {
  const { worker } = cluster
  if (worker?.isConnected() !== true) return
  const left = once(worker, 'disconnect')
  worker.disconnect()
  await left
}

async function clientsThere(storage: Storage): Promise<Pick<Welcome, 'hasDemoClient' | 'hasClients'>> {
  const demo = await storage.clientByKeyHash(hashApiKey(DEMO_API_KEY))
  return {
    hasDemoClient: demo?.status === 'active' && demo.key.endsAt === null,
    hasClients: (await storage.allClients({ after: '', limit: 1 })).length > 0,
  }
}

/** One of several leaves the welcome to the process that started it. */
function announceToPrimary(logger: Logger): Announce {
  // A terminal that closes tells all its processes so; only the one that started the others restarts them.
  process.on('SIGHUP', () => undefined)
  return (welcome) => {
    signalToEnd.listen()
    if (!process.stdout.isTTY) logger.info('a server process is ready')
    cluster.worker?.send(welcome)
  }
}

/** Starts several server processes, which share the port and each open the store. SIGHUP restarts them in turn. */
async function supervise(
  config: Config,
  logger: Logger,
  announce: (welcome: Welcome, more: string) => void,
): Promise<Stop> {
  const count = config.workers
  const workers = new Workers(count, logger)
  const text = config.metrics && (await import('./metrics/processes.js')).sumOfWorkers()
  process.on('SIGHUP', () => void workers.restart())
  // What keeps the first from starting it has said itself.
  const welcome = await workers.start().catch(() => process.exit(1))
  announce(welcome, ` ${String(count)} processes serve it.`)
  const closeMetrics = text && (await openMetrics(config, logger, text))
  return async () => {
    setTimeout(process.exit.bind(process), PRIMARY_EXIT_MS, 1).unref()
    closeMetrics?.()
    await workers.stop()
  }
}

/**
 * The first signal to end. It is listened to from when the server says that it is ready, so that whoever has heard that ends it in
 * good order, and not before, so that a start that hangs can be ended at once. It is listened to ever after: a signal that nobody
 * listens to ends the process.
 */
class SignalToEnd {
  readonly #signals = new EventEmitter()
  readonly promise = once(this.#signals, 'end')

  listen(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.#signals.emit('end'))
  }
}

const signalToEnd = new SignalToEnd()

/** One line for whoever started it, and no stack: what keeps a server from starting is its surroundings. */
function explain({ code, message }: NodeJS.ErrnoException): never {
  const remedy = code === 'EADDRINUSE' ? '. Stop what listens there, or set PORT to another port.' : ''
  console.error(`Cannot start: ${message}${remedy}`)
  process.exit(1)
}
