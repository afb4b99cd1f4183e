/** What each value of a dimension had in one stretch of time, as columns: numbers of values ascend. */
import { decodePage, pageOf, type Page } from '../../../core/page.js'
import type { TimeRange } from '../../../core/range.js'
import { contribution, type CountedCall } from '../../../core/tally.js'
import { ANSWERED } from '../codes.js'
import type { Dimension } from '../dimensions.js'
import type { Session } from '../session.js'
import { raw, rowsOf, sql } from '../transaction.js'
import { COUNTED_COLUMNS, countedOf, IS_COUNTED, type CountedRow } from '../write/calls.js'
import { narrowed, type Narrowing } from './calls.js'

/** What a page counts of each value. Lists grow at their end: pages that are kept have these columns. */
export const COLUMNS = ['calls', 'inbound', 'outbound', 'answered', 'missed', 'ended', 'seconds'] as const
const CALLS = COLUMNS.indexOf('calls')
const SECONDS = COLUMNS.indexOf('seconds')
const ANSWERED_CALLS = COLUMNS.indexOf('answered')

/** Values that are added up at a time: room for them stays in the processor's cache, however many there are. */
const BLOCK = 1024

/** What a ranking needs of a page. Counters are below 0 where they take away what other counts hold. */
export interface Counts {
  readonly numbers: Uint32Array
  readonly calls: Int32Array
  readonly seconds: Float64Array
  /** Of dimensions that count them; else empty. */
  readonly answered: Int32Array
}

const NONE = new Int32Array(0)

export const NO_COUNTS: Counts = {
  numbers: new Uint32Array(0),
  calls: NONE,
  seconds: new Float64Array(0),
  answered: NONE,
}

export function bytesOfCounts({ numbers, calls, seconds, answered }: Counts): number {
  return numbers.byteLength + calls.byteLength + seconds.byteLength + answered.byteLength
}

/** @param body of a page of the dimension */
export function countsOfPage(body: Uint8Array, { countsAnswered }: Dimension): Counts {
  // Columns come in the order in which pages have them.
  const { keys, columns } = decodePage(body, countsAnswered ? [CALLS, ANSWERED_CALLS, SECONDS] : [CALLS, SECONDS])
  const calls = new Int32Array(columns[0] as Float64Array)
  const answered = countsAnswered ? new Int32Array(columns[1] as Float64Array) : NONE
  return { numbers: new Uint32Array(keys), calls, seconds: columns.at(-1) as Float64Array, answered }
}

/** The counts that take others away when they are added. */
export function negatedCounts({ numbers, calls, seconds, answered }: Counts): Counts {
  return {
    numbers,
    calls: calls.map((count) => -count),
    seconds: seconds.map((count) => -count),
    answered: answered.map((count) => -count),
  }
}

/**
 * The counts of a stretch, without what else a page holds.
 * @param only of these calls alone
 */
export async function countsBetween(
  { tx }: Session,
  client: number,
  dimension: Dimension,
  { from, to }: TimeRange,
  only?: Narrowing,
): Promise<Counts> {
  const key = raw(dimension.column)
  const answered = dimension.countsAnswered
    ? sql`, sum(case when duration is not null and answered & ${raw(String(ANSWERED))} <> 0 then 1 else 0 end) as answered`
    : sql``
  const rows = await rowsOf(
    tx,
    sql<CountsRow>`
      select ${key} as key, count(*) as calls, coalesce(sum(duration), 0) as seconds ${answered} from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and ${key} is not null and ${IS_COUNTED}
        ${only === undefined ? sql`` : narrowed(only)}
      group by ${key} order by ${key}`,
  )
  const numbered = await withNumbers(tx, client, dimension, rows)
  return {
    numbers: Uint32Array.from(numbered, ([number]) => number),
    calls: Int32Array.from(numbered, ([, { calls }]) => calls),
    seconds: Float64Array.from(numbered, ([, { seconds }]) => seconds),
    answered: dimension.countsAnswered ? Int32Array.from(numbered, ([, { answered }]) => answered) : NONE,
  }
}

/** What calls name a value of the dimension by. */
type Key = string | number

interface CountsRow {
  readonly key: Key
  readonly calls: number
  readonly seconds: number
  readonly answered: number
}

/** Rows of a value each, with its number, by that. */
async function withNumbers<Row extends { readonly key: Key }>(
  tx: Session['tx'],
  client: number,
  dimension: Dimension,
  rows: readonly Row[],
): Promise<(readonly [number: number, row: Row])[]> {
  if (dimension.isNumber) return rows.map((row) => [row.key as number, row])
  const found = await dimension.byId(
    tx,
    client,
    rows.map(({ key }) => [key as string]),
  )
  const numbers = new Map(found.map(({ id, number }) => [id, number]))
  return rows.map((row) => [numbers.get(row.key as string) as number, row] as const).sort(([a], [b]) => a - b)
}

/** A call that has begun, with a value of the dimension. */
type KeyedCall = CountedRow & { readonly key: Key }

/** The page of a stretch, from its calls. */
export async function pageBetween(
  { tx }: Session,
  client: number,
  dimension: Dimension,
  { from, to }: TimeRange,
): Promise<Page> {
  const key = raw(dimension.column)
  const calls = await rowsOf(
    tx,
    sql<KeyedCall>`select ${key} as key, ${COUNTED_COLUMNS} from calls
      where client = ${client} and start_at >= ${from} and start_at < ${to} and ${key} is not null and ${IS_COUNTED}`,
  )
  const counts = new Map<Key, number[]>()
  for (const row of calls) {
    const tally = contribution(countedOf(row) as CountedCall)
    const before = counts.get(row.key)
    if (before === undefined) {
      counts.set(
        row.key,
        COLUMNS.map((column) => tally[column]),
      )
    } else for (const [i, column] of COLUMNS.entries()) before[i] = (before[i] as number) + tally[column]
  }
  const rows = [...counts].map(([key, row]) => ({ key, row }))
  const numbered = await withNumbers(tx, client, dimension, rows)
  return pageOf(
    numbered.map(([number, { row }]): [number, number[]] => [number, row]).sort(([a], [b]) => a - b),
    COLUMNS.length,
  )
}

/** The sums of a block of values, by their place in it. All arrays are used again for the next block. */
interface BlockSums {
  readonly calls: Float64Array
  readonly seconds: Float64Array
  readonly answered: Float64Array
}

/**
 * Adds up parts, a block of values at a time.
 * @param last the highest number of a value
 * @param take gets the sums of the values from `base` on
 */
export function addUp(
  parts: readonly Counts[],
  last: number,
  take: (base: number, size: number, sums: BlockSums) => void,
): void {
  const [calls, seconds, answered] = [new Float64Array(BLOCK), new Float64Array(BLOCK), new Float64Array(BLOCK)]
  const places = new Uint32Array(parts.length)
  for (let base = 0; base <= last; base += BLOCK) {
    const end = base + BLOCK
    for (const [p, part] of parts.entries()) {
      const { numbers } = part
      const first = places[p] as number
      let i = first
      for (; i < numbers.length; i++) {
        const number = numbers[i] as number
        if (number >= end) break
        const at = number - base
        calls[at] = (calls[at] as number) + (part.calls[i] as number)
        seconds[at] = (seconds[at] as number) + (part.seconds[i] as number)
      }
      const most = Math.min(i, part.answered.length)
      for (let j = first; j < most; j++) {
        const at = (numbers[j] as number) - base
        answered[at] = (answered[at] as number) + (part.answered[j] as number)
      }
      places[p] = i
    }
    take(base, Math.min(BLOCK, last + 1 - base), { calls, seconds, answered })
    calls.fill(0)
    seconds.fill(0)
    answered.fill(0)
  }
}

export function sumOfCounts(parts: readonly Counts[], last: number, { countsAnswered }: Dimension): Counts {
  const most = last + 1
  const sum = {
    numbers: new Uint32Array(most),
    calls: new Int32Array(most),
    seconds: new Float64Array(most),
    answered: countsAnswered ? new Int32Array(most) : NONE,
  }
  let count = 0
  addUp(parts, last, (base, size, { calls, seconds, answered }) => {
    for (let at = 0; at < size; at++) {
      if (calls[at] === 0) continue
      sum.numbers[count] = base + at
      sum.calls[count] = calls[at] as number
      sum.seconds[count] = seconds[at] as number
      if (countsAnswered) sum.answered[count] = answered[at] as number
      count += 1
    }
  })
  return {
    numbers: sum.numbers.slice(0, count),
    calls: sum.calls.slice(0, count),
    seconds: sum.seconds.slice(0, count),
    answered: sum.answered.slice(0, count),
  }
}
