/** The reference's dashboard and links in a real browser, on an origin of their own. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import t from 'tap'
import { buildTestApp, COLLECTIONS_KEY } from '../helpers/app.js'
import { openBrowser } from '../helpers/browser.js'
import { fixture } from '../helpers/fixtures.js'
import { listen, servePage } from '../helpers/listening.js'
import { placeOfficeDay } from '../helpers/office-day.js'

t.setTimeout(400_000)

const test = await buildTestApp(t)
await placeOfficeDay(test)
const origin = await listen(test)
const browser = await openBrowser(t)

/** An example as printed, for a client that allows pages of `localhost` and of no other address of this machine. */
async function example(name: string): Promise<string> {
  const source = await fixture(`usage/${name}.js`)
  return source.replaceAll('http://127.0.0.1:3000', origin).replaceAll('your-api-key-123', COLLECTIONS_KEY)
}

/** What a page complains about. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

t.test('the dashboard renders on a page of an allowed origin, and downloads its file', async (t) => {
  const elements = ['total-calls', 'total-duration', 'active-calls'].map((id) => `<p id="${id}"></p>`).join('')
  const script = await example('dashboard')
  const port = await servePage(t, `<link rel="icon" href="data:,">${elements}<script>${script}</script>`)
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  const rendered = page.waitForEvent('console', (message) => message.text().startsWith('Duration distribution:'))
  await page.goto(`http://localhost:${String(port)}/`)
  await rendered
  t.equal(await page.textContent('#total-calls'), '5')
  t.equal(await page.textContent('#total-duration'), '0h 8m')
  t.equal(await page.textContent('#active-calls'), '1')
  t.match(await page.evaluate(`dashboard.getCustomerHistory('CUST001')`), { totalCalls: 2, totalDuration: 420 })

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(`dashboard.exportToCSV('2025-10-01', '2025-10-31')`),
  ])
  t.equal(download.suggestedFilename(), 'call-logs-2025-10-01-2025-10-31.csv')
  t.equal((await readFile(await download.path(), 'utf8')).trim().split('\r\n').length, 5)
  t.strictSame(complaints, [])
})

t.test('a link with the key in its query downloads the file', async (t) => {
  const port = await servePage(t, '<link rel="icon" href="data:,">')
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`http://localhost:${String(port)}/`)
  const fetched = page.waitForEvent('console', (message) => message.text().startsWith('CSV data:'))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.addScriptTag({ content: await example('export-csv') }),
  ])
  t.equal(download.suggestedFilename(), 'call-logs-client-001-2025-10-01-2025-10-31.csv')
  const file = await readFile(await download.path(), 'utf8')
  t.match(file, /^Session ID,Customer Name,.*\r\nsession-this-month,John Doe,\+919876543210,/)
  t.equal((await fetched).text(), `CSV data: ${file}`)
  t.strictSame(complaints, [])
})

t.test('a page of an origin that the client does not allow is refused, and told why', async (t) => {
  const port = await servePage(t, '<link rel="icon" href="data:,">')
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${String(port)}/`)
  const request = `fetch('${origin}/api/ribbon/analytics', { headers: { 'X-API-Key': '${COLLECTIONS_KEY}' } })`
  t.match(await page.evaluate(`${request}.then((response) => response.json())`), {
    status: 403,
    code: 'origin_not_allowed',
  })
})
