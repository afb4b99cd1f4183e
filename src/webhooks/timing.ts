/** How long what a sender does may take, and how often it does it. Milliseconds. */
export interface SenderTiming {
  /** A message and its answer. */
  readonly timeoutMs: number
  /** What was done is saved so often, and pending messages are looked for. */
  readonly tickMs: number
  /** Endpoints are looked for so often that need a sender. */
  readonly scanMs: number
  /** For so long a sender claims an endpoint. It begins no message that might outlast that. */
  readonly leaseMs: number
  /** An endpoint that has nothing to send for so long is let go. */
  readonly idleMs: number
  /** While others wait for their turn, one endpoint is sent for no longer than that. */
  readonly turnMs: number
  /** The month's calls are counted so often at the most. */
  readonly quotaMs: number
  /** Messages that are under way when the server ends may take so long. */
  readonly graceMs: number
}

export const SENDER_TIMING: SenderTiming = {
  timeoutMs: 10_000,
  tickMs: 1_000,
  scanMs: 2_000,
  leaseMs: 15_000,
  idleMs: 10_000,
  turnMs: 30_000,
  quotaMs: 5_000,
  graceMs: 5_000,
}
