import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { runScript } from '../helpers/script.js'
import { newClient, newEvent, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

t.test('writes that were set aside are listed whole, and applied again when that can be', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const env = { DATABASE_URL: `file:${path}` }
  const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
  await storage.createClient(newClient('client-a'))
  await storage.close()
  t.match(await runScript(t, 'set-aside', [], env), { code: 0, stdout: 'Nothing is set aside.\n', stderr: '' })
  t.match(await runScript(t, 'set-aside', ['retry'], env), { code: 0, stdout: 'Applied 0 of 0.\n' })

  const database = new SQLite(path)
  const setAside = database.prepare('insert into set_aside (at, method, args, error) values (?, ?, ?, ?)')
  const argsOf = (clientId: string) => {
    const event = newEvent({ clientId, event: 'dialing', data: { callSid: 'CA1' }, occurredAt: 1e12 })
    return JSON.stringify([[event]])
  }
  setAside.run(1e12, 'recordBatch', argsOf('client-a'), 'refused')
  setAside.run(1e12, 'recordBatch', argsOf('client-nobody'), 'refused')
  database.close()
  const listed = await runScript(t, 'set-aside', [], env)
  t.strictSame(listed, {
    code: 0,
    stdout: ['client-a', 'client-nobody']
      .map((id, i) => `${String(i + 1)}\t2001-09-09T01:46:40.000Z\trecordBatch\trefused\t${argsOf(id)}\n`)
      .join(''),
    stderr: '',
  })

  t.match(await runScript(t, 'set-aside', ['retry', '--id', '1'], env), { code: 0, stdout: 'Applied 1 of 1.\n' })
  t.match(await runScript(t, 'set-aside', ['retry'], env), { code: 1, stdout: 'Applied 0 of 1.\n' })
  const left = (await runScript(t, 'set-aside', [], env)).stdout
  t.match(left, /^2\t[^\n]*client-nobody[^\n]*\n$/, 'what failed again stays, with what it failed of')
  t.notMatch(left, '\trefused\t')
})

t.test('there are never more than a thousand in a list, and it says so', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const env = { DATABASE_URL: `file:${path}` }
  await (await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })).close()
  const database = new SQLite(path)
  database.exec(`insert into set_aside (at, method, args, error)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001) select i, 'recordBatch', '[]', 'x' from n`)
  database.close()
  const lines = (await runScript(t, 'set-aside', [], env)).stdout.trim().split('\n')
  t.equal(lines.length, 1001)
  t.equal(lines.at(-1), 'There are more than 1000.')
})

t.test('wrong usage and a store that cannot be opened are said in one sentence', async (t) => {
  const env = { DATABASE_URL: `file:${join(await scratchFolder(t), 'ribbon.db')}` }
  t.match(await runScript(t, 'set-aside', ['drop'], env), { code: 1, stdout: '', stderr: /^Usage:\n/ })
  const nowhere = await runScript(t, 'set-aside', [], { DATABASE_URL: 'postgres://127.0.0.1:1/ribbon' })
  t.match(nowhere, { code: 1, stdout: '', stderr: /^[^\n]*ECONNREFUSED[^\n]*\n$/ })
})
