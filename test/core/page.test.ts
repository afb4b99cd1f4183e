import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { decodePage, encodePage, mergePages, negated, pageOf, type Page } from '../../src/core/page.js'

/** A page told as plain rows: what is counted for each key. */
type Rows = ReadonlyMap<number, readonly number[]>

const WIDTH = 3
/** Few keys, so that pages share some, and some that are far apart; counters are often 0. */
const key = fc.oneof({ weight: 4, arbitrary: fc.nat(12) }, fc.constantFrom(127, 128, 2 ** 31, 2 ** 40, 2 ** 40 + 1))
const count = fc.oneof(fc.constant(0), fc.nat(3), fc.constantFrom(127, 128, 86_400, 2 ** 31, 2 ** 45))
const rows: fc.Arbitrary<Rows> = rowsOf(count)
const pages = fc.array(rows, { maxLength: 31 })

function rowsOf(counter: fc.Arbitrary<number>): fc.Arbitrary<Rows> {
  return fc
    .uniqueArray(fc.tuple(key, fc.array(counter, { minLength: WIDTH, maxLength: WIDTH })), {
      selector: ([key]) => key,
      maxLength: 10,
    })
    .map((entries) => new Map(entries))
}

function page(rows: Rows): Page {
  return pageOf(
    [...rows].sort(([a], [b]) => a - b),
    WIDTH,
  )
}

function told({ keys, columns }: Page): [number, number[]][] {
  return [...keys].map((key, row) => [key, columns.map((column) => column[row] ?? NaN)])
}

/** The definition: for each key that any of them has, the sums of its counters, unless all of these are 0. */
function added(all: readonly Rows[]): [number, number[]][] {
  const keys = [...new Set(all.flatMap((rows) => [...rows.keys()]))].sort((a, b) => a - b)
  return keys
    .map((key): [number, number[]] => [
      key,
      Array.from({ length: WIDTH }, (_, column) => all.reduce((sum, rows) => sum + (rows.get(key)?.[column] ?? 0), 0)),
    ])
    .filter(([, counts]) => counts.some((count) => count !== 0))
}

function bytesOf(page: Page): string {
  return Buffer.from(encodePage(page)).toString('hex')
}

const merge = (...pages: Page[]): Page => mergePages(pages, WIDTH)
const empty = pageOf([], WIDTH)

t.test('a page comes back from its bytes as it was', (t) => {
  fc.assert(
    fc.property(rows, (rows) => {
      assert.deepEqual(decodePage(encodePage(page(rows))), page(rows))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('reading some of the columns gives those columns of the page', (t) => {
  fc.assert(
    fc.property(rows, fc.subarray([0, 1, 2]), (rows, wanted) => {
      const { keys, columns } = page(rows)
      assert.deepEqual(decodePage(encodePage(page(rows)), wanted), {
        keys,
        columns: wanted.map((index) => columns[index]),
      })
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('a page of no keys, or of no columns, comes back too', async (t) => {
  t.same(told(decodePage(encodePage(empty))), [])
  t.equal(decodePage(encodePage(empty)).columns.length, WIDTH)
  t.same(told(decodePage(encodePage(pageOf([[7, []]], 0)))), [[7, []]])
})

t.test('a counter that is 0 throughout takes one byte, however many keys there are', async (t) => {
  const of = (counts: readonly number[]) =>
    pageOf(
      Array.from({ length: 96 }, (_, slot) => [slot, counts] as const),
      3,
    )
  const [full, thin] = [encodePage(of([1, 1, 1])), encodePage(of([1, 0, 0]))]
  t.equal(full.length - thin.length, 2 * 96)
  t.same(decodePage(thin), of([1, 0, 0]))
  t.same(decodePage(thin, [1]).columns, [new Float64Array(96)])
})

t.test('counters that a row does not have are 0', async (t) => {
  t.same(told(pageOf([[7, [1]]], WIDTH)), [[7, [1, 0, 0]]])
})

t.test('merged pages count, key by key, what the naive sum of their rows does', (t) => {
  fc.assert(
    fc.property(pages, (all) => {
      assert.deepEqual(told(merge(...all.map(page))), added(all))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test('merging is commutative and associative, and the empty page changes nothing', (t) => {
  fc.assert(
    fc.property(rows, rows, rows, (first, second, third) => {
      const [a, b, c] = [page(first), page(second), page(third)]
      assert.deepEqual(merge(a, b), merge(b, a))
      assert.deepEqual(merge(merge(a, b), c), merge(a, merge(b, c)))
      const kept = added([first])
      assert.deepEqual(told(merge(a, empty)), kept)
      assert.deepEqual(told(merge(empty, a)), kept)
      assert.deepEqual(told(merge(a)), kept)
    }),
    { numRuns: 500 },
  )
  t.same(told(merge()), [])
  t.end()
})

t.test('keys whose counters are all 0 go', async (t) => {
  const counted = new Map([
    [1, [0, 0, 0]],
    [2, [0, 0, 1]],
    [3, [0, 0, 0]],
  ])
  for (const merged of [merge(page(counted)), merge(page(counted), empty), merge(page(counted), page(new Map()))]) {
    t.same(told(merged), [[2, [0, 0, 1]]])
  }
})

t.test('what is added to a page and taken away again leaves the same bytes', (t) => {
  fc.assert(
    fc.property(rows, rowsOf(fc.integer({ min: -5, max: 5 })), (rows, change) => {
      const undone = new Map([...change].map(([key, counts]) => [key, counts.map((count) => -count)]))
      const before = merge(page(rows))
      assert.equal(bytesOf(merge(merge(before, page(change)), page(undone))), bytesOf(before))
    }),
    { numRuns: 500 },
  )
  t.end()
})

t.test(
  'a day that is taken out of a month as it was, and put in as it is, leaves the page of the days as they are',
  (t) => {
    fc.assert(
      fc.property(rows, rows, rows, (others, before, now) => {
        const month = merge(page(others), page(before))
        assert.equal(bytesOf(merge(month, negated(page(before)), page(now))), bytesOf(merge(page(others), page(now))))
      }),
      { numRuns: 500 },
    )
    t.end()
  },
)

t.test('any order and grouping of the pages of a month gives the same bytes', (t) => {
  const arrangement = pages
    .filter(({ length }) => length > 0)
    .chain((days) =>
      fc.tuple(
        fc.constant(days),
        fc.shuffledSubarray(days, { minLength: days.length }),
        fc.array(fc.nat(), { minLength: days.length, maxLength: days.length }),
      ),
    )
  fc.assert(
    fc.property(arrangement, ([days, shuffled, grouping]) => {
      assert.equal(bytesOf(mergedAsTree(shuffled.map(page), grouping)), bytesOf(merge(...days.map(page))))
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('the pages of the days of a month make the page of the month', (t) => {
  const counts = fc.array(fc.tuple(fc.nat(30), fc.nat(9), fc.nat(WIDTH - 1), fc.nat(400)), { maxLength: 80 })
  fc.assert(
    fc.property(counts, (counts) => {
      const days = Array.from({ length: 31 }, (_, day) => tallied(counts.filter(([on]) => on === day)))
      const stored = days.map((rows) => decodePage(encodePage(page(rows))))
      assert.equal(bytesOf(merge(...stored)), bytesOf(merge(page(tallied(counts)))))
    }),
    { numRuns: 300 },
  )
  t.end()
})

t.test('each counter of a merged page sums to what it sums to in the pages', (t) => {
  fc.assert(
    fc.property(pages, (all) => {
      const total = (page: Page): number[] =>
        page.columns.map((column) => column.reduce((sum, count) => sum + count, 0))
      const apart = all.map((rows) => total(page(rows)))
      const together = Array.from({ length: WIDTH }, (_, column) =>
        apart.reduce((sum, totals) => sum + (totals[column] ?? 0), 0),
      )
      assert.deepEqual(total(merge(...all.map(page))), together)
    }),
    { numRuns: 300 },
  )
  t.end()
})

/** What is counted of each key, one by one. */
function tallied(counts: readonly (readonly [day: number, key: number, column: number, by: number])[]): Rows {
  const rows = new Map<number, number[]>()
  for (const [, key, column, by] of counts) {
    const row = rows.get(key) ?? new Array<number>(WIDTH).fill(0)
    row[column] = (row[column] ?? 0) + by
    rows.set(key, row)
  }
  return rows
}

function mergedAsTree(pages: readonly Page[], grouping: readonly number[]): Page {
  const trees = [...pages]
  for (let step = 0; trees.length > 1; step++) {
    const at = (grouping[step] ?? 0) % (trees.length - 1)
    const pair = trees.splice(at, 2)
    trees.splice(at, 0, merge(...pair))
  }
  return merge(...trees)
}
