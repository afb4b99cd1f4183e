/** What events changed of calls, for those who follow them: streams and webhooks. */
import type { Call } from '../../core/call.js'
import type { CallChangeType } from '../../core/vocabulary/changes.js'
import type { StoredEvent } from './events.js'

/** What an event changed of a call. */
export interface CallChange {
  /** Of the event: ascends with the order of commits, per client, without gaps. */
  readonly sequence: number
  readonly type: CallChangeType
  /** As it was after the event: the same whenever it is asked for. */
  readonly call: Call
  readonly event: Pick<StoredEvent, 'logId' | 'event' | 'occurredAt'>
}

export interface CallChanges {
  /** In the order of their sequences. Events that changed nothing that is shown of a call have none. */
  readonly changes: readonly CallChange[]
  /** Of the last event that was looked at: who has seen it has seen all before it. */
  readonly sequence: number
  /** Of the client's last event: more follow where it is a later one. */
  readonly lastSequence: number
}

/** @property sequence of the client's last event; 0 when there is none */
export interface LastSequence {
  readonly clientId: string
  readonly sequence: number
}

export interface ChangeStorage {
  /**
   * What events after a sequence changed of calls, at most `limit` events at a time. Costs what these events and the earlier ones
   * of their calls cost to read.
   */
  changesSince(clientId: string, sequence: number, limit: number): Promise<CallChanges>
  /** Sequences of the last events of clients, those alone that exist. Waits for no commit. */
  allLastSequences(clientIds: readonly string[]): Promise<readonly LastSequence[]>
  /**
   * Tells a listener of clients for whom events were recorded, here or in another process that shares the server. It may say so of
   * one for whom none were, and of one too late or not at all, as when a connection breaks: whoever has to know asks again.
   * @returns stops it
   */
  onRecorded(listener: (clientId: string) => void): () => void
}
