/** What calls are counted and ranked by. Each value of a dimension has a number, which pages are keyed by. */
import { find, insert } from './bulk.js'
import type { Transaction, Value } from './transaction.js'

interface NamedRow {
  readonly id: string
  readonly number: number
}

export interface Dimension {
  /** The name under which pages are kept: it never changes. */
  readonly name: 'customer' | 'agent'
  /** The table of the values, which a client has any number of, and the column that has their ids. */
  readonly table: 'customers' | 'agents'
  readonly id: 'customer_id' | 'agent_id'
  /** The member of `ClientNow` that has the highest number, and the column of a client's state. */
  readonly last: 'lastCustomer' | 'lastAgent'
  readonly lastColumn: 'last_customer' | 'last_agent'
  /** The column of calls that names the value: by its number, or else by its id. */
  readonly column: 'customer' | 'agent'
  readonly isNumber: boolean
  /** Whether a ranking says how many of the calls were answered. */
  readonly countsAnswered: boolean
  /** The values that have these ids, or these numbers. */
  readonly byId: (tx: Transaction, client: number, keys: readonly [string][]) => NamedRow[] | Promise<NamedRow[]>
  readonly byNumber: (tx: Transaction, client: number, keys: readonly [number][]) => NamedRow[] | Promise<NamedRow[]>
  /** Makes records of values that nobody saved: number, id, when it was made and when it changed last. */
  readonly insert: (tx: Transaction, client: number, rows: readonly (readonly Value[])[]) => void
}

export const CUSTOMERS: Dimension = {
  name: 'customer',
  table: 'customers',
  id: 'customer_id',
  last: 'lastCustomer',
  lastColumn: 'last_customer',
  column: 'customer',
  isNumber: true,
  countsAnswered: false,
  byId: find<NamedRow>('customer_id as id, number', 'customers', ['customer_id']),
  byNumber: find<NamedRow>('customer_id as id, number', 'customers', ['number']),
  insert: insert('customers', ['number', 'customer_id', 'created_at', 'updated_at']),
}

export const AGENTS: Dimension = {
  name: 'agent',
  table: 'agents',
  id: 'agent_id',
  last: 'lastAgent',
  lastColumn: 'last_agent',
  column: 'agent',
  isNumber: false,
  countsAnswered: true,
  byId: find<NamedRow>('agent_id as id, number', 'agents', ['agent_id']),
  byNumber: find<NamedRow>('agent_id as id, number', 'agents', ['number']),
  insert: insert('agents', ['number', 'agent_id', 'created_at', 'updated_at']),
}

export const DIMENSIONS = [CUSTOMERS, AGENTS] as const

/** The number of a value; null where nobody named it yet. */
export async function numberOf(
  tx: Transaction,
  client: number,
  dimension: Dimension,
  id: string,
): Promise<number | null> {
  const [found] = await dimension.byId(tx, client, [[id]])
  return found?.number ?? null
}
