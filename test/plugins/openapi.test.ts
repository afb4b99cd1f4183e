import { readFile } from 'node:fs/promises'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import type { Storage } from '../../src/storage/port/storage.js'

/** The documentation needs no store: it answers even when there is none. */
async function documentedApp(t: Test) {
  const app = await buildApp({ config: loadConfig({ LOG_LEVEL: 'silent' }), storage: {} as Storage, clock: () => 0 })
  t.teardown(() => app.close())
  return app
}

t.test('the live document is the committed contract', async (t) => {
  const app = await documentedApp(t)
  const answer = await app.inject('/openapi.json')
  t.equal(answer.statusCode, 200)
  t.match(answer.headers['content-type'], /^application\/json/)
  t.same(answer.json(), parse(await readFile('openapi.yaml', 'utf8')))
})

t.test('Swagger UI is at /docs, ready to try requests out', async (t) => {
  const app = await documentedApp(t)
  const page = await app.inject('/docs')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-type'], /^text\/html/)
  const settings = await app.inject('/docs/static/swagger-initializer.js')
  t.match(settings.body, /"tryItOutEnabled":true/)
  t.match(settings.body, /"persistAuthorization":false/)
  t.same((await app.inject('/docs/json')).json(), (await app.inject('/openapi.json')).json())
})

t.test('the document names what it is made of, and hides what is not the API', async (t) => {
  const app = await documentedApp(t)
  const { paths, components } = (await app.inject('/openapi.json')).json<{
    paths: Record<string, unknown>
    components: { schemas: Record<string, unknown> }
  }>()
  t.same(
    Object.keys(paths).filter((path) => !/^\/(api|health)/.test(path)),
    [],
  )
  t.same(Object.keys(paths), Object.keys((parse(await readFile('openapi.yaml', 'utf8')) as { paths: object }).paths))
  for (const name of ['Analytics', 'Call', 'CallLog', 'Customer', 'Problem', 'Usage'])
    t.hasOwnProp(components.schemas, name)
  t.notOk(JSON.stringify(paths).includes('"$id"'))
})
