/**
 * A page: what is counted for each of some numbered things, as one compact blob. The things of a day are its quarter hours,
 * or the customers who had calls on it; counters are whole numbers from 0.
 *
 * Pages add up: `mergePages` is commutative and associative, and the empty page changes nothing. So the pages of the days
 * of a month make the page of the month, and any grouping gives the same bytes.
 */
import { ByteReader, ByteWriter } from './varint.js'

/** Keys ascend; `columns` are counters, one column each, as long as `keys`. */
export interface Page {
  readonly keys: Float64Array
  readonly columns: readonly Float64Array[]
}

/**
 * The bytes of a page: number of keys, length of each column in bytes, differences between keys, columns. A reader that
 * wants some of the columns skips the others. A column of zeros has no bytes: some counters are of what seldom happens.
 */
export function encodePage({ keys, columns }: Page): Uint8Array {
  const counts = new ByteWriter(64 + keys.length * columns.length * 2)
  const ends = columns.map((column) => {
    if (!isZeros(column)) for (let i = 0; i < column.length; i++) counts.varint(column[i] as number)
    return counts.length
  })
  const page = new ByteWriter(64 + keys.length * 2 + counts.length)
  page.varint(keys.length)
  page.varint(columns.length)
  for (const [i, end] of ends.entries()) page.varint(end - (ends[i - 1] ?? 0))
  let before = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as number
    page.varint(key - before)
    before = key
  }
  page.append(counts.bytes())
  return page.bytes()
}

/**
 * Reads a page.
 * @param wanted which columns, in ascending order; all when absent
 */
export function decodePage(bytes: Uint8Array, wanted?: readonly number[]): Page {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  const lengths = Array.from({ length: reader.varint() }, () => reader.varint())
  const keys = new Float64Array(count)
  reader.varints(keys, count)
  for (let i = 1; i < count; i++) keys[i] = (keys[i] as number) + (keys[i - 1] as number)
  const columns: Float64Array[] = []
  for (const [index, length] of lengths.entries()) {
    if (wanted !== undefined && !wanted.includes(index)) {
      reader.skip(length)
      continue
    }
    const column = new Float64Array(count)
    if (length > 0) reader.varints(column, count)
    columns.push(column)
  }
  return { keys, columns }
}

function isZeros(column: Float64Array): boolean {
  for (let i = 0; i < column.length; i++) if (column[i] !== 0) return false
  return true
}

/** A page of rows that ascend by key. @param width how many counters a row has */
export function pageOf(rows: Iterable<readonly [key: number, counts: readonly number[]]>, width: number): Page {
  const all = [...rows]
  return {
    keys: Float64Array.from(all, ([key]) => key),
    columns: Array.from({ length: width }, (_, column) => Float64Array.from(all, ([, counts]) => counts[column] ?? 0)),
  }
}

/** Adds up pages of one width, key by key. Keys whose counters are all 0 go. */
export function mergePages(pages: readonly Page[], width: number): Page {
  const [first, ...others] = pages
  if (first === undefined) return pageOf([], width)
  // In pairs, so that each key is moved as often as the pages can be halved, not as often as there are pages.
  if (others.length > 1) {
    const half = pages.length >> 1
    return mergePages([mergePages(pages.slice(0, half), width), mergePages(pages.slice(half), width)], width)
  }
  const [second] = others
  return addPages(first, second ?? pageOf([], width), width)
}

/** The page that takes another one away again when it is added. */
export function negated({ keys, columns }: Page): Page {
  return { keys, columns: columns.map((column) => column.map((count) => -count)) }
}

function addPages(a: Page, b: Page, width: number): Page {
  const most = a.keys.length + b.keys.length
  const keys = new Float64Array(most)
  const columns = Array.from({ length: width }, () => new Float64Array(most))
  let count = 0
  let i = 0
  let j = 0
  while (i < a.keys.length || j < b.keys.length) {
    const keyOfA = a.keys[i] ?? Infinity
    const keyOfB = b.keys[j] ?? Infinity
    const key = Math.min(keyOfA, keyOfB)
    let any = false
    for (let column = 0; column < width; column++) {
      const sum =
        (keyOfA === key ? ((a.columns[column] as Float64Array)[i] as number) : 0) +
        (keyOfB === key ? ((b.columns[column] as Float64Array)[j] as number) : 0)
      ;(columns[column] as Float64Array)[count] = sum
      any ||= sum !== 0
    }
    if (any) keys[count++] = key
    if (keyOfA === key) i++
    if (keyOfB === key) j++
  }
  return { keys: keys.subarray(0, count), columns: columns.map((column) => column.subarray(0, count)) }
}
