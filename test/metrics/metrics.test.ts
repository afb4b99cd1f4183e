/** What Prometheus is told: by its own reader of the format, and by what the dashboard and the alerts ask for. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { loadConfig } from '../../src/config.js'
import { Metrics } from '../../src/metrics/metrics.js'
import { serveMetrics } from '../../src/metrics/server.js'
import type { StoreMeasures } from '../../src/storage/figures.js'
import { StorageBusy, StorageUnavailable } from '../../src/storage/errors.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { openStorage } from '../../src/storage/open.js'
import { buildTestApp, DEMO_KEY, type TestApp } from '../helpers/app.js'
import { makeCertificate } from '../helpers/certificate.js'
import { eventually } from '../helpers/deadline.js'
import { listen } from '../helpers/listening.js'
import { RedisServer } from '../helpers/redis.js'
import {
  DEFAULT_ENGINE,
  ENGINES,
  newClient,
  newEvent,
  replacing,
  scratchFolder,
  scratchUrl,
} from '../helpers/storage.js'

const TOKEN = 'a-metrics-token-0123456789-abcdefghij'
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` }

/** A figure of one line; undefined where there is none. */
function figure(text: string, line: string): number | undefined {
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return found === undefined ? undefined : Number(found.slice(line.length + 1))
}

/** An app that is watched, on a store that tells of its work. */
async function watchedApp(t: Test, storage?: (real: Storage) => Storage): Promise<TestApp & { metrics: Metrics }> {
  const metrics = new Metrics()
  const url = await scratchUrl(t, DEFAULT_ENGINE)
  const store = await openStorage({ url, maxCallAgeMs: 4 * 3_600_000, onNews: metrics.storeNews })
  t.teardown(() => store.close())
  const { metrics: config } = loadConfig({ METRICS_TOKEN: TOKEN })
  const watching = { own: metrics, text: metrics.text.bind(metrics), token: config?.token ?? null }
  const app = await buildTestApp(t, { store, watching, ...(storage && { storage }) })
  metrics.watch({ storage: app.storage, clock: () => app.clock.now })
  return { ...app, metrics }
}

const scrape = async ({ app }: TestApp): Promise<string> =>
  (await app.inject({ url: '/metrics', headers: AUTHORIZATION })).body

/** Figures of a store that answered in time, which on a busy machine it does not always do, and that say what is waited for. */
async function scrapeUntil(app: TestApp, line: string): Promise<string> {
  let text = ''
  await eventually(60_000, line, async () => {
    text = await scrape(app)
    return figure(text, 'ribbon_store_ready') === 1 && figure(text, line) !== undefined
  })
  return text
}

t.test('only who holds the token reads figures, and without one there is nothing to read', async (t) => {
  const app = await watchedApp(t)
  t.equal((await app.app.inject('/metrics')).statusCode, 401)
  const refused = await app.app.inject({ url: '/metrics', headers: { authorization: 'Bearer wrong' } })
  t.match(refused.json(), { status: 401, code: 'invalid_admin_token', detail: /METRICS_TOKEN/ })
  const { statusCode, headers } = await app.app.inject({ url: '/metrics', headers: AUTHORIZATION })
  t.match({ statusCode, headers }, { statusCode: 200, headers: { 'content-type': /^text\/plain; version=0\.0\.4/ } })

  const { app: closed } = await buildTestApp(t)
  t.equal((await closed.inject({ url: '/metrics', headers: AUTHORIZATION })).statusCode, 404)
  const own = new Metrics()
  const { app: elsewhere } = await buildTestApp(t, { watching: { own, text: own.text.bind(own), token: null } })
  t.equal((await elsewhere.inject({ url: '/metrics', headers: AUTHORIZATION })).statusCode, 404)
})

t.test('requests and events are counted by what became of them, and no figure tells of whom', async (t) => {
  const app = await watchedApp(t)
  const event = { event: 'connected', data: { callSid: 'CA1', phoneNumber: '+919876543210' } }
  const timestamp = new Date(app.clock.now).toISOString()
  for (let n = 0; n < 2; n++) await app.post('/api/ribbon/log-call', { ...event, apiKey: DEMO_KEY, timestamp })
  await app.post('/api/ribbon/log-call', event)
  await app.inject({ url: '/api/ribbon/calls/session-CA1', headers: { 'x-api-key': DEMO_KEY } })
  await app.app.inject('/nowhere/919876543210')
  await app.inject({ url: '/api/ribbon/stream', headers: { 'x-api-key': DEMO_KEY } })
  await app.app.inject({ method: 'HEAD', url: '/api/ribbon/stream', headers: { 'x-api-key': DEMO_KEY } })
  await app.storage.createClient(newClient('client-a'))
  for (const name of ['callDetails', 'completed'])
    await app.storage.record(newEvent({ event: name, source: 'provider', data: { callSid: 'CA1' }, occurredAt: 1e12 }))
  const text = await scrapeUntil(app, 'ribbon_store_ready')
  for (const [line, value] of [
    ['ribbon_http_requests_total{method="POST",route="/api/ribbon/log-call",status="200"}', 2],
    ['ribbon_http_requests_total{method="POST",route="/api/ribbon/log-call",status="401"}', 1],
    ['ribbon_http_requests_total{method="GET",route="/api/ribbon/calls/:sessionId",status="200"}', 1],
    ['ribbon_http_requests_total{method="GET",route="(unknown)",status="404"}', 1],
    ['ribbon_http_requests_total{method="HEAD",route="/api/ribbon/stream",status="200"}', 1],
    ['ribbon_http_request_duration_seconds_count{method="GET",route="/api/ribbon/stream"}', undefined],
    ['ribbon_http_request_duration_seconds_count{method="HEAD",route="/api/ribbon/stream"}', undefined],
    ['ribbon_http_problems_total{code="not_found"}', 1],
    ['ribbon_events_total{source="ribbon",outcome="recorded"}', 1],
    ['ribbon_events_total{source="ribbon",outcome="repeat"}', 1],
    ['ribbon_events_total{source="reconciliation",outcome="recorded"}', 1],
    ['ribbon_events_total{source="callback",outcome="recorded"}', 1],
    ['ribbon_ingest_batch_events_count', 4],
    ['ribbon_ingest_queue_events', 0],
    ['ribbon_store_ready', 1],
    ['ribbon_store_behind_seconds', 0],
    ['ribbon_store_set_aside_writes', 0],
    ['ribbon_processes', 1],
  ] as const)
    t.equal(figure(text, line), value, line)
  t.ok(Number(figure(text, 'ribbon_stream_messages_total')) >= 2, 'the snapshot, and how soon to come back')
  t.ok(Number(figure(text, 'ribbon_http_requests_in_flight')) >= 1, 'the one that asks')
  t.ok(Number(figure(text, 'ribbon_store_database_bytes')) > 0)
  t.notMatch(text, /9876543210|CA1|client-demo|demo-api-key/)
})

t.test('what its caller breaks off is no longer being answered', async (t) => {
  const app = await watchedApp(t)
  const { port, origin } = new URL(await listen(app))
  const ending = new AbortController()
  const stream = await fetch(`${origin}/api/ribbon/stream`, {
    headers: { 'x-api-key': DEMO_KEY },
    signal: ending.signal,
  })
  t.equal(stream.status, 200)
  const socket = connect(Number(port), '127.0.0.1')
  socket.write(
    'POST /api/ribbon/log-call HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  )
  const inFlight = 'ribbon_http_requests_in_flight'
  await eventually(60_000, 'three requests', async () => figure(await scrape(app), inFlight) === 3)
  ending.abort()
  socket.destroy()
  await eventually(60_000, 'their end', async () => figure(await scrape(app), inFlight) === 1)
  const text = await scrape(app)
  t.equal(figure(text, 'ribbon_http_requests_total{method="GET",route="/api/ribbon/stream",status="200"}'), 1)
  t.equal(figure(text, 'ribbon_http_requests_total{method="POST",route="/api/ribbon/log-call",status="499"}'), 1)
})

t.test('Prometheus reads all of it, and has the dashboard and the alerts say what exists', async (t) => {
  const app = await watchedApp(t)
  const folder = await scratchFolder(t)
  const { cert } = await makeCertificate(folder, 'own')
  const { metrics } = app
  metrics.certificate({ cert: await readFile(cert, 'utf8') })
  metrics.watchLimits(() => false)
  metrics.jobEnded({ name: 'building pages', failed: false, rows: 3 }, app.clock.now)
  metrics.jobEnded({ name: 'retention', failed: true, rows: 0 }, app.clock.now)
  metrics.delivered(true, 20)
  metrics.delivered(false, 30)
  metrics.slowStatement()
  metrics.storeNews({ kind: 'checkpoint', seconds: 0.1, failed: true })
  metrics.storeNews({ kind: 'checkpoint', seconds: 0.1, failed: false })
  metrics.storeNews({ kind: 'commit', seconds: 0.1, logWrites: [0.01, 0.02] })
  const text = await scrape(app)
  t.equal(figure(text, 'ribbon_job_rows_total{task="building_pages"}'), 3)
  t.equal(figure(text, 'ribbon_rate_limit_store_up'), 0)
  t.equal(figure(text, 'ribbon_job_last_success_timestamp_seconds{task="retention"}'), undefined)
  t.equal(
    figure(text, 'ribbon_store_log_write_duration_seconds_count') ?? 0,
    figure(text, 'ribbon_store_log_write_duration_seconds_bucket{le="+Inf"}'),
  )
  t.ok(Number(figure(text, 'ribbon_tls_certificate_expiry_timestamp_seconds')) > 1.7e9)
  const check = promisify(execFile)('promtool', ['check', 'metrics'])
  check.child.stdin?.end(text)
  t.same(await check, { stdout: '', stderr: '' }, 'promtool has nothing to say')

  const named = new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) => {
      return type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name]
    }),
  )
  for (const file of ['grafana-dashboard.json', 'alerts.yaml']) {
    const asked = [
      ...(await readFile(`scripts/deploy/${file}`, 'utf8')).matchAll(/\b(?:ribbon|process|nodejs)_[a-z0-9_]+/g),
    ]
    t.ok(asked.length > 10, file)
    t.same(
      [...new Set(asked.map(([name]) => name))].filter((name) => !named.has(name)),
      [],
      `${file} asks for what there is`,
    )
  }
  const { stdout } = await promisify(execFile)('promtool', ['test', 'rules', 'alerts.test.yaml'], {
    cwd: 'scripts/deploy',
  })
  t.match(stdout, /SUCCESS/)
})

t.test('each alert has a case in which it fires, and one in which it does not', async (t) => {
  const read = async (name: string): Promise<unknown> => parse(await readFile(`scripts/deploy/${name}`, 'utf8'))
  const { groups } = (await read('alerts.yaml')) as { groups: { rules: { alert: string }[] }[] }
  const { tests } = (await read('alerts.test.yaml')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[]
  }
  const cases = tests.flatMap((test) => test.alert_rule_test)
  for (const { alert } of groups.flatMap(({ rules }) => rules)) {
    const counts = cases.filter(({ alertname }) => alertname === alert).map(({ exp_alerts: fired }) => fired.length)
    t.ok(counts.includes(0) && counts.some((count) => count > 0), alert)
  }
})

t.test('a store that hangs, or fails, is said within a second, and asked once', async (t) => {
  let asked = 0
  let measure: Storage['measure'] = () => {
    asked += 1
    return new Promise(() => undefined)
  }
  const app = await watchedApp(
    t,
    replacing('measure', () => measure()),
  )
  for (const text of await Promise.all([scrape(app), scrape(app)])) {
    t.equal(figure(text, 'ribbon_store_ready'), 0)
    t.equal(figure(text, 'ribbon_store_database_bytes'), undefined, 'what is not known is not said')
  }
  t.equal(asked, 1)

  const metrics = new Metrics()
  t.equal(figure(await metrics.text(), 'ribbon_store_ready'), undefined, 'no store is open yet')
  const pool = { total: 4, idle: 1, waiting: 2 }
  const now = 2_000_000
  const webhooks = { active: 1, paused: 2, failed: 3, pending: 4, parked: 5, oldestAt: now - 60_000 }
  const sizes = {
    databaseBytes: 1,
    freeBytes: null,
    logBytes: null,
    damagedLogs: null,
    diskFreeBytes: null,
    setAside: 0,
  }
  measure = (): Promise<StoreMeasures> =>
    Promise.resolve({ ...sizes, clockAheadMs: -2500, standbyWaitMs: 4000, webhooks })
  let ping = (): Promise<void> => Promise.resolve()
  metrics.watch({
    storage: {
      measure,
      ping: () => ping(),
      status: () => ({ behindSince: now - 5000 }),
      figures: () => ({ queue: { items: 1, bytes: 2 }, reads: { running: 1, most: 2, waiting: 3 }, pool }),
    },
    clock: () => now,
  })
  const text = await metrics.text()
  for (const [line, value] of [
    ['ribbon_store_connections{state="busy"}', 3],
    ['ribbon_store_connections_waiting', 2],
    ['ribbon_store_reads_waiting', 3],
    ['ribbon_store_behind_seconds', 5],
    ['ribbon_clock_skew_seconds', -2.5],
    ['ribbon_store_standby_wait_seconds', 4],
    ['ribbon_store_log_bytes', undefined],
    ['ribbon_webhook_endpoints{state="failed"}', 3],
    ['ribbon_webhook_messages_parked', 5],
    ['ribbon_webhook_oldest_waiting_seconds', 60],
  ] as const)
    t.equal(figure(text, line), value, line)
  ping = () => Promise.reject(new StorageUnavailable('gone'))
  t.equal(figure(await metrics.text(), 'ribbon_store_ready'), 0)
})

t.test('that the store of limits is away is said, and that it is there', async (t) => {
  const redis = await RedisServer.start(t)
  const own = new Metrics()
  const watching = { own, text: own.text.bind(own), token: null }
  await buildTestApp(t, { watching, env: { REDIS_URL: redis.url, RATE_LIMIT_MAX: '9' } })
  for (const isUp of [1, 0]) {
    await eventually(20_000, `saying ${String(isUp)}`, async () => {
      return figure(await own.text(), 'ribbon_rate_limit_store_up') === isUp
    })
    await redis.stop()
  }
})

t.test('figures on their own port ask for no token, and answer nothing else', async (t) => {
  let text = (): Promise<string> => Promise.resolve('ribbon_processes 1\n')
  for (const host of ['127.0.0.1', '::1']) {
    const { url, close } = await serveMetrics({ host, port: 0 }, () => text())
    t.teardown(close)
    t.equal(await (await fetch(url)).text(), 'ribbon_processes 1\n')
    t.equal((await fetch(url, { method: 'POST' })).status, 404)
    t.equal((await fetch(url.replace('metrics', 'secrets'))).status, 404)
  }
  text = () => Promise.reject(new Error('none'))
  const { url, close } = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => text())
  t.teardown(close)
  t.equal((await fetch(url)).status, 500)
})

for (const engine of ENGINES) {
  t.test(`a store tells of each event, of slow statements and of its size (${engine})`, async (t) => {
    const outcomes: string[] = []
    const kinds = new Set<string>()
    const slow: { sql: string; plan: readonly string[]; engine: string }[] = []
    const url = await scratchUrl(t, engine)
    const store = await openStorage({
      url,
      maxCallAgeMs: 4 * 3_600_000,
      onNews: (news) => {
        kinds.add(news.kind)
        if (news.kind === 'outcomes') {
          for (const [at, { source, name }] of news.events.entries())
            outcomes.push(`${source} ${name} ${String(news.outcomes[at])}`)
        }
      },
      slowMs: 0,
      onSlow: (statement) => slow.push(statement),
    })
    await store.createClient(newClient('client-a'))
    const event = (members: Partial<NewEvent>): NewEvent =>
      newEvent({
        event: 'connected',
        data: { callSid: 'CA1', phoneNumber: '+919876543210' },
        occurredAt: 1e12,
        ...members,
      })
    await store.record(event({}))
    await store.record(event({}))
    await store.record(event({ event: 'callDetails', source: 'provider', idempotencyKey: 'one' }))
    await store.record(event({ event: 'dtmf', idempotencyKey: 'one' }))
    await t.rejects(store.record(event({ clientId: 'nobody' })))
    t.same(outcomes, [
      'ribbon connected created',
      'ribbon connected duplicate',
      'provider callDetails created',
      'ribbon dtmf conflict',
      'ribbon connected failed',
    ])
    const measured = await store.measure()
    t.match(measured, {
      setAside: 0,
      webhooks: { active: 0, paused: 0, failed: 0, pending: 0, parked: 0, oldestAt: null },
    })
    t.ok(measured.databaseBytes > 0)
    t.match(store.figures(), { queue: { items: 0, bytes: 0 }, reads: { running: 0, waiting: 0 } })
    if (engine === 'postgres') {
      t.ok(Math.abs(Number(measured.clockAheadMs)) < 1000)
      t.ok(Number(store.figures().pool?.total) > 0)
      t.equal(measured.damagedLogs, null)
    } else {
      t.ok(Number(measured.diskFreeBytes) > 0 && Number(measured.logBytes) > 0)
      t.equal(measured.damagedLogs, 0)
      await writeFile(join(`${url.slice('file:'.length)}.log`, 'damaged-000001-abc'), '')
      t.equal((await store.measure()).damagedLogs, 1, 'a damaged file is counted for as long as it is kept')
      await eventually(10_000, 'a checkpoint', () => kinds.has('checkpoint'))
    }
    await store.close()
    const planned = slow.find(({ sql }) => /^\s*select/i.test(sql))
    t.ok(
      planned !== undefined && planned.plan.length > 0 && !/^no plan/.test(String(planned.plan[0])),
      String(planned?.sql),
    )
    t.equal(new Set(slow.map(({ sql }) => sql)).size, slow.length, 'each is told once')
    t.notMatch(JSON.stringify(slow), /9876543210|CA1/)
    t.same(
      [...kinds].sort(),
      engine === 'sqlite' ? ['batch', 'checkpoint', 'commit', 'outcomes'] : ['batch', 'outcomes'],
    )
    t.equal(await store.record(event({})).catch((error: unknown) => error instanceof StorageBusy), false)
  })
}
