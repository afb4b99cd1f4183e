/** Rows of CSV: RFC 4180, and no spreadsheet runs anything of it. */
import Papa from 'papaparse'

/** What spreadsheets would run as a formula starts with one of these. A plus before digits alone is a phone number. */
const FORMULA = /^(?:[=\-@\t\r\n]|\+(?!\d[\d ]*$))/

/** A text that would be run gets an apostrophe before it. */
export function guarded(cell: unknown): unknown {
  return typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell
}

/** @param cells null is an empty one */
export function csvLine(cells: readonly unknown[]): string {
  return Papa.unparse([cells])
}
