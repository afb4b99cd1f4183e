import t from 'tap'
import { CALL_FLOWS } from '../../src/docs/call-flows.js'
import { buildTestApp } from '../helpers/app.js'

t.test('every call flow is documented with what is reported and what comes of it', async (t) => {
  const { inject } = await buildTestApp(t)
  const page = await inject({ url: '/docs/calls' })
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-type'], /^text\/html/)
  t.match(page.headers['content-security-policy'], /default-src 'none'/)
  for (const { name, browser, provider } of CALL_FLOWS) {
    const [, section = ''] = page.body.split(`>${name}</a></h2>`)
    const rows = section.slice(0, section.indexOf('</section>')).split('<tr><td>').length - 1
    t.equal(rows, browser.length + provider.length, name)
  }
})
