/** Numbers do not depend on how events arrive: not on their order, not on how often. */
import { randomInt } from 'node:crypto'
import t, { type Test } from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { JOHNS_NUMBER } from '../helpers/calls.js'
import { seeded, shuffled } from '../helpers/seeded.js'

t.setTimeout(400_000)

const CALLS = 400
const BEGIN = Date.parse('2025-10-11T18:00:00Z')
/** They begin on two days, wherever days are those of UTC or of the client. */
const LAST = Date.parse('2025-10-12T10:40:00Z')
const NOW = Date.parse('2025-10-12T12:00:00Z')
const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const
const READS = [
  '/api/ribbon/active-calls',
  '/api/ribbon/analytics',
  '/api/ribbon/analytics/detailed',
  '/api/ribbon/analytics/query?groupBy=dayOfWeek,status&metrics=calls,p90Talk,uniqueCustomers,peakConcurrent',
  '/api/ribbon/customer/CUST1/calls',
  '/api/ribbon/export/calls?format=csv',
]

/** Three events of one call. Every fourth call never ends, and some of those are recent enough to be active. */
function eventsOf(call: number): object[] {
  const at = BEGIN + Math.floor((call / CALLS) * (LAST - BEGIN))
  const log = (event: string, seconds: number, more: object = {}) => ({
    event,
    data: { callSid: `CA${String(call)}`, ...more },
    timestamp: new Date(at + seconds * 1000).toISOString(),
  })
  const first = log(call % 2 === 0 ? 'dialing' : 'incoming', 0, { phoneNumber: JOHNS_NUMBER })
  const customerData = { customerId: `CUST${String(call % 7)}`, name: `Customer ${String(call % 7)}` }
  if (call % 4 === 3) return [first, log('connected', 9, { customerData }), log('mutetoggle', 20)]
  if (call % 5 === 0) return [first, log('dtmf', 4, { customerData }), log('callEnded', 30)]
  const lasted = (call * 13) % 400
  return [first, log('connected', 9, { customerData }), log('callEnded', 9 + lasted, { duration: lasted })]
}

/** Each call's events in one order, the calls interleaved, and every fourth event or so sent again at some time. */
function arrivals(order: readonly number[], random: () => number): object[] {
  const places = Array.from({ length: CALLS }, (_, call) => [call, call, call]).flat()
  const sent = new Array<number>(CALLS).fill(0)
  const once = shuffled(places, random).map((call) => {
    const turn = sent[call] as number
    sent[call] = turn + 1
    return eventsOf(call)[order[turn] as number] as object
  })
  const again = once.filter(() => random() < 0.25)
  for (const event of again) once.splice(Math.floor(random() * once.length), 0, event)
  return once
}

/** What a fresh server says after these arrivals: the bytes of every answer. */
async function answersAfter(t: Test, events: readonly object[]): Promise<Record<string, string>> {
  const { clock, get, post } = await buildTestApp(t)
  clock.now = NOW
  for (let i = 0; i < events.length; i += 50) {
    const batch = events.slice(i, i + 50)
    const answers = await Promise.all(
      batch.map((event) => post('/api/ribbon/log-call', event, { 'x-api-key': DEMO_KEY })),
    )
    if (answers.some(({ statusCode }) => statusCode !== 200)) throw new Error('an event was refused')
  }
  const answers: Record<string, string> = {}
  for (const url of READS) {
    const { statusCode, body } = await get(url)
    if (statusCode !== 200) throw new Error(`${url} answers ${String(statusCode)}: ${body}`)
    answers[url] = body
  }
  const filters = ['', 'event=connected', 'callDirection=inbound', 'customerId=CUST1', 'startDate=2025-10-12']
  for (const filter of filters) {
    const { pagination } = (await get(`/api/ribbon/call-logs?${filter}`)).json<{ pagination: { total: number } }>()
    answers[`call-logs ${filter}`] = String(pagination.total)
  }
  return answers
}

t.test('any order and any duplication of the same events gives the same answers, byte for byte', async (t) => {
  const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
  t.comment(`SEED=${String(seed)}`)
  const random = seeded(seed)
  const all = Array.from({ length: CALLS }, (_, call) => eventsOf(call)).flat()
  const wanted = await answersAfter(t, all)
  t.equal(wanted['call-logs '], String(3 * CALLS))
  t.match(JSON.parse(wanted['/api/ribbon/analytics'] ?? ''), {
    summary: { totalCalls: CALLS, inboundCalls: CALLS / 2 },
  })
  const { count } = JSON.parse(wanted['/api/ribbon/active-calls'] ?? '') as { count: number }
  t.ok(count > 0 && count < CALLS / 4, 'some unfinished calls are active, the others have expired')
  for (const order of ORDERS) {
    const events = arrivals(order, random)
    t.ok(events.length > 3 * CALLS)
    const answers = await answersAfter(t, events)
    for (const [name, text] of Object.entries(wanted)) t.equal(answers[name], text, `${name} after ${order.join(', ')}`)
  }
})
