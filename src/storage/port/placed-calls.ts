/** Calls that this server asks Exotel to make: each is made once, however often and wherever it is asked for. */

/** A call that somebody asks for, before it is made. */
export interface CallClaim {
  /** Names the request among its client's: the same request again has the same. */
  readonly id: string
  /** What makes two requests of one id the same. */
  readonly contentHash: string
  /** Epoch milliseconds. */
  readonly now: number
  /** Requests from before are forgotten. */
  readonly keptFrom: number
}

/** What became of a call that was asked for: it is made, or whether it is made is not known. */
export type PlacedCall =
  { readonly status: 'placed'; readonly callSid: string; readonly callStatus: string } | { readonly status: 'unknown' }

/**
 * `claimed`: it is whoever asked who makes the call, and says what became of it. `dialling`: somebody claimed it before, and has
 * not said so yet. `conflict`: it was another call that was claimed under this id.
 */
export type ClaimOutcome =
  | PlacedCall
  | { readonly status: 'claimed' }
  | { readonly status: 'conflict' }
  | { readonly status: 'dialling'; readonly since: number }

export interface PlacedCallStorage {
  /**
   * Claims the making of a call, for one of all that ask for it, in any process. Durable when it resolves: a call that was
   * claimed is not claimed again, whatever becomes of the process.
   */
  claimCall(clientId: string, claim: CallClaim): Promise<ClaimOutcome>
  /**
   * Says what became of a call. One that is placed stays so. Null gives it back: nothing was made, and it can be claimed anew.
   * @returns false when there is no such claim, or it has an outcome that stays; nothing was written
   */
  settleCall(clientId: string, id: string, outcome: PlacedCall | null): Promise<boolean>
}
