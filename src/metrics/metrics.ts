/** The figures of one process. What happens often is counted as it does; the rest is looked at when somebody asks. */
import { collectDefaultMetrics, type Gauge, type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client'
import type { SweepEnd } from '../jobs/sweep.js'
import type { CountedEvent, EventOutcome, StoreMeasures, StoreNews } from '../storage/figures.js'
import type { Storage } from '../storage/port/storage.js'
import { endOf } from '../tls.js'
import { VERSION } from '../version.js'
import { define } from './definitions.js'

/** Figures as processes tell each other of them. */
export type Figures = MetricObjectWithValues<MetricValue<string>>[]

/** What the figures are taken from when somebody asks. */
interface Sources {
  readonly storage: Pick<Storage, 'ping' | 'measure' | 'figures' | 'status'>
  /** Epoch milliseconds. */
  readonly clock: () => number
}

/** See `CallStreams`. */
interface StreamFigures {
  readonly open: number
  readonly messages: number
  readonly letGo: number
}

/** How long a store may take to answer: whoever asks for figures gives up after some seconds, and has to learn that it hangs. */
const ANSWER_MS = 500

/** What Prometheus's own check of names objects to, and nobody needs beside the breakdown by type. */
const MISNAMED = /^nodejs_active_\w+_total$/

const OUTCOMES: Readonly<Record<EventOutcome, string>> = {
  created: 'recorded',
  duplicate: 'repeat',
  conflict: 'refused',
  failed: 'failed',
  unavailable: 'unavailable',
}

export class Metrics {
  readonly registry = new Registry()
  readonly #all = define(this.registry)
  #sources: Sources | null = null
  #streams: (() => StreamFigures) | null = null
  #told = { messages: 0, letGo: 0 }
  #isLimitsShared: (() => boolean) | null = null
  #asking: Promise<StoreMeasures> | null = null

  constructor() {
    collectDefaultMetrics({ register: this.registry })
    for (const { name } of this.registry.getMetricsAsArray()) {
      if (MISNAMED.test(name)) this.registry.removeSingleMetric(name)
    }
    this.#all.processes.set(1)
    this.#all.build.set({ version: VERSION, node: process.version }, 1)
    // What is not known has no figure, rather than 0.
    const { certificateEnds, limitsShared, ready, behindSeconds, clockSkew, connectionsWaiting } = this.#all
    for (const unknown of [certificateEnds, limitsShared, ready, behindSeconds, clockSkew, connectionsWaiting])
      unknown.remove()
    this.#setMeasures(null)
  }

  /** What is asked when somebody wants figures. */
  watch(sources: Sources): void {
    this.#sources = sources
  }

  watchStreams(streams: () => StreamFigures): void {
    this.#streams = streams
  }

  watchLimits(isShared: () => boolean): void {
    this.#isLimitsShared = isShared
  }

  /** @param cert in PEM, as new connections get it */
  certificate(pair: { readonly cert: string }): void {
    this.#all.certificateEnds.set(endOf(pair) / 1000)
  }

  requestBegan(): void {
    this.#all.inFlight.inc()
  }

  /** @param seconds null for what goes on until its reader hangs up */
  requestEnded(
    { method, route, status }: { readonly method: string; readonly route: string; readonly status: number },
    seconds: number | null,
    code: string | undefined,
  ): void {
    this.#all.inFlight.dec()
    this.#all.requests.inc({ method, route, status })
    if (seconds !== null) this.#all.requestSeconds.observe({ method, route }, seconds)
    if (code !== undefined) this.#all.refusals.inc({ code })
  }

  readonly storeNews = (news: StoreNews): void => {
    if (news.kind === 'batch') {
      this.#all.batchSeconds.observe(news.seconds)
      this.#all.batchEvents.observe(news.events.length)
    } else if (news.kind === 'outcomes') this.#countOutcomes(news.events, news.outcomes)
    else if (news.kind === 'commit') {
      this.#all.commitSeconds.observe(news.seconds)
      for (const seconds of news.logWrites) this.#all.logWriteSeconds.observe(seconds)
    } else {
      this.#all.checkpointSeconds.observe(news.seconds)
      if (news.failed) this.#all.checkpointFailures.inc()
    }
  }

  slowStatement(): void {
    this.#all.slowStatements.inc()
  }

  /** @param at epoch milliseconds */
  jobEnded({ name, failed, rows }: SweepEnd, at: number): void {
    const task = name.replaceAll(' ', '_')
    this.#all.jobRuns.inc({ task, outcome: failed ? 'failed' : 'done' })
    this.#all.jobRows.inc({ task }, rows)
    if (!failed) this.#all.jobSuccess.set({ task }, at / 1000)
  }

  delivered(isDelivered: boolean, durationMs: number): void {
    this.#all.deliveries.inc({ outcome: isDelivered ? 'delivered' : 'failed' })
    this.#all.deliverySeconds.observe(durationMs / 1000)
  }

  /** All figures of this process, as they are now. Answers within a second, whatever the store does. */
  async figures(): Promise<Figures> {
    await this.#look()
    return this.registry.getMetricsAsJSON()
  }

  /** As Prometheus reads them. */
  async text(): Promise<string> {
    await this.#look()
    return this.registry.metrics()
  }

  /** Counted by kind first: a batch has few kinds and many events. */
  #countOutcomes(events: readonly CountedEvent[], outcomes: readonly EventOutcome[]): void {
    const counts = new Map<string, number>()
    for (const [at, event] of events.entries()) {
      const kind = `${sourceOf(event)} ${OUTCOMES[outcomes[at] as EventOutcome]}`
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    for (const [kind, count] of counts) {
      const [source, outcome] = kind.split(' ') as [string, string]
      this.#all.events.inc({ source, outcome }, count)
    }
  }

  async #look(): Promise<void> {
    if (this.#isLimitsShared !== null) this.#all.limitsShared.set(Number(this.#isLimitsShared()))
    this.#lookAtStreams()
    if (this.#sources === null) return
    const { storage, clock } = this.#sources
    const { queue, reads, pool } = storage.figures()
    this.#all.queueEvents.set(queue.items)
    this.#all.queueBytes.set(queue.bytes)
    this.#all.readsRunning.set(reads.running)
    this.#all.readsMost.set(reads.most)
    this.#all.readsWaiting.set(reads.waiting)
    if (pool !== null) {
      this.#all.connections.set({ state: 'idle' }, pool.idle)
      this.#all.connections.set({ state: 'busy' }, pool.total - pool.idle)
      this.#all.connectionsWaiting.set(pool.waiting)
    }
    const { behindSince } = storage.status()
    this.#all.behindSeconds.set(behindSince === null ? 0 : (clock() - behindSince) / 1000)
    const measures = await this.#askStore(storage)
    this.#all.ready.set(measures === null ? 0 : 1)
    this.#setMeasures(measures)
  }

  #lookAtStreams(): void {
    if (this.#streams === null) return
    const { open, messages, letGo } = this.#streams()
    this.#all.streams.set(open)
    this.#all.streamMessages.inc(messages - this.#told.messages)
    this.#all.streamsLetGo.inc(letGo - this.#told.letGo)
    this.#told = { messages, letGo }
  }

  /** @returns null when the store fails, or does not answer in time. One that hangs is asked once, however many want to know */
  async #askStore(storage: Sources['storage']): Promise<StoreMeasures | null> {
    this.#asking ??= Promise.all([storage.measure(), storage.ping()])
      .then(([measures]) => measures)
      .finally(() => {
        this.#asking = null
      })
    let late: NodeJS.Timeout | undefined
    const patience = new Promise<null>((resolve) => {
      late = setTimeout(resolve, ANSWER_MS, null)
    })
    const measures = await Promise.race([this.#asking.catch(() => null), patience])
    clearTimeout(late)
    return measures
  }

  #setMeasures(measures: StoreMeasures | null): void {
    const is = this.#all
    const webhooks = measures?.webhooks
    const oldestAt = webhooks?.oldestAt
    const now = this.#sources?.clock() ?? 0
    put(is.databaseBytes, measures?.databaseBytes)
    put(is.freeBytes, measures?.freeBytes)
    put(is.logBytes, measures?.logBytes)
    put(is.damagedLogs, measures?.damagedLogs)
    put(is.diskFreeBytes, measures?.diskFreeBytes)
    put(is.setAside, measures?.setAside)
    put(is.clockSkew, measures?.clockAheadMs, 1000)
    put(is.standbyWait, measures?.standbyWaitMs, 1000)
    put(is.webhookWaiting, webhooks?.pending)
    put(is.webhookParked, webhooks?.parked)
    put(is.webhookOldest, oldestAt === null ? 0 : oldestAt === undefined ? undefined : now - oldestAt, 1000)
    for (const state of ['active', 'paused', 'failed'] as const) {
      if (webhooks === undefined) is.webhookEndpoints.remove({ state })
      else is.webhookEndpoints.set({ state }, webhooks[state])
    }
  }
}

/** Sets a gauge, or takes its figure away where there is none. */
function put(gauge: Gauge, value: number | null | undefined, per = 1): void {
  if (value === null || value === undefined) gauge.remove()
  else gauge.set(value / per)
}

/** Who reported an event, in the words of those who run the server. */
function sourceOf({ source, name }: CountedEvent): string {
  if (source !== 'provider') return source
  return name === 'callDetails' ? 'reconciliation' : 'callback'
}
