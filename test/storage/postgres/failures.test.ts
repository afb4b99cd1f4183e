import pg from 'pg'
import t from 'tap'
import { StorageUnavailable } from '../../../src/storage/errors.js'
import { openStorage } from '../../../src/storage/open.js'
import { failureOf, refuseOldServer } from '../../../src/storage/postgres/failures.js'
import { freePort } from '../../helpers/postgres-server.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { newClient, newEvent } from '../../helpers/storage.js'

const open = (url: string) => openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })

t.test('a server that is not there, a database that is not there: one sentence each', async (t) => {
  const port = await freePort()
  await t.rejects(open(`postgres://postgres@127.0.0.1:${String(port)}/x`), {
    name: 'StorageUnavailable',
    message: /ECONNREFUSED/,
  })
  const url = new URL(await scratchDatabase(t))
  url.pathname = '/no_such_database'
  await t.rejects(open(url.href), { name: 'StorageUnavailable', message: /no_such_database/ })
  url.username = 'nobody_of_that_name'
  await t.rejects(open(url.href), { name: 'StorageUnavailable' })
})

t.test('failures of server and network are told from those of a statement', async (t) => {
  const coded = (code: string) => failureOf(Object.assign(new Error('words'), { code }))
  for (const code of ['57P01', '08006', '53300', '40001', 'ECONNRESET', 'EAI_AGAIN']) {
    t.match(coded(code), { name: 'StorageUnavailable', message: 'words' }, code)
  }
  for (const code of ['23505', '42P01', '22P02']) t.match(coded(code), { name: 'Error', message: 'words', code }, code)
  t.match(failureOf(new Error('Connection terminated unexpectedly')), StorageUnavailable)
  const lost = Object.assign(new Error('could not commit transaction for shard 102008 on any active node'), {
    code: 'XX000',
  })
  t.match(failureOf(lost), StorageUnavailable, 'a node of a Citus cluster that was lost at the commit')
  t.match(failureOf(new Error('anything else')), { name: 'Error' })
  const known = new StorageUnavailable('known')
  t.equal(failureOf(known), known)
  t.match(failureOf(Object.assign(new Error(''), { code: 'ECONNREFUSED' })), { message: 'ECONNREFUSED' })
})

t.test('a server that is too old is refused with a sentence', async (t) => {
  t.throws(
    () => {
      refuseOldServer(90_624)
    },
    { name: 'StorageUnavailable', message: 'PostgreSQL 14 or newer is needed, and this is 9' },
  )
  refuseOldServer(180_004)
})

t.test('connections that the server ends are replaced, and nothing acknowledged is lost', async (t) => {
  const url = await scratchDatabase(t)
  const storage = await open(url)
  t.teardown(() => storage.close())
  await storage.createClient(newClient('client-a'))
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  t.teardown(() => admin.end())
  await storage.ping()
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const event = newEvent({ event: 'dialing', data: { callSid: 'CA1' }, occurredAt: 1e12 })
  let status = ''
  for (let attempt = 0; attempt < 20 && status === ''; attempt++) {
    const outcome = await storage.record(event).catch((error: unknown) => error as Error)
    if (outcome instanceof Error) t.equal(outcome.name, 'StorageUnavailable')
    else status = outcome.status
  }
  t.match(status, /created|duplicate/)
})

t.test('stores that start together on an empty database share one schema', async (t) => {
  const url = await scratchDatabase(t)
  const storages = await Promise.all([1, 2, 3, 4].map(() => open(url)))
  for (const storage of storages) {
    await storage.ping()
    await storage.close()
  }
})
