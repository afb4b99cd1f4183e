/** The hourly reconciliation of a server process, switched on by its environment. */
import t from 'tap'
import { ADMIN_TOKEN } from '../helpers/app.js'
import { eventually, within } from '../helpers/deadline.js'
import { EXOTEL_API, ExotelServer } from '../helpers/exotel-server.js'
import { COVERED, ServerProcess, serverEnv } from '../helpers/server-process.js'

const HOUR_MS = 3_600_000
const WAIT_MS = 30_000
const CLIENT = '/api/admin/clients/client-demo'

t.setTimeout(400_000)

t.test('a server reconciles by itself where it is told to, and not otherwise', async (t) => {
  const exotel = await ExotelServer.start(t)
  exotel.add(Date.now() - HOUR_MS, 0, { Status: 'busy' })
  const env = { ...(await serverEnv(t)), ...exotel.env }
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' }
  const latest = async (origin: string) =>
    (await fetch(`${origin}${CLIENT}/reconciliation`, { headers })).json() as Promise<object>
  const end = async (server: ServerProcess) => {
    server.child.kill('SIGTERM')
    t.strictSame(await within(WAIT_MS, 'ending the server', server.exited), { code: 0, signal: null })
  }

  const quiet = new ServerProcess(t, env)
  const origin = await quiet.ready()
  const body = JSON.stringify({ exotelApi: EXOTEL_API })
  t.equal((await fetch(`${origin}${CLIENT}`, { method: 'PATCH', headers, body })).status, 200)
  t.match(await latest(origin), { code: 'reconciliation_not_found' })
  await end(quiet)
  t.strictSame(exotel.requests, [])

  exotel.next.push('hang')
  const arrived = exotel.arrived()
  const interrupted = new ServerProcess(t, { ...env, ...COVERED, RECONCILE: 'true' })
  await interrupted.ready()
  await within(WAIT_MS, 'asking Exotel', arrived)
  await end(interrupted)

  const busy = new ServerProcess(t, { ...env, ...COVERED, RECONCILE: 'true' })
  const again = await busy.ready()
  await eventually(WAIT_MS, 'telling what differed', () => busy.stdout.includes('differed from Exotel’s records'))
  t.match(await latest(again), { state: 'finished', startedBy: 'server', calls: 1, missing: 1 })
  await end(busy)
})
