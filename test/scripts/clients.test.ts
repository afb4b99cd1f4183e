import { join } from 'node:path'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { secretsKeyOf } from '../../src/secrets-key.js'
import { openStorage } from '../../src/storage/open.js'
import { runScript } from '../helpers/script.js'
import { scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

const CREATE = ['create', '--name', 'Acme', '--exotel-token', 'token', '--exotel-user', 'user'] as const

async function scratchEnv(t: Test): Promise<Record<string, string>> {
  return { DATABASE_URL: `file:${join(await scratchFolder(t), 'data', 'ribbon.db')}` }
}

t.test('a client that is created is listed, and its key, printed once, opens the API', async (t) => {
  const env = await scratchEnv(t)
  const chosen = ['--id', 'acme', '--domains', 'acme.com,*.acme.in', '--plan', 'enterprise', '--limit', '7']
  const more = ['--features', 'call,hold', '--timezone', 'Europe/London', '--retention-months', '24']
  const created = await runScript(t, 'clients', [...CREATE, ...chosen, ...more], env)
  t.match(created, { code: 0, stdout: /^Created acme\. Its API key, shown this once: ribbon-[\w-]{32}\n$/, stderr: '' })
  const apiKey = created.stdout.trim().split(' ').at(-1) ?? ''
  const usual = await runScript(t, 'clients', CREATE, env)
  t.match(usual, { code: 0, stdout: /^Created client-[0-9a-f]{12}\./, stderr: '' })

  const listed = await runScript(t, 'clients', [], env)
  t.match(listed.stdout.trim().split('\n'), [
    /^acme\tAcme\tenterprise\t7\tEurope\/London\tacme\.com \*\.acme\.in\tribbon-/,
    /^client-[0-9a-f]{12}\tAcme\tprofessional\t5000\tAsia\/Kolkata\t\tribbon-/,
  ])
  t.notOk(listed.stdout.includes(apiKey))

  const settings = loadConfig(env)
  const config = { ...settings, secretsKey: await secretsKeyOf(settings) }
  const storage = await openStorage({ url: config.databaseUrl, maxCallAgeMs: config.maxCallAgeMs })
  t.teardown(() => storage.close())
  const app = await buildApp({ config, storage, clock: Date.now })
  t.teardown(() => app.close())
  const init = async (domain: string): Promise<object> => {
    const answer = await app.inject({ method: 'POST', url: '/api/ribbon/init', payload: { apiKey, domain } })
    return answer.json<object>()
  }
  t.match(await init('crm.acme.in'), {
    exotelToken: 'token',
    userId: 'user',
    features: ['call', 'hold'],
    clientInfo: { name: 'Acme', plan: 'enterprise', remainingCalls: 7 },
  })
  t.match(await init('elsewhere.example'), { status: 403 })
})

t.test('what cannot be is refused in one sentence that names it, and nothing is created', async (t) => {
  const env = await scratchEnv(t)
  t.equal((await runScript(t, 'clients', [...CREATE, '--id', 'acme'], env)).code, 0)
  for (const [args, sentence] of [
    [['--id', 'acme'], 'There is a client acme already.'],
    [['--plan', 'gold'], /^--plan must be one of .*trial/],
    [['--limit', '1e3'], '--limit must be a whole number.'],
    [['--timezone', 'Mars/Olympus'], '--timezone must be an IANA time zone such as Asia/Kolkata.'],
    [['--retention-months', '0'], /^--retention-months must be from 1 to \d+\.$/m],
  ] as const) {
    const refused = await runScript(t, 'clients', [...CREATE, ...args], env)
    t.match(refused, { code: 1, stdout: '', stderr: sentence }, args.join(' '))
  }
  t.match(await runScript(t, 'clients', ['create', '--name', 'Acme'], env), { code: 1, stdout: '', stderr: /^Usage:/ })
  t.match(await runScript(t, 'clients', [], env), { code: 0, stdout: /^acme[^\n]*\n$/ })
})
