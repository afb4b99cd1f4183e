/**
 * The methods of the storage port, each with the function that runs it inside a transaction, and what it needs. Everything
 * else is derived from this list: which thread or connection runs it, what it waits for, and what goes into the log.
 */
import { checkStored, repairStored } from './check/check.js'
import { agent, agents, agentsKnownAs } from './read/agents.js'
import { auditLog } from './read/audit-log.js'
import { businessHours } from './read/business-hours.js'
import { callBySession } from './read/call.js'
import { callbackNotes } from './read/callbacks.js'
import { activeCalls } from './read/calls.js'
import { listCalls } from './read/call-search.js'
import { allLastSequences, changesSince } from './read/changes.js'
import { retainedFrom } from './read/client.js'
import { allClients, allClientsSum, allClientTotals, apiKeys, client, clientByKeyHash } from './read/clients.js'
import { customerByPhone } from './read/caller.js'
import { measures } from './read/measures.js'
import { missedCalls } from './read/missed-calls.js'
import { listCustomers } from './read/customer-search.js'
import { customerHistory } from './read/customers.js'
import { listEvents } from './read/events.js'
import { callsTouchedSince, exportChunk } from './read/export.js'
import { personPage } from './read/person.js'
import { buildPages } from './read/pages.js'
import { reconciliation } from './read/reconciliations.js'
import { retentionProgress } from './read/retention.js'
import { askCalls } from './read/question.js'
import { callsInMonth, detailedReport, filteredReport, report } from './read/report.js'
import { allWebhooks, pendingMessages, webhookDeliveries, webhooks } from './read/webhooks.js'
import type { ReadNeed } from '../fair-turns.js'
import type { Session } from './session.js'
import { rowsOf, sql } from './transaction.js'
import { saveAgent } from './write/agents.js'
import { administer, audit } from './write/audit-log.js'
import { setBusinessHours } from './write/business-hours.js'
import { noteCallbacks } from './write/callbacks.js'
import { createApiKey, createClient, resealClient, revokeApiKey, touchApiKey, updateClient } from './write/clients.js'
import { deleteClient } from './write/deletion.js'
import { erasePerson } from './write/erasure.js'
import { saveCustomer } from './write/customers.js'
import { savePages } from './write/pages.js'
import { claimCall, settleCall } from './write/placed-calls.js'
import { claimReconciliation, saveReconciliation } from './write/reconciliations.js'
import { recordBatch } from './write/record.js'
import { dropBefore } from './write/retention.js'
import { settle } from './write/state.js'
import { claimWebhook, noteDeliveries, saveWebhookProgress } from './write/webhook-progress.js'
import { createWebhook, deleteWebhook, redeliverWebhook, resealWebhook, updateWebhook } from './write/webhooks.js'

async function ping({ tx }: Session): Promise<void> {
  await rowsOf(tx, sql`select 1`)
}

/** Look-ups of configuration: they wait for no commit, and for no other read. */
const LOOK_UPS = {
  clientByKeyHash,
  allClients,
  client,
  apiKeys,
  auditLog,
  agentsKnownAs,
  allLastSequences,
  allWebhooks,
  measures,
  ping,
}

/** Reads of what was acknowledged before they were asked. */
const READS = {
  retainedFrom,
  retentionProgress,
  callsInMonth,
  activeCalls,
  listCalls,
  callBySession,
  report,
  detailedReport,
  listEvents,
  changesSince,
  customerHistory,
  agent,
  agents,
  listCustomers,
  customerByPhone,
  callbackNotes,
  reconciliation,
  businessHours,
  webhooks,
  webhookDeliveries,
  pendingMessages,
  personPage,
}

/** Parts of exports: everybody else goes first. */
const EXPORTS = { exportChunk, callsTouchedSince }

/** Reads that cost with what they read: they leave room for the others. */
const SCANS = { filteredReport, askCalls, missedCalls, buildPages, allClientTotals, allClientsSum, checkStored }

/** Writes: each is one transaction, or a part of one, and is applied again as it was logged. */
export const WRITES = {
  recordBatch,
  saveCustomer,
  saveAgent,
  createClient,
  updateClient,
  resealClient,
  createApiKey,
  revokeApiKey,
  touchApiKey,
  administer,
  deleteClient,
  erasePerson,
  dropBefore,
  repairStored,
  audit,
  claimCall,
  settleCall,
  noteCallbacks,
  claimReconciliation,
  saveReconciliation,
  setBusinessHours,
  createWebhook,
  updateWebhook,
  resealWebhook,
  deleteWebhook,
  redeliverWebhook,
  noteDeliveries,
  claimWebhook,
  saveWebhookProgress,
}

/** Writes of what can be made again: never logged. */
const CACHE_WRITES = { savePages }

const ALL = { ...LOOK_UPS, ...READS, ...SCANS, ...EXPORTS, ...WRITES, ...CACHE_WRITES }

export type Method = keyof typeof ALL
export type WriteMethod = keyof typeof WRITES
export type ReadMethod = Exclude<Method, WriteMethod | keyof typeof CACHE_WRITES>

type Rest<F> = F extends (session: Session, ...args: infer A) => unknown ? A : never
export type Arguments<M extends Method> = Rest<(typeof ALL)[M]>
export type Answer<M extends Method> = ReturnType<(typeof ALL)[M]>

export function isWrite(method: Method): method is Exclude<Method, ReadMethod> {
  return method in WRITES || method in CACHE_WRITES
}

export function needOf(method: ReadMethod): ReadNeed {
  if (method in LOOK_UPS) return 'look-up'
  if (method in READS) return 'read'
  return method in SCANS ? 'scan' : 'export'
}

/** Whose a call of a method is, by its first argument; empty for what is of no client. */
export function askerOf([first]: readonly unknown[]): string {
  if (typeof first === 'string') return first
  return (first as { readonly clientId?: string } | undefined)?.clientId ?? ''
}

/** Runs a method in the session's transaction. */
export function runMethod(session: Session, method: Method, args: readonly unknown[]): Promise<unknown> {
  return (ALL[method] as (session: Session, ...args: readonly unknown[]) => Promise<unknown>)(session, ...args)
}

/**
 * Runs a method that writes. What recording changes of counters and tallies is gathered, and written before anything else may
 * read it: call `settle` before the commit.
 */
export async function runWrite(session: Session, method: Method, args: readonly unknown[]): Promise<unknown> {
  if (method !== 'recordBatch') await settle(session)
  return runMethod(session, method, args)
}

/** Runs a method somewhere, in a transaction of its own. */
export type Caller = <M extends Method>(method: M, ...args: Arguments<M>) => Answer<M>

/** Every method of the port that is run as it is called. */
export function methodsOver(call: Caller): {
  [M in Exclude<Method, 'recordBatch' | 'savePages'>]: (...args: Arguments<M>) => Answer<M>
} {
  const names = Object.keys(ALL) as Method[]
  const methods = names.map((name) => [
    name,
    (...args: never[]) => (call as (...all: unknown[]) => unknown)(name, ...args),
  ])
  return Object.fromEntries(methods) as ReturnType<typeof methodsOver>
}
