/**
 * A database server that dies and comes back: nothing acknowledged is lost, and the API heals by itself.
 *
 * `HEALTHY_MS=5000` measures what is promised, on a machine that has nothing else to do.
 */
import { Agent } from 'node:http'
import pg from 'pg'
import t from 'tap'
import { eventually } from '../../helpers/deadline.js'
import { post } from '../../helpers/load.js'
import { eventOf, PatientLoad } from '../../helpers/patient-load.js'
import { startPostgres } from '../../helpers/postgres-server.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { ServerProcess, serverEnv } from '../../helpers/server-process.js'
import { ask, walkLogs } from '../../helpers/stored.js'

const HEALTHY_MS = Number(process.env['HEALTHY_MS'] ?? 30_000)
const EVENTS = 2_000
const CRASH_AFTER = 500

t.setTimeout(400_000)

t.test('PostgreSQL killed in mid-load: nothing acknowledged is lost or doubled, and the server heals', async (t) => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  const server = new ServerProcess(t, { ...(await serverEnv(t, 'sqlite')), DATABASE_URL: postgres.url })
  const origin = await server.ready()
  const load = new PatientLoad([origin], EVENTS)
  await eventually(60_000, 'some load', () => load.acknowledged.length >= CRASH_AFTER)
  await postgres.crash()
  await eventually(60_000, 'a refusal', () => load.refusals.length > 0)
  t.equal((await fetch(`${origin}/health/ready`)).status, 503)
  t.equal((await fetch(`${origin}/health`)).status, 200)
  await postgres.restart()
  const backAt = performance.now()
  await eventually(HEALTHY_MS, 'healing', async () => (await fetch(`${origin}/health/ready`)).status === 200)
  t.comment(`ready ${(performance.now() - backAt).toFixed()} ms after PostgreSQL's return`)
  await load.finished
  load.checkRefusals(t)

  const { logs, totals } = await walkLogs(origin)
  t.strictSame(logs.map(({ logId }) => logId).sort(), load.acknowledged.sort(), 'each event once')
  t.equal(new Set(load.acknowledged).size, EVENTS)
  t.strictSame([...totals], [EVENTS])
  t.match(await ask(`${origin}/api/ribbon/analytics`), {
    summary: { totalCalls: EVENTS / 2, totalDuration: (EVENTS / 2) * 60 },
  })
})

t.test('a connection lost in mid-statement is a 503 with Retry-After, and the next request is served', async (t) => {
  const url = await scratchDatabase(t)
  const server = new ServerProcess(t, { ...(await serverEnv(t, 'sqlite')), DATABASE_URL: url })
  const origin = await server.ready()
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  const agent = new Agent()
  const log = () => post(`${origin}/api/ribbon/log-call`, eventOf(0), agent)
  // Holds the client's row, so that recording waits for it.
  await admin.query('begin')
  await admin.query('select from client_state for update')
  const answer = log()
  await eventually(30_000, 'ending the connection that waits', async () => {
    const { rowCount } = await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock'`)
    return rowCount === 1
  })
  t.match(await answer, { status: 503, headers: { 'retry-after': '1' }, body: '"code":"unavailable"' })
  await admin.query('rollback')
  t.match(await log(), { status: 200 })
  // Those that wait in the pool are replaced before anybody uses them.
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)
  await eventually(HEALTHY_MS, 'healing', async () => (await fetch(`${origin}/health/ready`)).status === 200)
  const { logs } = await walkLogs(origin)
  t.equal(logs.length, 1)
})
