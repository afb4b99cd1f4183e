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
    const opens = async (apiKey: string) => (await storage.clientByKeyHash(hashApiKey(apiKey)))?.clientId === 'acme'

    const created = await runRibbon(['keys', 'create', 'acme'], env)
    t.match(created, {
      code: 0,
      stdout: /^Created key [0-9a-f]{12} of acme\. The API key, shown this once: ribbon-[\w-]{32}\n$/,
      stderr: '',
    })
    const second = created.stdout.trim().split(' ').at(-1) ?? ''
    t.ok((await opens('first key')) && (await opens(second)))
    const third = await runRibbon(['keys', 'create', 'acme', '--json'], env)
    const made = JSON.parse(third.stdout) as { keyId: string; apiKey: string }
    t.ok(await opens(made.apiKey))

    const revoked = await runRibbon(['keys', 'revoke', 'acme', made.keyId], env)
    t.match(revoked, { code: 0, stdout: `Revoked key ${made.keyId} of acme.\n`, stderr: '' })
    t.same([await opens('first key'), await opens(second), await opens(made.apiKey)], [true, true, false])

    const listed = await runRibbon(['keys', 'list', 'acme'], env)
    t.match(listed.stdout.trim().split('\n'), [
      /^ID +KEY +CREATED +REVOKED$/,
      /^[0-9a-f]{12} {2}first +1970-01-01T00:00:00\.001Z +-$/,
      /^[0-9a-f]{12} {2}ribbon-...\.\.\. +\S+Z +-$/,
      new RegExp(`^${made.keyId} {2}ribbon-...\\.\\.\\. +\\S+Z +\\S+Z$`),
    ])
    t.match(JSON.parse((await runRibbon(['keys', 'list', 'acme', '--json'], env)).stdout), [
      { apiKey: 'first', revokedAt: null },
      { revokedAt: null },
      { keyId: made.keyId, revokedAt: /Z$/ },
    ])
    for (const [args, sentence] of [
      [['revoke', 'acme', made.keyId], `acme has no live key ${made.keyId}.\n`],
      [['revoke', 'acme', 'other'], 'acme has no live key other.\n'],
      [['list', 'nobody'], 'There is no client nobody.\n'],
      [['create', 'nobody'], 'There is no client nobody.\n'],
    ] as const) {
      t.match(await runRibbon(['keys', ...args], env), { code: 1, stdout: '', stderr: sentence })
    }
  })
}
