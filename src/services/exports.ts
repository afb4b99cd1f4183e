import { Readable } from 'node:stream'
import type { DateRange } from '../../schemas/common.js'
import type { ExportQuery } from '../../schemas/export.js'
import type { TimeRange } from '../core/range.js'
import { fail } from '../errors.js'
import type { Client, ExportChunk, NumberedCall, Storage } from '../storage/port.js'
import { CSV_FILE, type CallFile, jsonFile } from '../http/call-file.js'
import { ExportSlots } from './export-slots.js'
import { NumberSet } from './number-set.js'
import type { ReadTime } from '../http/convert.js'
import { type AskedRange, rangeOf, statedRetention } from '../http/ranges.js'

/** Calls that are read together: small enough that formatting them does not hold up other requests. */
const CHUNK_CALLS = 100

/** A reader that takes less than this in that time is let go: nobody may hold an export open for ever. */
const SLOWEST = { bytes: 64 * 1024, ms: 30_000 }

export interface CallExport {
  readonly fileName: string
  readonly contentType: string
  /** The instant before which calls of the range are no longer kept; absent when none of it lies there. */
  readonly retainedFrom?: string
  /** Ends politely only when every call is in it. Null when only the description was asked for. */
  readonly content: Readable | null
}

/**
 * Writes calls out as files, a chunk at a time. Between two chunks nothing is held but where the next one starts: neither
 * memory nor what the database has to keep grows with the number of calls or the time that a reader takes.
 */
export class ExportService {
  readonly #storage: Storage
  readonly #readTime: ReadTime
  readonly #slots = new ExportSlots()

  constructor({ storage, readTime }: { readonly storage: Storage; readonly readTime: ReadTime }) {
    this.#storage = storage
    this.#readTime = readTime
  }

  /** What the file would be called and be, without its content. */
  async describe(client: Client, query: ExportQuery): Promise<CallExport> {
    const retainedFrom = await this.#storage.retainedFrom(client.clientId)
    return { ...this.#prepare(client, rangeOf(query, client), query, retainedFrom).description, content: null }
  }

  /** The file. Its first calls are read before it is handed out, so that a failure to start can still be said. */
  async open(client: Client, query: ExportQuery): Promise<CallExport> {
    const asked = rangeOf(query, client)
    const release = this.#slots.take(client.clientId)
    if (release === null) {
      fail('too_many_exports', 'Too many exports are being read: try again when one of them is done.', {
        headers: { 'retry-after': '5' },
      })
    }
    try {
      const range = asked.range
      const first = await this.#storage.exportChunk({
        clientId: client.clientId,
        range,
        after: null,
        limit: CHUNK_CALLS,
      })
      const { file, description } = this.#prepare(client, asked, query, first.retainedFrom)
      const texts = textsOf(file, chunksOf(this.#storage, client.clientId, range, first))
      return { ...description, content: paced(texts, release) }
    } catch (error) {
      release()
      throw error
    }
  }

  #prepare(client: Client, { range, dateRange }: AskedRange, { format }: ExportQuery, retainedFrom: number | null) {
    const retention = statedRetention(range, retainedFrom)
    const file = format === 'csv' ? CSV_FILE : jsonFile(client, { dateRange, ...retention }, this.#readTime())
    const fileName = `${nameOf(dateRange)}.${file.extension}`
    return { file, description: { fileName, contentType: file.contentType, ...retention } }
  }
}

/** `call-logs-2025-10-01-2025-10-31`: the dates as asked, without their times. */
function nameOf({ startDate, endDate }: DateRange): string {
  const from = startDate === null ? '' : `-${endDate === null ? 'from-' : ''}${startDate.slice(0, 10)}`
  const to = endDate === null ? '' : `-${startDate === null ? 'until-' : ''}${endDate.slice(0, 10)}`
  return `call-logs${from}${to}`
}

/**
 * The calls that were recorded when the first chunk was read, each once, in the order of their start. No snapshot is held:
 * a late event may move a call to a start that the reader has passed, or from there to one that it has yet to reach. So it is
 * noted which calls were given out, and in the end those are looked at that events have touched meanwhile.
 */
async function* chunksOf(
  storage: Storage,
  clientId: string,
  range: TimeRange,
  first: ExportChunk,
): AsyncGenerator<readonly NumberedCall[], void, undefined> {
  const given = new NumberSet()
  const fresh = (calls: readonly NumberedCall[]) =>
    calls.filter(({ number }) => number <= first.sequence && given.add(number))
  for (let chunk = first; ;) {
    const last = chunk.calls.at(-1)
    if (last === undefined) break
    yield fresh(chunk.calls)
    const after = { startAt: last.startAt, number: last.number }
    chunk = await storage.exportChunk({ clientId, range, after, limit: CHUNK_CALLS })
  }
  for (let { sequence } = first, more = true; more;) {
    const touched = await storage.callsTouchedSince(clientId, range, sequence, CHUNK_CALLS)
    yield fresh(touched.calls)
    ;({ sequence, more } = touched)
  }
}

/** Never yields nothing: a stream that is pushed an empty text waits for ever. */
async function* textsOf(file: CallFile, chunks: AsyncIterable<readonly NumberedCall[]>): AsyncGenerator<string, void> {
  yield file.head
  let isFirst = true
  for await (const calls of chunks) {
    if (calls.length === 0) continue
    yield file.rows(calls, isFirst)
    isFirst = false
  }
  if (file.tail !== '') yield file.tail
}

/**
 * A stream of the texts. A source that fails destroys it, which breaks the connection off; so does a reader who is too slow.
 * @param release is called when it is over, however it ends
 */
function paced(texts: AsyncGenerator<string, void>, release: () => void): Readable {
  let taken = 0
  let reading = false
  const stream = new Readable({
    read() {
      reading = true
      texts.next().then(
        ({ done, value }) => {
          reading = false
          taken += value?.length ?? 0
          this.push(done === true ? null : value)
        },
        (error: unknown) => this.destroy(error as Error),
      )
    },
    destroy(error, callback) {
      clearInterval(watch)
      release()
      callback(error)
    },
  })
  const watch = setInterval(() => {
    // Waiting for the store is not the reader's fault.
    if (!reading && taken < SLOWEST.bytes) stream.destroy(new Error('the reader of an export is too slow'))
    taken = 0
  }, SLOWEST.ms)
  watch.unref()
  return stream
}
