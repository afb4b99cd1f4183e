/**
 * One client's day in fast motion: what ribbons and Exotel report of real calls, with everything that goes wrong on the way, and
 * what each call really was.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { stringify } from 'qs'
import type { CallEvent } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import { type CallbackEvent, callbackPath } from '../../src/core/vocabulary/callbacks.js'
import { createRibbonClient } from '../../src/client/client.js'
import { ADMIN_TOKEN } from '../helpers/app.js'
import { realCall, type RealCall } from '../helpers/real-calls.js'
import type { WebhookReceiver } from '../helpers/webhook-receiver.js'

/** Shares of calls. */
const TAB_LOST = 0.1
const OFFLINE = 0.1
const NEVER_ENDED = 0.03
/** Share of events that a ribbon sends again, because it did not hear the answer. */
const REPEATED = 0.1
/** Between a call's events, and before a late callback; milliseconds. */
const STEP_MS = 300
const LATE_MS = 15_000
const AGAIN_MS = 200
const READ_EVERY_MS = 2_000

/** Callbacks whose payload stands in the address. */
const IN_QUERY = ['passthru', 'popup']
const ENDS = ['callEnded', 'missed', 'rejected']
const READS = [
  'analytics',
  'analytics/detailed?sections=heatMap,percentiles',
  'analytics/query?groupBy=agent&metrics=calls,answerRate,p90Talk',
  'call-logs?page=3',
  'calls?status=completed',
  'missed-calls',
  'active-calls',
  'reports/daily?format=text',
  'export/calls?format=csv',
]
/** Of a server that is away, or cannot take it now. */
const PASSING = [429, 502, 503]

export interface SoakedCall {
  readonly real: RealCall
  /** Nobody tells its end: all that is known is how it began. */
  readonly isOpen: boolean
}

interface OwnKey {
  readonly keyId: string
  readonly apiKey: string
}

interface Made {
  readonly clientId: string
  /** Opens everything, and stays. */
  readonly key: string
  /** Rotated now and then. */
  readonly own: OwnKey
  readonly callbackKey: string
}

export class Office {
  readonly calls: SoakedCall[] = []
  /** Events and callbacks that were acknowledged. */
  acknowledged = 0
  repeats = 0
  /** What was answered otherwise than it should be. */
  readonly faults: string[] = []
  /** Milliseconds that acknowledgements took since they were asked for last; not of a server that is away. */
  latencies: number[] = []
  /** Sequences of changes, as the stream told them. */
  readonly told: number[] = []
  readonly key: string
  readonly clientId: string
  readonly #origin: string
  readonly #random: () => number
  readonly stopFollowing = new AbortController()
  readonly #ending = new AbortController()
  readonly #underWay = new Set<Promise<void>>()
  #own: OwnKey
  readonly #callbackKey: string

  private constructor(origin: string, random: () => number, made: Made) {
    this.#origin = origin
    this.#random = random
    this.clientId = made.clientId
    this.key = made.key
    this.#own = made.own
    this.#callbackKey = made.callbackKey
  }

  /** A new client, whose changes go to a receiver of webhooks. */
  static async open(origin: string, name: string, random: () => number, receiver: WebhookReceiver): Promise<Office> {
    const admin = async <T>(path: string, body: object): Promise<T> =>
      asked<T>(`${origin}/api/admin/clients${path}`, { authorization: `Bearer ${ADMIN_TOKEN}` }, body)
    const { client, apiKey: key } = await admin<{ client: { clientId: string }; apiKey: string }>('', {
      name,
      domains: ['*'],
      limit: 1_000_000,
      exotelToken: 'token',
      userId: 'user',
    })
    const { clientId } = client
    const own = await admin<OwnKey>(`/${clientId}/keys`, { kind: 'secret' })
    const callbacks = await admin<{ apiKey: string }>(`/${clientId}/keys`, { kind: 'callback' })
    const { secret } = await admin<{ secret: string }>(`/${clientId}/webhooks`, {
      url: receiver.url,
      eventTypes: ['call.started', 'call.answered', 'call.updated', 'call.ended', 'call.missed'],
    })
    receiver.secret = secret
    return new Office(origin, random, { clientId, key, own, callbackKey: callbacks.apiKey })
  }

  /** Follows its changes until told to stop, and reads its reports until all is settled. */
  async begin(): Promise<void> {
    await new Promise<void>((resolve) => {
      void this.#follow(resolve)
    })
    this.#keep(this.#read())
  }

  /** A call that began yesterday, at an instant in whole seconds, reported from now on. @param kind which flow it takes */
  place(startAt: number, kind: number): void {
    const real = realCall(`${this.clientId}-${String(this.calls.length)}`, startAt, kind)
    const isOpen = this.#chance(NEVER_ENDED) && real.browser.length > 0
    this.calls.push({ real, isOpen })
    this.#keep(this.#report({ real, isOpen }))
  }

  /** A new key; the old one ends an hour later. */
  async rotateKey(): Promise<void> {
    const { keyId } = this.#own
    this.#own = await asked(
      `${this.#origin}/api/admin/clients/${this.clientId}/keys/${keyId}/rotate`,
      { authorization: `Bearer ${ADMIN_TOKEN}` },
      { overlapHours: 1 },
    )
  }

  /** All that was reported is acknowledged. */
  async settled(): Promise<void> {
    this.#ending.abort()
    await Promise.all(this.#underWay)
  }

  /** @param begun is called when it has been told how everything is */
  async #follow(begun: () => void): Promise<void> {
    const ribbon = createRibbonClient({ baseUrl: this.#origin, apiKey: this.key })
    try {
      for await (const message of ribbon.changes({ signal: this.stopFollowing.signal })) {
        if (message.event === 'snapshot') begun()
        if (message.event.startsWith('call.')) this.told.push(message.id)
      }
    } catch (error) {
      if (!this.stopFollowing.signal.aborted) this.faults.push(`the stream ended: ${String(error)}`)
    }
  }

  async #read(): Promise<void> {
    const { signal } = this.#ending
    for (let n = Math.floor(this.#random() * READS.length); !signal.aborted; n++) {
      await wait(READ_EVERY_MS, undefined, { signal }).catch(() => null)
      const path = READS[n % READS.length] as string
      const headers = { 'x-api-key': this.#own.apiKey }
      const answer = await fetch(`${this.#origin}/api/ribbon/${path}`, { headers }).catch(() => null)
      // A file that breaks off was broken off: it is not taken for a whole one.
      await answer?.text().catch(() => null)
      if (answer !== null && !answer.ok && !PASSING.includes(answer.status)) {
        this.faults.push(`${path}: ${String(answer.status)}`)
      }
    }
  }

  async #report({ real, isOpen }: SoakedCall): Promise<void> {
    if (isOpen) return this.#log(real.browser.slice(0, 1))
    const isTabLost = this.#chance(TAB_LOST) && real.reports.length > 0
    const browser = isTabLost ? real.browser.filter(({ event }) => !ENDS.includes(event)) : real.browser
    await Promise.all([this.#log(browser), this.#callBack(real.reports)])
  }

  async #log(events: readonly CallEvent[]): Promise<void> {
    if (events.length > 0 && this.#chance(OFFLINE)) {
      await wait(this.#random() * LATE_MS)
      await this.#send('/api/ribbon/log-calls', { events: events.map(bodyOf) }, events.length)
      return
    }
    for (const event of events) {
      await wait(this.#random() * STEP_MS)
      await this.#send('/api/ribbon/log-call', bodyOf(event), 1)
      if (!this.#chance(REPEATED)) continue
      this.repeats += 1
      await this.#send('/api/ribbon/log-call', bodyOf(event), 0)
    }
  }

  async #callBack(reports: readonly CallEvent[]): Promise<void> {
    await wait(this.#random() * LATE_MS)
    for (const { event, data } of reports) {
      const path = callbackPath(event as CallbackEvent, this.#callbackKey)
      const inQuery = IN_QUERY.includes(event)
      const asked: [string, JsonObject | null] = inQuery ? [`${path}?${stringify(data)}`, null] : [path, data]
      await this.#send(...asked, 1)
      if (this.#chance(REPEATED)) await this.#send(...asked, 0)
    }
  }

  /** Sends until it is acknowledged, as ribbons do, and Exotel for a while. */
  async #send(path: string, body: object | null, events: number): Promise<void> {
    for (;;) {
      const startedAt = performance.now()
      const headers = { 'content-type': 'application/json', 'x-api-key': this.#own.apiKey }
      const init = body === null ? {} : { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await fetch(this.#origin + path, init).catch(() => null)
      const text = await answer?.text().catch(() => null)
      if (answer?.ok === true && typeof text === 'string') {
        this.latencies.push(performance.now() - startedAt)
        this.acknowledged += events
        return
      }
      if (answer !== null && !answer.ok && !PASSING.includes(answer.status)) {
        this.faults.push(`${path.replace(this.#callbackKey, '…')}: ${String(answer.status)} ${String(text)}`)
        return
      }
      await wait(AGAIN_MS * (1 + this.#random()))
    }
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }

  #keep(work: Promise<void>): void {
    this.#underWay.add(work)
    void work.finally(() => this.#underWay.delete(work))
  }
}

function bodyOf({ event, data, context, occurredAt }: CallEvent): object {
  return { event, data, ...context, timestamp: new Date(occurredAt).toISOString() }
}

async function asked<T>(url: string, headers: Record<string, string>, body: object): Promise<T> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url}: ${await answer.text()}`)
  return (await answer.json()) as T
}
