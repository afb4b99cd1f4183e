/** The dashboard as people use it, in a real browser, on a server with the demo client’s 90 days of calls. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Locator, Page, Route } from 'playwright-core'
import t, { type Test } from 'tap'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, MARKETING_KEY } from '../helpers/app.js'
import { openBrowser } from '../helpers/browser.js'
import { startDemoApp } from '../helpers/demo-app.js'
import { newEvent, scratchStorage } from '../helpers/storage.js'

t.setTimeout(400_000)

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const now = Date.now()
const store = await scratchStorage(t)
const test = await startDemoApp(t, { store, now })
const { origin } = test
const browser = await openBrowser(t)

interface Opened {
  readonly page: Page
  /** What the browser complains about: a script or a style that the page's policy forbids, for one. */
  readonly complaints: string[]
  /** Where the page asked for something. */
  readonly origins: Set<string>
}

/** A tab of its own, as somebody opens it. */
async function open(t: Test, search = '', width = 1280): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', acceptDownloads: true })
  t.teardown(() => context.close())
  const page = await context.newPage()
  const complaints: string[] = []
  const origins = new Set<string>()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith('blob:')) origins.add(new URL(request.url()).origin)
  })
  await page.goto(`${origin}/dashboard${search}`)
  return { page, complaints, origins }
}

async function signIn(page: Page, secret = DEMO_KEY): Promise<void> {
  await page.locator('input[type=password]').fill(secret)
  await page.keyboard.press('Enter')
}

async function openSigned(t: Test, search = '', width?: number): Promise<Opened> {
  const opened = await open(t, search, width)
  await signIn(opened.page)
  await opened.page.locator('.live-state.on').waitFor()
  return opened
}

function tile(page: Page, name: string): Locator {
  return page.locator('.tile', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('.value')
}

/** Waits until the page shows what the API answers to the question that the page asked last. */
async function showsTheAnswer(t: Test, page: Page, act: () => Promise<void>): Promise<void> {
  const asked = page.waitForRequest((request) => request.url().includes('openMissed'))
  await act()
  const { pathname, search } = new URL((await asked).url())
  const answer = await test.get(pathname + search)
  const { calls, answerRate, missed } = answer.json<{ total: { values: Record<string, number | null> } }>().total.values
  const rate = answerRate === null ? '–' : `${String(Math.round(Number(answerRate) * 1000) / 10)}%`
  for (const [name, text] of [
    ['Calls', String(calls)],
    ['Answer rate', rate],
    ['Missed', String(missed)],
  ] as const) {
    await tile(page, name)
      .filter({ hasText: new RegExp(`^${text}$`) })
      .waitFor()
    t.pass(`${name}: ${text}`)
  }
}

function log(event: string, callSid: string, data: object = {}) {
  return test.post('/api/ribbon/log-call', {
    apiKey: DEMO_KEY,
    event,
    agentUserId: 'agent-7',
    data: {
      callSid,
      phoneNumber: '+919812345670',
      customerData: { customerId: 'CUST777', name: 'Meera Live' },
      ...data,
    },
  })
}

t.test('one signs in with a key, which stays in the tab and nowhere else', async (t) => {
  const { page, complaints, origins } = await open(t)
  await signIn(page, 'no-such-key')
  t.match(await page.getByRole('alert').textContent(), 'This key opens nothing')
  complaints.length = 0

  await showsTheAnswer(t, page, () => signIn(page))
  await page.locator('.series canvas').waitFor()
  t.notMatch(page.url(), DEMO_KEY)
  t.equal(await page.evaluate('localStorage.length'), 0)
  t.same(await page.context().cookies(), [])
  await page.reload()
  await tile(page, 'Calls').waitFor()
  t.same([...origins], [origin], 'nobody else is asked for anything')
  t.same(complaints, [])

  const otherTab = await page.context().newPage()
  await otherTab.goto(`${origin}/dashboard`)
  await otherTab.locator('input[type=password]').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.locator('input[type=password]').waitFor()
  t.equal(await page.evaluate('sessionStorage.length'), 0)
})

t.test('nothing jumps while the page loads', async (t) => {
  const { page } = await openSigned(t)
  await page.addInitScript(`
    globalThis.shifts = []
    const boxOf = ({ x, y, width, height }) => [x, y, width, height].join(' ')
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries()) {
        for (const { node, previousRect, currentRect } of sources) {
          const path = node?.outerHTML ?? node?.textContent
          globalThis.shifts.push(boxOf(previousRect) + ' to ' + boxOf(currentRect) + ': ' + path?.slice(0, 80))
        }
      }
    }).observe({ type: 'layout-shift', buffered: true })
  `)
  await page.reload()
  await page.locator('.series canvas').waitFor()
  await page.locator('.ranking').nth(3).waitFor()
  t.strictSame(await page.evaluate('globalThis.shifts'), [])

  const connected = new Promise((resolve) => void page.route('**/api/ribbon/stream', resolve, { times: 1 }))
  await page.reload()
  const stream = (await connected) as Route
  await page.locator('.live-state.connecting').waitFor()
  await page.locator('.series canvas').waitFor()
  await stream.continue()
  await page.locator('.live-state.on').waitFor()
  t.strictSame(await page.evaluate('globalThis.shifts'), [], 'also not where the stream comes late')
})

t.test('ranges and filters are in the address, and the figures are those of the API', async (t) => {
  const { page, complaints } = await openSigned(t)
  await showsTheAnswer(t, page, () => page.getByRole('button', { name: 'Last 30 days' }).click())
  await showsTheAnswer(t, page, async () => {
    await page.getByLabel('Direction').selectOption('inbound')
  })
  await showsTheAnswer(t, page, async () => {
    await page.getByLabel('Agent', { exact: true }).selectOption('agent-1')
  })
  t.match(new URL(page.url()).search, /range=30days.*direction=inbound.*agent=agent-1/)
  const calls = await tile(page, 'Calls').textContent()
  await page.reload()
  await tile(page, 'Calls')
    .filter({ hasText: String(calls) })
    .waitFor()
  await page.goBack()
  t.notMatch(page.url(), /agent=/)

  const panel = page.getByRole('region', { name: 'Calls per day' })
  await panel.getByRole('button', { name: /table/ }).click()
  t.equal(await panel.locator('tbody tr').count(), 30, 'days without calls are there, too')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: /CSV/ }).click(),
  ])
  t.match(
    await readFile(await download.path(), 'utf8'),
    /^date,inbound,outbound\r\n(?:\d{4}-\d\d-\d\d,\d+,\d+\r\n){30}$/,
  )
  t.same(complaints, [])
})

t.test('a call that begins, rings, is answered and ends is seen to, as it happens', async (t) => {
  const { page, complaints } = await openSigned(t, '?view=live')
  await log('dialing', 'CA-live')
  const row = page.locator('tr', { has: page.getByText('+919812345670') })
  await row.getByText('Ringing').waitFor()
  t.match(await row.textContent(), /Meera Live.*agent-7/)
  await log('connected', 'CA-live')
  await row.getByText('Talking').waitFor()
  t.match(await row.getByRole('timer').textContent(), /^\d+:\d\d$/)
  await log('callEnded', 'CA-live', { duration: 42 })
  await page.getByRole('region', { name: 'Just ended' }).locator('tr', { hasText: '42s' }).waitFor()
  t.same(complaints, [])
})

t.test(
  'calls are found and opened by keyboard, with their events, recording and the customer’s other calls',
  async (t) => {
    await test.storage.record(
      newEvent({
        clientId: 'client-demo',
        event: 'statusCallback',
        source: 'provider',
        data: { CallSid: 'CA-live', Status: 'completed', RecordingUrl: 'https://recordings.exotel.com/a/1.mp3' },
        occurredAt: now,
      }),
    )
    const { page, complaints } = await openSigned(t, '?view=calls')
    await page.getByRole('searchbox').fill('098123 45670')
    await page.locator('.calls tbody tr').nth(0).getByText('+919812345670').waitFor()
    await page.locator('.calls tbody tr').nth(1).waitFor({ state: 'detached' })
    t.match(page.url(), /phone=/)
    const link = page.getByRole('link', { name: 'Call with +919812345670' })
    await link.focus()
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog')
    await drawer.getByText('What happened').waitFor()
    for (const event of ['Dialled', 'Answered', 'Ended'])
      t.ok(await drawer.getByText(event, { exact: true }).isVisible(), event)
    await drawer.locator('.list tbody tr').first().waitFor()
    const [heard] = await Promise.all([
      page.waitForResponse((answer) => answer.url().endsWith('/recording')),
      drawer.getByRole('button', { name: 'Load the recording' }).click(),
    ])
    t.equal(heard.status(), 200)
    await drawer.locator('audio[src^="blob:"]').waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    const focused = await page.evaluate(`document.activeElement.getAttribute('aria-label')`)
    t.equal(focused, 'Call with +919812345670', 'the focus is back where it was')
    t.same(complaints, [])
  },
)

t.test('a missed call is listed as it is missed, with its number to copy', async (t) => {
  const { page } = await openSigned(t, '?view=missed')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await log('incoming', 'CA-missed', { phoneNumber: '+919812345671' })
  await log('missed', 'CA-missed', { phoneNumber: '+919812345671' })
  await page.getByRole('button', { name: 'Copy +919812345671' }).click()
  t.equal(await page.evaluate('navigator.clipboard.readText()'), '+919812345671')
})

t.test('a client without calls is shown how to log the first one', async (t) => {
  const { page } = await open(t)
  await signIn(page, MARKETING_KEY)
  await page.getByRole('heading', { name: 'No calls yet' }).waitFor()
  t.match(await page.locator('pre').textContent(), `curl '${origin}/api/ribbon/log-call'`)
  t.notMatch(await page.content(), MARKETING_KEY)
})

t.test('an operator looks at one client after the other, with keys that end when they leave', async (t) => {
  const { page, complaints } = await open(t)
  await page.getByLabel('Admin token').check()
  await signIn(page, ADMIN_TOKEN)
  const asked = page.waitForRequest((request) => request.url().includes('openMissed'))
  await page.getByLabel('Client').selectOption('client-demo')
  t.match((await (await asked).allHeaders())['x-api-key'], /^rk_sec_/)
  t.match(page.url(), /client=client-demo/)
  await page.getByLabel('Client').selectOption('client-002')
  await page.getByRole('heading', { name: 'No calls yet' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.locator('input[type=password]').waitFor()

  const ofOperator = { authorization: `Bearer ${ADMIN_TOKEN}` }
  for (const clientId of ['client-demo', 'client-002']) {
    const { keys } = (await test.get(`/api/admin/clients/${clientId}/keys`, ofOperator)).json<{
      keys: { name: string | null; endsAt: string | null }[]
    }>()
    t.notOk(
      keys.some(({ name, endsAt }) => name === 'dashboard' && Date.parse(String(endsAt)) > now),
      clientId,
    )
  }
  const audit = (await test.get('/api/admin/audit-log', ofOperator)).json<{ entries: { action: string }[] }>()
  t.equal(audit.entries.filter(({ action }) => action === 'key.created').length, 2)
  t.same(complaints, [])
})

t.test('a key that masks numbers shows none of a customer in any view', async (t) => {
  await log('incoming', 'CA-masked', { callDirection: 'inbound' })
  const ofOperator = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const body = { kind: 'secret', scopes: ['read'], maskNumbers: true }
  const made = await test.post('/api/admin/clients/client-demo/keys', body, ofOperator)
  const { page, complaints } = await open(t)
  await signIn(page, made.json<{ apiKey: string }>().apiKey)
  await page.locator('.live-state.on').waitFor()
  for (const [view, search] of [
    ['Live', ''],
    ['Missed', ''],
    ['Calls', '&call=session-CA-masked'],
  ] as const) {
    await page.goto(`${origin}/dashboard?view=${view.toLowerCase()}${search}`)
    await page.getByText('••••').first().waitFor()
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    if (search !== '') await page.getByRole('dialog').getByText('+9198••••5670').first().waitFor()
    t.notMatch(await page.locator('body').textContent(), /\+919812345670|9812345670/, view)
  }
  t.same(complaints, [])
})

t.test('nothing stands in the way of a screen reader, in either theme and language, nor on a phone', async (t) => {
  for (const theme of ['light', 'dark']) {
    const { page } = await open(t, `?theme=${theme}`)
    await page.evaluate(AXE)
    const check = async (what: string) => {
      const found = await page.evaluate(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
      )
      t.same(found, [], `${what}, ${theme}`)
    }
    await check('signing in')
    await signIn(page)
    await page.locator('.series canvas').waitFor()
    await page.locator('.ranking').nth(3).waitFor()
    await check('overview')
    for (const [link, shown] of [
      ['Live calls', '.live .list'],
      ['Missed calls', '.missed .list'],
      ['Search calls', '.calls .list'],
    ] as const) {
      await page.getByRole('link', { name: link }).click()
      await page.locator(shown).first().waitFor()
      await check(link)
    }
    await page.locator('.calls .list a').first().click()
    await page.getByRole('dialog').locator('.list tbody tr').first().waitFor()
    await check('a call')
  }
  const { page } = await openSigned(t, '?language=hi', 390)
  t.equal(await page.evaluate('document.documentElement.lang'), 'hi')
  t.equal(await page.evaluate('document.documentElement.scrollWidth'), 390, 'nothing is wider than a phone')
})

t.test('a page that lost its server says so, and goes on by itself where it was', async (t) => {
  const { page } = await openSigned(t, '?view=live')
  await log('dialing', 'CA-before', { phoneNumber: '+919812345672' })
  await page.getByText('+919812345672').waitFor()
  await test.app.close()
  await page
    .getByRole('status')
    .filter({ hasText: /^Not live since \d\d:\d\d:\d\d/ })
    .waitFor()
  t.ok(await page.getByText('+919812345672').isVisible(), 'what was known stays in sight')

  const again = await buildTestApp(t, { store, now })
  await again.post('/api/ribbon/log-call', {
    apiKey: DEMO_KEY,
    event: 'callEnded',
    data: { callSid: 'CA-before', phoneNumber: '+919812345672', duration: 13 },
  })
  await again.app.listen({ host: '127.0.0.1', port: Number(new URL(origin).port) })
  await page
    .getByRole('status')
    .filter({ hasText: /^Live$/ })
    .waitFor()
  await page.getByRole('region', { name: 'Just ended' }).locator('tr', { hasText: '13s' }).waitFor()
  t.pass('what happened meanwhile is there')
})
