/**
 * The calls of a stretch of time as columns: all that questions are answered from. Rows ascend by start. They are kept as bytes,
 * which say the same on every engine.
 */
import type { CallStatus, Direction } from '../vocabulary.js'
import { CALL_STATUSES } from '../vocabulary.js'
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
}

/** What calls say in texts. The list grows at its end: columns that are kept have these. */
export const TEXTS = ['agent', 'phoneNumber', 'virtualNumber', 'endReason'] as const
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

/** The bytes of columns: instants as differences, each number in as few bytes as it needs. */
export function encodeColumns({ count, startAt, endAt, duration, ring, marks, status, customer, texts }: CallColumns) {
  const writer = new ByteWriter(64 + count * 16)
  writer.varint(count)
  const all = (value: (row: number) => number) => {
    for (let row = 0; row < count; row++) writer.varint(value(row))
  }
  all((row) => (startAt[row] as number) - (row === 0 ? 0 : (startAt[row - 1] as number)))
  all((row) => (endAt[row] === -1 ? 0 : 1 + (endAt[row] as number) - (startAt[row] as number)))
  all((row) => 1 + (duration[row] as number))
  all((row) => 1 + (ring[row] as number))
  all((row) => marks[row] as number)
  all((row) => status[row] as number)
  all((row) => customer[row] as number)
  for (const name of TEXTS) {
    const { values, codes } = texts[name]
    const bytes = Buffer.from(values.join('\0'))
    writer.varint(values.length)
    writer.varint(bytes.length)
    writer.append(bytes)
    all((row) => codes[row] as number)
  }
  return writer.bytes()
}

export function decodeColumns(bytes: Uint8Array): CallColumns {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  const numbers = () => {
    const column = new Float64Array(count)
    reader.varints(column, count)
    return column
  }
  const startAt = numbers()
  for (let row = 1; row < count; row++) startAt[row] = (startAt[row] as number) + (startAt[row - 1] as number)
  const endAt = numbers()
  for (let row = 0; row < count; row++) {
    endAt[row] = endAt[row] === 0 ? -1 : (endAt[row] as number) - 1 + (startAt[row] as number)
  }
  const [duration, ring] = [numbers().map((seconds) => seconds - 1), numbers().map((seconds) => seconds - 1)]
  const [marks, status, customer] = [Uint8Array.from(numbers()), Uint8Array.from(numbers()), numbers()]
  const texts = TEXTS.map((name): [TextName, TextColumn] => {
    const values = reader.varint()
    const length = reader.varint()
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + reader.at, length).toString()
    reader.skip(length)
    return [name, { values: values === 0 ? [] : text.split('\0'), codes: Uint32Array.from(numbers()) }]
  })
  return {
    ...{ count, startAt, endAt, duration, ring, marks, status, customer },
    texts: Object.fromEntries(texts) as Record<TextName, TextColumn>,
  }
}

export function bytesOfColumns({ count, texts }: CallColumns): number {
  const characters = TEXTS.reduce(
    (sum, name) => sum + texts[name].values.reduce((all, text) => all + text.length + 24, 0),
    0,
  )
  return count * (5 * 8 + 2 + TEXTS.length * 4) + characters
}
