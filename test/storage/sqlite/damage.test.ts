/** A database file whose bytes are not what was written, under a running server and at its start. */
import { randomBytes } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { openStorage } from '../../../src/storage/open.js'
import type { Storage } from '../../../src/storage/port/storage.js'
import { buildTestApp, DEMO_KEY, type TestApp } from '../../helpers/app.js'
import { eventually } from '../../helpers/deadline.js'
import { ServerProcess, serverEnv } from '../../helpers/server-process.js'
import { scratchFolder } from '../../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000
const PAGE_BYTES = 8192

t.setTimeout(400_000)

/** Overwrites pages of a file: the header alone, or all that follow the first. */
async function damage(path: string, what: 'header' | 'pages'): Promise<void> {
  const file = await open(path, 'r+')
  const { size } = await file.stat()
  if (what === 'header') await file.write(randomBytes(100), 0, 100, 0)
  else await file.write(randomBytes(size - PAGE_BYTES), 0, size - PAGE_BYTES, PAGE_BYTES)
  await file.close()
}

/** An app on a file that holds all that it was told, and nothing in front of it. */
async function fill({ post }: TestApp, path: string): Promise<void> {
  for (let n = 0; n < 20; n++) {
    await post('/api/ribbon/log-call', {
      apiKey: DEMO_KEY,
      event: 'callEnded',
      data: { callSid: `CA${String(n)}`, duration: n },
    })
  }
  await eventually(20_000, 'a checkpoint', async () => (await stat(path)).size > 10 * PAGE_BYTES)
}

const refused = { status: 503, code: 'unavailable', detail: /damaged/ }

for (const what of ['header', 'pages'] as const) {
  t.test(
    `a running server whose ${what} are damaged is alive and not ready, and answers 503 with a reason`,
    async (t) => {
      const path = join(await scratchFolder(t), 'ribbon.db')
      const troubles: string[] = []
      const onTrouble = (sentence: string): number => troubles.push(sentence)
      const store: Storage = await openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS, onTrouble })
      t.teardown(() => store.close().catch(() => undefined))
      const app = await buildTestApp(t, { store })
      t.match((await app.get('/health/ready')).json(), { status: 'ready', storage: 'ok' })
      await fill(app, path)
      await damage(path, what)
      t.match((await app.get('/health/ready')).json(), refused)
      t.match((await app.get('/health/ready')).json(), refused, 'and stays so')
      t.equal((await app.get('/health/live')).statusCode, 200)
      t.equal(troubles.filter((trouble) => trouble.includes('is damaged')).length, 1, 'the log says so once')
      const event = { apiKey: DEMO_KEY, event: 'connected', data: { callSid: 'CA-late' } }
      for (const answer of [
        await app.get('/api/ribbon/call-logs?event=other'),
        await app.get('/api/ribbon/analytics/detailed'),
        await app.post('/api/ribbon/log-call', event),
      ]) {
        // What a connection has in its memory is still right, and what is acknowledged is in the log.
        if (answer.statusCode !== 200) t.match(answer.json(), refused)
      }
    },
  )
}

t.test('a damaged database stops the start with a sentence that says what to do', async (t) => {
  const env = await serverEnv(t, 'sqlite')
  const path = String(env['DATABASE_URL']).slice('file:'.length)
  const store = await openStorage({ url: `file:${path}`, maxCallAgeMs: MAX_CALL_AGE_MS })
  await fill(await buildTestApp(t, { store }), path)
  await store.close()
  await damage(path, 'pages')
  const server = new ServerProcess(t, env)
  t.strictSame(await server.exited, { code: 1, signal: null })
  t.match(server.stderr, /^Cannot start: The database [^ ]+ is damaged \(SQLITE_CORRUPT.*\): restore a backup of it\n$/)
})
