import t from 'tap'
import { hashApiKey } from '../../src/clients/api-keys.js'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ENGINES, newClient, scratchUrl } from '../helpers/storage.js'

t.setTimeout(400_000)

for (const engine of ENGINES) {
  t.test(`a client has several keys, and each is revoked by itself: ${engine}`, async (t) => {
    const env = { DATABASE_URL: await scratchUrl(t, engine) }
    const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
    t.teardown(() => storage.close())
    await storage.createClient(newClient('acme', { apiKeyHash: hashApiKey('first key'), apiKeyHint: 'first' }))
    const opens = async (apiKey: string) => (await storage.clientByKeyHash(hashApiKey(apiKey)))?.key.endsAt === null

    const created = await runRibbon(['keys', 'create', 'acme'], env)
    t.match(created, {
      code: 0,
      stdout: /^Created key [0-9a-f]{12} of acme\. The API key, shown this once: rk_sec_\w{30}\n$/,
      stderr: '',
    })
    const second = created.stdout.trim().split(' ').at(-1) ?? ''
    t.ok((await opens('first key')) && (await opens(second)))
    const options = ['--kind', 'publishable', '--name', 'CRM page', '--days', '30', '--mask-numbers', '--json']
    const third = await runRibbon(['keys', 'create', 'acme', ...options], env)
    const made = JSON.parse(third.stdout) as { keyId: string; apiKey: string }
    t.match(made.apiKey, /^rk_pub_/)
    const fourth = await runRibbon(['keys', 'create', 'acme', '--scopes', 'export, read'], env)
    const fourthId = fourth.stdout.split(' ')[2] ?? ''

    const rotated = await runRibbon(['keys', 'rotate', 'acme', fourthId, '--hours', '1'], env)
    t.match(rotated, {
      code: 0,
      stdout: new RegExp(
        `^Created key [0-9a-f]{12} of acme; ${fourthId} ends in 1 hours?\\. The API key, shown this once: rk_sec_\\w{30}\\n$`,
      ),
    })
    const again = await runRibbon(['keys', 'rotate', 'acme', fourthId, '--days', '2', '--json'], env)
    t.match(JSON.parse(again.stdout), { keyId: /^[0-9a-f]{12}$/, apiKey: /^rk_sec_/ })

    const revoked = await runRibbon(['keys', 'revoke', 'acme', made.keyId], env)
    t.match(revoked, { code: 0, stdout: `Revoked key ${made.keyId} of acme.\n`, stderr: '' })
    t.same([await opens('first key'), await opens(second), await opens(made.apiKey)], [true, true, false])

    const listed = await runRibbon(['keys', 'list', 'acme'], env)
    t.match(listed.stdout.trim().split('\n'), [
      /^ID +KEY +KIND +SCOPES +FROM +NAME +CREATED +LAST USED +ENDS +NUMBERS$/,
      /^[0-9a-f]{12} {2}first +full +- +- +- +1970-01-01T00:00:00\.001Z +- +- +-$/,
      /^[0-9a-f]{12} {2}rk_sec_\w{4}\.\.\. +secret +read write export manage +- +- +\S+Z +- +- +-$/,
      new RegExp(`^${made.keyId} {2}rk_pub_\\w{4}\\.\\.\\. +publishable +- +- +CRM page +\\S+Z +- +\\S+Z +masked$`),
      new RegExp(`^${fourthId} {2}rk_sec_\\w{4}\\.\\.\\. +secret +read export +- +- +\\S+Z +- +\\S+Z +-$`),
      / secret +read export +- +- +\S+Z +- +- +-$/,
      / secret +read export +- +- +\S+Z +- +\S+Z +-$/,
    ])
    t.match(JSON.parse((await runRibbon(['keys', 'list', 'acme', '--json'], env)).stdout), [
      { apiKey: 'first', kind: 'full', endsAt: null },
      { kind: 'secret', scopes: ['read', 'write', 'export', 'manage'] },
      { keyId: made.keyId, kind: 'publishable', name: 'CRM page', endsAt: /Z$/ },
    ])
    for (const [args, sentence] of [
      [['revoke', 'acme', 'other'], 'acme has no API key other.\n'],
      [['list', 'nobody'], 'There is no client nobody.\n'],
      [['create', 'nobody'], 'There is no client nobody.\n'],
      [['rotate', 'acme', 'other'], 'acme has no API key other.\n'],
      [['rotate', 'acme', made.keyId], `The API key ${made.keyId} of acme has ended.\n`],
    ] as const) {
      t.match(await runRibbon(['keys', ...args], env), { code: 1, stdout: '', stderr: sentence })
    }
  })
}

t.test('a callback key is told with the addresses to paste into Exotel', async (t) => {
  const url = await scratchUrl(t, 'sqlite')
  const env = { DATABASE_URL: url, PUBLIC_ORIGIN: 'https://api.example.com' }
  const storage = await openStorage({ url, maxCallAgeMs: 1 })
  t.teardown(() => storage.close())
  await storage.createClient(newClient('acme'))
  const options = ['--kind', 'callback', '--addresses', '203.0.113.7, 198.51.100.0/24']
  const created = await runRibbon(['keys', 'create', 'acme', ...options], env)
  const key = /rk_cb_\w{30}/.exec(created.stdout)?.[0] ?? ''
  t.match(created.stdout.trim().split('\n').slice(1), [
    `statusCallback: https://api.example.com/api/exotel/${key}/status-callback`,
    `integrationCallback: https://api.example.com/api/exotel/${key}/integration-callback`,
    `passthru: https://api.example.com/api/exotel/${key}/passthru`,
    `popup: https://api.example.com/api/exotel/${key}/popup`,
  ])
  const listed = await runRibbon(['keys', 'list', 'acme'], env)
  t.match(listed.stdout, / callback +- +203\.0\.113\.7 198\.51\.100\.0\/24 +- /)
  const wrong = await runRibbon(['keys', 'create', 'acme', '--kind', 'callback', '--addresses', 'here'], env)
  t.match(wrong, { code: 1, stderr: /^--addresses "here" must be an IP address, or a block such as/ })
  for (const [name, fault] of [
    [' ', '--name " " must have a character that can be seen, and no control character.\n'],
    ['x'.repeat(65), /^--name "x+" must be at most 64 characters long, not 65\.\n$/],
  ] as const)
    t.match(await runRibbon(['keys', 'create', 'acme', '--name', name], env), { code: 1, stdout: '', stderr: fault })
})

t.test('what a key cannot be is wrong usage, and says what it can be', async (t) => {
  for (const [options, sentence] of [
    [['--kind', 'public'], /Allowed choices are publishable, secret, full, callback\./],
    [['--scopes', 'read,admin'], /Allowed are read, write, export, manage, separated by commas\./],
    [['--scopes', ''], /Allowed are read, write, export/],
    [['--days', '0'], /It is a whole number from 1 to 36500\./],
    [['--days', '1.5'], /It is a whole number from 1 to 36500\./],
  ] as const) {
    t.match(await runRibbon(['keys', 'create', 'acme', ...options]), { code: 2, stdout: '', stderr: sentence })
  }
})
