/**
 * Calls in order of their start, read from one or several stretches of an index and merged. Each stretch is of calls that have
 * one key, in the order asked for; so a merge reads little more than it hands out, however many calls there are.
 */
import type { TimeRange } from '../../../core/range.js'
import type { CallPosition } from '../../port/calls.js'
import { raw, rowsOf, sql, type List, type Transaction, type Value } from '../transaction.js'

/** An index of calls by a key, then by their start. */
export interface CallIndex {
  /** The expression that it is by; null for one that is by start alone. */
  readonly key: string | null
  readonly type: List['type']
  /** Of which calls it is, in the words of its definition: without them no engine takes it. */
  readonly holds: string
}

/** Calls of one key whose start is in a range. */
export interface Stretch {
  readonly key: Value
  readonly range: TimeRange
}

/** A call that was looked at. */
export interface LookedAt {
  readonly start_at: number
  readonly number: number
  /** 1 when it is one that was asked for. */
  readonly hit: number
}

type Statement = ReturnType<typeof sql>

interface StreamsQuery {
  readonly client: number
  readonly index: CallIndex
  readonly stretches: readonly Stretch[]
  readonly oldestFirst: boolean
  /** Where the page before ended. */
  readonly after: CallPosition | null
  /** What makes a call one that is asked for, beside the key: an expression that is 1 or 0. */
  readonly hit: Statement
  /** Calls that a page needs, and that are read of each stretch to begin with. */
  readonly wanted: number
}

interface Stream extends Stretch {
  place: CallPosition
  rows: LookedAt[]
  /** Rows of `rows` that were handed out. */
  taken: number
  isDone: boolean
}

/** Calls that are read together later on, of all stretches. */
const MOST_AT_ONCE = 2000
/** Stretches of each of which a whole page is read to begin with. */
const FEW = 4

export class CallStreams {
  readonly #tx: Transaction
  readonly #query: StreamsQuery
  readonly #streams: readonly Stream[]
  #chunk: number

  constructor(tx: Transaction, query: StreamsQuery) {
    this.#tx = tx
    this.#query = query
    // Of many stretches most are empty, and the page is filled by a few.
    this.#chunk = query.stretches.length > FEW ? Math.ceil(query.wanted / FEW) : query.wanted
    this.#streams = query.stretches
      .filter(({ range }) => range.from < range.to)
      .map((stretch) => ({ ...stretch, place: this.#startOf(stretch), rows: [], taken: 0, isDone: false }))
  }

  /**
   * How far what was read reaches, in the order asked for: the further, the fewer calls are looked at for a page. Reads the
   * first calls of each stretch.
   */
  async reach(): Promise<number> {
    await this.#fill()
    const { oldestFirst } = this.#query
    const ends = this.#streams.filter(({ isDone }) => !isDone).map(({ place }) => place.startAt)
    return oldestFirst ? Math.min(Infinity, ...ends) : -Math.max(-Infinity, ...ends)
  }

  /** The next call in the order asked for; undefined when there are no more. */
  async next(): Promise<LookedAt | undefined> {
    await this.#fill()
    let first: Stream | undefined
    for (const stream of this.#streams) {
      if (stream.taken === stream.rows.length) continue
      if (first === undefined || this.#isBefore(headOf(stream), headOf(first))) first = stream
    }
    return first?.rows[first.taken++]
  }

  #isBefore(a: LookedAt, b: LookedAt): boolean {
    const order = a.start_at - b.start_at || a.number - b.number
    return this.#query.oldestFirst ? order < 0 : order > 0
  }

  /** What comes next lies beyond it: numbers begin at 1. */
  #startOf({ range }: Stretch): CallPosition {
    const { oldestFirst, after } = this.#query
    const edge = { startAt: oldestFirst ? range.from : range.to, number: 0 }
    if (after === null) return edge
    const order = after.startAt - edge.startAt || after.number - edge.number
    return (oldestFirst ? order > 0 : order < 0) ? after : edge
  }

  /** Reads on where all that was read is handed out. */
  async #fill(): Promise<void> {
    const empty = this.#streams.filter((stream) => stream.taken === stream.rows.length && !stream.isDone)
    if (empty.length === 0) return
    for (const [i, rows] of (await this.#read(empty)).entries()) this.#take(empty[i] as Stream, rows)
    this.#chunk = Math.max(
      this.#query.wanted,
      Math.min(this.#chunk * 4, Math.ceil(MOST_AT_ONCE / this.#streams.length)),
    )
  }

  /** The end of the range is looked at here: told both ends, PostgreSQL's planner may read and sort all of a long one. */
  #take(stream: Stream, rows: readonly LookedAt[]): void {
    const { from, to } = stream.range
    stream.rows = rows.filter(({ start_at }) => start_at >= from && start_at < to)
    stream.taken = 0
    stream.isDone = rows.length < this.#chunk || stream.rows.length < rows.length
    const last = rows.at(-1)
    if (last !== undefined) stream.place = { startAt: last.start_at, number: last.number }
  }

  async #read(streams: readonly Stream[]): Promise<LookedAt[][]> {
    const { key, type } = this.#query.index
    if (this.#tx.engine === 'sqlite') {
      return Promise.all(
        streams.map(({ key: value, place }) => {
          const keyed = key === null ? sql`` : sql`and ${raw(key)} = ${value}`
          return rowsOf(this.#tx, this.#calls(keyed, sql`${place.startAt}, ${place.number}`))
        }),
      )
    }
    const list = (of: List['type'], values: readonly Value[]): List => ({ type: of, values })
    const keys =
      key === null
        ? sql``
        : sql`, ${list(
            type,
            streams.map((stream) => stream.key),
          )}::${raw(type)}[]`
    const rows = await rowsOf(
      this.#tx,
      sql<LookedAt & { stream: number }>`select wanted.stream, found.* from unnest(
          ${list(
            'bigint',
            streams.map((_, i) => i),
          )}::bigint[],
          ${list(
            'bigint',
            streams.map(({ place }) => place.startAt),
          )}::bigint[],
          ${list(
            'bigint',
            streams.map(({ place }) => place.number),
          )}::bigint[] ${keys}
        ) as wanted (stream, start_at, number ${key === null ? sql`` : sql`, key`})
        cross join lateral (${this.#calls(
          key === null ? sql`` : sql`and ${raw(key)} = wanted.key`,
          sql`wanted.start_at, wanted.number`,
        )} offset 0) as found`,
    )
    const byStream = streams.map((): LookedAt[] => [])
    for (const row of rows) byStream[row.stream]?.push(row)
    return byStream
  }

  #calls(keyed: Statement, place: Statement) {
    const { client, index, hit, oldestFirst } = this.#query
    const [order, beyond] = oldestFirst ? [raw('asc'), raw('>')] : [raw('desc'), raw('<')]
    return sql<LookedAt>`select calls.start_at, calls.number, ${hit} as hit from calls
      where calls.client = ${client} ${keyed} and ${raw(index.holds)}
        and (calls.start_at, calls.number) ${beyond} (${place})
      order by calls.start_at ${order}, calls.number ${order} limit ${this.#chunk}`
  }
}

function headOf({ rows, taken }: Stream): LookedAt {
  return rows[taken] as LookedAt
}
