/** `npm run demo`: the server on a scratch database with 90 days of plausible calls, which goes when the server stops. */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../src/config.js'
import { keptSecretsKey } from '../src/clients/credentials.js'
import { createDemoClients, DEMO_API_KEY } from '../src/clients/demo-clients.js'
import { databasePath, openStorage } from '../src/storage/open.js'
import { DEMO_OFFICES, demoEvents } from './demo-calls.js'
import { recordAll } from './record-all.js'

const DAYS = 90
const SEED = 20_251_012

const folder = await mkdtemp(join(tmpdir(), 'ribbon-demo-'))
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
// Until the server has its own way of stopping; without one a signal would leave the folder behind.
const leave = () => process.exit(1)
process.on('SIGINT', leave).on('SIGTERM', leave)

process.env['DATABASE_URL'] = `file:${join(folder, 'ribbon.db')}`
const config = loadConfig(process.env)
const { host, port, databaseUrl: url, maxCallAgeMs, defaultTimezone: timezone } = config

const storage = await openStorage({ url, maxCallAgeMs })
const secretsKey = config.secretsKey ?? (await keptSecretsKey(databasePath(url)))
const now = Date.now()
await createDemoClients(storage, { secretsKey, timezone, now })
const events = DEMO_OFFICES.flatMap((office, index) => demoEvents(office, { now, days: DAYS, seed: SEED + index }))
const count = await recordAll(storage, events)
await storage.close()

const api = `http://${host}:${port === 0 ? '<port>' : String(port)}/api/ribbon`
const get = (path: string, key = DEMO_API_KEY) => `  curl -H 'X-API-Key: ${key}' '${api}${path}'`
console.log(`Recorded ${String(count)} events of the last ${String(DAYS)} days. When the server says it is ready, try:

${get('/analytics/detailed')}
${get('/active-calls')}
${get('/call-logs?event=missed&pageSize=5')}
${get('/customer/CUST001')}
${get('/analytics', 'collections-crm-api-key-123')}
${get('/export/calls?format=csv', 'collections-crm-api-key-123')} -O -J
  curl -H 'Content-Type: application/json' '${api}/log-call' \\
    -d '{"apiKey":"${DEMO_API_KEY}","event":"dialing","data":{"callSid":"my-first-call","phoneNumber":"+919876543210"}}'

Stop it with Ctrl+C: the database goes with it.
`)

process.off('SIGINT', leave).off('SIGTERM', leave)
await import('../src/server.js')
