import { addDays, localSlot, startOfDay } from '../../../core/calendar.js'
import { decodeColumns, encodeColumns } from '../../../core/analytics/call-columns.js'
import { decodePage, mergePages, type Page } from '../../../core/page.js'
import { columnsBetween, SEGMENTS } from '../read/call-segments.js'
import { COLUMNS, pageBetween } from '../read/dimension-counts.js'
import { DIMENSIONS, type Dimension } from '../dimensions.js'
import type { DayRow, PageRow } from '../schema/tables.js'
import { rowsOf, run, sql } from '../transaction.js'
import { endOf, type Checked, type Part } from './part.js'

/** A month reads all of its calls. */
const PAGES = 5

/** Pages that are believed: built again, and compared. Those that are behind are built again by whoever reads them. */
export const pages: Part = async (of, after) => {
  const { session, client, mends } = of
  const [dimension, period] = after === null ? ['', ''] : (JSON.parse(String(after)) as [string, string])
  const rows = await rowsOf(
    session.tx,
    sql<PageRow>`select dimension, period, built_at, body from pages
      where client = ${client} and (dimension, period) > (${dimension}, ${period}) order by dimension, period limit ${PAGES}`,
  )
  const wrong: PageRow[] = []
  for (const row of rows) if (!(await isRight(of, row))) wrong.push(row)
  // Months were made of days: which of them hold what is wrong cannot be told, and all can be made again.
  if (mends && wrong.length > 0) run(session.tx, sql`delete from pages where client = ${client}`)
  return {
    checked: rows.length,
    next: endOf(rows, PAGES, (last) => JSON.stringify([last.dimension, last.period])),
    differences: wrong.map((row) => ({
      kind: 'pages that are not what their calls count to',
      id: `${row.dimension} ${row.period}`,
    })),
  }
}

async function isRight(of: Checked, row: PageRow): Promise<boolean> {
  const { session, client } = of
  const days = await rowsOf(
    session.tx,
    sql<Pick<DayRow, 'local_date' | 'changed' | 'calls'>>`select local_date, changed, calls from days
      where client = ${client} and local_date >= ${row.period} and local_date <= ${`${row.period}~`} order by local_date`,
  )
  const dates = days.filter(({ calls }) => calls > 0).map(({ local_date }) => local_date)
  if (dates.length === 0 || days.some(({ changed }) => changed > row.built_at)) return true
  const found = DIMENSIONS.find(({ name }) => name === row.dimension)
  return found === undefined ? isRightSegment(of, row) : isRightPage(of, row, found, dates)
}

async function isRightSegment(of: Checked, row: PageRow): Promise<boolean> {
  const { timezone, retained_from } = of.state
  // Days of which calls were dropped are not kept.
  const isKept = retained_from === null || row.period > localSlot(timezone, retained_from).date
  return row.dimension !== SEGMENTS || !isKept || isRightList(of, row)
}

async function isRightList(of: Checked, { period, body }: PageRow): Promise<boolean> {
  const { session, client, state } = of
  const right = encodeColumns(await columnsBetween(session, client, rangeOf(of, period), state.retained_from))
  const stored = readable(() => decodeColumns(body))
  return stored !== null && Buffer.compare(right, encodeColumns(stored)) === 0
}

async function isRightPage(
  of: Checked,
  row: PageRow,
  dimension: Dimension,
  dates: readonly string[],
): Promise<boolean> {
  let right = mergePages([], COLUMNS.length)
  for (const date of dates) {
    const day = await pageBetween(of.session, of.client, dimension, rangeOf(of, date))
    right = mergePages([right, day], COLUMNS.length)
  }
  const stored = readable(() => decodePage(row.body))
  return stored !== null && isSamePage(stored, right)
}

/** @returns null for a body that cannot be read */
function readable<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch {
    return null
  }
}

/** Pages of an earlier version may have fewer columns. */
function isSamePage(stored: Page, right: Page): boolean {
  return (
    isSameList(stored.keys, right.keys) && stored.columns.every((column, i) => isSameList(column, right.columns[i]))
  )
}

function isSameList(a: Float64Array, b: Float64Array | undefined): boolean {
  return a.length === b?.length && a.every((value, i) => value === b[i])
}

function rangeOf({ state: { timezone } }: Checked, date: string) {
  return { from: startOfDay(timezone, date), to: startOfDay(timezone, addDays(date, 1)) }
}
