import type { KeyRing } from '../clients/key-ring.js'
import type { RetrySchedule } from '../core/webhooks.js'
import type { Storage } from '../storage/port/storage.js'
import type { SenderTiming } from './timing.js'

/** What whoever sends to endpoints works with. */
export interface SenderParts {
  readonly storage: Pick<
    Storage,
    'changesSince' | 'claimWebhook' | 'pendingMessages' | 'saveWebhookProgress' | 'client' | 'callsInMonth'
  >
  readonly keys: KeyRing
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Names this process. */
  readonly owner: string
  readonly maxCallAgeMs: number
  /** Whether endpoints may be at addresses that are not public. */
  readonly allowPrivate: boolean
  readonly timing: SenderTiming
  readonly schedule: RetrySchedule
  readonly logger: { warn(details: object, message: string): void }
  /** Hears of each try, when it is over. */
  readonly onDelivery?: ((isDelivered: boolean, durationMs: number) => void) | undefined
  /** Messages of an endpoint that may wait for another try, unless told; until fewer do nothing new is read. */
  readonly mostWaiting?: number
}
