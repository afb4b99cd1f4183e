import pg from 'pg'
import t, { type Test } from 'tap'
import { openStorage } from '../../../src/storage/open.js'
import { scratchDatabase } from '../../helpers/postgres.js'

/**
 * The part of Citus that migrations use, for a server without it: its catalogue, and functions that, as the real ones,
 * refuse to place a table twice or to co-locate with one that is not distributed.
 */
const STAND_IN = `
  create table pg_dist_partition (logicalrelid regclass primary key, partmethod text not null, partkey text);
  create function create_reference_table(name text) returns void language sql as $$
    insert into pg_dist_partition values (name::regclass, 'n', null)
  $$;
  create function create_distributed_table(name regclass, key text, colocate_with text) returns void language plpgsql as $$
  begin
    if colocate_with <> 'none' and not exists (
      select from pg_dist_partition where logicalrelid = colocate_with::regclass and partmethod = 'h'
    ) then raise exception '% is not distributed', colocate_with; end if;
    insert into pg_dist_partition values (name, 'h', key);
  end $$;
  create function truncate_local_data_after_distributing_table(name regclass) returns void language sql as $$
    select
  $$`

/** Where tables are that are not distributed by client. */
const PLACED: Readonly<Record<string, string>> = { clients: 'n', api_keys: 'n', audit_log: 'not' }

async function connect(t: Test, url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  return client
}

const open = (url: string) => openStorage({ url, maxCallAgeMs: 4 * 3_600_000 })

t.test(
  'where Citus is present, stores that start together place every table once, and so does a restart',
  async (t) => {
    const url = await scratchDatabase(t)
    const client = await connect(t, url)
    await client.query(STAND_IN)
    for (let start = 0; start < 2; start++) {
      const storages = await Promise.all([1, 2, 3].map(() => open(url)))
      for (const storage of storages) await storage.close()
    }
    const { rows } = await client.query<{ table: string; placed: string }>(`
    select relname as table, coalesce(partmethod || coalesce(partkey, ''), 'not') as placed
      from pg_class left join pg_dist_partition on logicalrelid = pg_class.oid
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^(ribbon_schema|pg_dist)'
     order by relname`)
    t.ok(rows.length > 0)
    for (const { table, placed } of rows) {
      t.equal(placed, PLACED[table] ?? 'hclient', table)
    }
  },
)

t.test('a database that becomes one of a cluster later is sharded at the next start', async (t) => {
  const url = await scratchDatabase(t)
  await (await open(url)).close()
  const client = await connect(t, url)
  await client.query(STAND_IN)
  await (await open(url)).close()
  const { rows } = await client.query("select from pg_dist_partition where partmethod = 'h'")
  t.ok(rows.length > 0)
})

t.test('a table that Citus refuses leaves the others as they were, and the store closed', async (t) => {
  const url = await scratchDatabase(t)
  const client = await connect(t, url)
  await client.query(STAND_IN)
  await client.query('drop function truncate_local_data_after_distributing_table')
  await t.rejects(open(url), /truncate_local_data_after_distributing_table/)
  const { rows } = await client.query('select from pg_dist_partition')
  t.equal(rows.length, 0)
})
