import t from 'tap'
import { PostgresDatabase } from '../../../src/storage/postgres/open.js'
import type { PooledTransaction } from '../../../src/storage/postgres/connection.js'
import { rowsOf, run, sql } from '../../../src/storage/sql/transaction.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { captureStatements } from '../../helpers/statements.js'

const UNIQUE_VIOLATION = { code: '23505' }

const database = await PostgresDatabase.connect(await scratchDatabase(t), 1)
t.teardown(() => database.close())

function addState(tx: PooledTransaction, client: number): void {
  run(
    tx,
    sql`insert into client_state (client, version, last_sequence, last_customer, calls, seconds, has_nameless)
      values (${client}, 0, 0, 0, 0, 0, 0)`,
  )
}

const inTransaction = <T>(work: (tx: PooledTransaction) => Promise<T>) => database.transaction('write', work)
const statesIn = async (tx: PooledTransaction) =>
  (await rowsOf(tx, sql<{ client: number }>`select client from client_state order by client`)).map((row) => row.client)
const states = () => inTransaction(statesIn)

await inTransaction(async (tx) => {
  addState(tx, 1)
})

t.test('an insert that is not waited for fails the commit, and nothing is kept', async (t) => {
  const transaction = inTransaction(async (tx) => {
    addState(tx, 2)
    addState(tx, 1)
    addState(tx, 3)
  })
  await t.rejects(transaction, UNIQUE_VIOLATION)
  t.strictSame(await states(), [1])
})

t.test('it fails the next read with its own error, not with that of an aborted transaction', async (t) => {
  const transaction = inTransaction(async (tx) => {
    addState(tx, 1)
    await t.rejects(statesIn(tx), UNIQUE_VIOLATION)
    throw new Error('so the caller gives up')
  })
  await t.rejects(transaction, { message: 'so the caller gives up' })
})

t.test(
  'of statements that are sent together, whichever is waited for tells why the first of them failed',
  async (t) => {
    const transaction = inTransaction((tx) => {
      const first = (async () => {
        addState(tx, 1)
        return statesIn(tx)
      })()
      // Hears of the failure sooner than who waits for the first.
      return Promise.all([first.then((rows) => rows), statesIn(tx)])
    })
    await t.rejects(transaction, UNIQUE_VIOLATION)
  },
)

t.test('a transaction that is given up leaves nothing behind for the next one', async (t) => {
  const transaction = inTransaction(async (tx) => {
    addState(tx, 1)
    throw new Error('given up')
  })
  await t.rejects(transaction, { message: 'given up' })
  await inTransaction(async (tx) => {
    addState(tx, 4)
  })
  t.strictSame(await states(), [1, 4])
})

t.test('a read sees what its transaction wrote before', async (t) => {
  const seen = await inTransaction(async (tx) => {
    addState(tx, 5)
    return statesIn(tx)
  })
  t.ok(seen.includes(5))
})

t.test('statements that come again are prepared', async (t) => {
  const statements = captureStatements(t)
  for (let n = 0; n < 5; n++) await states()
  const names = statements()
    .filter(({ text }) => text.startsWith('select client from client_state'))
    .map(({ name }) => name)
  t.equal(names.length, 5)
  t.equal(typeof names.at(-1), 'string')
  t.equal(names.at(-1), names.at(-2))
})

t.test(
  'a connection that is lost at the commit leaves the outcome open, one that is lost before does not',
  async (t) => {
    const lose = (tx: PooledTransaction) => rowsOf(tx, sql`select pg_terminate_backend(pg_backend_pid())`)
    await t.rejects(inTransaction(lose), { name: 'StorageUnavailable', outcomeOpen: false })
    const atCommit = inTransaction(async (tx) => {
      // Sent together with the commit, and answered before it.
      run(tx, sql`select pg_terminate_backend(pg_backend_pid())`)
    })
    await t.rejects(atCommit, { name: 'StorageUnavailable', outcomeOpen: true })
    t.ok((await states()).length > 0, 'and the next one is served')
  },
)
