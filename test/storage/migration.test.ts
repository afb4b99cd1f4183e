/** A database that cannot be brought up to date is left as it was, and the sentence says which step failed, and what to do. */
import SQLite from 'better-sqlite3'
import pg from 'pg'
import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { ENGINES, type EngineName, scratchUrl } from '../helpers/storage.js'

async function run(engine: EngineName, url: string, statement: string): Promise<void> {
  if (engine === 'sqlite') {
    const database = new SQLite(url.slice('file:'.length))
    database.exec(statement)
    database.close()
    return
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

for (const engine of ENGINES) {
  t.test(`${engine}: a step that fails is named, and nothing is changed`, async (t) => {
    const url = await scratchUrl(t, engine)
    await run(engine, url, 'create table webhook_pending (own text)')
    const opened = () => openStorage({ url, maxCallAgeMs: 1 })
    for (const time of ['once', 'and again, the same']) {
      await t.rejects(
        opened(),
        {
          message:
            /^The database cannot be brought up to date: step 016-webhooks fails \(.*webhook_pending.* already exists\)\. Nothing was changed: start the version from before/,
        },
        time,
      )
    }
    await t.rejects(run(engine, url, 'select 1 from ribbon_schema'), /ribbon_schema/)
    await run(engine, url, 'drop table webhook_pending')
    await (await opened()).close()
  })
}
