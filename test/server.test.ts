import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { eventually } from './helpers/deadline.js'
import { runRibbon, startAtTerminal } from './helpers/ribbon.js'
import { scratchFolder } from './helpers/storage.js'

// Each test starts processes, which on a busy machine takes its time.
t.setTimeout(400_000)

const SERVER = fileURLToPath(new URL('../src/server.js', import.meta.url))

const dataUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`

interface Running {
  readonly child: ChildProcess
  /** All that it wrote so far. */
  readonly output: { log: string; errors: string }
}

/** The real process in a folder of the test's own. */
async function start(
  t: Test,
  env: Readonly<Record<string, string>>,
  nodeOptions: readonly string[] = [],
): Promise<Running> {
  const cwd = await scratchFolder(t)
  const child = spawn(process.execPath, [...nodeOptions, SERVER], {
    cwd,
    env: { ...process.env, PORT: '0', DATABASE_URL: 'file:./data/ribbon.db', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const output = { log: '', errors: '' }
  child.stdout.on('data', (chunk) => (output.log += String(chunk)))
  child.stderr.on('data', (chunk) => (output.errors += String(chunk)))
  return { child, output }
}

/** Waits for the line that names the address. */
async function addressOf({ child, output }: Running): Promise<string> {
  for (;;) {
    const url = /ready at (http:\/\/[^,\s]+),/.exec(output.log)?.[1]
    if (url !== undefined) return url
    await Promise.race([
      once(child.stdout as NonNullable<typeof child.stdout>, 'data'),
      once(child, 'close').then(() => Promise.reject(new Error(`it did not start: ${output.errors}`))),
    ])
  }
}

/** Waits until it is gone and all it wrote has arrived. */
async function exitOf({ child }: Running): Promise<unknown> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}

t.test('with nothing configured it serves the demo clients, and keeps what it was told over a restart', async (t) => {
  const folder = await scratchFolder(t)
  const env = { DATABASE_URL: `file:${join(folder, 'data', 'ribbon.db')}` }
  const first = await start(t, env)
  const url = await addressOf(first)
  t.match(first.output.log, `${url}/docs`)
  t.match(first.output.log, 'demo-api-key-789')
  const post = (url: string, path: string, body: object) =>
    fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const event = { apiKey: 'demo-api-key-789', event: 'connected', data: { callSid: 'CA1' }, eventId: 'e1' }
  const logged: unknown = await (await post(url, '/api/ribbon/log-call', event)).json()
  first.child.kill('SIGTERM')
  t.equal(await exitOf(first), 0)

  const second = await start(t, env)
  const again = await addressOf(second)
  t.strictSame(await (await post(again, '/api/ribbon/log-call', event)).json(), logged)
  const init = await post(again, '/api/ribbon/init', { apiKey: event.apiKey, domain: 'yourcrm.com' })
  t.match(await init.json(), { exotelToken: 'demo-exotel-token' })
  second.child.kill('SIGINT')
  t.equal(await exitOf(second), 0)
})

t.test(
  'who watches it gets figures, slow statements and spans; spans that cannot be made are said in one sentence',
  async (t) => {
    let spans = ''
    const collector = createHttpServer((request, response) => {
      request.on('data', (chunk) => (spans += String(chunk))).on('end', () => response.end('{}'))
    }).listen(0, '127.0.0.1')
    await once(collector, 'listening')
    t.teardown(() => collector.close())
    const token = 'a-metrics-token-0123456789-abcdefghij'
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${String((collector.address() as AddressInfo).port)}`,
      OTEL_SERVICE_NAME: 'calls',
    }
    const server = await start(t, { ...env, METRICS_TOKEN: token, SLOW_STATEMENT: '1ms' })
    const url = await addressOf(server)
    const headers = { authorization: `Bearer ${token}`, 'x-api-key': 'demo-api-key-789' }
    const figures = async () => (await fetch(`${url}/metrics`, { headers })).text()
    await eventually(60_000, 'a slow statement', async () => {
      await fetch(`${url}/api/ribbon/analytics?days=90&n=${String(Math.random())}`, { headers })
      return /^ribbon_store_slow_statements_total [1-9]/m.test(await figures())
    })
    t.match(server.output.log, 'a statement of the store was slow')
    server.child.kill('SIGTERM')
    t.equal(await exitOf(server), 0)
    t.match(spans, '"stringValue":"calls"')
    t.match(spans, '"stringValue":"sqlite"')

    const away = `export const resolve = async (name, context, next) => {
    if (name.startsWith('@opentelemetry/')) throw new Error(name + ' is away')
    return next(name, context)
  }`
    const lean = await start(t, env, ['--no-warnings', '--experimental-loader', dataUrl(away)])
    t.equal(await exitOf(lean), 1)
    t.match(
      lean.output.errors,
      /^Cannot start: OTEL_EXPORTER_OTLP_ENDPOINT needs the optional dependencies, and one cannot be loaded: @opentelemetry\/\w+ is away\n$/,
    )
  },
)

t.test('without demo clients nothing about them is said', async (t) => {
  const server = await start(t, { DEMO: 'off', SECRETS_KEY: Buffer.alloc(32).toString('base64') })
  const url = await addressOf(server)
  t.notMatch(server.output.log, 'demo-api-key')
  t.equal((await fetch(`${url}/api/ribbon/config`, { headers: { 'x-api-key': 'demo-api-key-789' } })).status, 401)
  server.child.kill('SIGTERM')
  t.equal(await exitOf(server), 0)
})

t.test('at a terminal it greets in five lines, with one line a request, and ends with Ctrl+C', async (t) => {
  const folder = await scratchFolder(t)
  const env = { PORT: '0', DATABASE_URL: `file:${join(folder, 'ribbon.db')}` }
  const { child, outcome } = startAtTerminal(t, [SERVER], env)
  let output = ''
  child.stdout?.on('data', (text) => (output += String(text)))
  const shows = (pattern: RegExp) => eventually(60_000, String(pattern), () => pattern.test(output))
  await shows(/ {2}Next .*\r\n\r\n/)
  t.equal(output.trim().split('\n').length, 5)
  t.match(output, join(folder, 'ribbon.db'))
  const url = /listens at (\S+)/.exec(output)?.[1] ?? ''
  const [, key = '', next = ''] = /curl -H 'X-API-Key: ([^']+)' (\S+)/.exec(output) ?? []
  t.equal((await fetch(next, { headers: { 'x-api-key': key } })).status, 200)
  await shows(/GET {2}200 \/api\/ribbon\/config [\d.]+ ms\r\n/)
  t.equal((await fetch(`${url}/docs/`)).status, 200)
  t.notMatch(output, '"level"')
  child.stdin?.write('\u0003')
  t.match(await outcome, { code: 0, stdout: /shutting down/ })
})

t.test('an error that nobody handled is shown at a terminal, too', async (t) => {
  const env = { PORT: '0', DATABASE_URL: `file:${join(await scratchFolder(t), 'ribbon.db')}` }
  const trap = 'data:text/javascript,process.on("SIGINT",()=>Promise.reject(new Error("unforeseen")))'
  const { child, outcome } = startAtTerminal(t, ['--import', trap, SERVER], env)
  let output = ''
  child.stdout?.on('data', (text) => (output += String(text)))
  await eventually(60_000, 'the welcome', () => output.includes('Next'))
  child.stdin?.write('\u0003')
  t.match(await outcome, { code: 1, stdout: /the process cannot go on\n.*unforeseen/s })
})

t.test('a setting that cannot be used ends the start with one line that names it', async (t) => {
  for (const [env, message] of [
    [{ DEFAULT_TIMEZONE: 'Mars/Olympus' }, 'DEFAULT_TIMEZONE must be an IANA time zone such as Asia/Kolkata'],
    [
      { DATABASE_URL: 'postgres://db/ribbon' },
      'SECRETS_KEY must be set when the database is a server: openssl rand -base64 32',
    ],
    [
      {
        DATABASE_URL: 'postgres://ribbon:password@127.0.0.1:1/ribbon',
        SECRETS_KEY: Buffer.alloc(32).toString('base64'),
      },
      'PostgreSQL at 127.0.0.1:1 accepts no connections: check that it runs there, and the host and port in DATABASE_URL (ECONNREFUSED)',
    ],
  ] as const) {
    const server = await start(t, env)
    t.equal(await exitOf(server), 1)
    t.equal(server.output.errors, `Cannot start: ${message}\n`)
  }
})

t.test('in production it does not serve clients whose keys everybody knows, unless told which', async (t) => {
  const folder = await scratchFolder(t)
  const env = { DATABASE_URL: `file:${join(folder, 'ribbon.db')}` }
  const first = await start(t, env)
  await addressOf(first)
  first.child.kill('SIGTERM')
  t.equal(await exitOf(first), 0)

  const production = { ...env, NODE_ENV: 'production' }
  const refused = await start(t, production)
  t.equal(await exitOf(refused), 1)
  t.match(refused.output.errors, /^Cannot start: Everybody knows .*\(client-demo, client-001, client-002\): [^\n]*\n$/)
  const remedy = /refuse them with (.*), or list/.exec(refused.output.errors)?.[1] ?? ''
  for (const command of remedy.split(' && ').slice(1)) {
    t.match(await runRibbon(command.split(' ').slice(1), env), { code: 0 })
  }
  const one = await start(t, production)
  t.equal(await exitOf(one), 1)
  t.match(one.output.errors, / has some \(client-demo\): /)
  await addressOf(await start(t, { ...production, ALLOW_DEMO_CLIENTS: 'client-demo' }))
})

t.test('a port in use is said in one sentence', async (t) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const { port } = other.address() as AddressInfo
  const server = await start(t, { PORT: String(port) })
  t.equal(await exitOf(server), 1)
  t.match(
    server.output.errors,
    new RegExp(`^Cannot start: .*127\\.0\\.0\\.1:${String(port)}.*set PORT to another port\\.\\n$`),
  )
})

t.test('an error that nobody handled is logged, and ends the process', async (t) => {
  const trap = 'data:text/javascript,process.on("SIGUSR2",()=>Promise.reject(new Error("unforeseen")))'
  const server = await start(t, {}, ['--import', trap])
  await addressOf(server)
  server.child.kill('SIGUSR2')
  t.equal(await exitOf(server), 1)
  t.match(server.output.log, /"level":60.*unforeseen/)
})
