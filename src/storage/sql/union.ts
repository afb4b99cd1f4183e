/** Several selects in one statement, which costs one round trip. */
import type { SelectQueryBuilder } from 'kysely'

/** @returns the rows of all selects, in no order but that which `sort` gives them */
export async function readUnion<DB, T extends keyof DB, Row>(
  selects: readonly SelectQueryBuilder<DB, T, Row>[],
  sort = (all: SelectQueryBuilder<DB, T, Row>) => all,
): Promise<Row[]> {
  if (selects.length === 0) return []
  return sort(selects.reduce((all, next) => all.unionAll(next))).execute()
}
