import { Readable } from 'node:stream'
import type { ExportQuery } from '../../schemas/export.js'
import type { RowFormat } from '../core/call-row.js'
import { fail } from '../errors.js'
import { callFile, rowFormatOf, type CallFile } from '../http/call-file.js'
import type { ReadTime } from '../http/convert.js'
import { fileNameOf, rangeOf, statedRetention, type AskedRange } from '../http/ranges.js'
import type { Client } from '../storage/port/clients.js'
import type { CallRow, ExportChunk, ExportQuery as ChunkQuery } from '../storage/port/exports.js'
import type { Storage } from '../storage/port/storage.js'
import { ClientSlots } from './client-slots.js'
import { ExportStarts } from './export-starts.js'
import { NumberSet } from './number-set.js'

/** Calls that are read together: small enough that formatting them does not hold up other requests. */
const CHUNK_CALLS = 100

/** A reader that takes less than this in that time is let go: nobody may hold an export open for ever. */
const SLOWEST = { bytes: 20 * 1024, seconds: 7 }
/** More than a system takes in for a reader who reads nothing. */
const SURELY_READ_BYTES = 8 * 1024 * 1024

interface CallExport {
  readonly fileName: string
  readonly contentType: string
  /** The instant before which calls of the range are no longer kept; absent when none of it lies there. */
  readonly retainedFrom?: string
  /** Ends politely only when every call is in it. Empty when only the description was asked for. */
  readonly content: Readable
}

interface ExportOptions {
  readonly storage: Storage
  readonly readTime: ReadTime
  /** Tests have more. */
  readonly starts?: ExportStarts
}

/**
 * Writes calls out as files, a chunk at a time. Between two chunks nothing is held but where the next one starts: neither
 * memory nor what the database has to keep grows with the number of calls or the time that a reader takes.
 */
export class ExportService {
  readonly #storage: Storage
  readonly #readTime: ReadTime
  readonly #slots = new ClientSlots()
  readonly #starts: ExportStarts

  constructor({ storage, readTime, starts = new ExportStarts() }: ExportOptions) {
    this.#storage = storage
    this.#readTime = readTime
    this.#starts = starts
  }

  /** What the file would be called and be, without its content. */
  async describe(client: Client, query: ExportQuery): Promise<CallExport> {
    const plan = this.#plan(client, query)
    return {
      ...described(plan, await this.#storage.retainedFrom(client.clientId)).description,
      content: Readable.from([]),
    }
  }

  /** The file. Its first calls are read before it is handed out, so that a failure to start can still be said. */
  async open(client: Client, query: ExportQuery): Promise<CallExport> {
    const plan = this.#plan(client, query)
    const { clientId } = client
    const place = await this.#place(clientId)
    try {
      const { range } = plan.asked
      const asked = { clientId, range, agentUserId: query.agentUserId ?? null, limit: CHUNK_CALLS, rows: plan.rows }
      const first = await this.#storage.exportChunk({ ...asked, after: null })
      const { file, description } = described(plan, first.retainedFrom)
      const content = paced(piecesOf(file, chunksOf(this.#storage, asked, first)), place)
      return { ...description, content }
    } catch (error) {
      place.release()
      throw error
    }
  }

  /** @throws ApiError 429 when too many are open, or too many start */
  async #place(clientId: string): Promise<Place> {
    const close = this.#slots.take(clientId)
    const started = close && (await this.#starts.take(clientId))
    if (close !== null && started !== null) {
      const release = () => {
        started()
        close()
      }
      return { started, release }
    }
    close?.()
    fail('too_many_exports', 'Too many exports are being read: try again when one of them is done.', {
      headers: { 'retry-after': '5' },
    })
  }

  #plan(client: Client, query: ExportQuery): Plan {
    const asked = rangeOf(query, client)
    return { client, query, asked, rows: rowFormatOf(query, asked.zone, this.#readTime()) }
  }
}

/** What an open export takes up. */
interface Place {
  /** Says that it is known whether the export is read. May be called again. */
  readonly started: () => void
  /** Gives all of it back. */
  readonly release: () => void
}

interface Plan {
  readonly client: Client
  readonly query: ExportQuery
  readonly asked: AskedRange
  readonly rows: RowFormat
}

function described({ client, query, asked: { range, dateRange }, rows }: Plan, retainedFrom: number | null) {
  const retention = statedRetention(range, retainedFrom)
  const file = callFile(query, rows, { client, dateRange, ...retention })
  const fileName = fileNameOf('call-logs', client, dateRange, file.extension)
  return { file, description: { fileName, contentType: file.contentType, ...retention } }
}

/**
 * The rows of the calls that were recorded when the first chunk was read, each once, in the order of their start. No snapshot
 * is held: a late event may move a call to a start that the reader has passed, or from there to one that it has yet to reach.
 * So it is noted which calls were given out, and in the end those are looked at that events have touched meanwhile.
 */
async function* chunksOf(
  storage: Storage,
  asked: Omit<ChunkQuery, 'after'>,
  { rows, after, sequence }: ExportChunk,
): AsyncGenerator<readonly string[], void, undefined> {
  const given = new NumberSet()
  const fresh = (some: readonly CallRow[]) =>
    some.filter(({ number }) => number <= sequence && given.add(number)).map(({ text }) => text)
  yield fresh(rows)
  let place = after
  while (place !== null) {
    const query = { ...asked, after: place }
    const chunk = await storage.exportChunk(query)
    yield fresh(chunk.rows)
    place = chunk.after
  }
  let since: number | null = sequence
  while (since !== null) {
    const from: number = since
    const touched = await storage.callsTouchedSince(asked, from)
    yield fresh(touched.rows)
    since = touched.more ? touched.sequence : null
  }
}

/**
 * The file, piece by piece, as bytes: a reader who waits holds nothing else. Never yields nothing: a stream that is pushed
 * nothing waits for ever.
 */
async function* piecesOf(file: CallFile, chunks: AsyncIterable<readonly string[]>): AsyncGenerator<Buffer, void> {
  if (file.head !== '') yield Buffer.from(file.head)
  let isFirst = true
  for await (const rows of chunks) {
    if (rows.length === 0) continue
    yield Buffer.from(file.rows(rows, isFirst))
    isFirst = false
  }
  if (file.tail !== '') yield Buffer.from(file.tail)
}

/**
 * A stream of the pieces. A source that fails destroys it, which breaks the connection off; so does a reader who is too slow.
 * @param place is released when it is over, however it ends
 */
function paced(pieces: AsyncGenerator<Buffer, void>, { started, release }: Place): Readable {
  /** Bytes, in all and since the reader was last seen to be fast enough. */
  let [all, taken] = [0, 0]
  let waitedSeconds = 0
  let reading = false
  const stream = new Readable({
    read() {
      reading = true
      pieces.next().then(
        ({ done, value }) => {
          reading = false
          const length = value?.length ?? 0
          all += length
          taken += length
          if (all > SURELY_READ_BYTES) started()
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
    if (reading || taken >= SLOWEST.bytes) {
      ;[taken, waitedSeconds] = [0, 0]
      return
    }
    started()
    waitedSeconds += 1
    if (waitedSeconds === SLOWEST.seconds) stream.destroy(new Error('the reader of an export is too slow'))
  }, 1000)
  watch.unref()
  return stream
}
