/** Whom the files of a real server are open to: their owner and nobody else, whatever its umask. */
import { chmod, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { databasePath } from '../../../src/storage/open.js'
import { startRibbon } from '../../helpers/ribbon.js'
import { ServerProcess, serverEnv } from '../../helpers/server-process.js'
import { scratchFolder } from '../../helpers/storage.js'

t.setTimeout(400_000)

/** Runs what follows under a umask that closes nothing. */
const PERMISSIVE = ['sh', '-c', 'umask 0; exec "$@"', 'sh']
const DEMO_EVENT = { apiKey: 'demo-api-key-789', event: 'dialing', data: { callSid: 'CA1' } }

async function modes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true })
  const all = await Promise.all(entries.map(async (name) => [name, await stat(join(folder, name))] as const))
  return Object.fromEntries(
    all.map(([name, found]) => [
      name,
      `${found.isDirectory() ? 'folder' : 'file'} ${(found.mode & 0o777).toString(8)}`,
    ]),
  )
}

function openToOthers(found: Record<string, string>): string[] {
  return Object.entries(found)
    .filter(([, mode]) => !['folder 700', 'file 600'].includes(mode))
    .map(([name, mode]) => `${name}: ${mode}`)
}

async function log(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch(`${url}/api/ribbon/log-call`, { method: 'POST', headers, body: JSON.stringify(DEMO_EVENT) })
}

t.test(
  'all that a server makes is its owner’s alone, under any umask, and so are backups and a rotated key',
  async (t) => {
    const folder = join(await scratchFolder(t), 'data')
    const env = {
      ...(await serverEnv(t, 'sqlite')),
      DATABASE_URL: `file:${join(folder, 'ribbon.db')}`,
      SECRETS_KEY: '',
    }
    const server = new ServerProcess(t, env, PERMISSIVE)
    await log(await server.ready())
    const made = await modes(folder)
    for (const name of ['ribbon.db', 'ribbon.db-wal', 'ribbon.db-shm', 'ribbon.db.log/000001', 'secrets.key']) {
      t.equal(made[name], 'file 600', name)
    }
    t.match(await startRibbon(t, ['backup', join(folder, 'copy.db')], env).outcome, { code: 0 })
    t.match(await startRibbon(t, ['rotate-secrets'], env).outcome, { code: 0 })
    t.same(
      openToOthers({ '.': `folder ${((await stat(folder)).mode & 0o777).toString(8)}`, ...(await modes(folder)) }),
      [],
    )
  },
)

t.test('files of a store that others may read are closed to them at the start, after a crash as well', async (t) => {
  const env: Record<string, string> = { ...(await serverEnv(t, 'sqlite')), SECRETS_KEY: '' }
  const folder = dirname(databasePath(String(env['DATABASE_URL'])))
  const first = new ServerProcess(t, env)
  await log(await first.ready())
  first.child.kill('SIGKILL')
  await first.exited
  const names = await readdir(folder, { recursive: true })
  for (const name of names) await chmod(join(folder, name), name.endsWith('.log') ? 0o755 : 0o644)
  t.not(openToOthers(await modes(folder)).length, 0)
  const second = new ServerProcess(t, env)
  await log(await second.ready())
  t.same(openToOthers(await modes(folder)), [])
})

t.test('a folder that was there keeps the mode that it was given', async (t) => {
  const env = await serverEnv(t, 'sqlite')
  const folder = join(dirname(databasePath(String(env['DATABASE_URL']))), 'shared')
  await mkdir(folder, { mode: 0o755 })
  await writeFile(join(folder, 'other'), '', { mode: 0o644 })
  await new ServerProcess(t, { ...env, DATABASE_URL: `file:${join(folder, 'ribbon.db')}` }).ready()
  t.equal((await stat(folder)).mode & 0o777, 0o755)
  t.equal((await stat(join(folder, 'other'))).mode & 0o777, 0o644)
})
