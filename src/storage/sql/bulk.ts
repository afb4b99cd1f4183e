/**
 * Statements over many rows of one client. SQLite repeats a prepared statement of one row, which runs many times faster than
 * a statement of many rows. PostgreSQL takes a list of each column's values, so that the text is the same for any number of
 * rows, and a connection parses and plans it once. All of it is written when the module loads: writing costs more than running.
 */
import type { Tables } from './schema/tables.js'
import type { EngineName, List, Transaction, Value } from './transaction.js'

type Table = Exclude<keyof Tables, 'clients' | 'api_keys' | 'client_state'>

/** Columns that do not hold whole numbers; what is not here is a `bigint`. */
const TYPES: Readonly<Record<string, List['type']>> = {
  key: 'bytea',
  content_hash: 'bytea',
  facts: 'bytea',
  unnamed: 'bytea',
  slots: 'bytea',
  body: 'bytea',
  event: 'text',
  phone: 'text',
  phone_said: 'text',
  virtual_number: 'text',
  virtual_number_said: 'text',
  agent_number: 'text',
  end_reason: 'text',
  recording: 'text',
  notes: 'text',
  tags: 'text',
  disposition_code: 'text',
  agent: 'text',
  domain: 'text',
  data: 'text',
  context: 'text',
  call_key: 'text',
  customer_data: 'text',
  local_date: 'text',
  dimension: 'text',
  period: 'text',
  customer_id: 'text',
  agent_id: 'text',
  exotel_user: 'text',
  email: 'text',
  profile: 'text',
  mentions: 'text',
  word: 'text',
  words: 'text',
  endpoint: 'text',
  session: 'text',
  message_id: 'text',
  type: 'text',
  error: 'text',
  answer: 'text',
  subject: 'text',
}

function typeOf(column: string): List['type'] {
  return TYPES[column.slice(column.indexOf('.') + 1)] ?? 'bigint'
}

/** `$2::text[], $3::bigint[]`: one list a column, after the client. */
function lists(columns: readonly string[]): string {
  return columns.map((column, i) => `$${String(i + 2)}::${typeOf(column)}[]`).join(', ')
}

function listsOf(types: readonly List['type'][], rows: readonly (readonly Value[])[]): List[] {
  return types.map((type, column) => ({ type, values: rows.map((row) => row[column] as Value) }))
}

type Find<R> = (tx: Transaction, client: number, keys: readonly (readonly Value[])[]) => R[] | Promise<R[]>

/**
 * A look-up of rows by lists of keys.
 * @param select what to read, from which tables; every table named has a column `client`
 * @param by the columns that a key has a value for
 * @param also what else must be true of a row
 */
export function find<R>(select: string, from: string, by: readonly string[], also?: string): Find<R> {
  const tables = [...from.matchAll(/(?:^|join )(\w+)/g)].map(([, table]) => String(table))
  const own = (place: string) => tables.map((table) => `${table}.client = ${place}`).join(' and ')
  const rest = also === undefined ? '' : ` and ${also}`
  const single = `select ${select} from ${from} where ${own('?')} and ${by.map((column) => `${column} = ?`).join(' and ')}${rest}`
  // One look-up a key: `offset 0` keeps the planner, while it has no statistics of the table, from reading all rows of the
  // client instead and picking the wanted ones.
  const many = `select found.* from unnest(${lists(by)}) as wanted (${by.map((_, i) => `k${String(i)}`).join(', ')})
    cross join lateral (select ${select} from ${from} where ${own('$1')} and ${by
      .map((column, i) => `${column} = wanted.k${String(i)}`)
      .join(' and ')}${rest} offset 0) as found`
  const types = by.map(typeOf)
  return (tx, client, keys) => {
    if (keys.length === 0) return []
    if (tx.engine === 'postgres') return tx.all<R>(many, [client, ...listsOf(types, keys)])
    const found: R[] = []
    const clients = tables.map(() => client)
    for (const key of keys) for (const row of tx.all<R>(single, [...clients, ...key])) found.push(row)
    return found
  }
}

type Put = (tx: Transaction, client: number, rows: readonly (readonly Value[])[]) => void

/**
 * @param columns of a row of values
 * @param parametersOf the values of a row in the order of the statement for SQLite
 */
function put(
  texts: Readonly<Record<EngineName, string>>,
  columns: readonly string[],
  parametersOf: (client: number, row: readonly Value[]) => Value[] = (client, row) => [client, ...row],
): Put {
  const types = columns.map(typeOf)
  return (tx, client, rows) => {
    if (rows.length === 0) return
    if (tx.engine === 'postgres') tx.run(texts.postgres, [client, ...listsOf(types, rows)])
    else for (const row of rows) tx.run(texts.sqlite, parametersOf(client, row))
  }
}

/**
 * An insertion of rows. Their client comes from its state, so that on a cluster the statement goes where that is.
 * @param columns all but `client`
 * @param replacing the key of a stored row whose other columns take the new values; when absent there must be none
 * @param unlessNewer a column: a stored row with a higher value there stays as it is
 */
export function insert<T extends Table>(
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
  replacing?: readonly (keyof Tables[T] & string)[],
  unlessNewer?: keyof Tables[T] & string,
): Put {
  const set = columns.filter((column) => replacing?.includes(column) === false)
  const condition = unlessNewer === undefined ? '' : ` where ${table}.${unlessNewer} <= excluded.${unlessNewer}`
  const conflict =
    replacing === undefined
      ? ''
      : ` on conflict (client, ${replacing.join(', ')})
          do update set ${set.map((c) => `${c} = excluded.${c}`).join(', ')}${condition}`
  const names = columns.join(', ')
  return put(
    {
      sqlite: `insert into ${table} (client, ${names}) values (?${', ?'.repeat(columns.length)})${conflict}`,
      postgres: `insert into ${table} (client, ${names})
        select client_state.client, ${columns.map((column) => `added.${column}`).join(', ')}
        from client_state cross join unnest(${lists(columns)}) as added (${names})
        where client_state.client = $1${conflict}`,
    },
    columns,
  )
}

/** An update of the rows with some keys; a row of values is its key and then the columns to set. */
export function update<T extends Table>(
  table: T,
  key: readonly (keyof Tables[T] & string)[],
  set: readonly (keyof Tables[T] & string)[],
): Put {
  const columns = [...key, ...set]
  return put(
    {
      sqlite: `update ${table} set ${set.map((c) => `${c} = ?`).join(', ')}
        where client = ? and ${key.map((c) => `${c} = ?`).join(' and ')}`,
      postgres: `update ${table} set ${set.map((c) => `${c} = changed.${c}`).join(', ')}
        from unnest(${lists(columns)}) as changed (${columns.join(', ')})
        where ${table}.client = $1 and ${key.map((c) => `${table}.${c} = changed.${c}`).join(' and ')}`,
    },
    columns,
    (client, row) => [...row.slice(key.length), client, ...row.slice(0, key.length)],
  )
}

/** A deletion of the rows with some keys. */
export function remove<T extends Table>(table: T, key: readonly (keyof Tables[T] & string)[]): Put {
  return put(
    {
      sqlite: `delete from ${table} where client = ? and ${key.map((c) => `${c} = ?`).join(' and ')}`,
      postgres: `delete from ${table} using unnest(${lists(key)}) as gone (${key.join(', ')})
        where ${table}.client = $1 and ${key.map((c) => `${table}.${c} = gone.${c}`).join(' and ')}`,
    },
    key,
  )
}
