import t from 'tap'
import { connectPostgres } from '../../../src/storage/postgres/open.js'
import type { Db } from '../../../src/storage/sql/database.js'
import { scratchDatabase } from '../../helpers/postgres.js'
import { captureStatements } from '../../helpers/statements.js'

const UNIQUE_VIOLATION = { code: '23505' }

const engine = await connectPostgres(await scratchDatabase(t))
t.teardown(() => engine.close())

const addLedger = (db: Db, clientId: string) =>
  db
    .insertInto('ledgers')
    .values({ client_id: clientId, last_sequence: 0, timezone: 'UTC', retained_from: null })
    .execute()
const ledgers = (db: Db) => db.selectFrom('ledgers').select('client_id').orderBy('client_id').execute()

await addLedger(engine.db, 'taken')

t.test('an insert outside of a transaction fails itself', async (t) => {
  await t.rejects(addLedger(engine.db, 'taken'), UNIQUE_VIOLATION)
})

t.test('an insert that is not waited for fails the commit, and nothing is kept', async (t) => {
  const transaction = engine.db.transaction().execute(async (db) => {
    await addLedger(db, 'new')
    await addLedger(db, 'taken')
    await addLedger(db, 'newer')
  })
  await t.rejects(transaction, UNIQUE_VIOLATION)
  t.strictSame(await ledgers(engine.db), [{ client_id: 'taken' }])
})

t.test('it fails the next read with its own error, not with that of an aborted transaction', async (t) => {
  const transaction = engine.db.transaction().execute(async (db) => {
    await addLedger(db, 'taken')
    await t.rejects(ledgers(db), UNIQUE_VIOLATION)
    throw new Error('so the caller gives up')
  })
  await t.rejects(transaction, { message: 'so the caller gives up' })
})

t.test('a transaction that is given up leaves nothing behind for the next one', async (t) => {
  const transaction = engine.db.transaction().execute(async (db) => {
    await addLedger(db, 'taken')
    throw new Error('given up')
  })
  await t.rejects(transaction, { message: 'given up' })
  await engine.db.transaction().execute((db) => addLedger(db, 'kept'))
  t.strictSame(await ledgers(engine.db), [{ client_id: 'kept' }, { client_id: 'taken' }])
})

t.test('a read sees what its transaction wrote before', async (t) => {
  const seen = await engine.db.transaction().execute(async (db) => {
    await addLedger(db, 'own')
    return ledgers(db)
  })
  t.ok(seen.some(({ client_id }) => client_id === 'own'))
})

t.test('statements are prepared, but for those with lists and those of all columns', async (t) => {
  const prepared = await namesOf(async () => {
    await ledgers(engine.db)
    await ledgers(engine.db)
    await engine.db.selectFrom('ledgers').selectAll().execute()
    await engine.db.selectFrom('ledgers').select('timezone').where('client_id', 'in', ['a', 'b']).execute()
  })
  t.equal(typeof prepared[0], 'string')
  t.strictSame(prepared, [prepared[0], prepared[0], undefined, undefined])

  async function namesOf(run: () => Promise<void>): Promise<unknown[]> {
    const statements = captureStatements(t)
    await run()
    return statements()
      .filter(({ text }) => text.startsWith('select'))
      .map(({ name }) => name)
  }
})
