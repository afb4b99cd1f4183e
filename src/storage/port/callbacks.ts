/** What is counted of the callbacks that Exotel sends. */
import type { CallbackCount, CallbackEvent, CallbackOddity } from '../../core/vocabulary/callbacks.js'

/** How often something was seen of a client's callbacks. It is statistics: a server that is killed may lose the last second. */
export interface CallbackNote {
  readonly event: CallbackEvent
  readonly kind: CallbackCount | CallbackOddity
  /** What is odd: see `Oddity`. Empty where callbacks are counted. */
  readonly what: string
  readonly times: number
  readonly firstAt: number
  readonly lastAt: number
  /** Of the last event of which it is told. */
  readonly logId: string
}

export interface CallbackStorage {
  /**
   * Adds to what is counted of a client's callbacks. Of its oddities `LIMITS.callbackOddities` are told apart; others are
   * counted together, under `others`. Processes that write at once may tell a few more apart.
   */
  noteCallbacks(clientId: string, notes: readonly CallbackNote[]): Promise<void>
  /** What was counted of a client's callbacks; nothing when there is no such client. */
  callbackNotes(clientId: string): Promise<readonly CallbackNote[]>
}
