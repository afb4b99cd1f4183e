import t from 'tap'
import { ERRORS } from '../../src/errors.js'
import { buildTestApp } from '../helpers/app.js'

t.test('every error code has an entry, at the anchor that its problems lead to', async (t) => {
  const { inject } = await buildTestApp(t)
  const page = await inject({ url: '/docs/errors' })
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-type'], /^text\/html/)
  t.match(page.headers['content-security-policy'], /default-src 'none'/)
  for (const [code, { status, title }] of Object.entries(ERRORS)) {
    t.match(page.body, `<section id="${code}">`)
    t.match(page.body, `${String(status)} ${title}`)
  }
  t.match(page.body, '<code>Authorization: Bearer &lt;token&gt;</code>', 'what looks like HTML is text')
})
