/** Several server processes on one database: whatever they are told at once, they end in one state, the oracle's. */
import { Agent } from 'node:http'
import t, { type Test } from 'tap'
import type { CallEvent } from '../../../src/core/facts.js'
import type { JsonObject } from '../../../src/core/json.js'
import { ADMIN_TOKEN } from '../../helpers/app.js'
import { CONNECTIONS, type LoggedEvent, post } from '../../helpers/load.js'
import { oracle } from '../../helpers/oracle.js'
import { seeded, shuffled } from '../../helpers/seeded.js'
import { ServerProcess, serverEnv } from '../../helpers/server-process.js'
import { ask, walkLogs } from '../../helpers/stored.js'

const PROCESSES = 4
const CALLS = 100
const CUSTOMERS = 5
const PATCHES = 40
const ZONE = 'Asia/Kolkata'
const SEED = 20_251_012

t.setTimeout(400_000)

/** A request to one of the processes. */
interface Errand {
  readonly origin: string
  readonly path: string
  readonly body: object
}

/** Calls so close together that they share tally slots and customers. Every fourth one never ends. */
function eventsOf(call: number, begin: number): LoggedEvent[] {
  const at = begin + call * 5_000
  const customer = call % CUSTOMERS
  const log = (event: string, seconds: number, more: JsonObject = {}): LoggedEvent => ({
    event,
    data: { callSid: `CA${String(call)}`, ...more },
    timestamp: new Date(at + seconds * 1000).toISOString(),
  })
  const named = { customerData: { customerId: `CUST${String(customer)}`, name: `Name at call ${String(call)}` } }
  const talk = (call * 37) % 400
  const begins = [
    log(call % 2 === 0 ? 'dialing' : 'incoming', 0, { phoneNumber: `+9198765432${String(10 + customer)}` }),
    log('connected', 8, named),
    log('mutetoggle', 9),
  ]
  return call % 4 === 3 ? begins : [...begins, log('callEnded', 8 + talk, { duration: talk })]
}

/** Runs errands over many connections at once. @returns the answers, in the order of the errands */
async function runErrands(t: Test, errands: readonly Errand[]): Promise<{ logId: string }[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS / PROCESSES })
  const answers = await Promise.all(errands.map(({ origin, path, body }) => post(`${origin}${path}`, body, agent)))
  agent.destroy()
  const refused = answers.filter(({ status }) => status !== 200)
  t.strictSame(refused, [], 'no caller hears of what the processes settle among themselves')
  return answers.map(({ body }) => JSON.parse(body) as { logId: string })
}

t.test('four processes on one database end where the oracle does, whoever was told what', async (t) => {
  const env = await serverEnv(t, 'postgres')
  // Together on an empty database: one prepares it, and the demo clients are there once.
  const servers = Array.from({ length: PROCESSES }, () => new ServerProcess(t, env))
  const origins = await Promise.all(servers.map((server) => server.ready()))
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const clients = (await (await fetch(`${String(origins[0])}/api/admin/clients`, { headers })).json()) as unknown[]
  t.equal(clients.length, 3)

  const begin = Date.now() - 2 * 3_600_000
  const events = Array.from({ length: CALLS }, (_, call) => eventsOf(call, begin)).flat()
  const patches = Array.from({ length: PATCHES }, (_, i) => ({
    customerId: `CUST${String(i % CUSTOMERS)}`,
    customFields: { [`field${String(i)}`]: i },
  }))
  // Each event twice, each time to another process, and all in no order.
  const errands = shuffled(
    [
      ...[...events, ...events].map((body) => ({ path: '/api/ribbon/log-call', body })),
      ...patches.map((customerData) => ({ path: '/api/ribbon/customer', body: { customerData } })),
    ],
    seeded(SEED),
  ).map((errand, i) => ({ ...errand, origin: origins[i % PROCESSES] as string }))
  const answers = await runErrands(t, errands)

  const logIds = new Map<object, Set<string>>()
  errands.forEach(({ body, path }, i) => {
    if (path !== '/api/ribbon/log-call') return
    const ids = logIds.get(body) ?? new Set()
    logIds.set(body, ids.add((answers[i] as { logId: string }).logId))
  })
  t.ok(
    [...logIds.values()].every((ids) => ids.size === 1),
    'an event and its repeat get one log id',
  )
  const told = events.map(({ event, data, timestamp }): CallEvent => ({
    event,
    data,
    context: {},
    occurredAt: Date.parse(timestamp),
    source: 'ribbon',
  }))
  const expected = oracle(told, { now: Date.now(), zone: ZONE })

  for (const origin of origins) {
    const { logs, totals } = await walkLogs(origin)
    t.strictSame(logs.map(({ logId }) => logId).sort(), [...logIds.values()].flatMap((ids) => [...ids]).sort())
    t.strictSame([...totals], [events.length])
    t.match(await ask(`${origin}/api/ribbon/analytics/detailed`), {
      summary: {
        totalCalls: expected.totalCalls,
        totalDuration: expected.totalDuration,
        avgDuration: expected.avgDuration,
        inboundCalls: expected.inboundCalls,
        outboundCalls: expected.outboundCalls,
        missedCalls: expected.missedCalls,
        answeredCalls: expected.answeredCalls,
      },
      callsByHour: Object.fromEntries(expected.callsByHour.entries()),
      callsByDayOfWeek: Object.fromEntries(expected.callsByDayOfWeek.entries()),
      durationBuckets: expected.durationBuckets,
      topCustomers: expected.topCustomers.map(({ customerId, calls, seconds }) => ({
        customerId,
        callCount: calls,
        totalDuration: seconds,
      })),
    })
    const { callsByDate } = await ask<{ callsByDate: object }>(`${origin}/api/ribbon/analytics`)
    t.strictSame(callsByDate, Object.fromEntries(expected.callsByDate))
    t.match(await ask(`${origin}/api/ribbon/active-calls`), { count: expected.activeCalls })
  }
  for (let customer = 0; customer < CUSTOMERS; customer++) {
    const id = `CUST${String(customer)}`
    const theirs = patches.filter(({ customerId }) => customerId === id)
    const customFields = Object.assign({}, ...theirs.map((patch) => patch.customFields)) as object
    t.match(await ask(`${String(origins[0])}/api/ribbon/customer/${id}`), { customer: { customFields } })
  }
})
