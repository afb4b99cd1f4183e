/**
 * A recording as it is read from where Exotel keeps it. Since October 2024 Exotel's own hosts ask for the account's API key:
 * https://developer.exotel.com/docs/reporting/recording-access
 */
import type { IncomingMessage } from 'node:http'
import { extname } from 'node:path/posix'
import { finished, type Readable, Transform } from 'node:stream'
import { type ApiCredentials, basicOf } from './api.js'
import { type AllowedHost, hostFor, isExotelsOwn } from './hosts.js'
import { send, type Timing } from './request.js'

export interface RecordingPart {
  /** 200 for all of it, 206 for the part that was asked for. */
  readonly status: 200 | 206
  readonly type: string
  /** For the end of a file's name, with its dot. */
  readonly extension: string
  /** Bytes; null where it is not said. */
  readonly length: number | null
  readonly contentRange: string | null
  readonly takesRanges: boolean
  /** Fails when the recording does not come to its end, or is too long. */
  readonly content: Readable
}

/**
 * Why there is none: `foreign`, it lies where nothing is fetched from; `gone`, it is no longer there; `refused`, the account's API
 * key is needed or wrong; `range`, it has no such part; `unusable`, what is there is no sound, or leads elsewhere.
 */
export interface NoRecording {
  readonly status: 'foreign' | 'gone' | 'refused' | 'range' | 'unusable'
  /** Of a recording that has no such part: how long it is, as HTTP says it. */
  readonly contentRange?: string
  readonly why: string
}

interface RecordingQuery {
  readonly url: string
  readonly hosts: readonly AllowedHost[]
  /** Origin of a server that is trusted as Exotel's is; null for none. */
  readonly apiUrl: string | null
  readonly credentials: ApiCredentials | null
  readonly range: string | undefined
  readonly timing: Timing
  readonly mostBytes: number
  /** What the content fails with, told why. */
  readonly failure: (cause: Error) => Error
}

const ONE_RANGE = /^bytes=(?:\d{1,15}-\d{0,15}|-\d{1,15})$/
const CONTENT_RANGE = /^bytes (?:\d+-\d+|\*)\/(?:\d+|\*)$/
const AUDIO = /^audio\/[\w.+-]+$/
/** What a store that knows no types calls everything, and what a file is then, by the end of its name. */
const UNTYPED = /^(?:application|binary)\/octet-stream$/
const TYPES: Readonly<Record<string, string>> = { '.mp3': 'audio/mpeg', '.wav': 'audio/wav' }
const EXTENSIONS: Readonly<Record<string, string>> = {
  'audio/mpeg': '.mp3',
  'audio/mp3': '.mp3',
  'audio/wav': '.wav',
  'audio/x-wav': '.wav',
  'audio/wave': '.wav',
}

/** @throws Unanswered when its host cannot be reached, or does not answer in time */
export async function openRecording(query: RecordingQuery): Promise<RecordingPart | NoRecording> {
  const url = URL.canParse(query.url) ? new URL(query.url) : null
  const host = url && hostFor(url, query.hosts)
  if (url === null || host === null) return { status: 'foreign', why: 'its host is not among those that are allowed' }
  const range = ONE_RANGE.test(query.range ?? '') ? query.range : undefined
  const response = await send({
    url,
    headers: {
      accept: 'audio/*',
      'accept-encoding': 'identity',
      ...(range !== undefined && { range }),
      ...((isExotelsOwn(url) || url.origin === query.apiUrl) &&
        query.credentials !== null && { authorization: basicOf(query.credentials) }),
    },
    anyAddress: host.origin !== null,
    timing: query.timing,
  })
  const found = partOf(response, url, range !== undefined, query.mostBytes)
  if ('why' in found) {
    response.destroy()
    return found
  }
  return { ...found, content: limited(response, query) }
}

function partOf(
  { statusCode, headers }: IncomingMessage,
  { pathname }: URL,
  isPart: boolean,
  mostBytes: number,
): Omit<RecordingPart, 'content'> | NoRecording {
  const contentRange = CONTENT_RANGE.test(headers['content-range'] ?? '') ? String(headers['content-range']) : null
  if (statusCode === 404 || statusCode === 410) return { status: 'gone', why: 'it is no longer there' }
  if (statusCode === 401 || statusCode === 403) return { status: 'refused', why: `an answer of ${String(statusCode)}` }
  if (statusCode === 416 && isPart) {
    return { status: 'range', why: 'it has no such part', ...(contentRange !== null && { contentRange }) }
  }
  const unusable = (why: string): NoRecording => ({ status: 'unusable', why })
  const isExpected = statusCode === 200 || (statusCode === 206 && isPart && contentRange !== null)
  if (!isExpected) return unusable(`an answer of ${String(statusCode)}`)
  if (headers['content-encoding'] !== undefined) return unusable('it is encoded')
  const told = String(headers['content-type']).split(';', 1).join().trim().toLowerCase()
  const type = UNTYPED.test(told) ? TYPES[extname(pathname)] : told
  if (type === undefined || !AUDIO.test(type)) return unusable('it is no sound')
  const length = /^\d{1,15}$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : null
  if (length !== null && length > mostBytes) return unusable(`it is longer than ${String(mostBytes)} bytes`)
  return {
    status: statusCode,
    type,
    extension: EXTENSIONS[type] ?? '',
    length,
    contentRange: statusCode === 206 ? contentRange : null,
    takesRanges: statusCode === 206 || headers['accept-ranges'] === 'bytes',
  }
}

/** The body, of which no more is held than is being passed on; whoever ends either side ends the other. */
function limited(response: IncomingMessage, { mostBytes, failure }: RecordingQuery): Readable {
  let bytes = 0
  const passed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > mostBytes) done(failure(new Error(`the recording is longer than ${String(mostBytes)} bytes`)))
      else done(null, chunk)
    },
  })
  finished(response, (error) => {
    if (error != null) passed.destroy(failure(error))
  })
  // Whoever reads hears of it; until somebody does, nobody has to.
  passed.on('error', () => undefined)
  passed.once('close', () => response.destroy())
  return response.pipe(passed)
}
