/** What is held on a person: telling it, and erasing it. */
import type { Call } from '../../core/call.js'
import type { JsonObject } from '../../core/json.js'
import type { AuditEntry } from './audit-log.js'
import type { CallEventRecord } from './calls.js'

/** A person, as whoever asks knows them: by a number in any spelling, or as a customer. */
export type Subject = { readonly phoneNumber: string } | { readonly customerId: string }

/** A batch of an erasure. */
export interface Erasure {
  readonly subject: Subject
  /** Keyed hash of the subject, which alone is kept of it. */
  readonly hash: string
  /** Calls, or events, of one batch. */
  readonly limit: number
}

/** What an erasure has erased so far, in all batches. */
export interface Erased {
  readonly calls: number
  readonly events: number
  readonly customers: number
  /** Whether nothing is left: the audit log says so. */
  readonly isOver: boolean
}

/** What is held on a person. */
export interface PersonCustomer {
  readonly customerId: string
  /** Null where nobody saved the customer. */
  readonly profile: JsonObject | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface PersonCall {
  readonly number: number
  readonly call: Call
  readonly events: readonly CallEventRecord[]
}

export interface PersonPage {
  readonly customers: readonly PersonCustomer[]
  readonly calls: readonly PersonCall[]
  /** Events that belong to no call. */
  readonly events: readonly CallEventRecord[]
  /** Tries to send what those events told. */
  readonly deliveries: readonly PersonDelivery[]
  /** Where the next page starts; null after the last. */
  readonly next: string | null
}

export interface PersonDelivery {
  readonly url: string
  readonly messageId: string
  readonly at: number
  readonly status: number | null
}

export interface PrivacyStorage {
  /**
   * Erases a batch of what is held on a person: the customers that they are, and what says of calls and events who they were about.
   * Calls stay, and what is counted of them. Later events of these calls are recorded without the person, repeats are repeats, and
   * what is new of the person is new. Call it until it is over: the last batch adds the entry, with what was erased in all.
   */
  erasePerson(clientId: string, erasure: Erasure, entry: AuditEntry): Promise<Erased>
  /** Lets go of the logs that still hold what was erased. @returns whether all of them are gone; else it is tried again later */
  forgetErased(): Promise<boolean>
  /** Part of what is held on a person. @param after `next` of the part before; null for the first */
  personPage(clientId: string, subject: Subject, after: string | null): Promise<PersonPage>
}
