/** The server on a scratch database with 90 days of plausible calls, which goes when the server stops. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDemoClients, DEMO_API_KEY, DEMO_CLIENTS } from '../clients/demo-clients.js'
import { type Config, loadConfig } from '../config.js'
import { secretKeys } from '../secret-keys.js'
import { serveUntilSignal } from '../serve.js'
import { openStorage } from '../storage/open.js'
import { DEMO_OFFICES, demoEvents } from './calls.js'
import { recordAll } from './record-all.js'

const DAYS = 90
const SEED = 20_251_012
/** Opens a database that holds nothing of anybody's. */
const ADMIN_TOKEN = 'demo-admin-token-for-a-scratch-database'
/** The client with the most calls. */
const BUSY_KEY = String(DEMO_CLIENTS.find(({ clientId }) => clientId === 'client-001')?.apiKey)

export async function serveDemo(settings: NodeJS.ProcessEnv): Promise<never> {
  const folder = await mkdtemp(join(tmpdir(), 'ribbon-demo-'))
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true })
  })
  // Until the server has its own way of stopping; without one a signal would leave the folder behind.
  const stopped = new AbortController()
  const stop = stopped.abort.bind(stopped, undefined)
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const environment = {
    ADMIN_TOKEN,
    ALLOW_DEMO_CLIENTS: DEMO_CLIENTS.map(({ clientId }) => clientId).join(','),
    ...settings,
    DATABASE_URL: `file:${join(folder, 'ribbon.db')}`,
  }
  const events = await fill(loadConfig(environment), stopped.signal)
  if (stopped.signal.aborted) process.exit(1)
  process.off('SIGINT', stop).off('SIGTERM', stop)
  return serveUntilSignal(environment, ({ url }) => {
    console.log(whatToLookAt(url, environment.ADMIN_TOKEN, events))
  })
}

/** Makes calls up until told to stop. @returns how many events were recorded */
async function fill(config: Config, stopped: AbortSignal): Promise<number> {
  const { databaseUrl: url, maxCallAgeMs, defaultTimezone: timezone } = config
  const storage = await openStorage({ url, maxCallAgeMs })
  const now = Date.now()
  await createDemoClients(storage, { keys: await secretKeys(config, storage), timezone, now })
  const events = DEMO_OFFICES.flatMap((office, index) => demoEvents(office, { now, days: DAYS, seed: SEED + index }))
  const count = await recordAll(storage, unlessStopped(events, stopped))
  await storage.close()
  return count
}

function* unlessStopped<T>(items: Iterable<T>, stopped: AbortSignal): Generator<T, void, undefined> {
  for (const item of items) {
    if (stopped.aborted) return
    yield item
  }
}

function whatToLookAt(url: string, adminToken: string, events: number): string {
  const api = `${url}/api/ribbon`
  const get = (path: string, key = DEMO_API_KEY) => `  curl -H 'X-API-Key: ${key}' '${api}${path}'`
  const manage = (path: string) => `  curl -H 'Authorization: Bearer ${adminToken}' '${url}/api/admin${path}'`
  return `Recorded ${String(events)} events of the last ${String(DAYS)} days. In a browser:

  ${url}/docs
    all that the API can do, to be tried out. Authorize: API key ${DEMO_API_KEY}, admin token ${adminToken}
  ${url}/dashboard
    the calls of a client, as they happen. Sign in with the API key ${BUSY_KEY}, or with the admin token
  ${api}/export/calls?format=csv&X-API-Key=${BUSY_KEY}
    all calls of a client, as a spreadsheet

In a terminal:

${get('/analytics/detailed', BUSY_KEY)}
${get('/active-calls')}
${get('/call-logs?event=missed&pageSize=5')}
${get('/customer/CUST001/calls')}
${manage('/clients')}
${manage('/analytics/all')}
  curl -H 'Content-Type: application/json' '${api}/log-call' \\
    -d '{"apiKey":"${DEMO_API_KEY}","event":"dialing","data":{"callSid":"my-first-call","phoneNumber":"+919876543210"}}'

Stop it with Ctrl+C: the database goes with it.
`
}
