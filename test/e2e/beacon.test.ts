/** What a closing page still reports, by `navigator.sendBeacon`, in a real browser. */
import t from 'tap'
import { buildTestApp, COLLECTIONS_KEY } from '../helpers/app.js'
import { openBrowser } from '../helpers/browser.js'
import { eventually } from '../helpers/deadline.js'
import { listen, servePage } from '../helpers/listening.js'

t.setTimeout(400_000)

const test = await buildTestApp(t)
const origin = await listen(test)
const context = await (await openBrowser(t)).newContext()

/** For a client that allows pages of `localhost` and of no other address of this machine. */
const eventOf = (callSid: string) =>
  JSON.stringify({ apiKey: COLLECTIONS_KEY, event: 'callEnded', data: { callSid, phoneNumber: '+919876543210' } })
const send = (callSid: string) => `navigator.sendBeacon('${origin}/api/ribbon/log-call', '${eventOf(callSid)}')`
const pageThat = (script: string) => `<link rel="icon" href="data:,"><script>${script}</script>`

const callSids = async () => {
  const response = await test.get('/api/ribbon/call-logs', { 'x-api-key': COLLECTIONS_KEY })
  return response.json<{ logs: { data: { callSid: string } }[] }>().logs.map(({ data }) => data.callSid)
}

t.test('the event that a page sends while it is closed arrives', async (t) => {
  const port = await servePage(t, pageThat(`addEventListener('pagehide', () => ${send('CA-closing')})`))
  // A page of a context that stays, as a browser does when a tab is closed: a context that ends takes what is under way with it.
  const page = await context.newPage()
  await page.goto(`http://localhost:${String(port)}/`)
  t.strictSame(await callSids(), [])
  await page.close()
  await eventually(60_000, 'the event of the closed page', async () => (await callSids()).includes('CA-closing'))
})

t.test(
  'a beacon of a foreign page reaches the server, which a browser does not prevent, and is refused there',
  async (t) => {
    const port = await servePage(t, pageThat(''))
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${String(port)}/`)
    const [answer, queued] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/log-call')),
      page.evaluate(send('CA-foreign')),
    ])
    t.equal(queued, true)
    t.equal(answer.status(), 403)
    t.notOk((await callSids()).includes('CA-foreign'))
  },
)
