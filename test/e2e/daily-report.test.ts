/** The page of the daily report in a real browser, under the policy that it is sent with, as wide as a phone. */
import t from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { openBrowser } from '../helpers/browser.js'
import { listen } from '../helpers/listening.js'
import { HOSTILE_NAME, placeReportDay } from '../helpers/report-day.js'

t.setTimeout(400_000)

const test = await buildTestApp(t)
await placeReportDay(test)
const url = `${await listen(test)}/api/ribbon/reports/daily`
const browser = await openBrowser(t)
const page = await browser.newPage({
  viewport: { width: 360, height: 800 },
  extraHTTPHeaders: { 'x-api-key': DEMO_KEY },
})
const complaints: string[] = []
const requests: string[] = []
page.on('console', (message) => complaints.push(message.text()))
page.on('pageerror', (error) => complaints.push(error.message))
page.on('request', (request) => requests.push(request.url()))
// What a browser prefers is the page.
await page.goto(url)

t.test('a browser that asks for no format is shown the page, which its policy lets be as it is', async (t) => {
  t.equal(await page.title(), 'Demo Client: calls of Sat 11 Oct')
  t.equal(
    await page.evaluate(`getComputedStyle(document.querySelector('h1')).color`),
    'rgb(31, 78, 121)',
    'the style applies',
  )
  t.strictSame(complaints, [])
  t.strictSame(
    requests.filter((asked) => !asked.endsWith('/favicon.ico')),
    [url],
    'it asks for nothing',
  )
})

t.test('it is as wide as the phone, and nothing is cut off', async (t) => {
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 360)
  const widths: number[] = await page.evaluate(
    `[...document.querySelectorAll('table, svg')].map((element) => element.getBoundingClientRect().right)`,
  )
  t.ok(widths.length > 8)
  t.strictSame(
    widths.filter((right) => right > 360 - 16),
    [],
  )
})

t.test(
  'those who do not see it are told the same: headings, named tables with headers, and a chart with words',
  async (t) => {
    t.equal(await page.locator('html').getAttribute('lang'), 'en')
    t.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
    t.strictSame(await page.getByRole('heading', { level: 2 }).allTextContents(), [
      'The day',
      'Calls by hour',
      'Outcomes',
      'Missed calls',
      'Agents',
      'Customers',
      'Virtual numbers',
      'How long',
    ])
    const agents = page.getByRole('table', { name: 'Agents' })
    t.strictSame(await agents.getByRole('columnheader').allTextContents(), [
      ...['Agent', 'Calls', 'Answered', 'Missed', 'Talk'],
    ])
    t.strictSame(await agents.getByRole('rowheader').allTextContents(), ['Asha Rao', 'ravi'])
    const chart = page.getByRole('img', { name: 'Calls by hour' })
    t.equal(await chart.count(), 1)
    t.equal(await chart.locator('rect').count(), 6, 'five hours with calls, one of them with calls of both directions')
    const hours = page.getByRole('table', { name: 'Calls by hour' })
    t.notOk(await hours.isVisible())
    await page.getByText('The same as a table').click()
    t.match(await hours.getByRole('row').allTextContents(), [/^Hour/, '09:00112', '10:00000'])
  },
)

t.test('a name that looks like a script is read as it is written', async (t) => {
  const customers = page.getByRole('table', { name: 'Customers' })
  t.strictSame(await customers.getByRole('rowheader').allTextContents(), [HOSTILE_NAME])
  t.equal(await page.locator('script').count(), 0)
})
