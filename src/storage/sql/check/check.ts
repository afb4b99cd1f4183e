/** Whether what is stored beside events follows from them: compared a batch at a time, and put right. */
import type { AuditEntry } from '../../port/audit-log.js'
import type { CheckBatch, CheckPart, CheckPlace } from '../../port/check.js'
import { clientNumber, type Session } from '../session.js'
import { run, sql } from '../transaction.js'
import { addToAuditLog } from '../write/audit-log.js'
import { clientState, lockClient, saveClientState } from '../write/state.js'
import { calls } from './calls.js'
import { customers, words } from './customers.js'
import { days, eventDays } from './days.js'
import { events } from './events.js'
import { pages } from './pages.js'
import { NOTHING_LEFT, type Part } from './part.js'
import { totals } from './totals.js'

const PARTS: Readonly<Record<CheckPart, Part>> = { events, calls, customers, words, days, eventDays, totals, pages }

/** What changes calls makes pages wrong that were counted from them. */
const BEHIND_PAGES: readonly CheckPart[] = ['events', 'calls']

/** See `Storage.checkStored`. */
export async function checkStored(
  session: Session,
  clientId: string,
  part: CheckPart,
  after: CheckPlace | null,
): Promise<CheckBatch> {
  const client = await clientNumber(session, clientId)
  if (client === null) return NOTHING_LEFT
  return PARTS[part]({ session, client, state: await clientState(session.tx, client), mends: false }, after)
}

/** See `Storage.repairStored`. */
export async function repairStored(
  session: Session,
  clientId: string,
  part: CheckPart,
  after: CheckPlace | null,
  entry: AuditEntry,
): Promise<CheckBatch> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  if (client === null) return NOTHING_LEFT
  const state = await lockClient(tx, client)
  const batch = await PARTS[part]({ session, client, state, mends: true }, after)
  const { differences } = batch
  if (differences.length === 0) return batch
  if (BEHIND_PAGES.includes(part)) run(tx, sql`delete from pages where client = ${client}`)
  saveClientState(tx, client, state)
  const counts: Record<string, number> = {}
  for (const { kind } of differences) counts[kind] = (counts[kind] ?? 0) + 1
  await addToAuditLog(session, { ...entry, details: { ...entry.details, ...counts } })
  return batch
}
