import { datesUntil } from '../../src/demo/office-hours.js'
import { figuresOf, median, percentile, type Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, takeTurns } from './requests.js'
import { RARE } from './searched-calls.js'
import type { Stores } from './stores.js'
import type { Workspace } from './workspace.js'
import { RARE_CUSTOMERS } from './year-calls.js'

const REQUESTS = 100
const YEAR_DAYS = 365
/** How many pages of how many calls are walked through to a deep page. */
const DEEP_PAGES = 60
const LARGE_PAGE = 500
const BARS = { p50: { below: 10 }, p99: { below: 50 } } as const
/** For the screen that opens while the phone rings. */
const RINGING = { p50: { below: 5 }, p99: { below: 50 } } as const

const NONE = { p50: null, p99: null } as const

const figure = figuresOf('search')

const encoded = (value: string) => encodeURIComponent(value)

/** Filters, each by itself, with values that are common and values that are rare. */
const QUERIES: Readonly<Record<string, string>> = {
  'no filter': '',
  'status=completed': 'status=completed',
  'status=missed,no-answer': 'status=missed,no-answer',
  'status=busy, 1 of 10,000': 'status=busy',
  'status=failed, none': 'status=failed',
  'status=expired, 1 of 1,000': 'status=expired',
  'status=active, none': 'status=active',
  'callDirection=inbound': 'callDirection=inbound',
  'customerId, 9 calls': `customerId=${String(RARE_CUSTOMERS[0])}`,
  'agentUserId, 1 of 100': 'agentUserId=agent-7',
  'agentUserId, 3 calls': `agentUserId=${RARE.agentUserId}`,
  'virtualNumber, 1 of 80': `virtualNumber=${encoded('+918041000004')}`,
  'virtualNumber, 3 calls': `virtualNumber=${encoded(RARE.virtualNumber)}`,
  'endReason=NORMAL': 'endReason=NORMAL',
  'endReason, 3 calls': `endReason=${RARE.endReason}`,
  'minDuration=60': 'minDuration=60',
  'minDuration=19000, 3 calls': 'minDuration=19000',
  'maxDuration=5': 'maxDuration=5',
  'hasRecording=true': 'hasRecording=true',
  'hasRecording=false': 'hasRecording=false',
  'confirmed=true': 'confirmed=true',
  'confirmed=false': 'confirmed=false',
}

/** Several together: for one page so many calls are looked at, and no more. */
const TOGETHER: Readonly<Record<string, string>> = {
  'busy inbound calls of one agent': 'status=busy&callDirection=inbound&agentUserId=agent-0',
  'short recorded calls of one agent': 'agentUserId=agent-8&hasRecording=true&maxDuration=20',
}

const SEARCHES: Readonly<Record<string, string>> = {
  'customers, newest calls': '',
  'customers, "a"': 'search=a',
  'customers, "asha k"': `search=${encoded('asha k')}`,
  'customers, an id': `search=${String(RARE_CUSTOMERS[3])}`,
}

/** Lists of calls and customers by what is known of them, first pages and deep ones. */
export async function measureSearch(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const store = await stores.with({ shape: 'searched', calls: workspace.options.calls })
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: store.url })
  const { port } = server
  const pathOf = (query: string) => `/api/ribbon/calls?${query}`
  const targets = new Map<string, string>()
  const dates = datesUntil(store.now, YEAR_DAYS)
  const month = `startDate=${String(dates[100])}&endDate=${String(dates[130])}`
  for (const [name, query] of Object.entries({ ...QUERIES, 'a month of the year': month })) {
    targets.set(name, pathOf(query))
    const deep = await deepCursor(port, pathOf(query))
    if (deep !== null) targets.set(`${name}: deep`, `${pathOf(query)}&cursor=${deep}`)
  }
  for (const [name, query] of Object.entries(TOGETHER)) targets.set(name, pathOf(query))
  for (const [name, query] of Object.entries(SEARCHES)) targets.set(name, `/api/ribbon/customers?${query}`)
  const { body } = await get(port, pathOf(`customerId=${String(RARE_CUSTOMERS[0])}`))
  const [call] = (body as { calls: { sessionId: string; phoneNumber: string }[] }).calls as [
    { sessionId: string; phoneNumber: string },
  ]
  targets.set('a call with its events', `/api/ribbon/calls/${encoded(call.sessionId)}`)
  const ringing = 'the customer of a number'
  targets.set(ringing, `/api/ribbon/customers/by-phone/${encoded(call.phoneNumber)}`)
  targets.set('customers, a number', `/api/ribbon/customers?search=${encoded(call.phoneNumber)}`)

  workspace.say('search: filters take turns')
  const names = [...targets.keys()]
  const latencies = await takeTurns(
    names.map((name) => ({ port, path: targets.get(name) as string })),
    REQUESTS,
  )
  await server.stop()
  return names.flatMap((name, index) => {
    const own = latencies[index] as number[]
    const bars = name in TOGETHER ? NONE : name === ringing ? RINGING : BARS
    return [
      figure(`${name}: p50`, median(own), 'ms', bars.p50),
      figure(`${name}: p99`, percentile(own, 99), 'ms', bars.p99),
    ]
  })
}

/** The cursor of a page far down the list; null where the list is short. */
async function deepCursor(port: number, path: string): Promise<string | null> {
  let cursor = ''
  for (let page = 0; page < DEEP_PAGES; page++) {
    const { body } = await get(
      port,
      `${path}&pageSize=${String(LARGE_PAGE)}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    )
    const { nextCursor } = (body as { pagination: { nextCursor: string | null } }).pagination
    if (nextCursor === null) return null
    cursor = nextCursor
  }
  return cursor
}
