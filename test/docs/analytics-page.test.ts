import t from 'tap'
import { DEFINITIONS, GROUPINGS, METRICS } from '../../src/core/analytics/vocabulary.js'
import { html } from '../../src/docs/page.js'
import { buildTestApp } from '../helpers/app.js'

t.test('every metric and every group is documented with what it means', async (t) => {
  const { inject } = await buildTestApp(t)
  const page = await inject({ url: '/docs/analytics' })
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-type'], /^text\/html/)
  t.match(page.headers['content-security-policy'], /default-src 'none'/)
  for (const metric of METRICS) {
    const [, row = ''] = page.body.split(`<tr><td><code>${metric}</code></td>`)
    t.ok(row.slice(0, row.indexOf('</tr>')).endsWith(`<td>${html(DEFINITIONS[metric])}</td>`), metric)
  }
  for (const by of GROUPINGS) t.ok(page.body.includes(`<tr><td><code>${by}</code></td>`), by)
  t.ok(page.body.includes('id="service-level"'))
  t.equal(new Set(page.body.match(/ id="[^"]+"/g)).size, page.body.match(/ id="/g)?.length, 'no anchor is there twice')
})
