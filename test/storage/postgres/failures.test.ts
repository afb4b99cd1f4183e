import pg from 'pg'
import t from 'tap'
import { StorageUnavailable } from '../../../src/storage/errors.js'
import { openStorage, placeOf } from '../../../src/storage/open.js'
import { failureOf, refusalOf, refuseOldServer } from '../../../src/storage/postgres/failures.js'
import { freePort } from '../../helpers/postgres-server.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { newClient, newEvent } from '../../helpers/storage.js'

const open = (url: string) => openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })

t.test('a server that is not there, a database that is not there: one sentence each, with what to check', async (t) => {
  const port = await freePort()
  await t.rejects(open(`postgres://postgres:secret@127.0.0.1:${String(port)}/x`), {
    name: 'StorageUnavailable',
    message: `PostgreSQL at 127.0.0.1:${String(port)} accepts no connections: check that it runs there, and the host and port in DATABASE_URL (ECONNREFUSED)`,
  })
  await t.rejects(open('postgres://postgres:secret@127.0.0.1:99999/x'), {
    name: 'StorageUnavailable',
    message: 'DATABASE_URL cannot be used: Invalid URL',
  })
  const url = new URL(await scratchDatabase(t))
  t.match(await placeOf(url.href), /^PostgreSQL at 127\.0\.0\.1:\d+, database ribbon_[0-9a-f]{32}$/)
  url.pathname = '/no_such_database'
  await t.rejects(open(url.href), {
    name: 'StorageUnavailable',
    message: /^PostgreSQL at \S+ has no database no_such_database: create it, .*\(3D000\)$/,
  })
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

t.test('why a server cannot be used is said in its place, without a password', async (t) => {
  const place = { host: 'db.example', port: 5432 }
  for (const [error, sentence] of [
    [{ code: 'ENOTFOUND' }, 'cannot be found: check the host name db.example in DATABASE_URL (ENOTFOUND)'],
    [{ code: '28P01' }, 'refuses the login: check the user and the password in DATABASE_URL (28P01)'],
    [{ code: '3D000' }, 'has no database : create it, or correct the name in DATABASE_URL (3D000)'],
    [{ code: 'EHOSTUNREACH' }, /^does not answer: check the host and port .* \(EHOSTUNREACH\)$/],
    [{ message: 'timeout expired' }, /^does not answer: .* \(timeout expired\)$/],
    [{ code: '57P03', message: 'starting up' }, 'cannot be used: starting up'],
    [
      { message: 'The server does not support SSL connections' },
      'cannot be used: The server does not support SSL connections',
    ],
  ] as const) {
    const { name, message } = refusalOf(error, place)
    t.equal(name, 'StorageUnavailable')
    t.match(message.replace('PostgreSQL at db.example:5432 ', ''), sentence)
  }
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
