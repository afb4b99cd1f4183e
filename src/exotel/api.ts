/** Exotel's Voice API, version 1: https://developer.exotel.com/docs/voice-v1/api-reference/connect-two-numbers */
import type { IncomingMessage } from 'node:http'
import { isObject, type JsonObject } from '../core/json.js'
import { KEYS_IN_TEXT } from '../core/keys-in-text.js'
import { retryAfterMs } from '../core/retry-after.js'
import { ExotelFailure, kindOfStatus } from './failure.js'
import { isApiHost } from './hosts.js'
import type { Unanswered } from './request.js'
import { type Outgoing, send, textOf, type Timing } from './request.js'

/** What a server signs in to Exotel's API with, for one client. */
export interface ApiCredentials {
  readonly accountSid: string
  readonly apiKey: string
  readonly apiToken: string
  /** Host of the API in the account's region, `api.exotel.com` or `api.in.exotel.com`. */
  readonly subdomain: string
  /** The virtual number of calls that name none; null when each has to name one. */
  readonly callerId: string | null
}

/** A call to be made: Exotel calls `from`, and connects it to `to` once somebody answers. */
export interface CallOrder {
  readonly from: string
  readonly to: string
  readonly callerId: string
  readonly customField: string
  /** Seconds after which the call is cut. */
  readonly timeLimit?: number | undefined
  readonly record?: boolean | undefined
  /** Where Exotel reports the call; null for nowhere. */
  readonly statusCallback: string | null
}

/** A call as Exotel tells it: every member as it was sent. Times are Indian, `YYYY-MM-DD HH:mm:ss` without an offset. */
export type ExotelCall = JsonObject

export interface CallPage {
  readonly calls: readonly ExotelCall[]
  /** Of the next page, as Exotel writes it; null after the last. */
  readonly nextUri: string | null
}

const API_TIMING: Timing = { connectMs: 5_000, answerMs: 20_000, idleMs: 10_000, totalMs: 25_000 }

/** A page of a hundred calls with their legs is a fifth of it. */
const MOST_ANSWER_BYTES = 2 * 1024 * 1024
/** Characters of Exotel's own words that are passed on. */
const MOST_MESSAGE = 300

interface Where {
  /** Origin of another server in place of Exotel's, at any address; null for Exotel's. */
  readonly apiUrl: string | null
  readonly timing?: Timing
}

/** Every method sends one request, and throws ExotelFailure. */
export class ExotelApi {
  readonly #credentials: ApiCredentials
  readonly #account: URL
  readonly #anyAddress: boolean
  readonly #timing: Timing

  /** @throws Error when the account's host is none of Exotel's */
  constructor(credentials: ApiCredentials, { apiUrl, timing = API_TIMING }: Where) {
    if (apiUrl === null && !isApiHost(credentials.subdomain)) {
      throw new Error(`${credentials.subdomain} is no host of Exotel's API`)
    }
    this.#credentials = credentials
    const account = encodeURIComponent(credentials.accountSid)
    this.#account = new URL(`/v1/Accounts/${account}/`, apiUrl ?? `https://${credentials.subdomain}`)
    this.#anyAddress = apiUrl !== null
    this.#timing = timing
  }

  /** @returns the call that is being made; its `Sid` is a text */
  async connect(order: CallOrder): Promise<ExotelCall & { readonly Sid: string }> {
    const call = callIn(
      await this.#ask(new URL('Calls/connect.json', this.#account), { method: 'POST', body: formOf(order) }),
    )
    const { Sid } = call
    if (typeof Sid !== 'string' || Sid === '') throw unreadable(200, 'the call in it has no Sid')
    return { ...call, Sid }
  }

  /** @returns null when Exotel knows no such call */
  async call(callSid: string, signal?: AbortSignal): Promise<ExotelCall | null> {
    const url = new URL(`Calls/${encodeURIComponent(callSid)}.json?details=true`, this.#account)
    try {
      return callIn(await this.#ask(url, { signal }))
    } catch (error) {
      if (error instanceof ExotelFailure && error.status === 404) return null
      throw error
    }
  }

  /** A page of the account's calls. @param page a query of `Calls.json`, or the address of a page as the one before gave it */
  async calls(page: URLSearchParams | string, signal?: AbortSignal): Promise<CallPage> {
    const list = new URL('Calls.json', this.#account)
    const url = typeof page === 'string' ? new URL(page, list) : new URL(`?${page.toString()}`, list)
    // The credentials go with it.
    if (url.origin !== list.origin || url.pathname.replace(/(\.json)?$/, '.json') !== list.pathname) {
      throw unreadable(200, 'its next page is not of this list')
    }
    url.pathname = list.pathname
    const { Calls: calls, Metadata: metadata } = await this.#ask(url, { signal })
    if (!Array.isArray(calls) || !calls.every(isObject)) throw unreadable(200, 'there is no list of calls in it')
    const next = isObject(metadata) ? metadata['NextPageUri'] : null
    return { calls, nextUri: typeof next === 'string' && next !== '' ? next : null }
  }

  async #ask(url: URL, more: Pick<Outgoing, 'method' | 'body' | 'signal'>): Promise<JsonObject> {
    const headers = {
      accept: 'application/json',
      authorization: basicOf(this.#credentials),
      ...(more.body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    }
    const response = await this.#send({ url, headers, anyAddress: this.#anyAddress, timing: this.#timing, ...more })
    const status = Number(response.statusCode)
    const text = await textOf(response, MOST_ANSWER_BYTES).catch((error: unknown) => {
      throw status === 200 ? unreadable(status, (error as Error).message) : this.#refusal(response, null)
    })
    const answer = jsonOf(text)
    if (status !== 200) throw this.#refusal(response, answer)
    if (answer === null) throw unreadable(status, 'it is not JSON')
    return answer
  }

  async #send(outgoing: Outgoing): Promise<IncomingMessage> {
    try {
      return await send(outgoing)
    } catch (error) {
      const { message, mayHaveArrived } = error as Unanswered
      throw new ExotelFailure(mayHaveArrived ? 'unanswered' : 'unreached', this.#clean(message), { cause: error })
    }
  }

  #refusal({ statusCode, headers }: IncomingMessage, answer: JsonObject | null): ExotelFailure {
    const status = Number(statusCode)
    const said = isObject(answer?.['RestException']) ? answer['RestException']['Message'] : null
    const message = typeof said === 'string' && said !== '' ? this.#clean(said) : `an answer of ${String(status)}`
    return new ExotelFailure(kindOfStatus(status), message, {
      status,
      retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()),
    })
  }

  /** Words from outside, without what is secret, in one line. */
  #clean(text: string): string {
    const { apiKey, apiToken } = this.#credentials
    const secrets = [apiToken, apiKey, encodeURIComponent(apiToken), basicOf(this.#credentials).slice('Basic '.length)]
    const cleaned = secrets.reduce((left, secret) => left.replaceAll(secret, '…'), text)
    return cleaned
      .replace(KEYS_IN_TEXT, '…')
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, MOST_MESSAGE)
  }
}

export function basicOf({ apiKey, apiToken }: Pick<ApiCredentials, 'apiKey' | 'apiToken'>): string {
  return `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`
}

function formOf({ from, to, callerId, customField, timeLimit, record, statusCallback }: CallOrder): string {
  const form = new URLSearchParams({
    From: from,
    To: to,
    CallerId: callerId,
    CallType: 'trans',
    CustomField: customField,
  })
  if (timeLimit !== undefined) form.set('TimeLimit', String(timeLimit))
  if (record !== undefined) form.set('Record', String(record))
  if (statusCallback !== null) {
    form.set('StatusCallback', statusCallback)
    form.set('StatusCallbackEvents[0]', 'terminal')
    form.set('StatusCallbackEvents[1]', 'answered')
    form.set('StatusCallbackContentType', 'application/json')
  }
  return form.toString()
}

function callIn(answer: JsonObject): ExotelCall {
  if (!isObject(answer['Call'])) throw unreadable(200, 'there is no call in it')
  return answer['Call']
}

function unreadable(status: number, why: string): ExotelFailure {
  return new ExotelFailure('unanswered', `the answer cannot be read: ${why}`, { status })
}

function jsonOf(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as unknown
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
