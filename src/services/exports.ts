import { Readable } from 'node:stream'
import type { ExportQuery } from '../../schemas/export.js'
import type { DateRange } from '../../schemas/common.js'
import type { Call } from '../core/call.js'
import type { Client } from '../storage/port.js'
import { CSV_FILE, type CallFile, jsonFile } from './call-file.js'
import { type AskedRange, rangeOf, statedRetention } from './ranges.js'
import { Service } from './service.js'

export interface CallExport {
  readonly fileName: string
  readonly contentType: string
  /** The instant before which calls of the range are no longer kept; absent when none of it lies there. */
  readonly retainedFrom?: string
  /** Ends politely only when every call is in it. Null when only the description was asked for. */
  readonly content: Readable | null
}

/** Writes calls out as files, a chunk at a time, so that memory does not grow with their number. */
export class ExportService extends Service {
  /** What the file would be called and be, without its content. */
  async describe(client: Client, query: ExportQuery): Promise<CallExport> {
    const retainedFrom = await this.storage.retainedFrom(client.clientId)
    return { ...this.#prepare(client, rangeOf(query, client), query, retainedFrom).description, content: null }
  }

  /** The file. Its first calls are read before it is handed out, so that a failure to start can still be said. */
  async open(client: Client, query: ExportQuery): Promise<CallExport> {
    const asked = rangeOf(query, client)
    const chunks = this.storage.exportCalls(client.clientId, asked.range)[Symbol.asyncIterator]()
    const first = await chunks.next()
    // Read after what it is about: every call from then on is in the file, whatever is being dropped.
    const retainedFrom = await this.storage.retainedFrom(client.clientId).catch(async (error: unknown) => {
      await free(chunks)
      throw error
    })
    const { file, description } = this.#prepare(client, asked, query, retainedFrom)
    return { ...description, content: contentOf(file, chunks, first) }
  }

  #prepare(client: Client, { range, dateRange }: AskedRange, { format }: ExportQuery, retainedFrom: number | null) {
    const sight = this.sight()
    const retention = statedRetention(range, retainedFrom)
    const file = format === 'csv' ? CSV_FILE : jsonFile(client, { dateRange, ...retention }, sight)
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
 * A stream of the chunks that frees their source whenever it is destroyed, even before anything was read from it: a
 * caller may leave at any time. A source that fails destroys the stream, which breaks the connection off.
 */
function contentOf(file: CallFile, chunks: AsyncIterator<readonly Call[]>, first: Chunk): Readable {
  const texts = textsOf(file, chunks, first)
  return new Readable({
    read() {
      texts.next().then(
        ({ done, value }) => this.push(done === true ? null : value),
        (error: unknown) => this.destroy(error as Error),
      )
    },
    destroy(error, callback) {
      free(chunks).then(
        () => {
          callback(error)
        },
        (failure: unknown) => {
          callback(error ?? (failure as Error))
        },
      )
    },
  })
}

async function free(chunks: AsyncIterator<readonly Call[]>): Promise<void> {
  await chunks.return?.()
}

type Chunk = IteratorResult<readonly Call[], unknown>

/** Never yields nothing: a stream that is pushed an empty text waits for ever. */
async function* textsOf(file: CallFile, chunks: AsyncIterator<readonly Call[]>, first: Chunk): AsyncGenerator<string> {
  yield file.head
  let isFirst = true
  for (let chunk = first; chunk.done !== true; chunk = await chunks.next()) {
    if (chunk.value.length === 0) continue
    yield file.rows(chunk.value, isFirst)
    isFirst = false
  }
  if (file.tail !== '') yield file.tail
}
