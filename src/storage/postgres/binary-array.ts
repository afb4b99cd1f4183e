/**
 * Lists as PostgreSQL takes them in binary (`array_recv` in its `arrayfuncs.c`): nothing is escaped here, and nothing parsed
 * there, which as text costs both sides more than all else that they do with a list.
 */
import type { List } from '../sql/transaction.js'

/** Element types by their object ids: `pg_type.dat` of PostgreSQL, where they never change. */
const TYPE_IDS = { bigint: 20, bytea: 17, text: 25 } as const

/** Number of dimensions, whether there are nulls, type of the elements, number of them, index of the first. */
const HEAD_BYTES = 20
const LENGTH_BYTES = 4
const BIGINT_BYTES = 8
const HALF = 2 ** 32

export function binaryArray({ type, values }: List): Buffer {
  const bytes = Buffer.allocUnsafe(values.reduce<number>((sum, value) => sum + sizeOf(value), HEAD_BYTES))
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4)
  bytes.writeInt32BE(TYPE_IDS[type], 8)
  bytes.writeInt32BE(values.length, 12)
  bytes.writeInt32BE(1, 16)
  let at = HEAD_BYTES
  for (const value of values) {
    const length = value === null ? -1 : writeValue(bytes, value, at + LENGTH_BYTES)
    bytes.writeInt32BE(length, at)
    at += LENGTH_BYTES + Math.max(length, 0)
  }
  return bytes
}

function sizeOf(value: List['values'][number]): number {
  if (value === null) return LENGTH_BYTES
  if (typeof value === 'number') return LENGTH_BYTES + BIGINT_BYTES
  return LENGTH_BYTES + (typeof value === 'string' ? Buffer.byteLength(value) : value.length)
}

/** @returns how many bytes it takes */
function writeValue(bytes: Buffer, value: string | number | Uint8Array, at: number): number {
  if (typeof value === 'number') {
    bytes.writeInt32BE(Math.floor(value / HALF), at)
    bytes.writeInt32BE(value | 0, at + 4)
    return BIGINT_BYTES
  }
  if (typeof value === 'string') return bytes.write(value, at)
  bytes.set(value, at)
  return value.length
}
