/** Several selects in one statement, which costs one round trip. */
import type { SelectQueryBuilder } from 'kysely'
import type { Database } from './database.js'

/** The rows of all selects, in no order. */
export async function readUnion<T extends keyof Database, Row>(
  selects: readonly SelectQueryBuilder<Database, T, Row>[],
): Promise<Row[]> {
  if (selects.length === 0) return []
  return selects.reduce((all, next) => all.unionAll(next)).execute()
}
