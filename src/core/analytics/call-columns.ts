/**
 * The calls of a stretch of time as columns: all that questions are answered from. Rows ascend by start. They are kept as bytes,
 * which say the same on every engine.
 */
import { LIMITS } from '../limits.js'
import { CALL_STATUSES, type CallStatus, type Direction } from '../vocabulary/calls.js'
import { ByteReader, ByteWriter } from '../varint.js'

/** What is counted of a call. Instants are epoch milliseconds. */
export interface AskedCall {
  readonly startAt: number
  readonly endAt: number | null
  /** Whole seconds; null until it has ended. */
  readonly durationSeconds: number | null
  /** See `ringSecondsOf`. */
  readonly ringSeconds: number | null
  readonly direction: Direction
  readonly status: CallStatus
  readonly answered: boolean
  /** The customer's number among the client's; null when nobody is named. */
  readonly customer: number | null
  readonly agent: string | null
  readonly phoneNumber: string | null
  readonly virtualNumber: string | null
  readonly endReason: string | null
  /** Of the page that reported it. */
  readonly domain: string | null
}

/** What calls say in texts. The list grows at its end: columns that are kept have these, or the first of them. */
export const TEXTS = ['agent', 'phoneNumber', 'virtualNumber', 'endReason', 'domain'] as const
export type TextName = (typeof TEXTS)[number]

/** Texts of all rows, each once; a row has 0 for none, else 1 + the place of its text. */
export interface TextColumn {
  readonly values: readonly string[]
  readonly codes: Uint32Array
}

export interface CallColumns {
  readonly count: number
  readonly startAt: Float64Array
  /** −1 for none, as in the next two. */
  readonly endAt: Float64Array
  readonly duration: Float64Array
  readonly ring: Float64Array
  /** Bits: 1 inbound, 2 answered. */
  readonly marks: Uint8Array
  /** Indexes in `CALL_STATUSES`. */
  readonly status: Uint8Array
  /** 0 for none. */
  readonly customer: Float64Array
  readonly texts: Readonly<Record<TextName, TextColumn>>
}

/** A call is not believed to last longer. */
export const LONGEST_MS = LIMITS.durationSeconds * 1000

export const INBOUND = 1
export const ANSWERED = 2

/** @param calls by ascending start */
export function columnsOf(calls: readonly AskedCall[]): CallColumns {
  const numbers = (of: (call: AskedCall) => number) => Float64Array.from(calls, of)
  return {
    count: calls.length,
    startAt: numbers(({ startAt }) => startAt),
    endAt: numbers(({ endAt }) => endAt ?? -1),
    duration: numbers(({ durationSeconds }) => durationSeconds ?? -1),
    ring: numbers(({ ringSeconds }) => ringSeconds ?? -1),
    marks: Uint8Array.from(
      calls,
      ({ direction, answered }) => (direction === 'inbound' ? INBOUND : 0) | (answered ? ANSWERED : 0),
    ),
    status: Uint8Array.from(calls, ({ status }) => CALL_STATUSES.indexOf(status)),
    customer: numbers(({ customer }) => customer ?? 0),
    texts: Object.fromEntries(TEXTS.map((name) => [name, textColumn(calls.map((call) => call[name]))])) as Record<
      TextName,
      TextColumn
    >,
  }
}

function textColumn(texts: readonly (string | null)[]): TextColumn {
  const places = new Map<string, number>()
  const codes = Uint32Array.from(texts, (text) => {
    if (text === null) return 0
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, places.size + 1)
    return places.size
  })
  return { values: [...places.keys()], codes }
}

/** The number of a row; null where it is not known. */
export function numberAt({ texts: { phoneNumber } }: CallColumns, row: number): string | null {
  return phoneNumber.values[(phoneNumber.codes[row] as number) - 1] ?? null
}

/** The bytes of columns: how long each is, and then each, with instants as differences and numbers in as few bytes as they need. */
export function encodeColumns({ count, startAt, endAt, duration, ring, marks, status, customer, texts }: CallColumns) {
  const numbers = (value: (row: number) => number): Uint8Array => {
    const writer = new ByteWriter(64 + count * 2)
    for (let row = 0; row < count; row++) writer.varint(value(row))
    return writer.bytes()
  }
  const columns = [
    numbers((row) => (startAt[row] as number) - (row === 0 ? 0 : (startAt[row - 1] as number))),
    numbers((row) => (endAt[row] === -1 ? 0 : 1 + (endAt[row] as number) - (startAt[row] as number))),
    numbers((row) => 1 + (duration[row] as number)),
    numbers((row) => 1 + (ring[row] as number)),
    numbers((row) => marks[row] as number),
    numbers((row) => status[row] as number),
    numbers((row) => customer[row] as number),
    ...TEXTS.flatMap((name) => {
      const { values, codes } = texts[name]
      return [Buffer.from(values.map((text) => `${text}\0`).join('')), numbers((row) => codes[row] as number)]
    }),
  ]
  const writer = new ByteWriter(64 + count * 16)
  for (const number of [count, ...columns.map(({ length }) => length)]) writer.varint(number)
  for (const column of columns) writer.append(column)
  return writer.bytes()
}

const BEFORE_TEXTS = 7

/**
 * Columns of bytes, each read when it is asked for: most questions are about a few of them. A text that nobody counted when they
 * were written is none of any row.
 */
export function decodeColumns(bytes: Uint8Array): CallColumns {
  const header = new ByteReader(bytes)
  const count = header.varint()
  const lengths: number[] = []
  // There are as many columns as fill the bytes.
  for (let length = 0; header.at + length < bytes.length; length += lengths.at(-1) as number) {
    lengths.push(header.varint())
  }
  let end = header.at
  const ends = lengths.map((length) => (end += length))
  const startOf = (column: number) => (ends[column] as number) - (lengths[column] as number)
  const numbers = (column: number): Float64Array => {
    const values = new Float64Array(count)
    new ByteReader(bytes, startOf(column)).varints(values, count)
    return values
  }
  const oneLess = (values: Float64Array): Float64Array => {
    for (let row = 0; row < count; row++) values[row] = (values[row] as number) - 1
    return values
  }
  const startAt = numbers(0)
  for (let row = 1; row < count; row++) startAt[row] = (startAt[row] as number) + (startAt[row - 1] as number)
  const texts = {}
  for (const [i, name] of TEXTS.entries()) {
    const column = BEFORE_TEXTS + 2 * i
    defineOnce(texts, name, (): TextColumn => {
      if (column >= lengths.length) return { values: [], codes: new Uint32Array(count) }
      const start = startOf(column)
      const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, (ends[column] as number) - start).toString()
      return { values: text.split('\0').slice(0, -1), codes: new Uint32Array(numbers(column + 1)) }
    })
  }
  const columns = { count, startAt, texts }
  defineOnce(columns, 'endAt', () =>
    numbers(1).map((after, row) => (after === 0 ? -1 : after - 1 + (startAt[row] as number))),
  )
  defineOnce(columns, 'duration', () => oneLess(numbers(2)))
  defineOnce(columns, 'ring', () => oneLess(numbers(3)))
  defineOnce(columns, 'marks', () => new Uint8Array(numbers(4)))
  defineOnce(columns, 'status', () => new Uint8Array(numbers(5)))
  defineOnce(columns, 'customer', () => numbers(6))
  return columns as CallColumns
}

/** Defines a member that is made when it is asked for first. */
function defineOnce(of: object, name: string, make: () => unknown): void {
  Object.defineProperty(of, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = make()
      Object.defineProperty(of, name, { value, enumerable: true })
      return value
    },
  })
}

/** Bytes of a call in memory once all of its columns are read, about. */
const CALL_BYTES = 160

export function bytesOfColumns({ count }: CallColumns): number {
  return count * CALL_BYTES
}
