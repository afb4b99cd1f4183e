import t from 'tap'
import { ADMIN_TOKEN, buildTestApp } from '../helpers/app.js'
import { exotelApp } from '../helpers/exotel-server.js'

interface Setting {
  readonly key: string
  readonly value: string
  readonly disabled?: boolean
}

interface PostmanRequest {
  readonly method: 'GET' | 'POST'
  readonly url: { readonly path: readonly string[]; readonly query: readonly Setting[]; readonly variable: Setting[] }
  readonly header: readonly Setting[]
  readonly auth: { readonly type: string; readonly apikey?: Setting[]; readonly bearer?: Setting[] } | null
  readonly body: { readonly raw?: string }
}

interface Folder {
  readonly name: string
  readonly item: readonly { readonly name: string; readonly request: PostmanRequest }[]
}

interface Collection {
  readonly info: { readonly schema: string }
  readonly item: readonly Folder[]
  readonly variable: readonly Setting[]
}

function valueOf(settings: readonly Setting[] | undefined, name: string): string {
  return settings?.find(({ key }) => key === name)?.value ?? ''
}

function enabled(settings: readonly Setting[]): Record<string, string> {
  return Object.fromEntries(settings.filter(({ disabled }) => !disabled).map(({ key, value }) => [key, value]))
}

/** What Postman sends. */
function sent({ method, url, header, auth, body }: PostmanRequest, variables: readonly Setting[]) {
  const filled = (text: string) => text.replace(/{{(\w+)}}/g, (_, name: string) => valueOf(variables, name))
  const path = url.path.map((step) => (step.startsWith(':') ? valueOf(url.variable, step.slice(1)) : step)).join('/')
  const query = new URLSearchParams(enabled(url.query)).toString()
  const headers = enabled(header)
  if (auth?.type === 'apikey') headers[valueOf(auth.apikey, 'key')] = filled(valueOf(auth.apikey, 'value'))
  if (auth?.type === 'bearer') headers['authorization'] = `Bearer ${filled(valueOf(auth.bearer, 'token'))}`
  return {
    method,
    url: `/${path}?${query}`,
    headers,
    ...(body.raw !== undefined && { payload: filled(body.raw) }),
  }
}

const { inject } = await exotelApp(t)

t.test('every request of the Postman collection is answered, once the admin token is set', async (t) => {
  const answer = await inject({ url: '/postman.json' })
  t.match(answer.headers['content-type'], /^application\/json/)
  const { info, item: folders, variable } = answer.json<Collection>()
  t.match(info.schema, /collection\/v2\.1\.0/)
  t.strictSame(
    folders.map(({ name }) => name),
    ['Ribbon', 'Calls', 'Analytics', 'Agents', 'Live', 'Customers', 'Webhooks', 'Exotel callbacks', 'Admin', 'Health'],
  )
  const variables = [{ key: 'bearerToken', value: ADMIN_TOKEN }, ...variable]
  const requests = folders.flatMap(({ item }) => item)
  const { paths } = (await inject({ url: '/openapi.json' })).json<{ paths: Record<string, object> }>()
  const operations = Object.values(paths).flatMap((methods) => Object.keys(methods))
  t.equal(requests.length, operations.length)
  for (const { name, request } of requests) {
    const { statusCode, body } = await inject(sent(request, variables))
    t.ok([200, 201, 202].includes(statusCode), name, { body })
  }
})

t.test('its requests go to the server that it was fetched from', async (t) => {
  const { variable } = (await inject({ url: 'http://ribbon.example:8080/postman.json' })).json<Collection>()
  t.equal(valueOf(variable, 'baseUrl'), 'http://ribbon.example:8080')
})

t.test('where the server knows what it is called, they go there, whatever the request says', async (t) => {
  const { inject } = await buildTestApp(t, { env: { PUBLIC_ORIGIN: 'https://api.example.com' } })
  const { variable } = (await inject({ url: 'http://evil.example/postman.json' })).json<Collection>()
  t.equal(valueOf(variable, 'baseUrl'), 'https://api.example.com')
})
