import { randomBytes } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Logger } from 'pino'
import type { Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { createDemoClients } from '../../src/clients/demo-clients.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import type { Storage } from '../../src/storage/port/storage.js'
import type { Tracer } from '../../src/traces/tracer.js'
import type { Watching } from '../../src/plugins/metrics.js'
import type { Patience } from '../../src/plugins/slow-connections.js'
import type { Patience as ExotelPatience } from '../../src/exotel/patience.js'
import type { Timing } from '../../src/exotel/request.js'
import type { StreamTiming } from '../../src/services/call-streams.js'
import type { RecordingOf } from '../../src/services/recordings.js'
import { Contract } from './contract.js'
import { messagesIn } from './event-stream.js'
import { scratchStorage, type EngineName } from './storage.js'

export const ADMIN_TOKEN = 'test-admin-token-0123456789abcdefghij'
export const DEMO_KEY = 'demo-api-key-789'
export const COLLECTIONS_KEY = 'collections-crm-api-key-123'
export const MARKETING_KEY = 'marketing-leads-api-key-456'

/** Where test clocks start: five minutes after the reference's own example. */
export const START = Date.parse('2025-10-12T10:35:00Z')

/** Apps that share a store share what its credentials are sealed with. */
const SECRETS_KEY = randomBytes(32).toString('base64')

/** The contract, which every app publishes alike. */
let published: Contract | null = null

type Headers = Readonly<Record<string, string>>

export interface TestAppOptions {
  /** Environment variables, over those that tests need. */
  readonly env?: Readonly<Record<string, string>>
  /** What the store runs on, when the test is about that. */
  readonly engine?: EngineName
  /** A store for several apps of a test, which do not look at what the others wrote. Each thread that it spares is dear. */
  readonly store?: Storage
  /** Stands in front of the real store, to make it fail or wait. */
  readonly storage?: (real: Storage) => Storage
  readonly logger?: Logger
  /** What the app's clock shows at first, when the test has a browser, whose clock shows the time. */
  readonly now?: number
  readonly patience?: Patience
  readonly exotelTiming?: Timing
  readonly exotelPatience?: ExotelPatience
  readonly streamTiming?: StreamTiming
  /** Where recordings lie. */
  readonly recordingOf?: RecordingOf
  readonly watching?: Watching
  readonly tracer?: Tracer
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly storage: Storage
  /** The app's clock: it stands still until a test moves it. */
  readonly clock: { now: number }
  /** Injects a request, and fails the test when the answer is not what the contract says. */
  readonly inject: (options: InjectOptions & { url: string }) => Promise<LightMyRequestResponse>
  /** With the demo client's key, unless told which headers to send. */
  readonly get: (url: string, headers?: Headers) => Promise<LightMyRequestResponse>
  readonly post: (url: string, payload: object, headers?: Headers) => Promise<LightMyRequestResponse>
}

/** Production's app with the three demo clients, on a new database unless told on which store. It goes when the test ends. */
export async function buildTestApp(t: Test, options: TestAppOptions = {}): Promise<TestApp> {
  const config = loadConfig({
    ADMIN_TOKEN,
    RATE_LIMIT_MAX: '0',
    SECRETS_KEY,
    ...options.env,
  })
  const clock = { now: options.now ?? START }
  const real = options.store ?? (await scratchStorage(t, config.maxCallAgeMs, options.engine))
  const keys = new KeyRing([config.secretsKey ?? Buffer.alloc(32), ...config.formerSecretsKeys])
  await createDemoClients(real, { keys, timezone: config.defaultTimezone, now: clock.now })
  const storage = options.storage?.(real) ?? real
  const { logger, patience, exotelTiming, exotelPatience, streamTiming, recordingOf, watching, tracer } = options
  const app = await buildApp({
    config,
    keys,
    storage,
    clock: () => clock.now,
    ...(logger && { logger }),
    ...(patience && { patience }),
    ...(exotelTiming && { exotelTiming }),
    ...(exotelPatience && { exotelPatience }),
    ...(streamTiming && { streamTiming }),
    ...(recordingOf && { recordingOf }),
    ...(watching && { watching }),
    ...(tracer && { tracer }),
  })
  t.teardown(() => app.close())

  const contract = (published ??= new Contract(app.swagger()))
  const inject: TestApp['inject'] = async (request) => {
    const method = (request.method ?? 'GET').toUpperCase()
    const path = request.url.split('?')[0] ?? ''
    const response = await answerOf(app, request)
    const fault = contract.fault(method, path, response)
    if (fault !== null) t.fail(`${method} ${path} answers what the contract says`, { fault, body: response.body })
    return response
  }
  return {
    app,
    storage,
    clock,
    inject,
    get: (url, headers = { 'x-api-key': DEMO_KEY }) => inject({ url, headers }),
    post: (url, payload, headers = {}) => inject({ method: 'POST', url, payload, headers }),
  }
}

/** Injects a request. A stream of events has no end: its answer is what comes up to its first message. */
export async function answerOf(app: FastifyInstance, request: InjectOptions): Promise<LightMyRequestResponse> {
  const path = typeof request.url === 'string' ? request.url : ''
  const isStream = /^\/api\/ribbon\/stream\/?(?:\?|$)/.test(path) && (request.method ?? 'GET') === 'GET'
  if (!isStream) return app.inject(request)
  const response = await app.inject({ ...request, payloadAsStream: true })
  let body = ''
  for await (const chunk of response.stream().setEncoding('utf8')) {
    body += String(chunk)
    if (response.headers['content-type'] === 'text/event-stream' && messagesIn(body).length > 0) break
  }
  // How much more has come is a matter of luck.
  const [text = body] = /^[^]*?\ndata: .*\n\n/.exec(body) ?? []
  return Object.assign(Object.create(response) as LightMyRequestResponse, {
    body: text,
    payload: text,
    json: () => JSON.parse(text) as never,
  })
}
