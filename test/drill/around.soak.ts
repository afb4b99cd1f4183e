/**
 * Faults around the store, for real: for each, what /metrics, the log and health say is what RUNBOOK.md says, its commands end it,
 * and nothing acknowledged is lost. Clocks are turned by Debian's faketime.
 */
import { execFile } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { COLLECTIONS_KEY } from '../helpers/app.js'
import { makeCertificate } from '../helpers/certificate.js'
import { eventually } from '../helpers/deadline.js'
import { RedisServer } from '../helpers/redis.js'
import { scratchFolder, scratchUrl } from '../helpers/storage.js'
import { WebhookReceiver } from '../helpers/webhook-receiver.js'
import { scrapeUntil } from './alerts.js'
import { follow } from './runbook.js'
import { DrilledServer, PATIENCE_MS } from './server.js'
import { checkSeen, figure } from './watched.js'

const EVENTS = 20
const FLOOD = 800

t.setTimeout(400_000)

/** A clock that a test turns. Timers go on as they do. */
async function clockOf(t: Test) {
  const file = join(await scratchFolder(t), 'clock')
  const turn = (by: string): Promise<void> => writeFile(file, by)
  await turn('+0')
  const { stdout } = await promisify(execFile)('faketime', ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'])
  const env = {
    LD_PRELOAD: stdout.trim(),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  }
  return { env, turn }
}

t.test('a server process is killed', async (t) => {
  const drilled = await DrilledServer.start(t, { DATABASE_URL: await scratchUrl(t, 'postgres'), WORKERS: '2' })
  await drilled.sendMany(EVENTS)
  const before = await scrapeUntil(drilled.scrape, PATIENCE_MS, 'two processes', has('ribbon_processes 2'))
  const from = drilled.log.length
  const [pid] = /"pid":(\d+)[^\n]*"a server process is ready"/.exec(drilled.log)?.slice(1) ?? []
  process.kill(Number(pid), 'SIGKILL')
  const during = await scrapeUntil(drilled.scrape, PATIENCE_MS, 'one process', has('ribbon_processes 1'))
  const ready = await drilled.ready()
  await eventually(PATIENCE_MS, 'saying so', () => drilled.log.slice(from).includes('starting another'))
  await checkSeen(t, 'A killed server process', drilled, { before, during, log: drilled.log.slice(from), ready })

  t.match(await follow('A killed server process', drilled.place), /"signal":"SIGKILL"/)
  await scrapeUntil(drilled.scrape, PATIENCE_MS, 'two processes', has('ribbon_processes 2'))
  await drilled.sendMany(EVENTS)
  t.strictSame(await drilled.lost(), [])
})

t.test('a wrong clock', async (t) => {
  const clock = await clockOf(t)
  const drilled = await DrilledServer.start(t, { ...clock.env, DATABASE_URL: await scratchUrl(t, 'postgres') })
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  await clock.turn('-90s')
  const during = await drilled.scrape()
  t.match(figure(during, 'ribbon_clock_skew_seconds').toFixed(), /^(89|90|91)$/)
  await checkSeen(t, 'A wrong clock', drilled, { before, during, log: '', ready: await drilled.ready() })

  const standIns = { 'chronyc makestep': () => clock.turn('+0') }
  await follow('A wrong clock', { ...drilled.place, env: {}, standIns })
  t.ok(Math.abs(figure(await drilled.scrape(), 'ribbon_clock_skew_seconds')) < 2)
  await drilled.sendMany(EVENTS)
  t.strictSame(await drilled.lost(), [])
})

t.test('an expired certificate', async (t) => {
  const folder = await scratchFolder(t)
  const [former, next] = [await makeCertificate(folder, 'former', '2 days ago'), await makeCertificate(folder, 'next')]
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  const put = async ({ cert, key }: typeof files): Promise<void> => {
    await Promise.all([copyFile(cert, files.cert), copyFile(key, files.key)])
  }
  await put(next)
  const drilled = await DrilledServer.start(t, { TLS_CERT: files.cert, TLS_KEY: files.key })
  // A certificate of a day's length ends within two weeks: all is well with a longer one.
  const expiry = 'ribbon_tls_certificate_expiry_timestamp_seconds'
  const before = (await drilled.scrape()).replace(new RegExp(`^${expiry} .*$`, 'm'), `${expiry} 4e9`)
  const from = drilled.log.length
  await put(former)
  drilled.server.child.kill('SIGHUP')
  await eventually(PATIENCE_MS, 'taking it', () => drilled.log.slice(from).includes('new connections get'))
  const during = await drilled.scrape()
  const url = `https://127.0.0.1:${String(drilled.env['PORT'])}/health/ready`
  const ask = (ca: string) => promisify(execFile)('curl', ['-sS', '--cacert', ca, url])
  await t.rejects(ask(former.cert), /expired/)
  await checkSeen(t, 'An expired certificate', drilled, { before, during, log: drilled.log.slice(from) })

  const standIns = {
    'certbot renew': () => put(next),
    'systemctl reload ribbon': async () => {
      const since = drilled.log.length
      drilled.server.child.kill('SIGHUP')
      await eventually(PATIENCE_MS, 'renewal', () => drilled.log.slice(since).includes('that TLS_CERT holds now'))
    },
  }
  // The one of the drill lasts a day, and a little less by now.
  const words = { 'checkend 86400': 'checkend 3600' }
  await follow('An expired certificate', { ...drilled.place, standIns, words })
  t.match((await ask(next.cert)).stdout, /"ready"/)
})

t.test('a webhook receiver that is broken for three days', async (t) => {
  const [receiver, clock] = [await WebhookReceiver.start(t), await clockOf(t)]
  const drilled = await DrilledServer.start(t, { ...clock.env, WEBHOOK_ALLOW_PRIVATE: 'on' })
  const made = await drilled.ribbon('webhooks', 'create', 'client-demo', '--url', receiver.url, '--json')
  const { webhook } = JSON.parse(made) as { webhook: { endpointId: string } }
  await drilled.send()
  await eventually(PATIENCE_MS, 'a message', () => receiver.accepted.length > 0)
  const before = await drilled.scrape()
  const from = drilled.log.length
  receiver.treat = () => 500
  await drilled.send()
  await eventually(PATIENCE_MS, 'a try', () => receiver.received.some(({ treatment }) => treatment === 500))
  await scrapeUntil(drilled.scrape, PATIENCE_MS, 'a failure', has('ribbon_webhook_messages_waiting 1'))
  await clock.turn('+73h')
  await drilled.send()
  const isFailed = has('ribbon_webhook_endpoints{state="failed"} 1')
  const during = await scrapeUntil(drilled.scrape, PATIENCE_MS, 'the pause', isFailed)
  const observed = { before, during, log: drilled.log.slice(from), ready: await drilled.ready() }
  await checkSeen(t, 'A broken webhook receiver', drilled, observed)

  receiver.treat = () => 204
  const words = { '<client>': 'client-demo', '<endpoint>': webhook.endpointId }
  const written = await follow('A broken webhook receiver', { ...drilled.place, words })
  t.match(written, `"clientId":"client-demo","endpointId":"${webhook.endpointId}"`)
  const calls = () => new Set(receiver.accepted.map(({ sessionId }) => sessionId).filter((id) => id !== '')).size
  await eventually(PATIENCE_MS, 'all messages', () => calls() === drilled.acknowledged.length)
  const isWell = has('ribbon_webhook_messages_waiting 0')
  t.match(await scrapeUntil(drilled.scrape, PATIENCE_MS, 'no failure', isWell), /\{state="failed"\} 0/)
  t.strictSame(await drilled.lost(), [])
})

t.test('a client that floods', async (t) => {
  const drilled = await DrilledServer.start(t, { RATE_LIMIT_MAX: '100', RATE_LIMIT_ADDRESS_MAX: '0' })
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  const from = drilled.log.length
  const flood = () => fetch(`${drilled.origin}/api/ribbon/config`, { headers: { 'x-api-key': COLLECTIONS_KEY } })
  const statuses = new Set<number>()
  for (let n = 0; n < FLOOD; n++) statuses.add((await flood()).status)
  t.strictSame([...statuses].sort(), [200, 429])
  await drilled.sendMany(EVENTS)
  const observed = {
    before,
    during: await drilled.scrape(),
    log: drilled.log.slice(from),
    ready: await drilled.ready(),
  }
  t.equal(drilled.acknowledged.length, EVENTS * 2, 'another client is served')
  await checkSeen(t, 'A client that floods', drilled, observed)

  const written = await follow('A client that floods', { ...drilled.place, words: { '<client>': 'client-001' } })
  t.match(written, /^ +\d+ "clientId":"client-001"$/m)
  t.strictSame(await drilled.lost(), [])
})

t.test('Redis is lost', async (t) => {
  const redis = await RedisServer.start(t)
  const drilled = await DrilledServer.start(t, { REDIS_URL: redis.url, RATE_LIMIT_MAX: '6000' })
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  const from = drilled.log.length
  await redis.stop()
  await drilled.sendMany(EVENTS)
  const during = await scrapeUntil(drilled.scrape, PATIENCE_MS, 'the loss', has('ribbon_rate_limit_store_up 0'))
  await eventually(PATIENCE_MS, 'saying so', () => drilled.log.slice(from).includes('Redis cannot be used'))
  await checkSeen(t, 'Redis is lost', drilled, {
    before,
    during,
    log: drilled.log.slice(from),
    ready: await drilled.ready(),
  })

  const back = drilled.log.length
  await follow('Redis is lost', { ...drilled.place, standIns: { 'systemctl start redis': () => redis.start() } })
  await scrapeUntil(drilled.scrape, PATIENCE_MS, 'Redis', has('ribbon_rate_limit_store_up 1'))
  t.ok(drilled.log.slice(back).includes('rate limits are shared through Redis'))
  t.equal(drilled.acknowledged.length, EVENTS * 2, 'requests went on')
  t.strictSame(await drilled.lost(), [])
})

function has(line: string): (text: string) => boolean {
  return (text) => text.includes(`\n${line}\n`)
}
