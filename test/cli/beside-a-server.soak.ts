/** Commands on the database of a server that is busy all the while. */
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { databasePath, openStorage } from '../../src/storage/open.js'
import { eventually } from '../helpers/deadline.js'
import { Load } from '../helpers/load.js'
import { runRibbon, startRibbon } from '../helpers/ribbon.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { walkLogs } from '../helpers/stored.js'

t.setTimeout(400_000)

/** Clients that are made: what happens beside a server happens by chance. */
const ROUNDS = 5

/** A server on SQLite that is sent events over many connections until the test ends. */
async function busyServer(t: Test): Promise<{ url: string; env: Readonly<Record<string, string>>; load: Load }> {
  const env = await serverEnv(t, 'sqlite')
  const server = new ServerProcess(t, env)
  const url = await server.ready()
  const load = new Load(url, 'busy', () => undefined)
  t.teardown(async () => {
    server.child.kill('SIGTERM')
    await load.finished
  })
  await eventually(60_000, 'some load', () => load.acknowledged.length > 500)
  return { url, env: { ...env, EXOTEL_TOKEN: 'token' }, load }
}

t.test('clients and keys are created and changed while a server writes all the time, and it takes them', async (t) => {
  const { url, env, load } = await busyServer(t)
  for (let n = 0; n < ROUNDS; n++) {
    const id = `acme-${String(n)}`
    const create = ['clients', 'create', '--name', 'Acme', '--exotel-user', 'user', '--id', id, '--json']
    const created = await startRibbon(t, create, env).outcome
    t.match(created, { code: 0, stderr: '' })
    const { apiKey } = JSON.parse(created.stdout) as { apiKey: string }
    const config = () => fetch(`${url}/api/ribbon/config`, { headers: { 'x-api-key': apiKey } })
    t.match(await (await config()).json(), { plan: 'professional' })
    t.match(await startRibbon(t, ['keys', 'create', id], env).outcome, { code: 0, stderr: '' })
    const update = ['clients', 'update', id, '--plan', 'trial', '--timezone', 'Europe/London']
    t.match(await startRibbon(t, update, env).outcome, { code: 0, stderr: '' })
    await eventually(60_000, 'the server knowing of it', async () => {
      return ((await (await config()).json()) as { plan: string }).plan === 'trial'
    })
  }
  t.match((await runRibbon(['clients', 'list'], env)).stdout, /^acme-0 +Acme +trial +active /m)
  t.same(load.refused, [])
})

t.test('a backup has every event that was acknowledged before it began, and serves as a database', async (t) => {
  const { env, load } = await busyServer(t)
  const before = [...load.acknowledged]
  const file = join(dirname(databasePath(String(env['DATABASE_URL']))), 'copy.db')
  const copied = await startRibbon(t, ['backup', file], env).outcome
  t.match(copied, {
    code: 0,
    stdout: /^Copied \d+\.\d MB to .*copy\.db, and read all of it again: 3 clients and \d+ events, .*\.\n$/,
    stderr: '',
  })
  t.ok(load.acknowledged.length > before.length, 'and the server went on meanwhile')
  t.equal((await stat(file)).mode & 0o777, 0o600)

  const restored = new ServerProcess(t, { ...env, DATABASE_URL: `file:${file}` })
  const { logs } = await walkLogs(await restored.ready())
  const there = new Set(logs.map(({ logId }) => logId))
  t.same(
    before.filter(({ logId }) => !there.has(logId)),
    [],
  )
  restored.child.kill('SIGTERM')
  t.match(await restored.exited, { code: 0 })
  const again = await runRibbon(['backup', file], env)
  t.match(again, { code: 1, stdout: '', stderr: /^There is something at .*copy\.db already: [^\n]*\n$/ })
})

t.test(
  'whoever backs up is told of a key beside it, and sees how far it is; what a backup takes the place of is kept; a PostgreSQL server is backed up by its own tools',
  async (t) => {
    const env = await serverEnv(t, 'sqlite')
    const { DATABASE_URL: url = '' } = env
    await (await openStorage({ url, maxCallAgeMs: 1 })).close()
    const file = `${databasePath(url)}.copy`
    t.match(await runRibbon(['backup', file], { DATABASE_URL: url, SECRETS_KEY: '' }), {
      code: 0,
      stdout: /^Copied .*\nKeep secrets\.key, .* it opens the Exotel credentials\.\n$/,
    })
    const shown = await runRibbon(['backup', `${file}.2`], { DATABASE_URL: url }, '', true)
    t.match(shown, { code: 0, stdout: /\rpages +\[#{30}\] (\d+) of \1 in \d+\.\d s\nCopied / }, 'to its last page')
    const back = await runRibbon(['restore', `${file}.2`, '--force'], env)
    t.match(back, { code: 0, stdout: /^Restored .*\nWhat was there is in .*ribbon.*\.before-.*\.\n$/ })
    const server = await runRibbon(['backup', file], { DATABASE_URL: 'postgres://127.0.0.1/ribbon' })
    t.match(server, {
      code: 1,
      stderr: /^The database is a PostgreSQL server: back it up with pg_dump "\$DATABASE_URL"/,
    })
    const restored = await runRibbon(['restore', file], { DATABASE_URL: 'postgres://127.0.0.1/ribbon' })
    t.match(restored, { code: 1, stderr: /^The database is a PostgreSQL server: restore it with pg_restore/ })
  },
)
