/** The documentation in a real browser, on a server with the demo client’s 90 days of calls. */
import type { Locator } from 'playwright-core'
import t from 'tap'
import { PRODUCT } from '../../src/docs/product.js'
import { ADMIN_TOKEN, DEMO_KEY } from '../helpers/app.js'
import { openBrowser } from '../helpers/browser.js'
import { startDemoApp } from '../helpers/demo-app.js'

// A hundred operations, of which each takes the page two to four seconds.
t.setTimeout(800_000)

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly required: boolean }[]
}

const test = await startDemoApp(t)
const { origin } = test
const browser = await openBrowser(t)
const { paths } = (await test.get('/openapi.json')).json<{ paths: Record<string, Record<string, Operation>> }>()
const operations = Object.values(paths).flatMap((methods) => Object.values(methods))

const page = await browser.newPage()
page.setDefaultTimeout(120_000)
/** What the page complains about: a script or a style that its own policy forbids, for one. */
const complaints: string[] = []
page.on('console', (message) => {
  if (message.type() === 'error') complaints.push(message.text())
})
page.on('pageerror', (error) => complaints.push(error.message))
await page.goto(`${origin}/docs`)
await page.waitForSelector('.opblock')

async function authorize(scheme: string, value: string): Promise<void> {
  const form = page.locator('.auth-container', { has: page.getByText(scheme, { exact: true }) })
  await form.locator('input').fill(value)
  await form.locator('button[type=submit]').click()
}

/** Opens an operation, which fills in its form. */
async function open(operationId: string): Promise<Locator> {
  const block = page.locator(`.opblock[id$="-${operationId}"]`)
  await block.locator('.opblock-summary-control').click()
  await block.locator('button.execute').waitFor()
  return block
}

/**
 * Lists that are mostly empty: what went wrong with callbacks, what Exotel knows better, when a call was on hold, groups of a question
 * that asks for none, business hours that nobody set, what only Exotel tells, or days with missed calls have, and what is held on a
 * person beside calls.
 */
const MOSTLY_EMPTY =
  /\/(?:oddities|differences|holds|mutes|groupBy|rows\/0\/group|versions|virtualNumbers|missedCalls(?:\/numbers)?)$|^exportPerson\/(?:events|deliveries)$/

/** Where an answer has an empty list, or an empty object. */
function emptyParts(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || MOSTLY_EMPTY.test(path)) return []
  const members = Object.entries(value)
  return members.length === 0 ? [path] : members.flatMap(([name, member]) => emptyParts(member, `${path}/${name}`))
}

t.test('the page is the product’s own', async (t) => {
  t.equal(await page.title(), PRODUCT)
  t.match(await page.textContent('.info .title'), PRODUCT)
  t.equal(
    await page.locator('.topbar, .download-url-input, img').count(),
    0,
    'no bar, box or picture of another product',
  )
  t.match(await page.textContent('.info .description'), DEMO_KEY)
})

t.test('Authorize opens on the API key', async (t) => {
  await page.click('button.authorize')
  const form = page.locator('.auth-container', { has: page.locator('input:focus') })
  t.match(await form.textContent(), /apiKey.*In: header/)
  t.ok(await form.getByText('apiKey (apiKey)').isVisible(), 'its form is in view from the top')
  await page.click('.modal-ux button.close-modal')
})

t.test('operations answer at the first click, and with something to see', async (t) => {
  await page.click('button.authorize')
  await authorize('apiKey', DEMO_KEY)
  await authorize('adminToken', ADMIN_TOKEN)
  await page.click('.modal-ux button.close-modal')

  t.ok(operations.length > 5)
  for (const { operationId, parameters = [] } of operations) {
    const block = await open(operationId)
    for (const { name, required } of parameters) {
      const field = block.locator(`tr[data-param-name="${name}"]`).locator('input, select')
      // A list of texts has no field until an item is added.
      const isFilled = (await field.count()) > 0 && (await field.inputValue()) !== ''
      t.equal(isFilled, required, `${operationId}: ${name} is filled in when it is required`)
    }
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().resourceType() === 'fetch'),
      block.locator('button.execute').click(),
    ])
    t.ok(response.ok(), `${operationId}: ${String(response.status())}`)
    const shown = block.locator('.live-responses-table .response')
    t.match(
      await shown.locator('.response-col_status').innerText(),
      /^20[012]/,
      `${operationId}: the page shows the answer`,
    )
    const type = String(response.headers()['content-type'])
    // What a stream tells has no end: the page shows its first seconds.
    if (type === 'text/event-stream') t.match(await shown.innerText(), /snapshot/, `${operationId}: it has begun`)
    else {
      const answer: unknown = /json/.test(type) ? await response.json() : [await response.text()]
      t.strictSame(emptyParts(answer, operationId), [], `${operationId}: nothing is empty`)
    }
    await block.locator('.opblock-summary-control').click()
  }
})

t.test('each operation shows how to call it, from where the page is', async (t) => {
  const samples = (await open('getCustomer')).locator('.code-samples')
  t.match(await samples.textContent(), `curl '${origin}/api/ribbon/customer/CUST001'`)
  await samples.getByRole('button', { name: 'TypeScript' }).click()
  t.match(await samples.textContent(), `createRibbonClient({ baseUrl: '${origin}'`)
  // Swagger UI's own player would ask for a recording without the key: the page's policy keeps it from asking at all.
  t.strictSame(
    complaints.filter((complaint) => !/^Loading media from .*\/recording' violates/.test(complaint)),
    [],
  )
})

t.test('an error leads to its entry in the documentation', async (t) => {
  const problem = (await test.get('/api/ribbon/customer/CUST404')).json<{ type: string }>()
  await page.goto(new URL(problem.type, origin).href)
  t.match(await page.locator('section:target').textContent(), 'customer_not_found')
})

t.test('the root leads a browser to the dashboard, and that to the documentation', async (t) => {
  await page.goto(origin)
  t.equal(page.url(), `${origin}/dashboard`)
  await page.getByRole('link', { name: 'API documentation' }).click()
  await page.waitForURL(`${origin}/docs`)
})
