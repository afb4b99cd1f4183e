/** When a request is sent again, and after how long. */
import { setTimeout as wait } from 'node:timers/promises'
import { ExotelFailure, type FailureKind } from './failure.js'

export interface Patience {
  readonly attempts: number
  /** Wait before the second attempt; it doubles with each one. Up to as much again is added by chance. */
  readonly firstWaitMs: number
  /** Where Exotel asks to wait longer than this, the request fails instead. */
  readonly longestWaitMs: number
}

/** While somebody waits for the answer. */
export const SHORT_PATIENCE: Patience = { attempts: 3, firstWaitMs: 200, longestWaitMs: 5_000 }

/** For work that nobody waits for. Exotel counts requests by the minute: https://developer.exotel.com/api/rate-limits */
export const LONG_PATIENCE: Patience = { attempts: 8, firstWaitMs: 1_000, longestWaitMs: 120_000 }

/** What may be sent again although it makes something: none of these has been done. Of limits only one that says how long. */
const NOT_DONE: readonly FailureKind[] = ['unreached', 'limited']
/** What may be sent again if it only reads. */
const PASSING: readonly FailureKind[] = ['unreached', 'unanswered', 'failed', 'limited']

/** Sends a request that does something, again only where nothing of it has been done. */
export function withoutRepeating<T>(ask: () => Promise<T>, patience: Patience = SHORT_PATIENCE): Promise<T> {
  return repeated(ask, patience, ({ kind, retryAfterMs }) => {
    return NOT_DONE.includes(kind) && (kind !== 'limited' || retryAfterMs !== null)
  })
}

/** Sends a request that only reads, again unless it would fail again. */
export function untilRead<T>(
  ask: () => Promise<T>,
  patience: Patience = LONG_PATIENCE,
  signal?: AbortSignal,
): Promise<T> {
  return repeated(ask, patience, ({ kind }) => PASSING.includes(kind), signal)
}

async function repeated<T>(
  ask: () => Promise<T>,
  { attempts, firstWaitMs, longestWaitMs }: Patience,
  maySendAgain: (failure: ExotelFailure) => boolean,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; attempt < attempts; attempt++) {
    try {
      return await ask()
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof ExotelFailure) || !maySendAgain(error)) throw error
      const least = error.retryAfterMs ?? Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs)
      if (least > longestWaitMs) throw error
      // By chance, so that several processes that were refused together do not come back together.
      await wait(least + Math.random() * Math.min(least, firstWaitMs), undefined, { ...(signal && { signal }) })
    }
  }
  return ask()
}
