/** Lists of calls. */
import { ringSecondsOf, type Call } from '../../../core/call.js'
import { tagsOf } from '../../../core/operator-facts.js'
import { customerNameOf, sessionIdOf } from '../../../core/identity.js'
import type { JsonObject } from '../../../core/json.js'
import { e164Of } from '../../../core/phone-number.js'
import type { TimeRange } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import type { CallList } from '../../port/calls.js'
import { ANSWERED, CONFIRMED, CORRECTED, CUSTOMER_ANSWERED, directionOfCode, statusOfCode, VOIDED } from '../codes.js'
import type { CallRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { raw, rowOf, rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'

export type ListedRow = Pick<
  CallRow,
  | 'number'
  | 'call_key'
  | 'start_at'
  | 'answered_at'
  | 'end_at'
  | 'duration'
  | 'direction'
  | 'status'
  | 'answered'
  | 'phone'
  | 'phone_said'
  | 'virtual_number'
  | 'virtual_number_said'
  | 'agent_number'
  | 'end_reason'
  | 'recording'
  | 'notes'
  | 'tags'
  | 'disposition_code'
  | 'agent'
  | 'customer_data'
  | 'domain'
>

export const LISTED =
  'number, call_key, start_at, answered_at, end_at, duration, direction, status, answered, phone, phone_said, virtual_number, virtual_number_said, agent_number, end_reason, recording, notes, tags, disposition_code, agent, customer_data, domain'
const COLUMNS = raw(LISTED)

/** Rows of a list of active calls that are read together. */
const ACTIVE_CHUNK = 500

interface NumberedCall extends Call {
  readonly number: number
}

/** A call that has begun and was not dropped. */
export function callOf(clientId: string, row: ListedRow): NumberedCall {
  const customerData = row.customer_data === null ? null : (JSON.parse(row.customer_data) as JsonObject)
  const begun = {
    startAt: row.start_at as number,
    answeredAt: row.answered_at,
    endAt: row.end_at,
    answered: (row.answered & ANSWERED) !== 0,
  }
  return {
    number: row.number,
    clientId,
    sessionId: sessionIdOf(row.call_key as string),
    ...begun,
    ringSeconds: ringSecondsOf(begun),
    durationSeconds: row.duration,
    direction: directionOfCode(row.direction),
    status: statusOfCode(row.status) as Call['status'],
    confirmed: (row.answered & CONFIRMED) !== 0,
    corrected: (row.answered & CORRECTED) !== 0,
    voided: row.answered >= VOIDED,
    customerAnsweredAt: (row.answered & CUSTOMER_ANSWERED) === 0 ? null : row.answered_at,
    phoneNumber: row.phone_said ?? row.phone,
    phoneE164: row.phone === null ? null : e164Of(row.phone),
    agentUserId: row.agent,
    domain: row.domain,
    agentNumber: row.agent_number,
    virtualNumber: row.virtual_number_said ?? row.virtual_number,
    endReason: row.end_reason,
    recordingUrl: row.recording,
    notes: row.notes,
    tags: tagsOf(row.tags),
    disposition: row.disposition_code,
    customerId: customerNameOf(customerData?.['customerId']),
    customerData,
  }
}

/** The first of these rows that fit one answer together: at least one, where there is any. */
export function withinAnswer<Row>(
  rows: readonly Row[],
  lengthOf: (row: Row) => number,
  already = 0,
): { readonly fitting: readonly Row[]; readonly cut: boolean; readonly length: number } {
  let length = already
  for (const [i, row] of rows.entries()) {
    length += lengthOf(row)
    if (length > LIMITS.answerLength && (i > 0 || already > 0)) return { fitting: rows.slice(0, i), cut: true, length }
  }
  return { fitting: rows, cut: false, length }
}

/** Characters that a call takes in an answer beside its customer data and its agent. */
const CALL_LENGTH = 800

function lengthOfCall({ customer_data, agent }: Pick<CallRow, 'customer_data' | 'agent'>): number {
  return CALL_LENGTH + (customer_data?.length ?? 0) + (agent?.length ?? 0)
}

interface NumberedList extends CallList {
  readonly calls: readonly NumberedCall[]
}

export function listOf(clientId: string, rows: readonly ListedRow[]): NumberedList {
  const { fitting, cut } = withinAnswer(rows, lengthOfCall)
  return { calls: fitting.map((row) => callOf(clientId, row)), cut }
}

/** Which calls are asked for, beside those of a range; null is any. */
export interface Narrowing {
  /** Number of a customer. */
  readonly customer: number | null
  /** Id of an agent. */
  readonly agent: string | null
}

export const ALL: Narrowing = { customer: null, agent: null }

/** As further conditions of a statement about calls. */
export function narrowed({ customer, agent }: Narrowing) {
  return sql`${customer === null ? sql`` : sql`and customer = ${customer}`}
    ${agent === null ? sql`` : sql`and agent = ${agent}`}`
}

/**
 * The newest calls of a range. The range's start is looked at here: told both ends, PostgreSQL's planner takes the range for
 * so short that it would read and sort all of it.
 */
export async function newestCalls(
  { tx }: Session,
  { client, clientId, retainedFrom }: ClientNow,
  only: Narrowing,
  asked: TimeRange,
  limit: number,
): Promise<NumberedList> {
  const range = keptOf(asked, retainedFrom)
  if (limit === 0 || range.from >= range.to) return { calls: [], cut: false }
  const rows = await rowsOf(
    tx,
    sql<ListedRow>`select ${COLUMNS} from calls where client = ${client} and start_at < ${range.to} and ${IS_COUNTED}
      ${narrowed(only)}
      order by start_at desc, number desc limit ${limit}`,
  )
  return listOf(
    clientId,
    rows.filter((row) => (row.start_at as number) >= range.from),
  )
}

/** See `Storage.activeCalls`. */
export async function activeCalls(
  session: Session,
  clientId: string,
  startedFrom: number,
  limit: number,
  agentUserId: string | null = null,
): Promise<CallList & { readonly count: number; readonly sequence: number }> {
  const now = await readClient(session, clientId)
  if (now === null) return { calls: [], cut: false, count: 0, sequence: 0 }
  const { tx } = session
  const active = sql`client = ${now.client} and end_at is null and call_key is not null and ${IS_COUNTED}
    and start_at >= ${Math.max(startedFrom, now.retainedFrom ?? startedFrom)}
    ${narrowed({ customer: null, agent: agentUserId })}`
  const calls: Call[] = []
  let length = 0
  let cut = false
  let before = sql``
  while (!cut && calls.length < limit) {
    const wanted = Math.min(ACTIVE_CHUNK, limit - calls.length)
    const rows = await rowsOf(
      tx,
      sql<ListedRow>`select ${COLUMNS} from calls where ${active} ${before}
        order by start_at desc, number desc limit ${wanted}`,
    )
    const page = withinAnswer(rows, lengthOfCall, length)
    for (const row of page.fitting) calls.push(callOf(clientId, row))
    ;({ cut, length } = page)
    const last = rows.at(-1)
    if (last === undefined || rows.length < wanted) break
    before = sql`and (start_at, number) < (${last.start_at}, ${last.number})`
  }
  const counted = await rowOf(tx, sql<{ count: number }>`select count(*) as count from calls where ${active}`)
  const { count } = counted as { count: number }
  return { calls, cut: count > calls.length, count, sequence: now.lastSequence }
}
