/** What changes of calls, as streams and webhooks tell it. */

/** Media type of the stream of changes. */
export const STREAM_TYPE = 'text/event-stream'

/**
 * What an event can change of a call, the furthest that it came: one that begins and answers a call has `call.answered`. Whatever
 * else becomes known of a call, also after its end, is `call.updated`.
 */
export const CALL_CHANGES = ['call.started', 'call.answered', 'call.updated', 'call.ended', 'call.missed'] as const
export type CallChangeType = (typeof CALL_CHANGES)[number]
