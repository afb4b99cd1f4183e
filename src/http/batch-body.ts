/** Bodies that hold many events, taken apart into the text of each: one that is at fault then spoils no other. */
import type { FastifyBodyParser, FastifyInstance } from 'fastify'
import { isObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { jsonReader, notUtf8, otherCharset } from './json-body.js'

/** The body of a batch as one document, whose fault is told by its place in all of it; none of a body of lines. */
export const DOCUMENT = Symbol('document')

/** A batch before its events are read. */
export interface UnreadBatch {
  readonly apiKey?: string
  /** Texts of a document, and lines as they came. */
  readonly events: readonly (string | Buffer)[]
  readonly [DOCUMENT]?: string
}

/** Events as they are found. A batch with more than it may have is refused: those beyond are counted, and not kept. */
class Found<Event> {
  readonly #kept: Event[] = []
  #count = 0

  add(event: () => Event): void {
    this.#count += 1
    if (this.#count <= LIMITS.batchEvents) this.#kept.push(event())
  }

  /** As long as there are events; what is not kept is not there. */
  get all(): readonly Event[] {
    this.#kept.length = this.#count
    return this.#kept
  }
}

/** Parses `{ "events": […] }`, but for the events. */
export function batchParser(app: FastifyInstance): FastifyBodyParser<Buffer> {
  const read = jsonReader(app)
  return (request, bytes, done) => {
    const refused = otherCharset(request) ?? notUtf8(bytes)
    if (refused !== null) {
      done(refused)
      return
    }
    const text = bytes.toString()
    const readWhole = (): void => {
      read(text, (error, value) => {
        done(error, error === null ? unread(value, text) : undefined)
      })
    }
    const parts = takenApart(text)
    if (parts === null) {
      readWhole()
      return
    }
    read(parts.envelope, (error, value) => {
      // Told by its place in the whole.
      if (error !== null) readWhole()
      else done(null, { ...(value as object), events: parts.events, [DOCUMENT]: text })
    })
  }
}

/** Parses lines that are events. */
export const linesParser: FastifyBodyParser<Buffer> = (request, bytes, done) => {
  const refused = otherCharset(request)
  if (refused === null) done(null, { events: linesOf(bytes) })
  else done(refused)
}

/** A document that was read whole, because its events stand where they are not looked for. */
function unread(value: unknown, text: string): unknown {
  if (!isObject(value) || !Array.isArray(value['events'])) return value
  const events = new Found<string>()
  for (const event of value['events'] as readonly unknown[]) events.add(() => JSON.stringify(event))
  return { ...value, events: events.all, [DOCUMENT]: text }
}

const [LINE_BREAK, SPACE] = [0x0a, 0x20]

function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines = new Found<Buffer>()
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(LINE_BREAK, at)
    const end = found === -1 ? bytes.length : found
    let start = at
    while (start < end && (bytes[start] as number) <= SPACE) start += 1
    if (start < end) lines.add(() => bytes.subarray(start, end))
    at = end + 1
  }
  return lines.all
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [BRACKET, BRACE, END_BRACKET, END_BRACE] = [0x5b, 0x7b, 0x5d, 0x7d]

/** What stands between the name of a list and its first entry. */
const LIST = /\s*:\s*\[/y

/**
 * A text with its list of events emptied, and the texts of the events. If all of these are JSON, then so is the whole; and if
 * the whole is JSON, then these are its events.
 * @returns null where there is no such list, or no end of it
 */
function takenApart(text: string): { readonly envelope: string; readonly events: readonly string[] } | null {
  const events = new Found<string>()
  let depth = 0
  let list: number | null = null
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      const end = endOfText(text, at)
      if (depth === 1 && list === null && text.slice(at, end) === '"events"') {
        LIST.lastIndex = end
        if (LIST.test(text)) {
          list = start = LIST.lastIndex
          depth += 1
          at = list - 1
          continue
        }
      }
      at = end - 1
    } else if (code === BRACKET || code === BRACE) depth += 1
    else if (code === END_BRACKET || code === END_BRACE) {
      depth -= 1
      if (list !== null && depth === 1) {
        const last = text.slice(start, at)
        if (start > list || last.trim() !== '') events.add(() => last)
        return { envelope: text.slice(0, list) + text.slice(at), events: events.all }
      }
    } else if (code === COMMA && depth === 2 && list !== null) {
      const from = start
      events.add(() => text.slice(from, at))
      start = at + 1
    }
  }
  return null
}

/** Where a text of JSON ends that begins with a quote; the end of all where it does not. */
function endOfText(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) return end + 1
  }
  return text.length
}
