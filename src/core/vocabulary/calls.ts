/** Calls: what they are, and how that is known. */

export const DIRECTIONS = ['inbound', 'outbound'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** What a provider may say of a call that ended, over what its events alone would tell. */
export const DISPOSITIONS = ['busy', 'failed', 'rejected', 'canceled'] as const
export type Disposition = (typeof DISPOSITIONS)[number]

/** `expired` is never stored: it is how an active call older than the maximum call age reads. */
export const CALL_STATUSES = ['active', 'completed', 'missed', 'no-answer', ...DISPOSITIONS, 'expired'] as const
export type CallStatus = (typeof CALL_STATUSES)[number]

/**
 * How a fact of a call is known: `said`, by whoever knows; `implied` by the names of events; `assumed`, as nothing tells;
 * `reported` with the end; `measured` from the answer to the end; `mentioned` during the call; by the `answer` or the `end`;
 * `nothing` tells of any.
 */
export const FACT_BASES = [
  'said',
  'implied',
  'assumed',
  'reported',
  'measured',
  'mentioned',
  'answer',
  'end',
  'nothing',
] as const
export type FactBasis = (typeof FACT_BASES)[number]

/**
 * Duration buckets of ended calls: `[from, to)` in whole seconds, in the order they are published. `counter` counts all of
 * a bucket's calls, `unanswered` those of them that nobody answered.
 */
export const DURATION_BUCKETS = [
  { name: '0-30s', counter: 'under30s', unanswered: 'unansweredUnder30s', fromSeconds: 0, toSeconds: 30 },
  { name: '30s-1m', counter: 'under1m', unanswered: 'unansweredUnder1m', fromSeconds: 30, toSeconds: 60 },
  { name: '1m-3m', counter: 'under3m', unanswered: 'unansweredUnder3m', fromSeconds: 60, toSeconds: 180 },
  { name: '3m-5m', counter: 'under5m', unanswered: 'unansweredUnder5m', fromSeconds: 180, toSeconds: 300 },
  { name: '5m+', counter: 'over5m', unanswered: 'unansweredOver5m', fromSeconds: 300, toSeconds: Infinity },
] as const
