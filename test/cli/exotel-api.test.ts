import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { openApiCredentials } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { newClient, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

const KEY = Buffer.alloc(32, 7)
const folder = await scratchFolder(t)
const env = { DATABASE_URL: `file:${join(folder, 'ribbon.db')}`, SECRETS_KEY: KEY.toString('base64') }
const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
t.teardown(() => storage.close())
await storage.createClient(newClient('acme'))
const ACCOUNT = ['--account-sid', 'acme1', '--api-key', 'key-1']

const run = (args: readonly string[], more: Record<string, string> = {}) =>
  runRibbon(['clients', 'exotel-api', 'acme', ...args], { ...env, ...more })

async function kept() {
  const sealed = (await storage.client('acme'))?.sealedExotelApi ?? null
  return sealed && openApiCredentials(new KeyRing([KEY]), 'acme', sealed)
}

t.test('a client gets what opens Exotel’s API, its token from a file or the environment', async (t) => {
  const set = await run(ACCOUNT, { EXOTEL_API_TOKEN: 'token-1' })
  t.match(set, { code: 0, stdout: 'acme can make calls through Exotel.\n', stderr: '' })
  const usual = {
    accountSid: 'acme1',
    apiKey: 'key-1',
    apiToken: 'token-1',
    subdomain: 'api.exotel.com',
    callerId: null,
  }
  t.strictSame(await kept(), usual)
  const file = join(folder, 'token')
  await writeFile(file, 'token-2\n')
  const more = ['--api-token-file', file, '--subdomain', 'api.in.exotel.com', '--caller-id', '08047112233']
  t.match(await run([...ACCOUNT, ...more]), { code: 0 })
  t.strictSame(await kept(), {
    ...usual,
    apiToken: 'token-2',
    subdomain: 'api.in.exotel.com',
    callerId: '08047112233',
  })
})

t.test('what is wrong is named by its option, and never a token', async (t) => {
  const token = { EXOTEL_API_TOKEN: 'a token' }
  t.match(await run([], token), { code: 2, stderr: /--account-sid and --api-key, or say --remove/ })
  t.match(await run(ACCOUNT), {
    code: 2,
    stderr: /The Exotel API token is needed: .*--api-token-file.*EXOTEL_API_TOKEN/,
  })
  const wrong = await run(['--account-sid', '../x', '--api-key', 'key-1', '--caller-id', 'x'], token)
  t.match(wrong, { code: 1, stderr: /--account-sid "\.\.\/x" must match .*The Exotel API token must match/ })
  t.notMatch(wrong.stderr, /a token/)
  const foreign = await run([...ACCOUNT, '--subdomain', 'evil.example'], { EXOTEL_API_TOKEN: 'token-1' })
  t.match(foreign, { code: 1, stderr: /--subdomain "evil\.example" must be a host of Exotel’s API/ })
})

t.test('it is taken away again', async (t) => {
  t.match(await run(['--remove']), { code: 0, stdout: 'acme makes no calls any more.\n' })
  t.equal(await kept(), null)
})
