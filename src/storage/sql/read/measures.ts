import { WEBHOOK_STATUSES } from '../../../core/vocabulary/webhooks.js'
import type { StoreMeasures } from '../../figures.js'
import type { Session } from '../session.js'
import { rowOf, rowsOf, sql, type Transaction } from '../transaction.js'

const ACTIVE = WEBHOOK_STATUSES.indexOf('active')

/** What a database says of its own size, and a server of its clock. */
interface Sizes {
  readonly bytes: number
  readonly free: number | null
  readonly set_aside: number
  /** Epoch milliseconds; null for a file. */
  readonly clock: number | null
  /** Milliseconds; null for a file. */
  readonly standby_wait: number | null
}

const OF_A_FILE = sql<Sizes>`select page_count * page_size as bytes, freelist_count * page_size as free,
    (select count(*) from set_aside) as set_aside, null as clock, null as standby_wait
  from pragma_page_count(), pragma_page_size(), pragma_freelist_count()`
/** Of others' connections only a superuser sees what they wait for; a role sees its own, which are those of all server processes. */
const OF_A_SERVER = sql<Sizes>`select pg_database_size(current_database()) as bytes, cast(null as bigint) as free,
    cast(0 as bigint) as set_aside, cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as clock,
    (select cast(coalesce(extract(epoch from max(clock_timestamp() - query_start)), 0) * 1000 as bigint)
      from pg_stat_activity where wait_event = 'SyncRep') as standby_wait`

/** What is measured in the database itself, of all clients together. */
export async function measures({ tx }: Session): Promise<
  Pick<StoreMeasures, 'databaseBytes' | 'freeBytes' | 'setAside' | 'standbyWaitMs' | 'webhooks'> & {
    readonly clock: number | null
  }
> {
  const [sizes] = (await rowsOf(tx, tx.engine === 'sqlite' ? OF_A_FILE : OF_A_SERVER)) as [Sizes]
  const { bytes: databaseBytes, free: freeBytes, set_aside: setAside, clock, standby_wait: standbyWaitMs } = sizes
  return { databaseBytes, freeBytes, setAside, clock, standbyWaitMs, webhooks: await webhookFigures(tx) }
}

async function webhookFigures(tx: Transaction): Promise<StoreMeasures['webhooks']> {
  const endpoints = (await rowOf(
    tx,
    sql<{ active: number; paused: number; failed: number }>`select
        cast(coalesce(sum(case when status = ${ACTIVE} then 1 else 0 end), 0) as bigint) as active,
        cast(coalesce(sum(case when status <> ${ACTIVE} and paused_reason is null then 1 else 0 end), 0) as bigint) as paused,
        cast(coalesce(sum(case when status <> ${ACTIVE} and paused_reason is not null then 1 else 0 end), 0) as bigint) as failed
      from webhook_endpoints`,
  )) as { active: number; paused: number; failed: number }
  const messages = (await rowOf(
    tx,
    sql<{ pending: number; parked: number; oldest: number | null }>`select
        cast(coalesce(sum(1 - parked), 0) as bigint) as pending, cast(coalesce(sum(parked), 0) as bigint) as parked,
        min(case when parked = 0 then first_at end) as oldest
      from webhook_pending`,
  )) as { pending: number; parked: number; oldest: number | null }
  const { pending, parked, oldest: oldestAt } = messages
  return { ...endpoints, pending, parked, oldestAt }
}
