/** Reads what Exotel has of a client's calls, and folds what was missed. */
import { SESSION_PREFIX, sessionIdOf } from '../core/identity.js'
import { isLongerThan, type JsonObject } from '../core/json.js'
import { callSidOf } from '../core/provider/claim.js'
import {
  changesBy,
  hasVerdict,
  isSettled,
  isYetToEnd,
  withoutOperators,
  withoutVerdict,
} from '../core/provider/differences.js'
import { keepable } from '../core/provider/oddities.js'
import type { TimeRange } from '../core/range.js'
import { LIMITS } from '../core/limits.js'
import type { ReconciledKind, ReconciledMember } from '../core/vocabulary/reconciliation.js'
import type { ExotelApi } from '../exotel/api.js'
import { callDetails, callsCreated } from '../exotel/call-details.js'
import type { Patience } from '../exotel/patience.js'
import { ANY_CALL, type CallEventRecord, type CallPosition } from '../storage/port/calls.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import type { AgentService } from './agents.js'
import { noteMadeCall } from './call-placing.js'
import { recordReport, reportOf } from './provider-reports.js'

interface Difference {
  readonly sessionId: string
  readonly callSid: string
  readonly kind: ReconciledKind
  /** What the call was and is; null is not known. */
  readonly changes: readonly {
    readonly member: ReconciledMember
    readonly before: string | null
    readonly after: string | null
  }[]
}

/** How far a run is, and what it has found. Instants are epoch milliseconds. */
export interface ReconciliationReport extends Record<ReconciledKind, number> {
  readonly from: number
  readonly to: number
  /** All before it is done. */
  doneTo: number
  /** Calls that Exotel has listed. */
  listed: number
  /** Calls of which Exotel has yet to say how they ended. */
  pending: number
  /** Calls without an id, or too long to be kept. */
  unusable: number
  /** The first `LIMITS.listedDifferences` of them. */
  differences: Difference[]
  /** Why the run came to no good end; null while it may. */
  error: string | null
}

export function emptyReport({ from, to }: TimeRange): ReconciliationReport {
  const counts = { listed: 0, missing: 0, changed: 0, unknown: 0, pending: 0, unusable: 0 }
  return { from, to, doneTo: from, ...counts, differences: [], error: null }
}

interface Parts {
  readonly storage: Pick<Storage, 'callBySession' | 'listCalls' | 'record' | 'retainedFrom' | 'settleCall'>
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly agents: Pick<AgentService, 'agentOf'>
  readonly api: Pick<ExotelApi, 'call' | 'calls'>
  readonly client: Pick<Client, 'clientId' | 'region'>
  readonly signal: AbortSignal
  readonly patience?: Patience | undefined
}

/** Part of a range that is read at a time: Exotel takes a month, and how far a run is shows by its days. */
const WINDOW_MS = 24 * 60 * 60 * 1000

/** Exotel may not know of a younger call that a ribbon knows of. */
const SURELY_KNOWN_MS = 10 * 60 * 1000

export class Reconciler {
  readonly #parts: Parts
  readonly #report: ReconciliationReport
  #unlisted = 0

  /** @param report its range is what is read; what is found goes into it */
  constructor(parts: Parts, report: ReconciliationReport) {
    this.#parts = parts
    this.#report = report
  }

  /** @throws ExotelFailure when Exotel cannot be read to the end: what was found until then is folded */
  async run(): Promise<void> {
    const { storage, client } = this.#parts
    const report = this.#report
    // What the client no longer keeps would come, and go again.
    report.doneTo = Math.max(report.from, (await storage.retainedFrom(client.clientId)) ?? report.from)
    while (report.doneTo < report.to) {
      const window = { from: report.doneTo, to: Math.min(report.doneTo + WINDOW_MS, report.to) }
      await this.#lookUpUnlisted(window, await this.#compareListed(window))
      report.doneTo = window.to
    }
  }

  /** @returns the ids of calls that Exotel lists */
  async #compareListed(window: TimeRange): Promise<ReadonlySet<string>> {
    const { api, signal, patience } = this.#parts
    const listed = new Set<string>()
    // As of the end of the range: one that was possible as the run began stays so.
    const now = this.#report.to
    for await (const told of callsCreated({ api, ...window, now, signal, ...(patience && { patience }) })) {
      const callSid = callSidOf('callDetails', told)
      if (callSid === null) this.#report.unusable += 1
      // A list that moves meanwhile has a call twice.
      else if (!listed.has(callSid)) {
        listed.add(callSid)
        this.#report.listed += 1
        await this.#compare(callSid, told, await this.#events(callSid))
      }
    }
    return listed
  }

  /** Asks for calls of which Exotel has not said how they ended, and which it does not list. */
  async #lookUpUnlisted(window: TimeRange, listed: ReadonlySet<string>): Promise<void> {
    const { storage, clock, client } = this.#parts
    const now = clock()
    const query = {
      clientId: client.clientId,
      range: { from: window.from, to: Math.max(window.from, Math.min(window.to, now - SURELY_KNOWN_MS)) },
      filters: { ...ANY_CALL, confirmed: false },
      // Whether a call reads as active or expired is not asked.
      time: { now, maxCallAgeMs: 0 },
      oldestFirst: true,
      pageSize: LIMITS.unlistedCalls,
    }
    let after: CallPosition | null = null
    do {
      const { calls, next } = await storage.listCalls({ ...query, after })
      for (const { sessionId } of calls) {
        const callSid = sessionId.slice(SESSION_PREFIX.length)
        if (listed.has(callSid)) continue
        if (this.#unlisted === LIMITS.unlistedCalls) return
        await this.#lookUp(callSid)
      }
      after = next
    } while (after !== null)
  }

  async #lookUp(callSid: string): Promise<void> {
    const known = (await this.#events(callSid)) ?? []
    if (!isNamedBy(callSid, known) || isSettled(known)) return
    this.#unlisted += 1
    const details = await this.#details(callSid)
    if (details !== null) await this.#compare(callSid, details, known)
    else this.#found({ sessionId: sessionIdOf(callSid), callSid, kind: 'unknown', changes: [] })
  }

  /** @param known events of the call; null when there is no such call */
  async #compare(callSid: string, told: JsonObject, known: readonly CallEventRecord[] | null): Promise<void> {
    const { storage, clock, client, signal } = this.#parts
    signal.throwIfAborted()
    const events = known ?? []
    if (!events.some(({ data }) => data.CustomField === told.CustomField)) {
      await noteMadeCall(storage, client.clientId, told)
    }
    const details = await this.#settled(callSid, told, events)
    if (details === null) return
    const { payload } = keepable(details)
    if (isLongerThan(payload, LIMITS.dataLength)) {
      this.#report.unusable += 1
      return
    }
    const report = reportOf(client.clientId, 'callDetails', payload, clock())
    if (changesBy(report, withoutOperators(events), client.region).length === 0) return
    const { status } = await recordReport(this.#parts, report)
    const changes = changesBy(report, events, client.region)
    // What people said of the call may outweigh all of it.
    if (status === 'duplicate' || changes.length === 0) return
    const kind = known === null ? 'missing' : 'changed'
    this.#found({ sessionId: sessionIdOf(callSid), callSid, kind, changes: changes.map(inWords) })
  }

  /** The call as Exotel tells it with its verdict; null where there is none yet, or all of it is known. */
  async #settled(callSid: string, told: JsonObject, known: readonly CallEventRecord[]): Promise<JsonObject | null> {
    const { clock, client } = this.#parts
    if (!isYetToEnd(told, clock())) {
      if (hasVerdict(told)) return told
      if (isSettled(known)) {
        const rest = reportOf(client.clientId, 'callDetails', withoutVerdict(told), clock())
        if (changesBy(rest, withoutOperators(known), client.region).length === 0) return null
      }
      const details = await this.#details(callSid)
      if (details !== null && !isYetToEnd({ ...told, ...details }, clock())) return { ...told, ...details }
    }
    this.#report.pending += 1
    return null
  }

  #details(callSid: string): Promise<JsonObject | null> {
    const { api, signal, patience } = this.#parts
    return callDetails(api, callSid, { signal, ...(patience && { patience }) })
  }

  async #events(callSid: string): Promise<readonly CallEventRecord[] | null> {
    const { storage, client } = this.#parts
    return (await storage.callBySession(client.clientId, sessionIdOf(callSid)))?.events ?? null
  }

  #found(difference: Difference): void {
    const { differences } = this.#report
    this.#report[difference.kind] += 1
    if (differences.length < LIMITS.listedDifferences) differences.push(difference)
  }
}

/** Whether a call goes by Exotel's id: others go by an id of the ribbon's own, of which Exotel knows nothing. */
function isNamedBy(callSid: string, events: readonly CallEventRecord[]): boolean {
  return events.some(({ data }) => [data.callSid, data.CallSid, data.Sid].includes(callSid))
}

function inWords({ member, before, after }: ReturnType<typeof changesBy>[number]): Difference['changes'][number] {
  const text = (value: typeof before) => (value === null ? null : String(value))
  return { member, before: text(before), after: text(after) }
}
