import { isIP } from 'node:net'
import { isTimeZone } from './core/calendar.js'
import { DEFAULT_TIMEZONE } from './core/vocabulary.js'

/** All that the environment decides, read once at start. */
export interface Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly databaseUrl: string
  /** Server processes that share the port; more than one only on a database that is a server. */
  readonly workers: number
  readonly redisUrl: string | null
  /** Null closes the admin API. */
  readonly adminToken: string | null
  /** 32 bytes that seal Exotel credentials; null when they are to be kept beside the embedded database. */
  readonly secretsKey: Buffer | null
  readonly defaultTimezone: string
  readonly maxCallAgeMs: number
  /** Requests per API key and window; a `max` of 0 turns the limit off. */
  readonly rateLimit: { readonly max: number; readonly windowMs: number }
  /** Addresses and CIDR blocks whose `X-Forwarded-*` headers are believed. */
  readonly trustProxy: readonly string[]
  /** Origins allowed beside the clients' own domains; `*` allows all. */
  readonly corsOrigins: readonly string[]
  readonly logLevel: string
  /** Whether a new database gets the demo clients. */
  readonly demo: boolean
}

/** A setting that cannot be used. Its message names the variable, for the person who set it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const DATABASE_URL = /^(file:.|postgres(ql)?:\/\/.)/

/** Whether a text names a database, of either kind. */
export function isDatabaseUrl(text: string): boolean {
  return DATABASE_URL.test(text)
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const LOG_LEVEL = new RegExp(`^(${LOG_LEVELS.join('|')})$`)
const SECRETS_KEY = /^[A-Za-z0-9+/_-]{43}=?$/
const SWITCH = /^(1|0|on|off|true|false|yes|no)$/

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the environment. A variable that is set to nothing counts as not set. Without a library of schemas, which takes as long
 * to load as the rest of what opens the store.
 * @throws ConfigError naming the first variable that cannot be used; never quoting its value, which may be a secret
 */
export function loadConfig(env: Environment): Config {
  const databaseUrl =
    given(env, 'DATABASE_URL', DATABASE_URL, 'file:<path> or postgres://<user>@<host>/<database>') ??
    'file:./data/ribbon.db'
  const workers = integer(env, 'WORKERS', 1, 256) ?? 1
  if (workers > 1 && databaseUrl.startsWith('file:')) {
    throw new ConfigError('WORKERS must be 1 when the database is a file: several processes share a postgres:// server')
  }
  const secretsKey = given(env, 'SECRETS_KEY', SECRETS_KEY, '32 bytes in base64: openssl rand -base64 32')
  const demo = given(env, 'DEMO', SWITCH, 'on or off')
  return {
    host: given(env, 'HOST') ?? '127.0.0.1',
    port: integer(env, 'PORT', 0, 65_535) ?? 3000,
    databaseUrl,
    workers,
    redisUrl: given(env, 'REDIS_URL', /^rediss?:\/\/./, 'redis://<host>:<port>'),
    adminToken: given(env, 'ADMIN_TOKEN'),
    secretsKey: secretsKey === null ? null : Buffer.from(secretsKey, 'base64'),
    defaultTimezone: timeZone('DEFAULT_TIMEZONE', given(env, 'DEFAULT_TIMEZONE') ?? DEFAULT_TIMEZONE),
    maxCallAgeMs: duration('MAX_CALL_AGE', given(env, 'MAX_CALL_AGE') ?? '4h'),
    rateLimit: {
      max: integer(env, 'RATE_LIMIT_MAX', 0, 1_000_000_000) ?? 6000,
      windowMs: duration('RATE_LIMIT_WINDOW', given(env, 'RATE_LIMIT_WINDOW') ?? '1 minute'),
    },
    trustProxy: listOf(
      given(env, 'TRUST_PROXY') ?? '',
      isAddressBlock,
      'TRUST_PROXY must be a list of IP addresses and CIDR blocks',
    ),
    corsOrigins: listOf(
      given(env, 'CORS_ORIGINS') ?? '',
      isOrigin,
      'CORS_ORIGINS must be a list of origins such as https://crm.example',
    ),
    logLevel: given(env, 'LOG_LEVEL', LOG_LEVEL, `one of ${LOG_LEVELS.join(', ')}`) ?? 'info',
    demo: demo === null ? given(env, 'NODE_ENV') !== 'production' : /^(1|on|true|yes)$/.test(demo),
  }
}

/** A variable's text; null when it is not set. @param expectation finishes the sentence "NAME must be …" */
function given(env: Environment, name: string, pattern = /./, expectation = 'text'): string | null {
  const text = env[name]?.trim() ?? ''
  if (text === '') return null
  if (!pattern.test(text)) throw new ConfigError(`${name} must be ${expectation}`)
  return text
}

function integer(env: Environment, name: string, least: number, most: number): number | null {
  const expectation = `a whole number from ${String(least)} to ${String(most)}`
  const text = given(env, name, /^\d+$/, expectation)
  if (text === null) return null
  const value = Number(text)
  if (value < least || value > most) throw new ConfigError(`${name} must be ${expectation}`)
  return value
}

function timeZone(name: string, zone: string): string {
  if (!isTimeZone(zone)) throw new ConfigError(`${name} must be an IANA time zone such as Asia/Kolkata`)
  return zone
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `4h`, `90 s`, `1 minute`, `2 days`: one number and one unit. */
function duration(name: string, text: string): number {
  const parts = /^(\d{1,6}) ?(s|m|h|d|(?:sec|second|min|minute|hour|day)s?)$/i.exec(text)
  const milliseconds = Number(parts?.[1]) * Number(UNIT_MS[String(parts?.[2]).charAt(0).toLowerCase()])
  if (!(milliseconds > 0)) throw new ConfigError(`${name} must be a duration such as 4h, 30 minutes or 90s`)
  return milliseconds
}

function listOf(text: string, isMember: (member: string) => boolean, expectation: string): readonly string[] {
  const members = text.split(',').map((member) => member.trim())
  const kept = members.filter((member) => member !== '')
  if (!kept.every(isMember)) throw new ConfigError(`${expectation}, separated by commas`)
  return kept
}

function isAddressBlock(member: string): boolean {
  const [address = '', bits, ...rest] = member.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function isOrigin(member: string): boolean {
  return member === '*' || (URL.canParse(member) && new URL(member).origin === member)
}
