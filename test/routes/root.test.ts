import t from 'tap'
import { buildTestApp } from '../helpers/app.js'

const { get, inject } = await buildTestApp(t)

t.test('a browser that opens the root is led to the dashboard', async (t) => {
  const answer = await get('/', { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' })
  t.equal(answer.statusCode, 302)
  t.equal(answer.headers.location, '/dashboard')
  t.equal(answer.headers.vary, 'Accept')
})

t.test('a program that asks the root is told what there is, and each of it is there', async (t) => {
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
    const answer = await get('/', headers)
    t.equal(answer.statusCode, 200)
    const { name, version, ...links } = answer.json<Record<string, string>>()
    t.ok(name && version)
    t.ok(Object.keys(links).length > 3)
    for (const [what, path] of Object.entries(links)) t.equal((await inject({ url: path })).statusCode, 200, what)
  }
})
