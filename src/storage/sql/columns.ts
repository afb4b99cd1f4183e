import { COUNTERS } from '../../core/tally.js'
import { HOUR_COLUMNS, type Database } from './database.js'

/** The columns of any table that hold numbers. */
type NumberColumn = {
  [T in keyof Database]: {
    [C in keyof Database[T]]: Database[T][C] extends number | null ? C : never
  }[keyof Database[T]]
}[keyof Database]

const JSONS: ReadonlySet<string> = new Set([
  'features',
  'allowed_domains',
  'data',
  'context',
  'customer_data',
  'facts',
  'profile',
  'told',
])

const NUMBERS: ReadonlySet<string> = new Set<NumberColumn>([
  'monthly_limit',
  'retention_months',
  'created_at',
  'updated_at',
  'revoked_at',
  'last_sequence',
  'retained_from',
  'occurred_at',
  'received_at',
  'sequence',
  'call_sequence',
  'own_direction',
  'start_at',
  'answered_at',
  'end_at',
  'duration_seconds',
  'slot_at',
  'period_at',
  'events',
  ...COUNTERS,
  ...HOUR_COLUMNS,
])

/** What columns of a name hold, the same in every table: the type that PostgreSQL makes them of and reads values as. */
export function typeOf(column: string): 'text' | 'json' | 'bigint' {
  if (JSONS.has(column)) return 'json'
  return NUMBERS.has(column) ? 'bigint' : 'text'
}
