/**
 * A primary and its synchronous standby, as on two machines: whichever is lost in mid-load, nothing acknowledged is, and the
 * servers find the one that takes writes by themselves.
 */
import { Agent } from 'node:http'
import t, { type Test } from 'tap'
import { eventually } from '../helpers/deadline.js'
import { post } from '../helpers/load.js'
import { eventOf, PatientLoad } from '../helpers/patient-load.js'
import { startPair } from '../helpers/postgres-pair.js'
import { startRelay } from '../helpers/relay.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { ask, walkLogs } from '../helpers/stored.js'

const EVENTS = Number(process.env['FAILOVER_EVENTS'] ?? 6_000)
const PORT = /:(\d+)\//

t.setTimeout(600_000)

async function startServers(t: Test, databaseUrl: string): Promise<string[]> {
  const env = { ...(await serverEnv(t, 'sqlite')), DATABASE_URL: databaseUrl }
  const servers = [new ServerProcess(t, env), new ServerProcess(t, env)]
  return Promise.all(servers.map((server) => server.ready()))
}

/** What is stored is what was acknowledged, and counts as it should, whichever server process is asked. */
async function checkStored(t: Test, origins: readonly string[], load: PatientLoad): Promise<void> {
  t.equal(new Set(load.acknowledged).size, EVENTS)
  for (const origin of origins) {
    const { logs, totals } = await walkLogs(origin)
    t.strictSame(logs.map(({ logId }) => logId).sort(), [...load.acknowledged].sort(), 'each event once')
    t.strictSame([...totals], [EVENTS])
    t.match(await ask(`${origin}/api/ribbon/analytics`), {
      summary: { totalCalls: EVENTS / 2, totalDuration: (EVENTS / 2) * 60 },
    })
  }
}

for (const loss of ['killed', 'without power'] as const) {
  t.test(`the primary ${loss} in mid-load: its standby is promoted, and the servers go on there`, async (t) => {
    const pair = await startPair()
    t.teardown(() => pair.stop())
    const relay = await startRelay(t, Number(PORT.exec(pair.primary.url)?.[1]))
    const url = pair.url.replace(PORT.exec(pair.primary.url)?.[1] as string, String(relay.port))
    const origins = await startServers(t, url)
    const load = new PatientLoad(origins, EVENTS)
    await eventually(60_000, 'some load', () => load.acknowledged.length >= EVENTS / 4)
    if (loss === 'without power') relay.silence()
    await pair.primary.crash()
    const lostAt = performance.now()
    await pair.promote()
    const promotedAt = performance.now()
    const before = load.acknowledged.length
    await eventually(120_000, 'going on', () => load.acknowledged.length > before)
    t.comment(
      `promoted ${(promotedAt - lostAt).toFixed()} ms after the loss; went on ${(performance.now() - promotedAt).toFixed()} ms later`,
    )
    await load.finished
    t.comment(
      `longest without an answer: ${load.longestSilence.toFixed()} ms; ${String(load.refusals.length)} refusals`,
    )
    load.checkRefusals(t)
    await checkStored(t, origins, load)
  })
}

t.test('the standby lost: writes are refused until it is back, and reads are answered', async (t) => {
  const pair = await startPair()
  t.teardown(() => pair.stop())
  const origins = await startServers(t, pair.url)
  await pair.standby.crash()
  const agent = new Agent()
  const lostAt = performance.now()
  const answer = await post(`${String(origins[0])}/api/ribbon/log-call`, eventOf(0), agent)
  agent.destroy()
  t.comment(`refused after ${(performance.now() - lostAt).toFixed()} ms`)
  t.match(answer, { status: 503, headers: { 'retry-after': '1' }, body: '"code":"outcome_open"' })
  t.match(await ask(`${String(origins[0])}/api/ribbon/analytics`), { summary: { totalCalls: 0 } })
  const load = new PatientLoad(origins, EVENTS)
  await pair.startStandby()
  await load.finished
  load.checkRefusals(t)
  await checkStored(t, origins, load)
})
