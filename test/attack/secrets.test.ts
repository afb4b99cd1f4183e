/** What a server writes, anywhere, while it does everything: no secret stands in it in the clear. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import pg from 'pg'
import t from 'tap'
import { hashApiKey } from '../../src/clients/api-keys.js'
import { within } from '../helpers/deadline.js'
import { EXOTEL_API, ExotelServer } from '../helpers/exotel-server.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { ENGINES, type EngineName, scratchUrl } from '../helpers/storage.js'

t.setTimeout(400_000)

interface Made {
  /** Secrets by what they are. */
  readonly secrets: Map<string, string>
  /** What was answered with a status of 400 or more. */
  readonly refusals: string[]
}

const unguessable = (): string => randomBytes(18).toString('hex')

/** Uses a server in every way that a secret has a part in: rightly, wrongly, and in the wrong place. */
async function useEverything(url: string, adminToken: string, exotel: ExotelServer): Promise<Made> {
  const secrets = new Map<string, string>()
  const refusals: string[] = []
  const ask = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<string> => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (answer.status >= 400) refusals.push(`${method} ${String(answer.status)} ${[...answer.headers].join()} ${text}`)
    return text
  }
  const admin = { authorization: `Bearer ${adminToken}` }
  const [exotelToken, laterExotelToken] = [unguessable(), unguessable()]
  secrets.set('the Exotel token of a new client', exotelToken)
  secrets.set('the Exotel token that took its place', laterExotelToken)
  const keyIn = (what: string, text: string): string => {
    const [key = ''] = /rk_(?:full|sec|pub|cb)_[\w-]{20,}/.exec(text) ?? []
    if (key === '') throw new Error(`no key in ${text}`)
    secrets.set(what, key)
    return key
  }

  const clientId = 'client-secrets'
  const client = `/api/admin/clients/${clientId}`
  const [apiToken, laterApiToken, apiKey] = [unguessable(), unguessable(), unguessable()]
  secrets.set('the Exotel API token of a new client', apiToken)
  secrets.set('the Exotel API token that took its place', laterApiToken)
  secrets.set('the Exotel API key', apiKey)
  for (const token of [apiToken, laterApiToken]) secrets.set('both, as they are sent', btoa(`${apiKey}:${token}`))
  const exotelApi = { accountSid: 'acme1', apiKey, apiToken, callerId: '08047112233' }
  const settings = { clientId, name: 'Secrets', domains: ['crm.example'], exotelToken, userId: 'user', exotelApi }
  const full = keyIn('the first key', await ask('POST', '/api/admin/clients', admin, settings))
  await ask('POST', '/api/admin/clients', admin, settings)
  await ask('PATCH', client, admin, { exotelToken: laterExotelToken })
  await ask('PATCH', client, admin, { exotelToken: 7, plan: 'none' })
  await ask('PATCH', client, admin, { exotelApi: { ...exotelApi, apiToken: laterApiToken } })
  for (const wrong of [
    { subdomain: laterApiToken },
    { apiKey: `${apiKey} `, apiToken: [apiToken] },
    { secret: apiToken },
  ])
    await ask('PATCH', client, admin, { exotelApi: { ...exotelApi, ...wrong } })
  const scopes = ['read', 'write', 'export', 'manage']
  const secret = keyIn('a secret key', await ask('POST', `${client}/keys`, admin, { kind: 'secret', scopes }))
  const page = keyIn('a publishable key', await ask('POST', `${client}/keys`, admin, { kind: 'publishable' }))
  const callback = keyIn('a callback key', await ask('POST', `${client}/keys`, admin, { kind: 'callback' }))
  const bound = { kind: 'callback', addresses: ['192.0.2.1'] }
  const elsewhere = keyIn('a callback key of another address', await ask('POST', `${client}/keys`, admin, bound))
  await ask('PATCH', client, admin, { exotelApi: EXOTEL_API })
  const call = { from: '1', to: 'sip:nobody@acme.example' }
  await ask('POST', '/api/ribbon/calls', { 'x-api-key': secret, 'idempotency-key': 'reported' }, call)
  const derived = keyIn('the callback key of calls that are made', String(exotel.forms[0]?.get('StatusCallback')))
  await ask('PATCH', client, admin, { exotelApi: { ...exotelApi, apiToken: laterApiToken } })
  const report = { CallSid: 'CA1', Status: 'completed' }
  for (const key of [callback, elsewhere, full, derived, `${callback.slice(0, -1)}-`]) {
    for (const path of ['status-callback', 'integration-callback', 'popup', 'nothing', ''])
      await ask('POST', `/api/exotel/${key}/${path}`, {}, report)
    await ask('POST', `/api/exotel/${key}/status-callback`, {}, '{')
    for (const path of ['passthru', 'popup', 'status-callback']) {
      await ask('GET', `/api/exotel/${key}/${path}?CallSid=CA1`, { referer: `${url}/api/exotel/${key}/popup` })
    }
    const form = new FormData()
    form.set('CallSid', 'CA1')
    await (await fetch(`${url}/api/exotel/${key}/status-callback`, { method: 'POST', body: form })).text()
    for (const path of [
      `/api/exotle/${key}/popup`,
      `/api/exotel/${key}/%ff`,
      `/${key}`,
      `/api/exotel%2F${key}%2Fpopup`,
    ])
      await ask('GET', path, {})
  }
  await ask('GET', `${client}/callbacks`, admin)
  const listed = JSON.parse(await ask('GET', `${client}/keys`, admin)) as { keys: { keyId?: string; id?: string }[] }
  for (const { keyId, id } of listed.keys.slice(0, 1)) {
    keyIn(
      'a key that took the place of one',
      await ask('POST', `${client}/keys/${String(keyId ?? id)}/rotate`, admin, {}),
    )
  }
  const agent = { agentUserId: 'agent-42', domain: 'crm.example' }
  const session = JSON.parse(await ask('POST', '/api/ribbon/agent-sessions', { 'x-api-key': secret }, agent)) as object
  const { token } = session as { token: string }
  secrets.set('an agent’s token', token)
  secrets.set('the signature of an agent’s token', String(token.split('.')[2]))

  const origin = { origin: 'https://crm.example' }
  const event = { event: 'connected', data: { callSid: 'CA1', phoneNumber: '+919876543210' }, domain: 'crm.example' }
  for (const key of [full, secret, page, token]) {
    const header = { 'x-api-key': key, ...origin }
    await ask('POST', '/api/ribbon/init', header, { domain: 'crm.example' })
    await ask('POST', '/api/ribbon/init', origin, { apiKey: key, domain: 'crm.example' })
    await ask('POST', '/api/ribbon/init', header, { domain: 'evil.example' })
    await ask('POST', '/api/ribbon/log-call', header, event)
    await ask('POST', '/api/ribbon/log-call', origin, { apiKey: key, ...event, event: 'callEnded' })
    await ask('POST', '/api/ribbon/log-call', { ...header, 'idempotency-key': 'one' }, { ...event, eventId: 'two' })
    for (const path of [
      'config',
      'analytics',
      'analytics/detailed',
      'analytics/query',
      'call-logs',
      'active-calls',
      'customer/C1',
    ])
      await ask('GET', `/api/ribbon/${path}`, header)
    // Exotel knows none of these credentials, and says so in words that hold them.
    await ask('POST', '/api/ribbon/calls', { ...header, 'idempotency-key': key }, { from: '1', to: '2' })
    await ask('POST', '/api/ribbon/calls', header, { from: '1', to: '2' })
    await ask('GET', '/api/ribbon/calls/session-CA1/recording', header)
    await ask('POST', '/api/ribbon/customer', header, { customerData: { customerId: 'C1', name: 'A' } })
    for (const format of ['json', 'ndjson', 'csv']) {
      await ask('GET', `/api/ribbon/export/calls?format=${format}&X-API-Key=${key}`, {})
    }
  }
  for (const path of ['/api/admin/clients', '/api/admin/analytics/all', '/api/admin/audit-log', client])
    await ask('GET', path, admin)

  // In the wrong place, not as a whole, twice, misspelt, and before the request can be read.
  for (const key of [full, token, adminToken]) {
    secrets.set(`what was sent wrongly: ${key.slice(0, 6)}…`, key)
    for (const path of [
      '/',
      '/nothing',
      '/docs',
      '/health',
      '/api/ribbon/config',
      '/api/ribbon/customer/%ff',
      '/docs/static/x',
    ]) {
      for (const name of ['X-API-Key', 'apiKey', 'access_token']) await ask('GET', `${path}?${name}=${key}`, {})
    }
    await ask('GET', `/api/ribbon/export/calls?X-API-Key=${key}&format=${key.slice(0, 1)}&x=1`, {})
    await ask('GET', '/api/ribbon/config', { authorization: `Bearer ${key}` })
    await ask('GET', '/api/ribbon/config', { 'x-api-key': `${key}x` })
    await ask('GET', '/api/ribbon/config', {
      'x-api-key': key,
      authorization: `Basic ${btoa(key)}`,
      cookie: `key=${key}`,
    })
    await ask('GET', '/api/admin/clients', { authorization: `Bearer ${key}x`, 'x-api-key': key })
    await ask('GET', '/api/admin/clients', { authorization: key })
    await ask('DELETE', '/api/ribbon/config', { 'x-api-key': key })
    for (const body of [
      { apiKey: key },
      { apikey: key, event: 7 },
      { apiKey: [key], event: 'x', data: {} },
      `{"apiKey": ${key}}`,
      `{"apiKey": "${key}", "apiKey": "${key}"}`,
      `apiKey=${key}`,
      `{"apiKey": "${key}`,
    ]) {
      await ask('POST', '/api/ribbon/log-call', {}, body)
      await ask('POST', '/api/ribbon/init', {}, body)
    }
    await ask('POST', '/api/ribbon/log-call', { 'content-type': 'application/json; charset=latin1' }, { apiKey: key })
    await garble(url, `GET /health HTTP/1.1\r\nX-API-Key: ${key}\r\nnonsense\0\r\n\r\n`)
    await garble(url, `GET /health?X-API-Key=${key} HTTP/9.9\r\nX-API-Key: ${key}\r\n\r\n`)
  }
  await ask('DELETE', `${client}?graceDays=1`, admin)
  return { secrets, refusals }
}

async function garble(url: string, text: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(text)
  socket.resume()
  await once(socket, 'close')
}

/** All that a store holds, as text, by where it stands. */
async function contentOf(engine: EngineName, databaseUrl: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  if (engine === 'sqlite') {
    const folder = dirname(databaseUrl.slice('file:'.length))
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile()) found.set(entry.name, await readFile(path, 'latin1'))
    }
    return found
  }
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  )
  for (const { name } of rows) {
    const { rows: texts } = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
    found.set(name, texts.map(({ text }) => text).join('\n'))
  }
  await client.end()
  return found
}

for (const engine of ENGINES) {
  t.test(`on ${engine}, no secret is in the clear in logs, in refusals or in the store`, async (t) => {
    const sealing = randomBytes(32)
    const adminToken = unguessable()
    const databaseUrl = await scratchUrl(t, engine)
    const exotel = await ExotelServer.start(t)
    const env = {
      ...(await serverEnv(t, engine)),
      ...exotel.env,
      DATABASE_URL: databaseUrl,
      ADMIN_TOKEN: adminToken,
      SECRETS_KEY: sealing.toString('base64'),
      PUBLIC_ORIGIN: 'https://ribbon.example',
    }
    const server = new ServerProcess(t, { ...env, LOG_LEVEL: 'trace' })
    exotel.echoes = true
    const { secrets, refusals } = await useEverything(await server.ready(), adminToken, exotel)
    t.ok(
      exotel.headers.some(({ authorization }) => authorization?.startsWith('Basic ')),
      'Exotel was asked',
    )
    const running = await contentOf(engine, databaseUrl)
    server.child.kill('SIGTERM')
    t.strictSame(await within(10_000, 'ending the server', server.exited), { code: 0, signal: null })
    const stopped = await contentOf(engine, databaseUrl)

    secrets.set('the admin token', adminToken)
    secrets.set('the key that seals', sealing.toString('base64').slice(0, 42))
    secrets.set('the key that seals, in hexadecimal', sealing.toString('hex'))
    secrets.set('the key that seals, as bytes', sealing.toString('latin1'))
    secrets.set('the Exotel token of the demo client', 'demo-exotel-token')
    t.ok(
      refusals.length > 100 && server.stdout.length > 10_000 && stopped.size > 2,
      'there is something to look through',
    )
    const hash = hashApiKey(String(secrets.get('the first key')))
    t.ok([...stopped.values()].join().includes(hash), 'what the store has of a key is found, and is its hash')
    const places = [
      ['the log', server.stdout],
      ['the errors', server.stderr],
      ...refusals.map((text) => [`the answer ${text.slice(0, 60)}`, text]),
      ...[...running].map(([name, text]) => [`${name} while it runs`, text]),
      ...[...stopped].map(([name, text]) => [`${name} at its end`, text]),
    ] as const
    const leaks = places.flatMap(([place = '', text = '']) =>
      [...secrets].filter(([, secret]) => text.includes(secret)).map(([what]) => `${what} in ${place}`),
    )
    t.strictSame(leaks, [])
  })
}
