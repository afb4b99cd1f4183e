/** Calls as rows, and rows as calls. */
import type { Call, DerivedCall } from '../../core/call.js'
import type { CallFacts } from '../../core/facts.js'
import { sessionIdOf } from '../../core/identity.js'
import type { JsonObject } from '../../core/json.js'
import type { Row } from './bulk.js'
import type { CallsTable } from './database.js'

/** The columns that a call is read from: all but its facts. */
export const CALL_COLUMNS = [
  'client_id',
  'call_key',
  'sequence',
  'start_at',
  'answered_at',
  'end_at',
  'duration_seconds',
  'direction',
  'status',
  'answered',
  'phone_number',
  'customer_id',
  'customer_data',
] as const satisfies readonly (keyof CallsTable)[]

export type CallColumns = Pick<CallsTable, (typeof CALL_COLUMNS)[number]>

export function callRow(
  clientId: string,
  callKey: string,
  sequence: number,
  call: DerivedCall,
  facts: CallFacts,
): Row<'calls'> {
  return {
    client_id: clientId,
    call_key: callKey,
    sequence,
    start_at: call.startAt,
    answered_at: call.answeredAt,
    end_at: call.endAt,
    duration_seconds: call.durationSeconds,
    direction: call.direction,
    status: call.status,
    answered: call.answered ? 1 : 0,
    phone_number: call.phoneNumber,
    customer_id: call.customerId,
    customer_data: call.customerData === null ? null : JSON.stringify(call.customerData),
    facts: JSON.stringify(facts),
  }
}

export function derivedOf(row: CallColumns): DerivedCall {
  return {
    startAt: row.start_at,
    answeredAt: row.answered_at,
    endAt: row.end_at,
    durationSeconds: row.duration_seconds,
    direction: row.direction as DerivedCall['direction'],
    status: row.status as DerivedCall['status'],
    answered: row.answered === 1,
    phoneNumber: row.phone_number,
    customerId: row.customer_id,
    customerData: row.customer_data === null ? null : (JSON.parse(row.customer_data) as JsonObject),
  }
}

export function callOf(row: CallColumns): Call {
  return { clientId: row.client_id, sessionId: sessionIdOf(row.call_key), ...derivedOf(row) }
}
