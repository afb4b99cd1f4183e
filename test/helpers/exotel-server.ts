/**
 * Exotel, as far as this server asks it: making a call, details of one and of many, and recordings. It behaves as
 * https://developer.exotel.com/docs/voice-v1 says, and otherwise when a test tells it to.
 */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { earliestCreated, LONGEST_RANGE_MS } from '../../src/exotel/call-details.js'
import { exotelTime } from '../../src/exotel/time.js'
import { ADMIN_TOKEN, buildTestApp, type TestApp, type TestAppOptions } from './app.js'

/** The account that the server knows, as the admin API takes it. */
export const EXOTEL_API = {
  accountSid: 'acme1',
  apiKey: 'key-7f3a9c',
  apiToken: 'token-5d20be',
  callerId: '08047112233',
}
/** The same account with a token that Exotel does not know. */
export const WRONG_API = { ...EXOTEL_API, apiToken: 'token-of-nobody' }

const AUTHORIZATION = `Basic ${btoa(`${EXOTEL_API.apiKey}:${EXOTEL_API.apiToken}`)}`
const ACCOUNT = `/v1/Accounts/${EXOTEL_API.accountSid}/`

/**
 * How the next request is answered in place of the usual. `hang` and `drop` place a call all the same: the answer never comes,
 * or the connection breaks.
 */
export type Behaviour =
  | 'hang'
  | 'drop'
  | {
      readonly status: number
      readonly message?: string
      readonly retryAfter?: string
      readonly body?: string
      readonly location?: string
    }

interface Recording {
  readonly content: Buffer
  readonly type?: string
  /** Whether the account's API key is needed, as it is for accounts since October 2024. */
  readonly secured?: boolean
  /** Answers in place of the content. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => void
}

type Call = Record<string, unknown> & { Sid: string; created: number; readsUntilEnd: number }

export class ExotelServer {
  readonly calls = new Map<string, Call>()
  /** Method and path of each request, in order, and forms as they were sent. */
  readonly requests: string[] = []
  readonly forms: URLSearchParams[] = []
  readonly headers: IncomingMessage['headers'][] = []
  readonly recordings = new Map<string, Recording>()
  /** Answers to the next requests, first to last. */
  readonly next: Behaviour[] = []
  /** Whether a refusal repeats what was sent: the credentials, or where the call is to be reported. */
  echoes = false
  /** Its clock, epoch milliseconds: it has no calls of more than six months before. Null: of any time. */
  now: number | null = null
  /** Calls on a page, whatever is asked for. */
  pageSize = 100
  origin = ''
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #seen = new Set<() => void>()

  static async start(t: Test): Promise<ExotelServer> {
    const exotel = new ExotelServer()
    exotel.#server.listen(0, '127.0.0.1')
    await once(exotel.#server, 'listening')
    exotel.origin = `http://127.0.0.1:${String((exotel.#server.address() as AddressInfo).port)}`
    t.teardown(() => exotel.stop())
    return exotel
  }

  /** Nothing listens there any more. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  /** What a server is told so that it asks this one. */
  get env(): Record<string, string> {
    return { EXOTEL_API_URL: this.origin, RECORDING_HOSTS: this.origin }
  }

  /** Resolves when a request has arrived that is not answered yet. */
  arrived(): Promise<void> {
    return new Promise((resolve) => this.#seen.add(resolve))
  }

  /**
   * A call that is over, of one minute.
   * @param created epoch milliseconds
   * @param readsUntilEnd how often it is told without its end
   * @param details what Exotel tells of it otherwise; of its `Details` lists say nothing
   */
  add(created: number, readsUntilEnd = 0, details: Record<string, unknown> = {}): string {
    const { Sid } = details
    const sid = typeof Sid === 'string' ? Sid : randomBytes(16).toString('hex')
    const times = {
      DateCreated: exotelTime(created),
      StartTime: exotelTime(created),
      EndTime: exotelTime(created + 60_000),
      DateUpdated: exotelTime(created + 60_000),
    }
    this.calls.set(sid, {
      ...callOf(sid, new URLSearchParams()),
      ...times,
      Status: 'completed',
      ...details,
      Sid: sid,
      created,
      readsUntilEnd,
    })
    return sid
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(String(request.url), this.origin)
    this.requests.push(`${String(request.method)} ${url.pathname}`)
    this.headers.push(request.headers)
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    for (const tell of this.#seen) tell()
    this.#seen.clear()
    const recording = this.recordings.get(url.pathname)
    if (recording !== undefined) {
      sendRecording(recording, request, response)
      return
    }
    const behaviour = this.next.shift()
    if (typeof behaviour === 'object') {
      const { status, message, retryAfter, body, location } = behaviour
      if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
      if (location !== undefined) response.setHeader('location', location)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body ?? JSON.stringify({ RestException: { Status: status, Message: message } }))
      return
    }
    if (request.headers.authorization !== AUTHORIZATION || !url.pathname.startsWith(ACCOUNT)) {
      const sent = String(request.headers.authorization)
      refuse(response, 401, this.echoes ? `${sent} ${atob(sent.slice(6))}` : 'Authentication failed')
      return
    }
    const path = url.pathname.slice(ACCOUNT.length)
    if (request.method === 'POST' && path === 'Calls/connect.json') this.#connect(form, response, behaviour)
    else if (behaviour === 'drop') request.socket.destroy()
    else if (behaviour === 'hang') return
    else if (path === 'Calls.json') this.#list(url, response)
    else this.#details(path, response)
  }

  #connect(form: URLSearchParams, response: ServerResponse, behaviour: Behaviour | undefined): void {
    this.forms.push(form)
    if (/^$|^(?:sip:)?nobody\b/.test(form.get('To') ?? '')) {
      const reported = `${String(form.get('StatusCallback'))} ${form.toString()}`
      refuse(response, 400, this.echoes ? `No call for ${reported}` : 'Invalid parameter To')
      return
    }
    const sid = randomBytes(16).toString('hex')
    const call = { ...callOf(sid, form), created: Date.now(), readsUntilEnd: 0 }
    this.calls.set(sid, call)
    if (behaviour === 'drop') response.destroy()
    else if (behaviour === undefined) sendJson(response, { Call: told(call) })
  }

  #details(path: string, response: ServerResponse): void {
    const call = this.calls.get(path.replace(/^Calls\//, '').replace(/\.json$/, ''))
    if (call === undefined) refuse(response, 404, 'Call not found')
    else sendJson(response, { Call: told(call) })
  }

  /** Oldest first, as it is asked for; its cursor is the last call of the page before. */
  #list({ searchParams }: URL, response: ServerResponse): void {
    const [, from = '', to = ''] = /^gte:(.+);lte:(.+)$/.exec(searchParams.get('DateCreated') ?? '') ?? []
    const [first, last] = [instantOf(from), instantOf(to)]
    const keptFrom = this.now === null ? -Infinity : earliestCreated(this.now)
    if (!(first >= keptFrom && last - first < LONGEST_RANGE_MS)) {
      refuse(response, 400, 'DateCreated spans more than a month, or is more than six months ago')
      return
    }
    const all = [...this.calls.values()].sort((a, b) => a.created - b.created)
    const inRange = all.filter((call) => String(call['DateCreated']) >= from && String(call['DateCreated']) <= to)
    const after = searchParams.get('After')
    const start = after === null ? 0 : inRange.findIndex(({ Sid }) => Sid === after) + 1
    const page = inRange.slice(start, start + this.pageSize)
    const isLast = start + this.pageSize >= inRange.length
    const next = new URLSearchParams(searchParams)
    next.set('After', String(page.at(-1)?.Sid))
    const NextPageUri = isLast ? null : `${ACCOUNT}Calls.json?${next.toString()}`
    sendJson(response, {
      Metadata: { Total: inRange.length, PageSize: this.pageSize, NextPageUri, PrevPageUri: null },
      Calls: page.map((call) => ({ ...told(call), Details: undefined, Legs: undefined })),
    })
  }
}

function callOf(Sid: string, form: URLSearchParams): Record<string, unknown> & { Sid: string } {
  const now = exotelTime(Date.now())
  return {
    Sid,
    ParentCallSid: null,
    DateCreated: now,
    DateUpdated: now,
    AccountSid: EXOTEL_API.accountSid,
    To: form.get('To') ?? '0XXXXX20000',
    From: form.get('From') ?? '0XXXXX30240',
    PhoneNumberSid: form.get('CallerId') ?? EXOTEL_API.callerId,
    Status: 'in-progress',
    StartTime: now,
    EndTime: null,
    Duration: null,
    Price: null,
    Direction: 'outbound-api',
    AnsweredBy: null,
    ForwardedFrom: null,
    CallerName: null,
    Uri: `${ACCOUNT}Calls/${Sid}.json`,
    RecordingUrl: null,
    ...(form.has('CustomField') && { CustomField: form.get('CustomField') }),
  }
}

/** Of a time as Exotel writes it. */
function instantOf(time: string): number {
  return Date.parse(`${time.replace(' ', 'T')}+05:30`)
}

/** Exotel learns of the end of a call some minutes after it. */
function told(call: Call): Record<string, unknown> {
  const members = Object.fromEntries(Object.entries(call).filter(([name]) => /^[A-Z]/.test(name)))
  if (call.readsUntilEnd === 0) return members
  call.readsUntilEnd -= 1
  return { ...members, EndTime: null }
}

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ RestException: { Status: status, Message: message } }))
}

function sendRecording(recording: Recording, request: IncomingMessage, response: ServerResponse): void {
  const { content, type = 'audio/mpeg', secured = false, answer } = recording
  if (answer !== undefined) {
    answer(request, response)
    return
  }
  if (secured && request.headers.authorization !== AUTHORIZATION) {
    response.writeHead(401).end('denied')
    return
  }
  response.setHeader('content-type', type).setHeader('accept-ranges', 'bytes')
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '')
  if (range === null) {
    response.writeHead(200, { 'content-length': content.length }).end(content)
    return
  }
  const [, first = '', last = ''] = range
  const from = first === '' ? content.length - Number(last) : Number(first)
  const to = first === '' || last === '' ? content.length - 1 : Math.min(Number(last), content.length - 1)
  if (from > to) {
    response.writeHead(416, { 'content-range': `bytes */${String(content.length)}` }).end()
    return
  }
  const part = content.subarray(from, to + 1)
  const place = `bytes ${String(from)}-${String(to)}/${String(content.length)}`
  response.writeHead(206, { 'content-length': part.length, 'content-range': place }).end(part)
}

/** An app at whose Exotel every call has the same recording, and whose demo client may make calls. */
export async function exotelApp(
  t: Test,
  options: TestAppOptions = {},
): Promise<TestApp & { readonly exotel: ExotelServer }> {
  const exotel = await ExotelServer.start(t)
  exotel.recordings.set('/recording.mp3', { content: Buffer.from('ID3') })
  const recordingOf = () => Promise.resolve(`${exotel.origin}/recording.mp3`)
  const test = await buildTestApp(t, { recordingOf, ...options, env: { ...exotel.env, ...options.env } })
  await giveExotelApi(test, 'client-demo')
  return { ...test, exotel }
}

/** Gives a client what its server signs in to Exotel's API with. */
export async function giveExotelApi(
  { inject }: TestApp,
  clientId: string,
  exotelApi: object | null = EXOTEL_API,
): Promise<void> {
  const answer = await inject({
    method: 'PATCH',
    url: `/api/admin/clients/${clientId}`,
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    payload: { exotelApi },
  })
  if (answer.statusCode !== 200) throw new Error(answer.body)
}
