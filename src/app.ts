import { randomBytes, randomUUID } from 'node:crypto'
import type { ServerOptions } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from './config.js'
import { LIMITS } from './core/limits.js'
import { CALLBACK_ROOT } from './core/vocabulary/callbacks.js'
import { adminAuthentication } from './plugins/admin-authentication.js'
import { authentication } from './plugins/authentication.js'
import { callbackAuthentication } from './plugins/callback-authentication.js'
import { callbackBodies } from './plugins/callback-bodies.js'
import { caching } from './plugins/caching.js'
import { cors } from './plugins/cors.js'
import { dashboard } from './plugins/dashboard.js'
import { dataAsOf } from './plugins/data-as-of.js'
import { errorHandler, handleClientError, handleError } from './plugins/error-handler.js'
import { loadShedding } from './plugins/load-shedding.js'
import openapi from './plugins/openapi.js'
import { host } from './plugins/host.js'
import { metricsRoute, requestMetrics, type Watching } from './plugins/metrics.js'
import { originCheck } from './plugins/origin.js'
import { maskedCursors, masking } from './plugins/masking.js'
import { pages } from './plugins/pages.js'
import { postman } from './plugins/postman.js'
import {
  adminLimits,
  callbackLimits,
  callerLimits,
  failureLimits,
  guessLimits,
  rateLimit,
} from './plugins/rate-limit.js'
import { jsonParser } from './http/json-body.js'
import { LateCompilers } from './http/late-compilers.js'
import { RequestLog, sameLogger } from './http/request-log.js'
import { securityHeaders } from './plugins/security-headers.js'
import { shutdown } from './plugins/shutdown.js'
import { PATIENCE, slowConnections, timeoutsOf, type Patience } from './plugins/slow-connections.js'
import { traces } from './plugins/traces.js'
import { turns } from './plugins/turns.js'
import { AJV_OPTIONS, readQuery } from './http/validation.js'
import { activeCallRoutes } from './routes/active-calls.js'
import { agentRoutes } from './routes/agents.js'
import { agentSessionRoutes } from './routes/agent-sessions.js'
import { adminBusinessHoursRoutes } from './routes/admin-business-hours.js'
import { adminCallbackRoutes } from './routes/admin-callbacks.js'
import { adminClientRoutes } from './routes/admin-clients.js'
import { adminKeyRoutes } from './routes/admin-keys.js'
import { adminPrivacyRoutes } from './routes/admin-privacy.js'
import { adminReconciliationRoutes } from './routes/admin-reconciliation.js'
import { adminRoutes } from './routes/admin.js'
import { adminWebhookRoutes } from './routes/admin-webhooks.js'
import { analyticsRoutes } from './routes/analytics.js'
import { businessHoursRoutes } from './routes/business-hours.js'
import { callLogRoutes } from './routes/call-logs.js'
import { callRoutes } from './routes/calls.js'
import { configRoutes } from './routes/config.js'
import { customerSearchRoutes } from './routes/customer-search.js'
import { customerRoutes } from './routes/customers.js'
import { exotelCallbackRoutes } from './routes/exotel-callbacks.js'
import { exportRoutes } from './routes/export.js'
import { healthRoutes } from './routes/health.js'
import { initRoutes } from './routes/init.js'
import { logCallRoutes } from './routes/log-call.js'
import { logCallsRoutes } from './routes/log-calls.js'
import { missedCallRoutes } from './routes/missed-calls.js'
import { placedCallRoutes } from './routes/placed-calls.js'
import { recordingRoutes } from './routes/recordings.js'
import { reportRoutes } from './routes/reports.js'
import { rootRoutes } from './routes/root.js'
import { streamRoutes } from './routes/stream.js'
import { webhookRoutes } from './routes/webhooks.js'
import { AdminService } from './services/admin.js'
import { AgentService } from './services/agents.js'
import { AgentSessionService } from './services/agent-sessions.js'
import type { Actor } from './services/audit-log.js'
import { AnalyticsService } from './services/analytics.js'
import { AnalyticsQueryService } from './services/analytics-query.js'
import { BusinessHoursService } from './services/business-hours.js'
import { CallSearch } from './services/call-search.js'
import { CallNotes } from './services/call-notes.js'
import { CallPlacing } from './services/call-placing.js'
import { CallbackService } from './services/callbacks.js'
import { CallService } from './services/calls.js'
import { ChangeFeed } from './services/change-feed.js'
import { CallStreams, type StreamTiming } from './services/call-streams.js'
import { ClientDirectory } from './clients/directory.js'
import { ClientAccounts } from './services/client-accounts.js'
import { KeyRing } from './clients/key-ring.js'
import { ClientService } from './services/clients.js'
import { CustomerSearch } from './services/customer-search.js'
import { CustomerService } from './services/customers.js'
import { DailyReportService } from './services/daily-report.js'
import { ExportService } from './services/exports.js'
import { HealthService } from './services/health.js'
import { IngestService } from './services/ingest.js'
import { KeyAccounts } from './services/key-accounts.js'
import { PrivacyService } from './services/privacy.js'
import { ReconciliationService } from './services/reconciliation.js'
import { MissedCallService } from './services/missed-calls.js'
import { type RecordingOf, RecordingService } from './services/recordings.js'
import { StatusCallbacks } from './services/status-callbacks.js'
import { WebhookService } from './services/webhooks.js'
import type { Patience as ExotelPatience } from './exotel/patience.js'
import type { Timing } from './exotel/request.js'
import type { Storage } from './storage/port/storage.js'
import type { TlsPair } from './tls.js'
import type { Tracer } from './traces/tracer.js'

declare module 'fastify' {
  interface FastifyInstance {
    /** What the server does every hour, where it is told to: see `ReconciliationService`. */
    reconcileLastDay: ReconciliationService['lastDay']
    /** See `LateCompilers`. */
    compileSchemas: LateCompilers['compileAll']
    /** Wakes who follows the changes of clients’ calls, in this process. */
    changeFeed: ChangeFeed
  }
}

interface AppOptions {
  readonly config: Config
  /** One that nobody else has, unless told: credentials that were sealed before stay out of reach then. */
  readonly keys?: KeyRing
  /** Used, not owned: whoever opened it closes it, after the app. */
  readonly storage: Storage
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** None serves plain HTTP. */
  readonly tls?: TlsPair | null
  /** None logs nothing. */
  readonly logger?: Logger
  /** Tests have less. */
  readonly patience?: Patience
  /** How long requests to Exotel may take. Tests wait less. */
  readonly exotelTiming?: Timing
  /** How patiently Exotel's records are read. Tests are less so. */
  readonly exotelPatience?: ExotelPatience
  /** How often streams are looked after. Tests wait less. */
  readonly streamTiming?: StreamTiming
  /** Where recordings lie; tests have some without a call. */
  readonly recordingOf?: RecordingOf
  /** None counts nothing. */
  readonly watching?: Watching | null
  /** None traces nothing. */
  readonly tracer?: Tracer | null
}

/** A character takes at most this much of a path: three bytes of UTF-8, each as `%XX`, to one of JavaScript's units. */
const ENCODED_LENGTH = 9
/** What a caller's own request id may look like: it ends up in logs and headers. */
const REQUEST_ID = /^[\w.:-]{1,64}$/

/** The whole HTTP side, ready to listen: what production runs and tests inject into. */
export async function buildApp({
  config,
  keys = ownKeys(),
  storage,
  clock,
  tls = null,
  logger,
  patience = PATIENCE,
  exotelTiming: timing,
  exotelPatience,
  streamTiming,
  recordingOf = reportedRecordings(storage),
  watching = null,
  tracer = null,
}: AppOptions): Promise<FastifyInstance> {
  const requestLog = new RequestLog(logger)
  const { http, ...timeouts } = timeoutsOf(patience)
  const compilers = new LateCompilers()
  const loggerInstance: FastifyBaseLogger | undefined = logger
  const app = Fastify({
    bodyLimit: LIMITS.bodyBytes,
    ...timeouts,
    keepAliveTimeout: config.keepAliveMs,
    forceCloseConnections: 'idle',
    // Fastify's own answer while closing is no problem document: the shutdown plugin has one.
    return503OnClosing: false,
    routerOptions: { maxParamLength: LIMITS.customerIdLength * ENCODED_LENGTH, ignoreTrailingSlash: true },
    trustProxy: config.trustProxy.length > 0 ? [...config.trustProxy] : false,
    ...serverOptions(http, tls),
    requestIdHeader: false,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    logController: requestLog,
    childLoggerFactory: sameLogger,
    ...(loggerInstance !== undefined && { loggerInstance }),
    ajv: { customOptions: AJV_OPTIONS },
    schemaController: { compilersFactory: compilers.factories },
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
    clientErrorHandler: handleClientError,
  }).withTypeProvider<TypeBoxTypeProvider>()

  const readTime = () => ({ now: clock(), maxCallAgeMs: config.maxCallAgeMs })
  const services = { storage, clock, readTime, keys }
  const directory = new ClientDirectory(services)
  const agents = new AgentService(services)
  const clients = new ClientService({ ...services, agents })
  const hours = new BusinessHoursService(services)
  const webhooks = (by: Actor | null) => {
    const allowPrivate = config.webhookAllowPrivate
    return new WebhookService({ ...services, secretKeys: async () => keys, allowPrivate, by })
  }

  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, jsonParser(app))
  // Hooks that every request passes and that wait for nothing take a callback: a promise each would cost more than they do.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onClose', async () => {
    requestLog.close()
  })
  // First, so that they see what others refuse.
  if (watching !== null) await app.register(requestMetrics, watching)
  if (tracer !== null) await app.register(traces, { tracer })
  await app.register(slowConnections)
  await app.register(turns)
  await app.register(securityHeaders)
  await app.register(errorHandler)
  await app.register(host)
  await app.register(shutdown)
  await app.register(cors, { directory, corsOrigins: config.corsOrigins })
  await app.register(loadShedding)
  await app.register(rateLimit, {
    rateLimit: config.rateLimit,
    redisUrl: config.redisUrl,
    onShared: (isUp) => watching?.own.watchLimits(isUp),
  })
  await app.register(openapi)
  if (watching !== null) await app.register(metricsRoute, watching)
  await app.register(pages)
  await app.register(dashboard)
  await app.register(rootRoutes)
  await app.register(postman, { publicOrigin: config.publicOrigin })
  await app.register(healthRoutes, { health: new HealthService(services) })
  const callbacks = new CallbackService({ ...services, agents })
  app.addHook('onClose', () => callbacks.close())
  const exotel = { ...services, apiUrl: config.exotelApiUrl, timing }
  const reconciliation = new ReconciliationService({ ...exotel, agents, logger: app.log, patience: exotelPatience })
  app.addHook('onClose', () => reconciliation.close())
  app.decorate('compileSchemas', compilers.compileAll.bind(compilers))
  app.decorate('changeFeed', new ChangeFeed(storage))
  app.decorate('reconcileLastDay', reconciliation.lastDay.bind(reconciliation))
  await app.register(
    async (api) => {
      await api.register(masking, { keys })
      await api.register(caching)
      await api.register(dataAsOf, { storage })
      api.addHook('preValidation', (request, _reply, done) => {
        readQuery(request)
        done()
      })
      await api.register(
        async (ribbon) => {
          await ribbon.register(failureLimits, { rateLimit: config.rateLimit })
          await ribbon.register(authentication, { directory })
          await ribbon.register(maskedCursors, { keys })
          await ribbon.register(originCheck, { corsOrigins: config.corsOrigins, publicOrigin: config.publicOrigin })
          await ribbon.register(callerLimits, { rateLimit: config.rateLimit })
          await ribbon.register(initRoutes, { clients })
          await ribbon.register(agentSessionRoutes, { sessions: new AgentSessionService({ directory, clock }) })
          const ingest = new IngestService(services)
          await ribbon.register(logCallRoutes, { ingest })
          await ribbon.register(logCallsRoutes, { ingest })
          await ribbon.register(configRoutes, { clients })
          await ribbon.register(analyticsRoutes, {
            analytics: new AnalyticsService(services),
            questions: new AnalyticsQueryService(services),
          })
          await ribbon.register(reportRoutes, { reports: new DailyReportService(services) })
          const calls = new CallService(services)
          await ribbon.register(callLogRoutes, { calls })
          await ribbon.register(activeCallRoutes, { calls })
          await ribbon.register(callRoutes, {
            search: new CallSearch(services),
            notes: new CallNotes(services),
          })
          await ribbon.register(missedCallRoutes, { missed: new MissedCallService(services) })
          await ribbon.register(exportRoutes, { exports: new ExportService(services) })
          const streams = new CallStreams({ ...services, directory, feed: app.changeFeed, timing: streamTiming })
          watching?.own.watchStreams(() => streams.figures)
          app.addHook('preClose', async () => {
            streams.close()
          })
          await ribbon.register(streamRoutes, { streams })
          await ribbon.register(businessHoursRoutes, { hours })
          await ribbon.register(webhookRoutes, { webhooks: webhooks(null) })
          await ribbon.register(agentRoutes, { agents })
          await ribbon.register(customerRoutes, { customers: new CustomerService(services) })
          await ribbon.register(customerSearchRoutes, { search: new CustomerSearch(services) })
          const statusCallbacks = new StatusCallbacks({ ...services, publicOrigin: config.publicOrigin })
          await ribbon.register(placedCallRoutes, { placing: new CallPlacing({ ...exotel, clients, statusCallbacks }) })
          const { recordingHosts: hosts } = config
          await ribbon.register(recordingRoutes, {
            recordings: new RecordingService({ ...exotel, hosts, recordingOf }),
          })
        },
        { prefix: '/ribbon' },
      )
      await api.register(
        async (admin) => {
          await admin.register(guessLimits, { rateLimit: config.rateLimit })
          await admin.register(adminAuthentication, { adminTokens: config.adminTokens })
          await admin.register(adminLimits, { rateLimit: config.rateLimit })
          await admin.register(adminRoutes, { admin: new AdminService(services) })
          const { defaultTimezone } = config
          const parts = { ...services, secretKeys: async () => keys, defaultTimezone }
          await admin.register(adminClientRoutes, { accounts: (by: Actor) => new ClientAccounts({ ...parts, by }) })
          await admin.register(adminCallbackRoutes, { callbacks })
          await admin.register(adminReconciliationRoutes, { reconciliation })
          const secretKeys = async () => keys
          await admin.register(adminPrivacyRoutes, {
            privacy: (by: Actor) => new PrivacyService({ ...services, secretKeys, by }),
          })
          await admin.register(adminBusinessHoursRoutes, { hours })
          await admin.register(adminWebhookRoutes, { webhooks })
          await admin.register(adminKeyRoutes, {
            keys: (by: Actor) => new KeyAccounts({ ...services, publicOrigin: config.publicOrigin, by }),
          })
        },
        { prefix: '/admin' },
      )
    },
    { prefix: '/api' },
  )
  await app.register(
    async (own) => {
      own.addHook('onRequest', (_request, reply, done) => {
        reply.header('cache-control', 'no-store')
        done()
      })
      await own.register(failureLimits, { rateLimit: config.rateLimit })
      await own.register(callbackAuthentication, { directory })
      await own.register(callbackLimits, { rateLimit: config.rateLimit })
      await own.register(callbackBodies)
      await own.register(exotelCallbackRoutes, { callbacks })
    },
    { prefix: CALLBACK_ROOT },
  )
  await app.ready()
  return app
}

/** Recordings lie where Exotel's reports say. */
function reportedRecordings(storage: Storage): RecordingOf {
  return async (clientId, sessionId) => (await storage.callBySession(clientId, sessionId))?.call.recordingUrl ?? null
}

function ownKeys(): KeyRing {
  return new KeyRing([randomBytes(32)])
}

/** A server of HTTP/1.1 either way, whose types differ. */
function serverOptions(http: ServerOptions, tls: TlsPair | null): { http: ServerOptions } {
  // Node.js would answer what names no host with no problem document: the plugin `host` has one.
  const options = { ...http, requireHostHeader: false }
  return (tls === null ? { http: options } : { https: { ...options, ...tls } }) as { http: ServerOptions }
}

function requestIdOf(header: string | string[] | undefined): string {
  const id = String(header ?? '')
  return REQUEST_ID.test(id) ? id : randomUUID()
}
