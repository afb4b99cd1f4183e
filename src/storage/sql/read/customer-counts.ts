/** What each customer had in one stretch of time, as columns: numbers of customers ascend. */
import { decodePage, pageOf, type Page } from '../../../core/page.js'
import type { TimeRange } from '../../../core/range.js'
import { contribution, type CountedCall } from '../../../core/tally.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { COUNTED_COLUMNS, countedOf, IS_COUNTED, type CountedRow } from '../write/calls.js'

/** What a page counts of each customer. Lists grow at their end: pages that are kept have these columns. */
export const COLUMNS = ['calls', 'inbound', 'outbound', 'answered', 'missed', 'ended', 'seconds'] as const
const CALLS = COLUMNS.indexOf('calls')
const SECONDS = COLUMNS.indexOf('seconds')

/** Customers that are added up at a time: room for them stays in the processor's cache, however many there are. */
const BLOCK = 1024

/** What a ranking needs of a page. Counters are below 0 where they take away what other counts hold. */
export interface CustomerCounts {
  readonly customers: Uint32Array
  readonly calls: Int32Array
  readonly seconds: Float64Array
}

export const NO_COUNTS: CustomerCounts = countsOf([])

export function bytesOfCounts({ customers, calls, seconds }: CustomerCounts): number {
  return customers.byteLength + calls.byteLength + seconds.byteLength
}

/** @param body of a page of customers */
export function countsOfPage(body: Uint8Array): CustomerCounts {
  const { keys, columns } = decodePage(body, [CALLS, SECONDS])
  const [calls, seconds] = columns as [Float64Array, Float64Array]
  return { customers: new Uint32Array(keys), calls: new Int32Array(calls), seconds }
}

/** The counts that take others away when they are added. */
export function negatedCounts({ customers, calls, seconds }: CustomerCounts): CustomerCounts {
  return { customers, calls: calls.map((count) => -count), seconds: seconds.map((count) => -count) }
}

/** The counts of a stretch, without what else a page holds. */
export async function countsBetween({ tx }: Session, client: number, { from, to }: TimeRange): Promise<CustomerCounts> {
  const rows = await rowsOf(
    tx,
    sql<CountsRow>`
      select customer, count(*) as calls, coalesce(sum(duration), 0) as seconds from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and customer is not null and ${IS_COUNTED}
      group by customer order by customer`,
  )
  return countsOf(rows)
}

interface CountsRow {
  readonly customer: number
  readonly calls: number
  readonly seconds: number
}

function countsOf(rows: readonly CountsRow[]): CustomerCounts {
  return {
    customers: Uint32Array.from(rows, ({ customer }) => customer),
    calls: Int32Array.from(rows, ({ calls }) => calls),
    seconds: Float64Array.from(rows, ({ seconds }) => seconds),
  }
}

/** A call that has begun, with a customer. */
type CustomerCall = CountedRow & { readonly customer: number }

/** The page of a stretch, from its calls. */
export async function pageBetween({ tx }: Session, client: number, { from, to }: TimeRange): Promise<Page> {
  const calls = await rowsOf(
    tx,
    sql<CustomerCall>`select customer, ${COUNTED_COLUMNS} from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and customer is not null and ${IS_COUNTED}`,
  )
  const counts = new Map<number, number[]>()
  for (const row of calls) {
    const tally = contribution(countedOf(row) as CountedCall)
    const before = counts.get(row.customer)
    if (before === undefined) {
      counts.set(
        row.customer,
        COLUMNS.map((column) => tally[column]),
      )
    } else for (const [i, column] of COLUMNS.entries()) before[i] = (before[i] as number) + tally[column]
  }
  return pageOf(
    [...counts].sort(([a], [b]) => a - b),
    COLUMNS.length,
  )
}

/**
 * Adds up parts, a block of customers at a time.
 * @param lastCustomer the highest number of a customer
 * @param take gets the sums of the customers from `base` on; both arrays are used again for the next block
 */
export function addUp(
  parts: readonly CustomerCounts[],
  lastCustomer: number,
  take: (base: number, size: number, calls: Float64Array, seconds: Float64Array) => void,
): void {
  const calls = new Float64Array(BLOCK)
  const seconds = new Float64Array(BLOCK)
  const places = new Uint32Array(parts.length)
  for (let base = 0; base <= lastCustomer; base += BLOCK) {
    const end = base + BLOCK
    for (const [p, part] of parts.entries()) {
      const { customers } = part
      let i = places[p] as number
      for (; i < customers.length; i++) {
        const customer = customers[i] as number
        if (customer >= end) break
        const at = customer - base
        calls[at] = (calls[at] as number) + (part.calls[i] as number)
        seconds[at] = (seconds[at] as number) + (part.seconds[i] as number)
      }
      places[p] = i
    }
    const size = Math.min(BLOCK, lastCustomer + 1 - base)
    take(base, size, calls, seconds)
    calls.fill(0)
    seconds.fill(0)
  }
}

export function sumOfCounts(parts: readonly CustomerCounts[], lastCustomer: number): CustomerCounts {
  const most = lastCustomer + 1
  const sum = { customers: new Uint32Array(most), calls: new Int32Array(most), seconds: new Float64Array(most) }
  let count = 0
  addUp(parts, lastCustomer, (base, size, calls, seconds) => {
    for (let at = 0; at < size; at++) {
      if (calls[at] === 0) continue
      sum.customers[count] = base + at
      sum.calls[count] = calls[at] as number
      sum.seconds[count] = seconds[at] as number
      count += 1
    }
  })
  return {
    customers: sum.customers.slice(0, count),
    calls: sum.calls.slice(0, count),
    seconds: sum.seconds.slice(0, count),
  }
}
