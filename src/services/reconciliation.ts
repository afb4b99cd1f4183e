/** Reconciliations of clients' calls with Exotel's own records: one of a client at a time, in whatever process. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Reconciliation, ReconciliationBody } from '../../schemas/reconciliation.js'
import type { KeyRing } from '../clients/key-ring.js'
import { formatInstant } from '../core/calendar.js'
import type { TimeRange } from '../core/range.js'
import { LIMITS } from '../core/limits.js'
import type { ReconciliationState } from '../core/vocabulary/reconciliation.js'
import { fail } from '../errors.js'
import { ExotelApi } from '../exotel/api.js'
import { ExotelFailure } from '../exotel/failure.js'
import type { Patience } from '../exotel/patience.js'
import type { Timing } from '../exotel/request.js'
import type { ClientListing } from '../storage/port/clients.js'
import type { StoredReconciliation } from '../storage/port/reconciliations.js'
import type { Storage } from '../storage/port/storage.js'
import type { AgentService } from './agents.js'
import { type Actor, entryBy } from './audit-log.js'
import { failUnknown } from './client-accounts.js'
import { requiredCredentials } from './exotel-credentials.js'
import { emptyReport, Reconciler, type ReconciliationReport } from './reconciler.js'
import { askedRange } from './reconciliation-range.js'

interface Parts {
  readonly storage: Storage
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly keys: KeyRing
  readonly agents: Pick<AgentService, 'agentOf'>
  /** Origin that is asked in place of Exotel's API; null asks Exotel. */
  readonly apiUrl: string | null
  readonly logger: { error(details: object, message: string): void }
  readonly timing?: Timing | undefined
  /** Tests have less. */
  readonly patience?: Patience | undefined
  /** How often a run says how far it is. */
  readonly sayEveryMs?: number | undefined
}

/** A run that was claimed. */
interface Begun {
  readonly client: ClientListing
  readonly api: ExotelApi
  readonly runId: string
  readonly report: ReconciliationReport
}

type ReconciliationEnd = Pick<ReconciliationReport, 'missing' | 'changed' | 'unknown' | 'pending' | 'error'> & {
  readonly state: ReconciliationState
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Whoever reconciles every hour finds the run of another process enough. */
const HOURLY_MS = 55 * 60 * 1000
const SAY_EVERY_MS = 2_000
/** Who starts what nobody asked for. */
const SERVER = 'server'

export class ReconciliationService {
  readonly #parts: Parts
  readonly #closing = new AbortController()
  readonly #runs = new Set<Promise<unknown>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * Starts a run that goes on by itself.
   * @throws ApiError 400 for a range of which Exotel has nothing, 404 when there is no such client, 409 when one of it goes on,
   * or the client has nothing to sign in to Exotel with
   */
  async start(clientId: string, body: ReconciliationBody, by: Actor): Promise<Reconciliation> {
    const { storage, clock } = this.#parts
    const client = (await storage.client(clientId)) ?? failUnknown(clientId)
    const range = askedRange(body, client.timezone, clock())
    const { begun, run } = await this.#claim(client, range, { startedBy: by.actor, ownFrom: Number.MAX_SAFE_INTEGER })
    if (begun === null) {
      fail(
        'reconciliation_running',
        `A reconciliation of ${clientId} goes on since ${formatInstant(run.startedAt)}: wait until it is over.`,
      )
    }
    const details = { runId: run.runId, from: formatInstant(range.from), to: formatInstant(range.to) }
    const entry = entryBy({ clock, by }, { action: 'reconciliation.started', clientId, details })
    await storage.audit(entry).catch(async (error: unknown) => {
      await this.#say(begun, 'stopped')
      throw error
    })
    void this.#keptTrackOf(this.#carryOut(begun, this.#closing.signal))
    return this.#published(run)
  }

  /** The run that goes on, or the last one. @throws ApiError 404 when there is no such client, or none of it */
  async latest(clientId: string): Promise<Reconciliation> {
    const { storage } = this.#parts
    if ((await storage.client(clientId)) === null) failUnknown(clientId)
    const run = await storage.reconciliation(clientId)
    if (run === null) {
      fail('reconciliation_not_found', `${clientId} was never reconciled with Exotel’s records.`)
    }
    return this.#published(run)
  }

  /**
   * Reconciles the last day of a client that has what it takes, unless a run goes on or that was done within the hour.
   * @returns null when it did not
   */
  async lastDay(client: ClientListing, signal: AbortSignal): Promise<ReconciliationEnd | null> {
    if (client.status !== 'active' || client.sealedExotelApi === null) return null
    const now = this.#parts.clock()
    const to = wholeSeconds(now)
    const who = { startedBy: SERVER, ownFrom: now - HOURLY_MS }
    const { begun } = await this.#claim(client, { from: to - DAY_MS, to }, who)
    if (begun === null) return null
    const state = await this.#keptTrackOf(this.#carryOut(begun, signal))
    return { ...begun.report, state }
  }

  /** Stops all runs. Resolves when they are over: they can be started again at once. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.all(this.#runs)
  }

  async #claim(
    client: ClientListing,
    range: TimeRange,
    who: { readonly startedBy: string; readonly ownFrom: number },
  ): Promise<{ readonly begun: Begun | null; readonly run: StoredReconciliation }> {
    const { storage, clock, keys, apiUrl, timing } = this.#parts
    const api = new ExotelApi(await requiredCredentials(keys, client), { apiUrl, ...(timing && { timing }) })
    const report = emptyReport(range)
    const now = clock()
    const { isClaimed, run } = await storage.claimReconciliation(client.clientId, {
      ...who,
      now,
      silentFrom: now - LIMITS.reconciliationSilenceMs,
      runId: randomUUID(),
      report: JSON.stringify(report),
    })
    return { begun: isClaimed ? { client, api, report, runId: run.runId } : null, run }
  }

  /** Runs to the end, whatever that is. */
  async #carryOut(begun: Begun, signal: AbortSignal): Promise<ReconciliationState> {
    const { clientId } = begun.client
    const [taken, over] = [new AbortController(), new AbortController()]
    const ending = AbortSignal.any([signal, this.#closing.signal, taken.signal])
    const saying = this.#saySo(begun, { taken, over: over.signal })
    let state: ReconciliationState = 'finished'
    try {
      await new Reconciler({ ...this.#parts, ...begun, signal: ending }, begun.report).run()
    } catch (error) {
      state = ending.aborted ? 'stopped' : 'failed'
      begun.report.error = ending.aborted ? 'The server that did it was shut down.' : reasonOf(error)
      if (state === 'failed' && !(error instanceof ExotelFailure)) {
        this.#parts.logger.error({ err: error, clientId }, 'a reconciliation failed')
      }
    }
    over.abort()
    await saying
    await this.#say(begun, state)
    return state
  }

  /** Says now and then how far a run is, so that nobody takes it for one whose server is gone. */
  async #saySo(
    begun: Begun,
    { taken, over }: { readonly taken: AbortController; readonly over: AbortSignal },
  ): Promise<void> {
    const { sayEveryMs = SAY_EVERY_MS } = this.#parts
    for (;;) {
      await wait(sayEveryMs, undefined, { ref: false, signal: over }).catch(() => undefined)
      if (over.aborted) return
      if (!(await this.#say(begun, 'running'))) taken.abort()
    }
  }

  /** @returns false when another run has taken the place of this one. A store that is lost now is told the next time */
  #say({ client, runId, report }: Begun, state: ReconciliationState): Promise<boolean> {
    const { storage, clock } = this.#parts
    const run = { runId, state, updatedAt: clock(), report: JSON.stringify(report) }
    return storage.saveReconciliation(client.clientId, run).catch(() => true)
  }

  async #keptTrackOf<T>(run: Promise<T>): Promise<T> {
    this.#runs.add(run)
    try {
      return await run
    } finally {
      this.#runs.delete(run)
    }
  }

  #published({ runId, startedBy, startedAt, updatedAt, ...run }: StoredReconciliation): Reconciliation {
    const { from, to, doneTo, listed, differences, ...report } = JSON.parse(run.report) as ReconciliationReport
    const isSilent = run.state === 'running' && updatedAt < this.#parts.clock() - LIMITS.reconciliationSilenceMs
    const state = isSilent ? 'stopped' : run.state
    return {
      runId,
      state,
      startedBy,
      startedAt: formatInstant(startedAt),
      finishedAt: state === 'running' ? null : formatInstant(updatedAt),
      from: formatInstant(from),
      to: formatInstant(to),
      doneTo: formatInstant(doneTo),
      calls: listed,
      ...report,
      differences: differences.map(({ changes, ...one }) => ({ ...one, changes: [...changes] })),
    }
  }
}

function wholeSeconds(instant: number): number {
  return Math.floor(instant / 1000) * 1000
}

/** For whoever started it: words of Exotel's, which hold no credentials, or none about the inside of this server. */
function reasonOf(error: unknown): string {
  if (!(error instanceof ExotelFailure)) return 'Something went wrong on the server. Its log has more.'
  const { kind, message } = error
  const what =
    kind === 'refused'
      ? 'Exotel does not take the API credentials of this client'
      : 'Exotel’s records could not be read to the end'
  return `${what}: ${message}`
}
