/** The migrations, in order, and how a database is brought up to date. A landed one is never edited: a change is a new one. */
import { MigrationFailed } from '../../errors.js'
import { raw, rowsOf, run, sql, type Transaction } from '../transaction.js'
import { initial } from './001-initial.js'
import { keyKinds } from './002-key-kinds.js'
import { agentSessions } from './003-agent-sessions.js'
import { administration } from './004-administration.js'
import { providerReports } from './005-provider-reports.js'
import { callbacks } from './006-callbacks.js'
import { agents } from './007-agents.js'
import { finding } from './008-finding.js'
import { exotelApi } from './009-exotel-api.js'
import { annotations } from './010-annotations.js'
import { reconciliations } from './011-reconciliations.js'
import { businessHours } from './013-business-hours.js'
import { missedCalls } from './014-missed-calls.js'
import { questions } from './015-questions.js'
import { webhooks } from './016-webhooks.js'
import { privacy } from './017-privacy.js'
import { retention } from './018-retention.js'

type Migration = (engine: Transaction['engine']) => readonly string[]

/** The statements of each migration, by its name: the order is that of the names. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-initial': initial,
  '002-key-kinds': keyKinds,
  '003-agent-sessions': agentSessions,
  '004-administration': administration,
  '005-provider-reports': providerReports,
  '006-callbacks': callbacks,
  '007-agents': agents,
  '008-finding': finding,
  '009-exotel-api': exotelApi,
  '010-annotations': annotations,
  '011-reconciliations': reconciliations,
  '013-business-hours': businessHours,
  '014-missed-calls': missedCalls,
  '015-questions': questions,
  '016-webhooks': webhooks,
  '017-privacy': privacy,
  '018-retention': retention,
}

const NAMES = Object.keys(MIGRATIONS).sort()

/** What a database is asked whether it is up to date: a read, which any number of processes may do, on a full disk too. */
export async function isUpToDate(tx: Transaction): Promise<boolean> {
  return (await pending(tx)).length === 0
}

/**
 * Brings the schema up to date. Call it inside a transaction that no other process can be in at the same time: then it
 * is done once, and all of it or nothing.
 */
export async function migrate(tx: Transaction): Promise<void> {
  const names = await pending(tx)
  if (!(await isThere(tx))) run(tx, sql`create table ribbon_schema (name text not null primary key)`)
  for (const name of names) {
    try {
      for (const statement of (MIGRATIONS[name] as Migration)(tx.engine)) run(tx, raw(statement))
      // A pipelined statement's error surfaces at one that is awaited.
      await rowsOf(tx, sql`insert into ribbon_schema (name) values (${name}) returning name`)
    } catch (error) {
      throw new MigrationFailed(name, error)
    }
  }
}

/** Migrations that a database has and this version does not know: a newer one made them. */
export async function unknownMigrations(tx: Transaction): Promise<readonly string[]> {
  const done = await rowsOf(tx, sql<{ name: string }>`select name from ribbon_schema order by name`)
  return done.map(({ name }) => name).filter((name) => MIGRATIONS[name] === undefined)
}

async function pending(tx: Transaction): Promise<readonly string[]> {
  if (!(await isThere(tx))) return NAMES
  const done = new Set(
    (await rowsOf(tx, sql<{ name: string }>`select name from ribbon_schema`)).map(({ name }) => name),
  )
  return NAMES.filter((name) => !done.has(name))
}

/** Whether the table is there that says which migrations were made. */
async function isThere(tx: Transaction): Promise<boolean> {
  const found =
    tx.engine === 'sqlite'
      ? sql`select 1 from sqlite_schema where type = 'table' and name = 'ribbon_schema'`
      : sql`select 1 from pg_class where oid = to_regclass('ribbon_schema')`
  return (await rowsOf(tx, found)).length > 0
}
