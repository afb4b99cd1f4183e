import { join } from 'node:path'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { secretsKeyOf } from '../../src/secrets-key.js'
import { openStorage } from '../../src/storage/open.js'
import { runScript } from '../helpers/script.js'
import { scratchFolder } from '../helpers/storage.js'

t.setTimeout(120_000)

const CREATE = ['create', '--name', 'Acme', '--exotel-token', 'token', '--exotel-user', 'user'] as const

async function scratchEnv(t: Test): Promise<Record<string, string>> {
  return { DATABASE_URL: `file:${join(await scratchFolder(t), 'data', 'ribbon.db')}` }
}

t.test('a client that is created is listed, and its key, printed once, opens the API', async (t) => {
  const env = await scratchEnv(t)
  t.strictSame(await runScript(t, 'clients', [], env), { code: 0, stdout: '', stderr: '' })

  const chosen = ['--id', 'acme', '--domains', 'acme.com,*.acme.in', '--plan', 'enterprise', '--limit', '7']
  const more = ['--features', 'call,hold', '--timezone', 'Europe/London', '--retention-months', '24']
  const created = await runScript(t, 'clients', [...CREATE, ...chosen, ...more], env)
  t.match(created, { code: 0, stdout: /^Created acme\. Its API key, shown this once: ribbon-[\w-]{32}\n$/, stderr: '' })
  const apiKey = created.stdout.trim().split(' ').at(-1) ?? ''

  const listed = await runScript(t, 'clients', [], env)
  t.match(listed.stdout, /^acme\tAcme\tenterprise\t7\tEurope\/London\tacme\.com \*\.acme\.in\tribbon-/)
  t.notOk(listed.stdout.includes(apiKey))

  const settings = loadConfig(env)
  const config = { ...settings, secretsKey: await secretsKeyOf(settings) }
  const storage = await openStorage({ url: config.databaseUrl, maxCallAgeMs: config.maxCallAgeMs })
  t.teardown(() => storage.close())
  const app = await buildApp({ config, storage, clock: Date.now })
  t.teardown(() => app.close())
  const init = (domain: string) =>
    app
      .inject({ method: 'POST', url: '/api/ribbon/init', payload: { apiKey, domain } })
      .then((answer) => answer.json<object>())
  t.match(await init('crm.acme.in'), {
    exotelToken: 'token',
    userId: 'user',
    features: ['call', 'hold'],
    clientInfo: { name: 'Acme', plan: 'enterprise', remainingCalls: 7 },
  })
  t.match(await init('elsewhere.example'), { status: 403 })
})

t.test('clients that are told nothing more get an id and what is usual', async (t) => {
  const env = await scratchEnv(t)
  const [one, two] = [await runScript(t, 'clients', CREATE, env), await runScript(t, 'clients', CREATE, env)]
  t.match(one.stdout, /^Created client-[0-9a-f]{12}\./)
  t.match(two.stdout, /^Created client-[0-9a-f]{12}\./)
  const lines = (await runScript(t, 'clients', [], env)).stdout.trim().split('\n')
  t.equal(lines.length, 2)
  t.match(lines[0], /\tAcme\tprofessional\t5000\tAsia\/Kolkata\t\tribbon-/)
})

t.test('what cannot be is refused in one sentence that names it, and nothing is created', async (t) => {
  const env = await scratchEnv(t)
  t.equal((await runScript(t, 'clients', [...CREATE, '--id', 'acme'], env)).code, 0)
  for (const [args, sentence] of [
    [['--id', 'acme'], 'There is a client acme already.'],
    [['--plan', 'gold'], /^--plan must be one of .*trial/],
    [['--retention-months', '0'], /^--retention-months must be from 1 to \d+\.$/m],
    [['--limit', '1e3'], '--limit must be a whole number.'],
    [['--features', 'call,video'], /^--features must be one of .*dtmf/],
    [['--timezone', 'Mars/Olympus'], '--timezone must be an IANA time zone such as Asia/Kolkata.'],
    [['--colour', 'red'], /--colour/],
  ] as const) {
    const refused = await runScript(t, 'clients', [...CREATE, ...args], env)
    t.match(refused, { code: 1, stdout: '', stderr: sentence }, args.join(' '))
  }
  for (const args of [['create', '--name', 'Acme'], ['delete']]) {
    t.match(await runScript(t, 'clients', args, env), { code: 1, stdout: '', stderr: /^Usage:/ }, args.join(' '))
  }
  const elsewhere = { DATABASE_URL: 'file:/dev/null/ribbon.db' }
  t.match(await runScript(t, 'clients', [], elsewhere), { code: 1, stderr: /\/dev\/null/ })
  t.equal((await runScript(t, 'clients', [], env)).stdout.trim().split('\n').length, 1)
})
