import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { newClient, newEvent, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

const LIST = ['set-aside', 'list']
const RETRY = ['set-aside', 'retry']

t.test('writes that were set aside are listed whole, and applied again when that can be', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const env = { DATABASE_URL: `file:${path}` }
  const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
  await storage.createClient(newClient('client-a'))
  await storage.close()
  t.match(await runRibbon(LIST, env), { code: 0, stdout: 'Nothing is set aside.\n', stderr: '' })
  t.match(await runRibbon(RETRY, env), { code: 0, stdout: 'Applied 0 of 0.\n', stderr: '' })

  const database = new SQLite(path)
  const setAside = database.prepare('insert into set_aside (at, method, args, error) values (?, ?, ?, ?)')
  const argsOf = (clientId: string) => {
    const event = newEvent({ clientId, event: 'dialing', data: { callSid: 'CA1' }, occurredAt: 1e12 })
    return JSON.stringify([[event]])
  }
  setAside.run(1e12, 'recordBatch', argsOf('client-a'), 'refused')
  setAside.run(1e12, 'recordBatch', argsOf('client-nobody'), 'refused')
  database.close()
  const rows = ['client-a', 'client-nobody'].map(
    (id, i) => `${String(i + 1)}   2001-09-09T01:46:40Z  recordBatch  refused  ${argsOf(id)}\n`,
  )
  t.strictSame(await runRibbon(LIST, env), {
    code: 0,
    stdout: `ID  SET ASIDE             METHOD       ERROR    ARGUMENTS\n${rows.join('')}`,
    stderr: '',
  })
  const asJson = await runRibbon([...LIST, '--json'], env)
  t.match(JSON.parse(asJson.stdout), [{ id: 1, at: 1e12, args: argsOf('client-a') }, { id: 2 }])

  t.match(await runRibbon([...RETRY, '1'], env), { code: 0, stdout: 'Applied 1 of 1.\n' })
  t.match(await runRibbon(RETRY, env), { code: 1, stdout: '', stderr: 'Applied 0 of 1.\n' })
  const left = (await runRibbon(LIST, env)).stdout
  t.match(left, /^ID .*\n2 .*client-nobody.*\n$/, 'what failed again stays, with what it failed of')
  t.notMatch(left, ' refused ')
})

t.test('there are never more than a thousand in a list, and it says so', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const env = { DATABASE_URL: `file:${path}` }
  await (await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })).close()
  const database = new SQLite(path)
  database.exec(`insert into set_aside (at, method, args, error)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001) select i, 'recordBatch', '[]', 'x' from n`)
  database.close()
  const { stdout, stderr } = await runRibbon(LIST, env)
  t.equal(stdout.trim().split('\n').length, 1 + 1000)
  t.equal(stderr, 'There are more than 1000.\n')
})

t.test('an id that is none is wrong usage; a store that cannot be opened is said in one sentence', async (t) => {
  t.match(await runRibbon([...RETRY, 'all']), { code: 2, stdout: '', stderr: /^An id is a number[^\n]*\n$/ })
  const nowhere = await runRibbon(LIST, { DATABASE_URL: 'postgres://127.0.0.1:1/ribbon' })
  t.match(nowhere, {
    code: 1,
    stdout: '',
    stderr: /^PostgreSQL at 127\.0\.0\.1:1 accepts no connections: check [^\n]*ECONNREFUSED[^\n]*\n$/,
  })
})
