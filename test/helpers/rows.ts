import type { Call as PublishedCall } from '../../schemas/call.js'
import type { Call } from '../../src/core/call.js'
import { rowWriter, type RowFormat } from '../../src/core/call-row.js'
import type { CallRow } from '../../src/storage/port/exports.js'

/** Rows that are whole calls; an active one is never too old for it. */
export const AS_JSON: RowFormat = { csv: null, time: { now: 0, maxCallAgeMs: 1 } }

/** The calls that rows of `AS_JSON` hold. */
export function callsIn(rows: readonly CallRow[]): PublishedCall[] {
  return rows.map(({ text }) => JSON.parse(text) as PublishedCall)
}

/** Of a call of which only ribbons have told. */
export const UNTOLD = {
  confirmed: false,
  customerAnsweredAt: null,
  phoneE164: null,
  domain: null,
  agentNumber: null,
  virtualNumber: null,
  endReason: null,
  recordingUrl: null,
  corrected: false,
  voided: false,
  notes: null,
  tags: [],
  disposition: null,
}

export interface NumberedCall extends Call {
  readonly number: number
}

/** Calls as a store hands them out, which has no log ids of them. */
export function asRows(calls: readonly NumberedCall[], format: RowFormat): CallRow[] {
  const write = rowWriter(format)
  return calls.map((call) => ({ number: call.number, text: write(call, []) }))
}
