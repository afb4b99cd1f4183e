/** Answers with people's numbers masked, whatever they are written as. */
import { Transform } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { maskedNumber, maskedText } from '../core/masked-number.js'

/** The client's own numbers, and what is no text of people: it opens something, or goes on with a list. */
const KEPT: ReadonlySet<string> = new Set([
  ...['virtualNumber', 'agentNumber', 'clientId', 'requestId', 'keyId', 'apiKey', 'endpointId', 'messageId'],
  ...['token', 'sessionToken', 'streamToken', 'exotelToken', 'userId', 'nextCursor', 'logId', 'type', 'secret'],
])
/** Names, which a caller uses again: they are other digits than numbers, mostly. */
const IDS: ReadonlySet<string> = new Set([
  'sessionId',
  'callSid',
  'callId',
  'customerId',
  'customer',
  'agentUserId',
  'agent',
  'eventId',
])
/** What callers sent: there a number may be a number of JSON's, too. */
const OPEN: ReadonlySet<string> = new Set(['data', 'customerData', 'customFields', 'profile'])
const LEAST_NUMBER = 1_000_000

/** @param name of the member that a value is of; of a list's, that of the list */
function maskedValue(value: unknown, region: string, name: string, isOpen: boolean): unknown {
  if (typeof value === 'string') {
    return KEPT.has(name) && !isOpen ? value : maskedText(value, region, IDS.has(name))
  }
  if (typeof value === 'number') {
    return isOpen && Math.abs(value) >= LEAST_NUMBER ? maskedNumber(String(value), region) : value
  }
  if (Array.isArray(value)) return value.map((each) => maskedValue(each, region, name, isOpen))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => {
    return [maskedText(key, region), maskedValue(member, region, key, isOpen || OPEN.has(key))]
  })
  return Object.fromEntries(members)
}

function maskedJson(text: string, region: string): string {
  return JSON.stringify(maskedValue(JSON.parse(text), region, '', false))
}

/** @param type of the content */
export function maskedBody(text: string, type: string, region: string): string {
  if (/json/.test(type) && text !== '') return maskedJson(text, region)
  // Of a page what is read, not how it is drawn.
  if (/html/.test(type)) return text.replace(/>[^<]+</g, (part) => maskedText(part, region))
  return maskedText(text, region)
}

/** Masks a text that comes in parts, a line at a time: rows of a file, and messages of a stream. */
export function maskingStream(region: string): Transform {
  const decoder = new StringDecoder()
  let rest = ''
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop() as string
      done(null, lines.map((line) => `${maskedLine(line, region)}\n`).join(''))
    },
    flush(done) {
      done(null, maskedLine(rest + decoder.end(), region))
    },
  })
}

/** What an export of JSON says before its first call. */
const HEAD = /^\{"client":.*?"calls":\[/
/** What may follow an object in a line: a separator, the end of a list. */
const TAILS = ['', ',', ']}', '\r']

/** A line that holds an object of JSON, as messages and rows do; else a row of text. */
function maskedLine(line: string, region: string): string {
  const head = HEAD.exec(line)?.[0] ?? ''
  const start = line.indexOf('{', head.length)
  for (const tail of start === -1 ? [] : TAILS) {
    if (!line.endsWith(tail)) continue
    try {
      const json = maskedJson(line.slice(start, line.length - tail.length), region)
      return maskedText(line.slice(0, start), region) + json + tail
    } catch {
      // Something else follows it.
    }
  }
  return maskedText(line, region)
}
