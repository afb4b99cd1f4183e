import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { listen, servePage } from '../helpers/listening.js'
import { runRibbon } from '../helpers/ribbon.js'

const HEADINGS = 'Call Sid,Phone,Direction,Start,End,Duration,Status'

async function scratch(t: Test, text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'import-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const path = join(folder, 'calls.csv')
  await writeFile(path, text)
  return path
}

async function served(t: Test) {
  const test = await buildTestApp(t)
  const url = await listen(test)
  const run = (path: string, ...more: string[]) =>
    runRibbon(['import', path, '--url', url, ...more], { RIBBON_API_KEY: DEMO_KEY })
  const total = async () =>
    (await test.get('/api/ribbon/analytics')).json<{ summary: { totalCalls: number; totalDuration: number } }>().summary
  return { ...test, url, run, total }
}

function rows(from: number, count: number): string {
  return Array.from({ length: count }, (_, i) => {
    const minute = String((from + i) % 60).padStart(2, '0')
    return `CA${String(from + i)},09876543210,outbound,2025-10-12 10:${minute}:00,,60,completed`
  }).join('\n')
}

t.test('calls of a file are logged once, however often it is imported', async (t) => {
  const { run, total } = await served(t)
  const path = await scratch(t, `${HEADINGS}\n${rows(0, 1203)}\n`)
  t.match(await run(path, '--dry-run'), {
    code: 0,
    stdout: /1203 calls would be sent, 0 were there already, 0 rows were refused\./,
  })
  t.match(await total(), { totalCalls: 0 })
  t.match(await run(path), { code: 0, stdout: /1203 calls were logged, 0 were there/ })
  t.match(await run(path), { code: 0, stdout: /0 calls were logged, 1203 were there already/ })
  t.match(await run(path, '--from-row', '1200'), { code: 0, stdout: /0 calls were logged, 4 were there already/ })
  t.match(await total(), { totalCalls: 1203, totalDuration: 1203 * 60 })
})

t.test('what the API exports comes back as the same calls on another server', async (t) => {
  const [one, other] = [await served(t), await served(t)]
  const told = [
    [
      'dialing',
      { callSid: 'CA1', phoneNumber: '+919876543210', customerData: { customerId: 'C1', name: '=Asha' } },
      '2025-10-12T10:00:00Z',
    ],
    ['connected', { callSid: 'CA1' }, '2025-10-12T10:00:12Z'],
    ['callEnded', { callSid: 'CA1', duration: 61 }, '2025-10-12T10:01:20Z'],
    ['incoming', { callSid: 'CA2', phoneNumber: '+911234567890' }, '2025-10-12T10:02:00Z'],
    ['rejected', { callSid: 'CA2' }, '2025-10-12T10:02:05Z'],
    ['missed', { callSid: 'CA3', callDirection: 'inbound' }, '2025-10-12T10:03:00Z'],
  ] as const
  for (const [event, data, timestamp] of told) {
    await one.post('/api/ribbon/log-call', { apiKey: DEMO_KEY, event, data, timestamp, agentUserId: 'agent-1' })
  }
  const columns =
    'sessionId,customerName,phoneNumber,direction,startTime,endTime,duration,customerId,status,answeredAt,ringSeconds,agentUserId'
  const exported = async ({ get }: typeof one) =>
    (await get(`/api/ribbon/export/calls?format=csv&columns=${columns}`)).body
  const file = await exported(one)
  t.match(await other.run(await scratch(t, file)), { code: 0, stdout: /3 calls were logged/ })
  t.equal(await exported(other), file)
})

t.test('refused rows go to a file of their own, each with why, and can be mended and imported there', async (t) => {
  const { run, total } = await served(t)
  const future = 'CA9,1,inbound,2031-01-01 00:00:00,,5,completed'
  const path = await scratch(
    t,
    `${HEADINGS}\n${rows(0, 2)}\nCA7,1,sideways,2025-10-12 10:00:00,,5,completed\n${future}\n`,
  )
  const { code, stdout, stderr } = await run(path)
  t.equal(code, 1)
  t.match(stdout, /2 calls were logged, 0 were there already, 2 rows were refused: see .*calls\.csv\.refused\.csv\./)
  t.match(stderr, /Mend the refused rows/)
  const refused = await readFile(`${path}.refused.csv`, 'utf8')
  t.match(refused, /^Call Sid,Phone,Direction,Start,End,Duration,Status,Refused because\r\nCA7,1,sideways,/)
  t.match(refused, /callDirection is ""sideways"", not inbound or outbound/)
  t.match(refused, /CA9.*ahead of the server/)
  const mended = await scratch(
    t,
    refused.replace('sideways', 'inbound').replace('2031-01-01 00:00:00', '2025-10-12 10:05:00'),
  )
  t.match(await run(mended), { code: 0 })
  t.match(await total(), { totalCalls: 4 })
})

t.test('columns of other names are told', async (t) => {
  const { run, total } = await served(t)
  const path = await scratch(t, 'Nr;Begin\nCA1;2025-10-12 10:00:00\n'.replaceAll(';', ','))
  t.match(await run(path), {
    code: 1,
    stderr: /Say with --map which columns hold callSid .* the headings are Nr, Begin\./,
  })
  t.match(await run(path, '--map', 'callSid=Number'), { code: 1, stderr: /There is no column "Number"/ })
  t.match(await run(path, '--map', 'callSid=Nr', 'startTime=Begin', '--timezone', 'UTC'), { code: 0 })
  t.match(await total(), { totalCalls: 1 })
  const ends = await scratch(t, 'Nr,Finish\nCA1,2025-10-12 10:05:00\n')
  t.match(await run(ends, '--map', 'callSid=Nr', 'endTime=Finish', '--timezone', 'UTC'), { code: 0 })
  t.match(await total(), { totalCalls: 1 })
})

t.test('mistakes are named before anything is sent', async (t) => {
  const path = await scratch(t, `${HEADINGS}\n${rows(0, 1)}\n`)
  const run = (...args: string[]) => runRibbon(['import', ...args], { RIBBON_API_KEY: 'wrong' })
  t.match(await run(path, '--timezone', 'Mars'), { code: 2, stderr: /Mars is no IANA time zone/ })
  t.match(await run(path, '--from-row', '0'), { code: 2, stderr: /the first is 1/ })
  t.match(await run(path, '--map', 'colour=x'), { code: 2, stderr: /--map colour=x is not/ })
  t.match(await run(join(path, 'x')), { code: 1, stderr: /ENOTDIR/ })
  t.match(await run(path, '--url', 'http://127.0.0.1:1'), {
    code: 1,
    stderr: /Nothing answers at http:\/\/127\.0\.0\.1:1/,
  })
  const page = `http://127.0.0.1:${String(await servePage(t, '<p>hello'))}`
  t.match(await run(path, '--url', page), { code: 1, stderr: /is no server of this API/ })
  const { url } = await served(t)
  t.match(await run(path, '--url', url), {
    code: 1,
    stderr: /The rows from 1 on were not imported: .*Go on with --from-row 1\./,
  })
})
