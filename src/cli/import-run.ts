/** Reads a CSV file as it is needed, sends its calls a batch at a time, and keeps what is refused. */
import { createWriteStream, type ReadStream, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import Papa from 'papaparse'
import type { LogCallsResponse } from '../../schemas/log-calls.js'
import { type Fetch, retrying } from '../client/retry.js'
import { eventOfRow, mappingOf, type ImportedEvent, type Mapping } from '../core/import-row.js'
import { Progress } from './progress.js'
import { requireServer } from './server.js'
import type { Surroundings } from './surroundings.js'

/** Events of one request: far below the API's own ceiling, so that one of them is soon answered. */
const BATCH = 500
/** Why a row was refused, beside its own columns. */
const WHY = 'Refused because'

interface Options {
  readonly path: string
  /** Where refused rows go. */
  readonly refused: string
  readonly url: string
  /** Null sends nothing. */
  readonly apiKey: string | null
  readonly timezone: string
  /** What of the headings is told. */
  readonly mapping: Mapping
  /** 1 is the one below the headings. */
  readonly firstRow: number
}

type Row = Readonly<Record<string, string>>

interface ImportOutcome {
  readonly created: number
  readonly duplicates: number
  readonly refused: number
}

export class ImportRun {
  readonly #here: Surroundings
  readonly #options: Options
  readonly #fetch: Fetch
  readonly #counts = { created: 0, duplicates: 0, refused: 0 }
  #refused: WriteStream | null = null
  #batch: { readonly row: Row; readonly number: number; readonly event: ImportedEvent }[] = []

  constructor(here: Surroundings, options: Options) {
    this.#here = here
    this.#options = options
    // Events are told apart by their content: a batch that is sent twice is recorded once.
    this.#fetch = retrying((request) => fetch(request), { retries: 8 })
  }

  /** @throws Error that names the first row which was not sent, when the server cannot be reached or refuses the whole */
  async finish(): Promise<ImportOutcome> {
    const { path, mapping: told, timezone, firstRow, apiKey } = this.#options
    const opened = await open(path)
    if (apiKey !== null) await requireServer(new URL(this.#options.url).origin)
    const progress = new Progress(this.#here.output, 'bytes read', (await opened.stat()).size, 0)
    const file = opened.createReadStream()
    let mapping: Mapping | null = null
    let number = 0
    let read = 0
    for await (const row of rowsOf(file)) {
      number += 1
      mapping ??= this.#checked(Object.keys(row), told)
      progress.add(file.bytesRead - read)
      read = file.bytesRead
      if (number < firstRow) continue
      const event = eventOfRow(row, mapping, timezone)
      if ('fault' in event) this.#refuse(row, event.fault)
      else this.#batch.push({ row, number, event })
      if (this.#batch.length === BATCH) await this.#send()
    }
    await this.#send()
    progress.end()
    if (this.#refused !== null) await finished(this.#refused.end())
    return this.#counts
  }

  #checked(headings: readonly string[], told: Mapping): Mapping {
    const foreign = Object.values(told).find((heading) => !headings.includes(heading))
    if (foreign !== undefined)
      throw new Error(`There is no column ${JSON.stringify(foreign)}: the headings are ${headings.join(', ')}.`)
    const mapping = mappingOf(headings, told)
    if (mapping.callSid === undefined || (mapping.startTime ?? mapping.endTime) === undefined)
      throw new Error(
        `Say with --map which columns hold callSid and startTime or endTime: the headings are ${headings.join(', ')}.`,
      )
    return mapping
  }

  async #send(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    const { apiKey } = this.#options
    if (apiKey === null || batch.length === 0) {
      this.#counts.created += batch.length
      return
    }
    const events = batch.map(({ event }) => event)
    const { created, duplicates, outcomes } = await this.#post(apiKey, { events }).catch((error: unknown) => {
      const first = String(batch[0]?.number)
      const why = (error as Error).message
      throw new Error(`The rows from ${first} on were not imported: ${why} Go on with --from-row ${first}.`)
    })
    this.#counts.created += created
    this.#counts.duplicates += duplicates
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.status === 'invalid') this.#refuse(batch[i]?.row as Row, String(outcome.problem?.detail))
    }
  }

  async #post(apiKey: string, body: { readonly events: readonly ImportedEvent[] }): Promise<LogCallsResponse> {
    const url = new URL('/api/ribbon/log-calls', this.#options.url)
    const headers = { 'Content-Type': 'application/json', 'X-API-Key': apiKey }
    const request = new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })
    const response = await this.#fetch(request)
    const answer = (await response.json().catch(() => ({}))) as Partial<LogCallsResponse> & { readonly detail?: string }
    if (answer.outcomes !== undefined) return answer as LogCallsResponse
    throw new Error(answer.detail ?? `what answers at ${url.origin} is no server of this API.`)
  }

  #refuse(row: Row, why: string): void {
    const columns = Object.fromEntries(Object.entries(row).filter(([heading]) => heading !== WHY))
    const isFirst = this.#refused === null
    this.#refused ??= createWriteStream(this.#options.refused)
    this.#refused.write(`${Papa.unparse([{ ...columns, [WHY]: why }], { header: isFirst })}\r\n`)
    this.#counts.refused += 1
  }
}

async function* rowsOf(file: ReadStream): AsyncGenerator<Row, void> {
  const rows = file.pipe(Papa.parse(Papa.NODE_STREAM_INPUT, { header: true, skipEmptyLines: 'greedy' }))
  file.on('error', (error) => rows.destroy(error))
  for await (const row of rows) yield row as Row
}
