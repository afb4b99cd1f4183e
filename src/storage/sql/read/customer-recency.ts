/**
 * Customers by when somebody called last. Nothing is kept for it: calls are walked through, newest first, and a customer stands
 * at its newest call. So recording a call costs nothing more.
 */
import { OPEN_RANGE } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import { keptOf, type ClientNow } from './client.js'
import type { Listed, Part } from './customer-search.js'

/** Calls, or customers, that are looked at together: few at first, as mostly they are enough. */
const MOST_AT_ONCE = 500
const chunkOf = (looked: number, wanted: number) => Math.min(looked === 0 ? 2 * wanted : MOST_AT_ONCE, MOST_AT_ONCE)

type Section = (after: string | null, wanted: number) => Promise<Part>

interface Looked {
  readonly number: number
  readonly hit: number
}

/** Customers of calls that are kept. Places are those of their newest calls. */
export function latestCalls({ tx }: Session, now: ClientNow): Section {
  const { from, to } = keptOf(OPEN_RANGE, now.retainedFrom)
  return async (after, wanted) => {
    const [startAt = to, number = 0] = after?.split('.').map(Number) ?? []
    let place = { start_at: startAt, number }
    const listed: Listed[] = []
    for (let looked = 0, chunk = 0; looked < LIMITS.lookedAtCalls; looked += chunk) {
      chunk = chunkOf(looked, wanted)
      const rows = await rowsOf(
        tx,
        sql<Looked & { start_at: number; customer: number }>`select start_at, number, customer, case when exists (
            select 1 from calls as later where later.client = ${now.client} and later.customer = calls.customer
              and (later.start_at, later.number) > (calls.start_at, calls.number) and later.${IS_COUNTED}
          ) then 0 else 1 end as hit
          from calls where client = ${now.client} and start_at is not null and ${IS_COUNTED}
            and (start_at, number) < (${place.start_at}, ${place.number})
          order by start_at desc, number desc limit ${chunk}`,
      )
      for (const row of rows) {
        if (row.start_at < from) return { listed, next: null }
        place = row
        if (row.hit === 0 || (row.customer as number | null) === null) continue
        listed.push({ number: row.customer, place: placeOf(row) })
        if (listed.length === wanted) return { listed, next: null }
      }
      if (rows.length < chunk) return { listed, next: null }
    }
    return { listed, next: placeOf(place) }
  }
}

function placeOf({ start_at, number }: { readonly start_at: number; readonly number: number }): string {
  return `${String(start_at)}.${String(number)}`
}

/** Customers of no call that is kept, the latest made first. Places are their numbers. */
export function unknownCallers({ tx }: Session, now: ClientNow): Section {
  const { from } = keptOf(OPEN_RANGE, now.retainedFrom)
  return async (after, wanted) => {
    let place = after === null ? Number.MAX_SAFE_INTEGER : Number(after)
    const listed: Listed[] = []
    for (let looked = 0, chunk = 0; looked < LIMITS.lookedAtCalls; looked += chunk) {
      chunk = chunkOf(looked, wanted)
      const rows = await rowsOf(
        tx,
        sql<Looked>`select number, case when exists (
            select 1 from calls where calls.client = ${now.client} and calls.customer = customers.number and start_at >= ${from} and ${IS_COUNTED}
          ) then 0 else 1 end as hit
          from customers where client = ${now.client} and number < ${place} order by number desc limit ${chunk}`,
      )
      for (const { number, hit } of rows) {
        place = number
        if (hit === 0) continue
        listed.push({ number, place: String(number) })
        if (listed.length === wanted) return { listed, next: null }
      }
      if (rows.length < chunk) return { listed, next: null }
    }
    return { listed, next: String(place) }
  }
}
