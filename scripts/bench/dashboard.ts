import { performance } from 'node:perf_hooks'
import type { Browser } from 'playwright-core'
import { DEMO_API_KEY } from '../../src/clients/demo-clients.js'
import { DEMO_OFFICES, demoEvents } from '../../src/demo/calls.js'
import { datesUntil } from '../../src/demo/office-hours.js'
import { recordAll } from '../../src/demo/record-all.js'
import { openStorage } from '../../src/storage/open.js'
import { launchBrowser } from '../../test/helpers/browser.js'
import { figuresOf, median, type Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { createClients, MAX_CALL_AGE_MS, type Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const ROUNDS = 9
const DEMO_DAYS = 90
const YEAR_DAYS = 365
const BAR_MS = { demo: 1000, large: 1500 } as const
const GIVE_UP_MS = 60_000
const NOTHING_WAITS = 'body:has(.panel):not(:has([aria-busy=true]))'

const figure = figuresOf('dashboard')

/** How long the page takes in a new tab, with nothing in its cache, until all parts of a view show what they asked for. */
export async function measureDashboard(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const { calls } = workspace.options
  const browser = await launchBrowser()
  workspace.onClose(() => browser.close())
  const figures = [
    ...(await measureOn(workspace, browser, await demoStore(workspace), {
      name: 'demo data',
      views: { 'first view': '' },
      barMs: BAR_MS.demo,
    })),
  ]
  const store = await stores.with({ shape: 'searched', calls })
  const dates = datesUntil(store.now, YEAR_DAYS)
  const custom = (days: number) => `?range=custom&from=${String(dates.at(-days))}&to=${String(dates.at(-1))}`
  const views = {
    today: '?range=today',
    yesterday: '?range=yesterday',
    '7 days': '',
    '30 days': '?range=30days',
    'last month': '?range=last-month',
    '90 days': custom(90),
    'a year': custom(YEAR_DAYS - 1),
    '30 days of one agent': '?range=30days&agent=agent-7',
    live: '?view=live',
    missed: '?view=missed&range=30days',
    calls: '?view=calls&range=30days',
  }
  const name = `${calls.toLocaleString('en')} calls`
  figures.push(...(await measureOn(workspace, browser, store.url, { name, views, barMs: BAR_MS.large })))
  return figures
}

interface Measured {
  readonly name: string
  readonly views: Readonly<Record<string, string>>
  readonly barMs: number
}

async function measureOn(workspace: Workspace, browser: Browser, url: string, { name, views, barMs }: Measured) {
  const server = await startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })
  workspace.say(`dashboard: ${name}`)
  const page = `http://127.0.0.1:${String(server.port)}/dashboard`
  const taken = new Map<string, number[]>()
  for (let round = 0; round < ROUNDS; round++) {
    for (const [view, search] of Object.entries(views)) {
      const own = taken.get(view) ?? []
      own.push(await shownAfter(browser, page + search))
      taken.set(view, own)
    }
  }
  await server.stop()
  return [...taken].flatMap(([view, [first, ...later]]) => [
    figure(`${name}, ${view}: asked for the first time`, Number(first), 'ms'),
    figure(`${name}, ${view}: median`, median(later), 'ms', { below: barMs }),
    figure(`${name}, ${view}: slowest`, Math.max(...later), 'ms'),
  ])
}

/** Milliseconds from asking for the page until no part of it waits. */
async function shownAfter(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  try {
    await context.addInitScript({ content: `sessionStorage.setItem('ribbon.key', ${JSON.stringify(DEMO_API_KEY)})` })
    const page = await context.newPage()
    const start = performance.now()
    await page.goto(address, { waitUntil: 'commit' })
    await page.locator(NOTHING_WAITS).waitFor({ state: 'attached', timeout: GIVE_UP_MS })
    return performance.now() - start
  } finally {
    await context.close()
  }
}

/** What `npm run demo` shows. */
async function demoStore(workspace: Workspace): Promise<string> {
  const url = await workspace.database('dashboard', false)
  const now = Date.now()
  await createClients(url, now)
  const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  const period = { now, days: DEMO_DAYS }
  await recordAll(
    storage,
    DEMO_OFFICES.flatMap((office, index) => demoEvents(office, { ...period, seed: index + 1 })),
  )
  await storage.close()
  return url
}
