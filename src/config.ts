import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { isAddressBlock } from './clients/addresses.js'
import { type AdminToken, readAdminTokens, strongToken } from './clients/admin-tokens.js'
import { ConfigError } from './config-error.js'
import { isTimeZone } from './core/calendar.js'
import { DEFAULT_TIMEZONE } from './core/defaults.js'
import { type AllowedHost, allowedHost, allowedHosts, RECORDING_HOSTS } from './exotel/hosts.js'
import { withSecretFiles } from './secret-files.js'

/** All that the environment decides, read once at start. */
export interface Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly databaseUrl: string
  /** Server processes that share the port; more than one only on a database that is a server. */
  readonly workers: number
  readonly redisUrl: string | null
  /** What opens the admin API, each with the name of who holds it; none closes it. */
  readonly adminTokens: readonly AdminToken[]
  /** 32 bytes that seal Exotel credentials; null when they are to be kept beside the embedded database. */
  readonly secretsKey: Buffer | null
  /** Keys that were `secretsKey` before, and still open what was sealed with them. */
  readonly formerSecretsKeys: readonly Buffer[]
  readonly defaultTimezone: string
  readonly maxCallAgeMs: number
  readonly rateLimit: RateLimits
  /** How long a connection is kept open for the next request. */
  readonly keepAliveMs: number
  /** Addresses and CIDR blocks whose `X-Forwarded-*` headers are believed. */
  readonly trustProxy: readonly string[]
  /** Paths of PEM files; null serves plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** Origins allowed beside the clients' own domains; `*` allows all. */
  readonly corsOrigins: readonly string[]
  readonly logLevel: string
  /** What browsers call this server, such as `https://api.example.com`; null when it is only for this machine. */
  readonly publicOrigin: string | null
  /** Whether a new database gets the demo clients. */
  readonly demo: boolean
  /** Demo clients that a server may serve; null allows all. */
  readonly allowedDemoClients: readonly string[] | null
  /** Origin of a server that is asked in place of Exotel's API, for all clients; null asks Exotel. */
  readonly exotelApiUrl: string | null
  /** Whether the last day of every client is compared with Exotel's records each hour. */
  readonly reconcile: boolean
  /** Whether webhooks may lie in private networks, or on this machine, and be sent to without encryption. */
  readonly webhookAllowPrivate: boolean
  /** Where recordings may be fetched from. */
  readonly recordingHosts: readonly AllowedHost[]
  /** How the server's figures are read; null when nobody may, and then nothing is counted. */
  readonly metrics: MetricsConfig | null
  /** How long a statement of the store may take before it is logged with its plan. */
  readonly slowStatementMs: number
  /** Where traces are sent; null makes none. */
  readonly traces: TracesConfig | null
}

export interface MetricsConfig {
  /** What opens `/metrics` on the API's own port; null leaves that closed. */
  readonly token: AdminToken | null
  /** Where they are to be had without a token; null: nowhere. */
  readonly own: { readonly host: string; readonly port: number } | null
}

export interface TracesConfig {
  /** Of a collector that speaks OTLP over HTTP, without the path of a signal. */
  readonly endpoint: string
  readonly serviceName: string
}

/** Requests in one window, of each kind of work. */
interface RateLimits {
  /** Of one API key; 0 turns all limits off. */
  readonly max: number
  /** Of one client with all its keys; 0 turns this limit off. */
  readonly clientMax: number
  /** Of one address, before anybody knows whose request it is; 0 turns this limit off. */
  readonly addressMax: number
  readonly windowMs: number
}

/** What a client and an address may send unless it is set: as much as so many keys. */
const KEYS_AT_ONCE = 4

const MOST_REQUESTS = 1_000_000_000
const DATABASE_URL = /^(file:.|postgres(ql)?:\/\/.)/

/** Whether a text names a database, of either kind. */
export function isDatabaseUrl(text: string): boolean {
  return DATABASE_URL.test(text)
}

const CLIENT_ID = /^[\w.-]+$/
const SECRETS_KEY = /^[A-Za-z0-9+/_-]{43}=?$/

/** Each description finishes the sentence "NAME must be …", which is what a person with a wrong value reads. */
const EnvironmentSchema = Type.Object({
  HOST: Type.String({ default: '127.0.0.1', description: 'an address to listen on' }),
  PORT: integer(0, 65_535, 3000),
  DATABASE_URL: Type.String({
    pattern: DATABASE_URL.source,
    default: 'file:./data/ribbon.db',
    description: 'file:<path> or postgres://<user>@<host>/<database>',
  }),
  WORKERS: integer(1, 256, 1),
  REDIS_URL: Type.Optional(Type.String({ pattern: '^rediss?://.', description: 'redis://<host>:<port>' })),
  ADMIN_TOKEN: Type.Optional(Type.String()),
  ADMIN_TOKENS: Type.Optional(Type.String()),
  ADMIN_TOKENS_FILE: Type.Optional(Type.String()),
  SECRETS_KEY: Type.Optional(
    Type.String({ pattern: SECRETS_KEY.source, description: '32 bytes in base64: openssl rand -base64 32' }),
  ),
  SECRETS_KEYS_FORMER: Type.String({ default: '' }),
  DEFAULT_TIMEZONE: Type.String({ default: DEFAULT_TIMEZONE }),
  MAX_CALL_AGE: Type.String({ default: '4h' }),
  RATE_LIMIT_MAX: integer(0, MOST_REQUESTS, 6000),
  RATE_LIMIT_CLIENT_MAX: Type.Optional(wholeNumber(0, MOST_REQUESTS)),
  RATE_LIMIT_ADDRESS_MAX: Type.Optional(wholeNumber(0, MOST_REQUESTS)),
  RATE_LIMIT_WINDOW: Type.String({ default: '1 minute' }),
  KEEP_ALIVE: Type.Optional(Type.String()),
  TRUST_PROXY: Type.String({ default: '' }),
  TLS_CERT: Type.Optional(Type.String()),
  TLS_KEY: Type.Optional(Type.String()),
  CORS_ORIGINS: Type.String({ default: '' }),
  PUBLIC_ORIGIN: Type.Optional(Type.String()),
  LOG_LEVEL: Type.String({
    pattern: '^(fatal|error|warn|info|debug|trace|silent)$',
    default: 'info',
    description: 'one of fatal, error, warn, info, debug, trace, silent',
  }),
  DEMO: Type.Optional(onOrOff()),
  ALLOW_DEMO_CLIENTS: Type.String({ default: '' }),
  NODE_ENV: Type.Optional(Type.String()),
  EXOTEL_API_URL: Type.Optional(Type.String()),
  RECONCILE: Type.Optional(onOrOff()),
  WEBHOOK_ALLOW_PRIVATE: Type.Optional(onOrOff()),
  RECORDING_HOSTS: Type.String({ default: RECORDING_HOSTS.join(',') }),
  METRICS_TOKEN: Type.Optional(Type.String()),
  METRICS_PORT: Type.Optional(wholeNumber(0, 65_535)),
  METRICS_HOST: Type.Optional(Type.String()),
  SLOW_STATEMENT: Type.String({ default: '1s' }),
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({ pattern: '^https?://[^\\s?#]+$', description: 'a URL such as http://127.0.0.1:4318' }),
  ),
  OTEL_SERVICE_NAME: Type.Optional(Type.String()),
})

/**
 * Reads the environment. A variable that is set to nothing counts as not set.
 * @throws ConfigError naming the first variable that cannot be used; never quoting its value, which may be a secret
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const env = validated(withSecretFiles(environment))
  if (env.WORKERS > 1 && env.DATABASE_URL.startsWith('file:')) {
    throw new ConfigError('WORKERS must be 1 when the database is a file: several processes share a postgres:// server')
  }
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    workers: env.WORKERS,
    redisUrl: env.REDIS_URL ?? null,
    adminTokens: readAdminTokens(env),
    secretsKey: env.SECRETS_KEY === undefined ? null : Buffer.from(env.SECRETS_KEY, 'base64'),
    formerSecretsKeys: formerKeys(env.SECRETS_KEYS_FORMER, env.SECRETS_KEY),
    defaultTimezone: timeZone('DEFAULT_TIMEZONE', env.DEFAULT_TIMEZONE),
    maxCallAgeMs: duration('MAX_CALL_AGE', env.MAX_CALL_AGE),
    rateLimit: {
      max: env.RATE_LIMIT_MAX,
      clientMax: env.RATE_LIMIT_CLIENT_MAX ?? env.RATE_LIMIT_MAX * KEYS_AT_ONCE,
      addressMax: env.RATE_LIMIT_ADDRESS_MAX ?? env.RATE_LIMIT_MAX * KEYS_AT_ONCE,
      windowMs: duration('RATE_LIMIT_WINDOW', env.RATE_LIMIT_WINDOW),
    },
    keepAliveMs: duration('KEEP_ALIVE', env.KEEP_ALIVE ?? (env.TRUST_PROXY === '' ? '10s' : '72s')),
    trustProxy: listOf(env.TRUST_PROXY, isAddressBlock, 'TRUST_PROXY must be a list of IP addresses and CIDR blocks'),
    tls: tlsOf(env),
    corsOrigins: listOf(
      env.CORS_ORIGINS,
      isOrigin,
      'CORS_ORIGINS must be a list of origins such as https://crm.example',
    ),
    publicOrigin: httpOrigin('PUBLIC_ORIGIN', env.PUBLIC_ORIGIN),
    logLevel: env.LOG_LEVEL,
    demo: env.DEMO === undefined ? env.NODE_ENV !== 'production' : isOn(env.DEMO),
    allowedDemoClients:
      env.NODE_ENV === 'production'
        ? listOf(env.ALLOW_DEMO_CLIENTS, (id) => CLIENT_ID.test(id), 'ALLOW_DEMO_CLIENTS must be a list of client ids')
        : null,
    exotelApiUrl: httpOrigin('EXOTEL_API_URL', env.EXOTEL_API_URL),
    reconcile: env.RECONCILE !== undefined && isOn(env.RECONCILE),
    webhookAllowPrivate: env.WEBHOOK_ALLOW_PRIVATE !== undefined && isOn(env.WEBHOOK_ALLOW_PRIVATE),
    recordingHosts: allowedHosts(
      listOf(
        env.RECORDING_HOSTS,
        (host) => allowedHost(host) !== null,
        'RECORDING_HOSTS must be a list of hosts such as *.exotel.com, s3.amazonaws.com/bucket or https://recordings.example:8443',
      ),
    ),
    metrics: metricsOf(env),
    slowStatementMs: duration('SLOW_STATEMENT', env.SLOW_STATEMENT),
    traces:
      env.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? null
        : {
            endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/+$/, ''),
            serviceName: env.OTEL_SERVICE_NAME ?? 'exotel-call-ribbon-api',
          },
  }
}

function metricsOf(env: Static<typeof EnvironmentSchema>): MetricsConfig | null {
  const { METRICS_TOKEN: token, METRICS_PORT: port, METRICS_HOST: host } = env
  if (host !== undefined && port === undefined) {
    throw new ConfigError('METRICS_HOST must be set together with METRICS_PORT: it says where that port is')
  }
  if (token === undefined && port === undefined) return null
  return {
    token: token === undefined ? null : strongToken('METRICS_TOKEN', 'metrics', token),
    own: port === undefined ? null : { host: host ?? '127.0.0.1', port },
  }
}

function tlsOf({ TLS_CERT: cert, TLS_KEY: key }: Static<typeof EnvironmentSchema>): Config['tls'] {
  if (cert === undefined && key === undefined) return null
  if (cert === undefined || key === undefined)
    throw new ConfigError('TLS_CERT and TLS_KEY must be set together, or neither of them')
  return { cert, key }
}

function validated(environment: Readonly<Record<string, string | undefined>>): Static<typeof EnvironmentSchema> {
  const values: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(EnvironmentSchema.properties)) {
    const text = environment[name]?.trim()
    if (text === undefined || text === '') continue
    values[name] = schema.type === 'integer' && /^\d+$/.test(text) ? Number(text) : text
  }
  const env = Value.Default(EnvironmentSchema, values)
  const error = Value.Errors(EnvironmentSchema, env).First()
  if (error !== undefined) throw new ConfigError(`${error.path.slice(1)} must be ${String(error.schema.description)}`)
  return env as Static<typeof EnvironmentSchema>
}

function wholeNumber(minimum: number, maximum: number) {
  return Type.Integer({
    minimum,
    maximum,
    description: `a whole number from ${String(minimum)} to ${String(maximum)}`,
  })
}

function onOrOff() {
  return Type.String({ pattern: '^(1|0|on|off|true|false|yes|no)$', description: 'on or off' })
}

function isOn(text: string): boolean {
  return /^(1|on|true|yes)$/.test(text)
}

function integer(minimum: number, maximum: number, value: number) {
  return { ...wholeNumber(minimum, maximum), default: value }
}

function timeZone(name: string, zone: string): string {
  if (!isTimeZone(zone)) throw new ConfigError(`${name} must be an IANA time zone such as Asia/Kolkata`)
  return zone
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `4h`, `90 s`, `1 minute`, `2 days`: one number and one unit. */
function duration(name: string, text: string): number {
  const parts = /^(\d{1,6}) ?(ms|s|m|h|d|(?:sec|second|min|minute|hour|day)s?)$/i.exec(text)
  const unit = String(parts?.[2]).toLowerCase()
  const milliseconds = Number(parts?.[1]) * Number(UNIT_MS[unit === 'ms' ? unit : unit.charAt(0)])
  if (!(milliseconds > 0)) throw new ConfigError(`${name} must be a duration such as 4h, 30 minutes or 90s`)
  return milliseconds
}

function listOf(text: string, isMember: (member: string) => boolean, expectation: string): readonly string[] {
  const members = text.split(',').map((member) => member.trim())
  const kept = members.filter((member) => member !== '')
  if (!kept.every(isMember)) throw new ConfigError(`${expectation}, separated by commas`)
  return kept
}

function formerKeys(text: string, current: string | undefined): readonly Buffer[] {
  const expectation = 'SECRETS_KEYS_FORMER must be a list of keys of 32 bytes in base64'
  const keys = listOf(text, (member) => SECRETS_KEY.test(member), expectation)
  if (keys.length > 0 && current === undefined) {
    throw new ConfigError(
      'SECRETS_KEYS_FORMER must be used with SECRETS_KEY: without it, former keys are lines of secrets.key',
    )
  }
  return keys.map((key) => Buffer.from(key, 'base64'))
}

function httpOrigin(name: string, text: string | undefined): string | null {
  if (text === undefined) return null
  if (isOrigin(text) && /^https?:/.test(text)) return text
  throw new ConfigError(`${name} must be one origin such as https://api.example.com, without a path`)
}

function isOrigin(member: string): boolean {
  return member === '*' || (URL.canParse(member) && new URL(member).origin === member)
}
