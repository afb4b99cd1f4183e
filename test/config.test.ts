import t from 'tap'
import { ConfigError } from '../src/config-error.js'
import { readAdminTokens, strongToken } from '../src/clients/admin-tokens.js'
import { allowedHosts, hostFor, RECORDING_HOSTS } from '../src/exotel/hosts.js'
import { loadConfig } from '../src/config.js'
import { ADMIN_TOKEN } from './helpers/app.js'

t.test('nothing set gives a server that works on this machine alone', async (t) => {
  t.strictSame(loadConfig({}), {
    host: '127.0.0.1',
    port: 3000,
    databaseUrl: 'file:./data/ribbon.db',
    workers: 1,
    redisUrl: null,
    adminTokens: [],
    secretsKey: null,
    formerSecretsKeys: [],
    defaultTimezone: 'Asia/Kolkata',
    maxCallAgeMs: 4 * 3_600_000,
    rateLimit: { max: 6000, clientMax: 24_000, addressMax: 24_000, windowMs: 60_000 },
    keepAliveMs: 10_000,
    trustProxy: [],
    tls: null,
    corsOrigins: [],
    publicOrigin: null,
    logLevel: 'info',
    demo: true,
    allowedDemoClients: null,
    exotelApiUrl: null,
    reconcile: false,
    webhookAllowPrivate: false,
    recordingHosts: allowedHosts(RECORDING_HOSTS),
    metrics: null,
    slowStatementMs: 1000,
    traces: null,
  })
})

t.test('every variable is read', async (t) => {
  const key = Buffer.alloc(32, 7)
  const former = Buffer.alloc(32, 6)
  const config = loadConfig({
    HOST: '0.0.0.0',
    PORT: '8080',
    DATABASE_URL: 'postgres://ribbon@db/ribbon',
    WORKERS: '4',
    REDIS_URL: 'redis://cache:6379',
    ADMIN_TOKEN,
    SECRETS_KEY: key.toString('base64'),
    SECRETS_KEYS_FORMER: [former, former].map((one) => one.toString('base64')).join(', '),
    DEFAULT_TIMEZONE: 'Europe/London',
    MAX_CALL_AGE: '90 minutes',
    RATE_LIMIT_MAX: '0',
    RATE_LIMIT_CLIENT_MAX: '7',
    RATE_LIMIT_ADDRESS_MAX: '8',
    RATE_LIMIT_WINDOW: '10s',
    KEEP_ALIVE: '5 minutes',
    TRUST_PROXY: '10.0.0.0/8, ::1/128, 192.0.2.1',
    TLS_CERT: '/etc/tls/cert.pem',
    TLS_KEY: '/etc/tls/key.pem',
    CORS_ORIGINS: 'https://crm.example, http://localhost:5173',
    PUBLIC_ORIGIN: 'https://api.example.com',
    LOG_LEVEL: 'warn',
    DEMO: 'off',
    NODE_ENV: 'production',
    ALLOW_DEMO_CLIENTS: 'client-demo, client-001',
    EXOTEL_API_URL: 'http://exotel.test',
    RECONCILE: 'on',
    WEBHOOK_ALLOW_PRIVATE: 'on',
    RECORDING_HOSTS: '*.acme.in, s3.amazonaws.com/acme',
    METRICS_TOKEN: ADMIN_TOKEN,
    METRICS_HOST: '10.0.0.1',
    METRICS_PORT: '9464',
    SLOW_STATEMENT: '200ms',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    OTEL_SERVICE_NAME: 'calls',
  })
  t.strictSame(config, {
    host: '0.0.0.0',
    port: 8080,
    databaseUrl: 'postgres://ribbon@db/ribbon',
    workers: 4,
    redisUrl: 'redis://cache:6379',
    adminTokens: readAdminTokens({ ADMIN_TOKEN }),
    secretsKey: key,
    formerSecretsKeys: [former, former],
    defaultTimezone: 'Europe/London',
    maxCallAgeMs: 90 * 60_000,
    rateLimit: { max: 0, clientMax: 7, addressMax: 8, windowMs: 10_000 },
    keepAliveMs: 300_000,
    trustProxy: ['10.0.0.0/8', '::1/128', '192.0.2.1'],
    tls: { cert: '/etc/tls/cert.pem', key: '/etc/tls/key.pem' },
    corsOrigins: ['https://crm.example', 'http://localhost:5173'],
    publicOrigin: 'https://api.example.com',
    logLevel: 'warn',
    demo: false,
    allowedDemoClients: ['client-demo', 'client-001'],
    exotelApiUrl: 'http://exotel.test',
    reconcile: true,
    webhookAllowPrivate: true,
    recordingHosts: [
      { host: '*.acme.in', folder: '', origin: null },
      { host: 's3.amazonaws.com', folder: 'acme', origin: null },
    ],
    metrics: {
      token: strongToken('METRICS_TOKEN', 'metrics', ADMIN_TOKEN),
      own: { host: '10.0.0.1', port: 9464 },
    },
    slowStatementMs: 200,
    traces: { endpoint: 'http://collector:4318', serviceName: 'calls' },
  })
})

t.test('a connection is kept longer for a proxy, which reuses it', async (t) => {
  t.equal(loadConfig({ TRUST_PROXY: '10.0.0.1' }).keepAliveMs, 72_000)
})

t.test('metrics are on this machine alone, and traces have the server’s name, unless told', async (t) => {
  t.strictSame(loadConfig({ METRICS_PORT: '9464' }).metrics, { token: null, own: { host: '127.0.0.1', port: 9464 } })
  t.match(loadConfig({ METRICS_TOKEN: ADMIN_TOKEN }).metrics, { own: null })
  const endpoint = 'http://127.0.0.1:4318'
  t.match(loadConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).traces, {
    endpoint,
    serviceName: 'exotel-call-ribbon-api',
  })
})

t.test('durations are one number and one unit', async (t) => {
  for (const [text, milliseconds] of [
    ['45s', 45_000],
    ['1 minute', 60_000],
    ['15 mins', 900_000],
    ['2h', 7_200_000],
    ['1 day', 86_400_000],
  ] as const) {
    t.equal(loadConfig({ MAX_CALL_AGE: text }).maxCallAgeMs, milliseconds, text)
  }
})

t.test('a variable that cannot be used is named, and its value is not shown', async (t) => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    PORT: ['http', '65536', '-1', '3000.5', '0x10'],
    DATABASE_URL: ['mysql://db', 'file:'],
    REDIS_URL: ['localhost:6379'],
    ADMIN_TOKEN: ['weak'],
    ADMIN_TOKENS: ['nameless'],
    ADMIN_TOKENS_FILE: ['/nowhere/tokens'],
    SECRETS_KEY: ['c2hvcnQ=', 'not base64 at all'],
    SECRETS_KEYS_FORMER: ['c2hvcnQ=', Buffer.alloc(32).toString('base64')],
    DEFAULT_TIMEZONE: ['Mars/Olympus', '+05:30'],
    MAX_CALL_AGE: ['4', 'h', '4 fortnights', '0h', '1h30m', '-1h'],
    RATE_LIMIT_MAX: ['many', '-1', '1.5'],
    RATE_LIMIT_WINDOW: ['soon'],
    TRUST_PROXY: ['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/x', '::/129'],
    CORS_ORIGINS: ['crm.example', 'https://crm.example/path', 'https://'],
    PUBLIC_ORIGIN: ['api.example.com', 'https://api.example.com/', '*'],
    LOG_LEVEL: ['loud'],
    ALLOW_DEMO_CLIENTS: ['client demo'],
    DEMO: ['maybe'],
    EXOTEL_API_URL: ['api.exotel.com', 'https://api.exotel.com/v1', '*', 'ftp://api.exotel.com'],
    METRICS_TOKEN: ['weak'],
    METRICS_PORT: ['many', '65536'],
    METRICS_HOST: ['127.0.0.1'],
    SLOW_STATEMENT: ['soon'],
    OTEL_EXPORTER_OTLP_ENDPOINT: ['collector:4318', 'http://collector/?x=1'],
    RECORDING_HOSTS: ['*', '10.0.0.1', 'recordings', 'https://recordings.example/', '*.exotel.com,evil'],
  }
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      const error = t.throws(
        () => loadConfig({ NODE_ENV: 'production', [name]: value }),
        ConfigError,
        `${name}=${value}`,
      ) as Error
      t.ok(error.message.startsWith(`${name} must be `), error.message)
      t.notOk(error.message.includes(`"${value}"`))
    }
  }
})

t.test('several processes need a database that is a server', async (t) => {
  t.throws(() => loadConfig({ WORKERS: '2' }), { name: 'ConfigError', message: /^WORKERS must be 1 when .* a file/ })
  for (const one of [{ TLS_CERT: 'cert.pem' }, { TLS_KEY: 'key.pem' }]) {
    t.throws(() => loadConfig(one), {
      name: 'ConfigError',
      message: 'TLS_CERT and TLS_KEY must be set together, or neither of them',
    })
  }
  t.throws(() => loadConfig({ WORKERS: '0' }), { name: 'ConfigError', message: /^WORKERS must be a whole number/ })
})

t.test('a variable set to nothing counts as not set', async (t) => {
  t.strictSame(loadConfig({ PORT: '', REDIS_URL: ' ', MAX_CALL_AGE: '' }), loadConfig({}))
})

t.test('demo clients are for servers that are not in production, unless told', async (t) => {
  t.equal(loadConfig({ NODE_ENV: 'production' }).demo, false)
  t.equal(loadConfig({ NODE_ENV: 'production', DEMO: 'on' }).demo, true)
  t.same(loadConfig({ NODE_ENV: 'production' }).allowedDemoClients, [])
  t.equal(loadConfig({ NODE_ENV: 'development' }).demo, true)
})

t.test('recordings come from Exotel’s hosts unless told, and Exotel’s own API is asked', async (t) => {
  const { exotelApiUrl, recordingHosts } = loadConfig({})
  t.equal(exotelApiUrl, null)
  t.ok(hostFor(new URL('https://recordings.exotel.com/CA1.mp3'), recordingHosts))
  const own = loadConfig({ EXOTEL_API_URL: 'http://127.0.0.1:9', RECORDING_HOSTS: 'http://127.0.0.1:9, *.acme.in' })
  t.equal(own.exotelApiUrl, 'http://127.0.0.1:9')
  t.ok(hostFor(new URL('https://sound.acme.in/x'), own.recordingHosts))
  t.equal(hostFor(new URL('https://recordings.exotel.com/CA1.mp3'), own.recordingHosts), null)
})
