import { randomUUID } from 'node:crypto'
import pg from 'pg'
import t, { type Test } from 'tap'
import { startPostgres, type PostgresServer } from './postgres-server.js'

let own: Promise<PostgresServer> | undefined

/** The server that `TEST_DATABASE_URL` names, else one of this process's own. */
async function serverUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  if (given !== undefined) return given
  if (own === undefined) {
    own = startPostgres()
    t.teardown(async () => (await own)?.stop())
  }
  return (await own).url
}

async function query<R extends pg.QueryResultRow>(url: string, ...statements: readonly string[]): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: R[] = []
    for (const statement of statements) ({ rows } = await client.query<R>(statement))
    return rows
  } finally {
    await client.end()
  }
}

/** The same server with another host, port or database. */
function elsewhere(url: string, change: Partial<Pick<URL, 'hostname' | 'port' | 'pathname'>>): string {
  return Object.assign(new URL(url), change).href
}

interface Node {
  readonly nodename: string
  readonly nodeport: number
}

/** The workers of the Citus cluster that the server's own database coordinates; none where there is no cluster. */
async function workersOf(url: string): Promise<Node[]> {
  const [found] = await query<{ nodes: string | null }>(url, `select to_regclass('pg_dist_node') as nodes`)
  if (found?.nodes == null) return []
  return query<Node>(url, 'select nodename, nodeport from pg_dist_node where groupid <> 0')
}

/** URL of an empty database of the test's own, dropped when the test ends; on a cluster, sharded like its own. */
export async function scratchDatabase(t: Test): Promise<string> {
  const name = `ribbon_${randomUUID().replaceAll('-', '')}`
  const url = await serverUrl()
  const workers = await workersOf(url)
  const nodes = [
    url,
    ...workers.map((node) => elsewhere(url, { hostname: node.nodename, port: String(node.nodeport) })),
  ]
  for (const node of nodes) await query(node, `create database ${name}`)
  t.teardown(async () => {
    for (const node of nodes) await query(node, `drop database if exists ${name} with (force)`)
  })
  const scratch = elsewhere(url, { pathname: `/${name}` })
  if (workers.length > 0) {
    for (const node of nodes) await query(elsewhere(node, { pathname: `/${name}` }), 'create extension citus')
    const { hostname, port } = new URL(url)
    await query(
      scratch,
      `select citus_set_coordinator_host('${hostname}', ${port === '' ? '5432' : port})`,
      ...workers.map(({ nodename, nodeport }) => `select citus_add_node('${nodename}', ${String(nodeport)})`),
    )
  }
  return scratch
}
