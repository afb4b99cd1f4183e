import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { emptyReport } from '../../src/services/reconciler.js'
import { ADMIN_TOKEN, DEMO_KEY, START } from '../helpers/app.js'
import { exotelApp } from '../helpers/exotel-server.js'
import { listen, servePage } from '../helpers/listening.js'
import { IMPATIENT } from '../helpers/reconciliation.js'
import { runRibbon } from '../helpers/ribbon.js'
import { scratchFolder } from '../helpers/storage.js'

const RANGE = ['--client', 'client-demo', '--from', '2025-10-11', '--to', '2025-10-12']
const OWN = { ADMIN_TOKEN }
const BUSY = { Status: 'busy' }

async function served(t: Test) {
  const test = await exotelApp(t, { exotelPatience: IMPATIENT })
  const url = await listen(test)
  const run = (...more: string[]) => runRibbon(['reconcile', ...RANGE, '--url', url, ...more], OWN)
  return { ...test, url, run }
}

t.test('what differed is shown call by call, and the second time nothing is', async (t) => {
  const { exotel, post, run, url } = await served(t)
  const missing = exotel.add(START - 7_200_000, 0, BUSY)
  const changed = exotel.add(START - 3_600_000, 0, BUSY)
  const log = (data: object) =>
    post('/api/ribbon/log-call', {
      apiKey: DEMO_KEY,
      event: 'dialing',
      data,
      timestamp: new Date(START - 3_600_000).toISOString(),
    })
  await log({ callSid: changed })
  await log({ callSid: 'invented' })
  const { code, stdout, stderr } = await run()
  t.match({ code, stderr }, { code: 0, stderr: '' })
  t.match(stdout, /^hours reconciled +\[#+\] 40 of 40 in /)
  t.match(stdout.split('\n').slice(1), [
    '2 calls are in Exotel’s records: 1 were missing, 1 were changed, 1 that ribbons told of are unknown to Exotel, 0 have yet to end.',
    '',
    /^CALL +WHAT +CHANGES$/,
    new RegExp(`^session-${missing} +missing +status busy, answered false, confirmed true, durationSeconds 0, `),
    new RegExp(`^session-${changed} +changed +status active → busy, confirmed false → true, `),
    /^session-invented +unknown +-$/,
  ])
  const file = join(await scratchFolder(t), 'token')
  await writeFile(file, `${ADMIN_TOKEN}\n`)
  const again = ['reconcile', ...RANGE, '--url', url, '--json', '--admin-token-file', file]
  const json = await runRibbon(again, { ADMIN_TOKEN: '' })
  const lastDay = await runRibbon(['reconcile', '--client', 'client-demo', '--url', url, '--json'], OWN)
  t.match(JSON.parse(lastDay.stdout), { from: '2025-10-11T10:35:00Z', to: '2025-10-12T10:35:00Z' })
  t.match(JSON.parse(json.stdout), { state: 'finished', missing: 0, changed: 0, unknown: 1 })
  t.match(json.stderr, /^hours reconciled/, 'how far it is stands apart from the JSON')
})

t.test('of very many differences the first are shown, and what could not be read is counted', async (t) => {
  const { exotel, run } = await served(t)
  const long = { ...BUSY, Note: 'x'.repeat(LIMITS.dataLength) }
  exotel.add(START - 7_200_000, 0, long)
  for (let i = 0; i <= LIMITS.listedDifferences; i++) exotel.add(START - 3_600_000 + i * 1000, 0, BUSY)
  const { stdout } = await run()
  t.match(stdout, /, 1 could not be read\.\n/)
  t.match(stdout, /\nAnd 1 more\.\n$/)
})

t.test('what the server refuses, and what comes to no good end, is said, and the token never', async (t) => {
  const { exotel, run, url } = await served(t)
  const future = await run('--from', '2025-10-13')
  t.match(future, { code: 1, stdout: '', stderr: '/from is "2025-10-13", which is in the future.\n' })
  exotel.next.push({ status: 403, message: 'No' })
  t.match(await run(), {
    code: 1,
    stdout: /^hours .* 0 of 40 .*\n0 calls are in Exotel’s records/,
    stderr: 'Exotel does not take the API credentials of this client: No\n',
  })
  const wrong = await runRibbon(['reconcile', ...RANGE, '--url', url], { ADMIN_TOKEN: 'wrong-token' })
  t.match(wrong, { code: 1, stderr: /^Send an admin token of this server/ })
  t.notMatch(wrong.stderr, 'wrong-token')
  t.match(await runRibbon(['reconcile', ...RANGE], { ADMIN_TOKEN: '' }), { code: 2, stderr: /admin token is needed/ })
  t.match(await runRibbon(['reconcile', ...RANGE], { ...OWN, PORT: '1' }), {
    code: 1,
    stderr: 'Nothing answers at http://127.0.0.1:1: start the server, or name it with --url.\n',
  })
  const page = `http://127.0.0.1:${String(await servePage(t, 'hello'))}`
  t.match(await runRibbon(['reconcile', ...RANGE, '--url', page], OWN), {
    code: 1,
    stderr: `What answers at ${page} is no server of this API.\n`,
  })
})

t.test('a run whose place another took is not taken for that one', async (t) => {
  const { exotel, run, storage } = await served(t)
  exotel.next.push('hang')
  const arrived = exotel.arrived()
  const running = run()
  await arrived
  const now = Number.MAX_SAFE_INTEGER
  const report = JSON.stringify(emptyReport({ from: START, to: START }))
  const claim = { runId: 'other', startedBy: 'other', now: START, silentFrom: now, ownFrom: 0, report }
  await storage.claimReconciliation('client-demo', claim)
  t.match(await running, { code: 1, stderr: 'Another reconciliation took its place: look at that one.\n' })
})
