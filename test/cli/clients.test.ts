import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.js'
import { loadConfig } from '../../src/config.js'
import { secretKeys } from '../../src/secret-keys.js'
import { openStorage } from '../../src/storage/open.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { runRibbon, runRibbonAtTerminal } from '../helpers/ribbon.js'
import { newClient, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

const CREATE = ['clients', 'create', '--name', 'Acme', '--exotel-user', 'user']

interface Scratch {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** What `init` of a server on the database answers, at a page of a domain. */
  readonly initOf: (apiKey: string, domain: string) => Promise<object>
}

async function scratch(t: Test): Promise<Scratch> {
  const folder = await scratchFolder(t)
  const env = { DATABASE_URL: `file:${join(folder, 'data', 'ribbon.db')}`, EXOTEL_TOKEN: 'token' }
  let store: Promise<Storage> | undefined
  t.teardown(async () => (await store)?.close())
  const initOf = async (apiKey: string, domain: string) => {
    const config = loadConfig(env)
    store ??= openStorage({ url: config.databaseUrl, maxCallAgeMs: config.maxCallAgeMs })
    // A new one each time: it has nothing in its memory.
    const app = await buildApp({
      config,
      keys: await secretKeys(config, await store),
      storage: await store,
      clock: Date.now,
    })
    const answer = await app.inject({ method: 'POST', url: '/api/ribbon/init', payload: { apiKey, domain } })
    await app.close()
    return answer.json<object>()
  }
  return { folder, env, initOf }
}

t.test('a client that is created is listed, and its key, printed once, opens the API', async (t) => {
  const made = await scratch(t)
  const chosen = ['--id', 'acme', '--domains', 'Acme.com, *.acme.in', '--plan', 'enterprise', '--limit', '7']
  const more = ['--features', 'call,hold', '--timezone', 'Europe/London', '--retention-months', '24']
  more.push('--missed-call-window-hours', '48', '--missed-call-window-in', 'businessHours')
  const created = await runRibbon([...CREATE, ...chosen, ...more], made.env)
  t.match(created, { code: 0, stdout: /^Created acme\. Its API key, shown this once: rk_full_\w{30}\n$/, stderr: '' })
  const apiKey = created.stdout.trim().split(' ').at(-1) ?? ''
  const usual = await runRibbon([...CREATE, '--json'], made.env)
  t.match(usual, { code: 0, stderr: '' })
  t.match(JSON.parse(usual.stdout), {
    client: {
      clientId: /^client-[0-9a-f]{12}$/,
      plan: 'professional',
      limit: 5000,
      domains: [],
      retentionMonths: null,
      missedCallWindowHours: 24,
      missedCallWindowIn: 'clock',
    },
    apiKey: /^rk_full_/,
  })

  const listed = await runRibbon(['clients', 'list'], made.env)
  t.match(listed.stdout.trim().split('\n'), [
    /^CLIENT +NAME +PLAN +STATUS +CALLS THIS MONTH +TIME ZONE +DOMAINS +KEY$/,
    /^acme +Acme {2}enterprise +active +0 of 7 +Europe\/London +acme\.com \*\.acme\.in +rk_full_....\.\.\.$/,
    /^client-[0-9a-f]{12} +Acme +professional +active +0 of 5000 +Asia\/Kolkata +- +rk_full_/,
  ])
  t.notOk(listed.stdout.includes(apiKey))
  const asJson = await runRibbon(['clients', 'list', '--json'], made.env)
  t.match(JSON.parse(asJson.stdout), [{ clientId: 'acme', callsThisMonth: 0, features: ['call', 'hold'] }, {}])

  t.match(await made.initOf(apiKey, 'crm.acme.in'), {
    exotelToken: 'token',
    userId: 'user',
    features: ['call', 'hold'],
    clientInfo: { name: 'Acme', plan: 'enterprise', remainingCalls: 7 },
  })
  t.match(await made.initOf(apiKey, 'elsewhere.example'), { status: 403 })
})

t.test(
  'what is changed is changed and all else stays; a suspended client is refused until it is resumed',
  async (t) => {
    const made = await scratch(t)
    const created = await runRibbon([...CREATE, '--id', 'acme', '--domains', 'acme.com', '--json'], made.env)
    const { apiKey } = JSON.parse(created.stdout) as { apiKey: string }
    const changes = ['--limit', '9', '--retention-months', 'all', '--exotel-user', 'other', '--timezone', 'UTC']
    changes.push('--missed-call-window-hours', '8', '--missed-call-window-in', 'businessHours')
    t.match(await runRibbon(['clients', 'update', 'acme', ...changes], made.env), {
      code: 0,
      stdout: /^name +Acme\nplan +professional\nstatus +active\nlimit +9\n/m,
      stderr: '',
    })
    t.match(await made.initOf(apiKey, 'acme.com'), { exotelToken: 'token', userId: 'other' })
    const rotated = await runRibbon(['clients', 'update', 'acme', '--new-exotel-token', '--json'], {
      ...made.env,
      EXOTEL_TOKEN: 'new token',
    })
    const changed = {
      domains: ['acme.com'],
      limit: 9,
      retentionMonths: null,
      missedCallWindowHours: 8,
      missedCallWindowIn: 'businessHours',
      timezone: 'UTC',
    }
    t.match(JSON.parse(rotated.stdout), changed)
    t.match(await made.initOf(apiKey, 'acme.com'), { exotelToken: 'new token', userId: 'other' })

    const required = await runRibbon(['clients', 'update', 'acme', '--require-agent-sessions', '--json'], made.env)
    t.match(JSON.parse(required.stdout), { requireAgentSessions: true, limit: 9 })
    t.match(await made.initOf(apiKey, 'acme.com'), { code: 'session_required' })
    await runRibbon(['clients', 'update', 'acme', '--no-require-agent-sessions'], made.env)
    t.match(await runRibbon(['clients', 'suspend', 'acme'], made.env), { code: 0, stdout: 'acme is suspended.\n' })
    t.match(await made.initOf(apiKey, 'acme.com'), { status: 401 })
    t.match(await runRibbon(['clients', 'show', 'acme'], made.env), { code: 0, stdout: /^status +suspended$/m })
    t.match(await runRibbon(['clients', 'resume', 'acme'], made.env), { code: 0, stdout: 'acme is active.\n' })
    t.match(await made.initOf(apiKey, 'acme.com'), { exotelToken: 'new token' })

    t.match(await runRibbon(['clients', 'delete', 'acme', '--grace-days', '3'], made.env), {
      code: 0,
      stdout:
        /^acme opens nothing any more\. All that it has is removed at \S+Z; until then: ribbon clients restore acme\n$/,
    })
    t.match(await made.initOf(apiKey, 'acme.com'), { status: 401 })
    t.match(await runRibbon(['clients', 'restore', 'acme'], made.env), { code: 0, stdout: 'acme is active.\n' })
    t.match(await made.initOf(apiKey, 'acme.com'), { exotelToken: 'new token' })
    const log = await runRibbon(['audit-log', '--client', 'acme', '--limit', '2'], made.env)
    t.match(log.stdout.trim().split('\n'), [
      /^ID +AT +WHO +ACTION +CLIENT +DETAILS$/,
      /^\d+ +\S+Z +command line \(.+\) +client\.restored +acme +\{"deletesAt":null\}$/,
      /client\.deleting +acme +\{"deletesAt":"\S+Z"\}$/,
    ])
    const first = await runRibbon(['audit-log', '--before', '2', '--json'], made.env)
    t.match(JSON.parse(first.stdout), [{ id: 1, action: 'client.created', clientId: 'acme', requestId: null }])
  },
)

t.test(
  'values are refused as the API refuses them, in one sentence that names the option, and nothing changes',
  async (t) => {
    const { env, folder } = await scratch(t)
    t.equal((await runRibbon([...CREATE, '--id', 'acme'], env)).code, 0)
    const tokenFile = join(folder, 'empty-token')
    await writeFile(tokenFile, '\n')
    for (const [args, sentence] of [
      [['--id', 'acme'], /^There is a client acme already, or there was one/],
      [['--id', 'a/b'], /^--id "a\/b" /],
      [['--name', ''], /^--name "" /],
      [['--name', ' '], '--name " " must have a character that can be seen, and no control character.\n'],
      [['--plan', 'gold'], '--plan "gold" must be trial, professional or enterprise, not "gold".\n'],
      [['--limit', '1e3'], /^--limit "1e3" /],
      [['--features', 'call,fly'], /^--features "fly" /],
      [['--timezone', 'Mars/Olympus'], '--timezone "Mars/Olympus" must be an IANA time zone such as Asia/Kolkata.\n'],
      [['--missed-call-window-hours', '337'], '--missed-call-window-hours 337 must be at most 336, not 337.\n'],
      [['--retention-months', '0'], '--retention-months 0 must be at least 1, not 0.\n'],
      [
        ['--name', '\u0007', '--limit', '1e3'],
        /^--name "\\u0007" must have a character that can be seen, and no control character; --limit "1e3" must/,
      ],
      [
        ['--domains', 'acme.com,https://acme.com/path', '--timezone', 'Mars'],
        '--timezone "Mars" must be an IANA time zone such as Asia/Kolkata; --domains "https://acme.com/path" must be a host name such as acme.com, *.acme.com or *: without https://, port and path.\n',
      ],
      [['--exotel-token-file', tokenFile], /^The Exotel token must /],
      [['--exotel-token-file', join(folder, 'nowhere')], /^ENOENT.*nowhere'\n$/],
    ] as const) {
      const refused = await runRibbon([...CREATE, ...args], env)
      t.match(refused, { code: 1, stdout: '', stderr: sentence }, args.join(' '))
      t.equal(refused.stderr.trim().split('\n').length, 1)
    }
    const update = ['clients', 'update', 'acme', '--domains', 'acme.com:8443']
    t.match(await runRibbon(update, env), {
      code: 1,
      stdout: '',
      stderr: /^--domains "acme\.com:8443" must be a host/,
    })
    for (const command of [['show'], ['update', '--limit', '5'], ['suspend'], ['resume']]) {
      const outcome = await runRibbon(['clients', ...command, 'nobody'], env)
      t.match(outcome, { code: 1, stdout: '', stderr: 'There is no client nobody.\n' })
    }
    t.match(await runRibbon(['clients', 'list'], env), { code: 0, stdout: /^CLIENT.*\nacme .*\n$/ })
  },
)

t.test(
  'a token comes from a file, from standard input, or from whoever types it unseen; else it is asked for',
  async (t) => {
    const made = await scratch(t)
    const env = { ...made.env, EXOTEL_TOKEN: '' }
    const keyOf = ({ stdout }: { stdout: string }) => /rk_full_\w{30}/.exec(stdout)?.[0] ?? ''
    const create = [...CREATE, '--domains', '*']
    t.match(await runRibbon(create, env), {
      code: 2,
      stdout: '',
      stderr: 'The Exotel token is needed: name a file with --exotel-token-file, or set EXOTEL_TOKEN.\n',
    })
    const file = join(made.folder, 'token')
    await writeFile(file, 'from a file\n')
    const fromFile = await runRibbon([...create, '--exotel-token-file', file], env)
    t.match(await made.initOf(keyOf(fromFile), 'a.example'), { exotelToken: 'from a file' })
    const fromInput = await runRibbon([...create, '--exotel-token-file', '-'], env, 'from input\n')
    t.match(await made.initOf(keyOf(fromInput), 'a.example'), { exotelToken: 'from input' })
    const typed = await runRibbonAtTerminal(t, create, env, 'typed\r')
    t.match(typed, { code: 0, stdout: /Exotel token: .*\nCreated client-/s })
    t.notMatch(typed.stdout, 'typed')
    t.match(await made.initOf(keyOf(typed), 'a.example'), { exotelToken: 'typed' })
  },
)

t.test('a folder without a database is said, and stays without one', async (t) => {
  const { env } = await scratch(t)
  for (const args of [
    ['clients', 'list'],
    ['keys', 'list', 'acme'],
    ['set-aside', 'list'],
    ['backup', 'copy.db'],
  ]) {
    t.match(await runRibbon(args, env), {
      code: 1,
      stdout: '',
      stderr: /^There is no database at .*ribbon\.db: start the server once, or set DATABASE_URL\.\n$/,
    })
  }
})

t.test('lists are whole and in columns, whatever names there are, and an empty one says so', async (t) => {
  const { env } = await scratch(t)
  const storage = await openStorage({ url: String(env['DATABASE_URL']), maxCallAgeMs: 1 })
  t.match(await runRibbon(['clients', 'list'], env), {
    code: 0,
    stdout: 'There are no clients: create one with ribbon clients create.\n',
  })
  await storage.createClient(newClient('wide', { name: '株式会社', apiKeyHash: 'w' }))
  await storage.createClient(newClient('steers', { name: 'a\u001b[2Jb', apiKeyHash: 's' }))
  const thousand = Array.from({ length: 1000 }, (_, n) =>
    newClient(`c${String(n).padStart(4, '0')}`, { name: '', apiKeyHash: String(n) }),
  )
  await Promise.all(thousand.map((client) => storage.createClient(client)))
  await storage.close()
  const { stdout } = await runRibbon(['clients', 'list'], env)
  const lines = stdout.trim().split('\n')
  t.equal(lines.length, 1 + 1002)
  t.match(lines.at(-1), /^wide {4}株式会社 {5}trial/)
  t.match(lines.at(-2), /^steers {2}a\\u001b\[2Jb {2}trial/)
  t.match(lines[1], /^c0000 {3}- {12}trial/)
})
