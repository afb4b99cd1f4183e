/** The usage examples of the API's documentation, run as they are printed, against a server that really listens. */
import { runInNewContext } from 'node:vm'
import Papa from 'papaparse'
import t from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { fixture } from '../helpers/fixtures.js'
import { listen } from '../helpers/listening.js'
import { NOON, placeOfficeDay } from '../helpers/office-day.js'

const test = await buildTestApp(t)
await placeOfficeDay(test)
const origin = await listen(test)

/** The examples ask what day it is: the same as the server's. */
class Today extends Date {
  constructor(...parts: number[]) {
    if (parts.length === 0) super(NOON)
    else super(...(parts as [number, number]))
  }
}

/** The lines that an example prints, and the moment when there are enough of them. */
class Printed {
  readonly #lines: unknown[][] = []
  #enough: () => void = () => undefined

  readonly log = (...line: unknown[]): void => {
    this.#lines.push(line)
    this.#enough()
  }

  /** @returns what was printed after each line's label */
  async lines<T extends unknown[]>(count: number): Promise<T> {
    await new Promise<void>((resolve) => {
      this.#enough = () => {
        if (this.#lines.length >= count) resolve()
      }
      this.#enough()
    })
    return this.#lines.map(([, value]) => value) as T
  }
}

/** Runs an example with its base URL and key replaced, in a world of its own that has what pages have. */
async function run(name: string, globals: Record<string, unknown> = {}, afterwards = ''): Promise<Printed> {
  const source = (await fixture(`usage/${name}.js`))
    .replaceAll('http://127.0.0.1:3000', origin)
    .replaceAll('your-api-key-123', DEMO_KEY)
  const printed = new Printed()
  runInNewContext(source + afterwards, { fetch, URLSearchParams, console: printed, Date: Today, ...globals })
  return printed
}

interface Counted {
  readonly summary: { readonly totalCalls: number }
}

t.test('example 1: today’s call logs', async (t) => {
  const [logs, total] = await (await run('todays-call-logs')).lines<[{ timestamp: string }[], number]>(2)
  t.equal(total, 5)
  t.strictSame(
    logs.map(({ timestamp }) => timestamp),
    ['11:50', '10:33', '10:30', '09:01', '09:00'].map((time) => `2025-10-12T${time}:00Z`),
  )
})

t.test('example 2: a customer’s call history', async (t) => {
  const [calls, totalCalls, totalDuration] = await (
    await run('customer-call-history')
  ).lines<[unknown[], number, number]>(3)
  t.match(calls, [{ sessionId: 'session-today-1' }, { sessionId: 'session-this-month' }])
  t.equal(totalCalls, 2)
  t.equal(totalDuration, 420)
})

t.test('example 3: a customer is saved', async (t) => {
  t.strictSame(await (await run('save-customer')).lines(1), ['CUST001'])
  const { customer } = (await test.get('/api/ribbon/customer/CUST001')).json<{ customer: object }>()
  t.match(customer, { name: 'John Doe', customFields: { accountBalance: 5000, segment: 'enterprise' } })
})

t.test('example 4: the detailed report of a month', async (t) => {
  const printed = await run('detailed-report')
  const [totalCalls, average, top, byHour, byWeekday] =
    await printed.lines<[number, number, unknown[], Record<string, number>, Record<string, number>]>(5)
  t.equal(totalCalls, 4)
  t.equal(average, 160)
  t.match(top, [{ customerId: 'CUST001', callCount: 2, totalDuration: 420 }])
  t.match(byHour, { 10: 1, 14: 1, 16: 1, 17: 1 })
  t.match(byWeekday, { 0: 4, 1: 0 })
})

t.test('example 5: calls as CSV, by link and by request', async (t) => {
  const window = { location: { href: '' } }
  const [csv] = await (await run('export-csv', { window })).lines<[string]>(1)
  const link = await fetch(window.location.href)
  t.equal(link.status, 200)
  t.match(link.headers.get('content-disposition'), /; filename="call-logs-client-demo-2025-10-01-2025-10-31\.csv"$/)
  t.equal(await link.text(), csv)
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true })
  t.strictSame(
    data.map((row) => [row['Session ID'], row['Phone Number'], row['Duration (s)']]),
    [
      ['session-this-month', '+919876543210', '240'],
      ['session-today-2', '', '60'],
      ['session-today-1', '+919876543210', '180'],
      ['session-in-progress', '', ''],
    ],
  )
})

t.test('example 6: active calls are polled', async (t) => {
  const shown: unknown[] = []
  const printed = await run('monitor-active-calls', {
    updateDashboard: (calls: unknown[]) => shown.push(...calls),
    setInterval: (poll: () => void, ms: number) => {
      t.equal(ms, 5000)
      poll()
    },
  })
  t.strictSame(await printed.lines(1), [1])
  t.match(shown, [{ sessionId: 'session-in-progress', status: 'active' }])
})

t.test('the dashboard renders', async (t) => {
  const elements: Record<string, { textContent: unknown }> = {}
  const document = { getElementById: (id: string) => (elements[id] ??= { textContent: null }) }
  const printed = await run('dashboard', { document })
  const [overview, detailed, active] = await printed.lines<[Counted, Counted, { count: number }]>(6)
  t.equal(overview.summary.totalCalls, 5)
  t.equal(detailed.summary.totalCalls, 5)
  t.equal(active.count, 1)
  t.strictSame(elements, {
    'total-calls': { textContent: 5 },
    'total-duration': { textContent: '0h 8m' },
    'active-calls': { textContent: 1 },
  })
})

t.test('active calls and recent activity are polled in real time', async (t) => {
  let poll: () => Promise<void> = () => Promise.reject(new Error('nothing polls'))
  const shown: Record<string, unknown> = {}
  const globals = {
    updateActiveCalls: (calls: unknown) => (shown['active'] = calls),
    updateRecentActivity: (calls: unknown) => (shown['recent'] = calls),
    setInterval: (callback: () => Promise<void>) => (poll = callback),
  }
  await run('real-time-polling', globals, '\nstartRealTimeMonitoring()')
  await poll()
  t.match(shown, {
    active: [{ sessionId: 'session-in-progress' }],
    recent: [{ sessionId: 'session-in-progress' }, { sessionId: 'session-today-1' }],
  })
})

t.test('this month’s stats, a customer’s stats and outbound calls are queried', async (t) => {
  const [month] = await (await run('this-months-stats')).lines<[Counted]>(1)
  t.equal(month.summary.totalCalls, 4)
  const [customer] = await (await run('customer-analytics')).lines<[Counted]>(1)
  t.equal(customer.summary.totalCalls, 2)
  const [outbound] = await (await run('outbound-calls')).lines<[{ data: { callDirection: string } }[]]>(1)
  t.equal(outbound.length, 5)
  t.ok(outbound.every(({ data }) => data.callDirection === 'outbound'))
})
