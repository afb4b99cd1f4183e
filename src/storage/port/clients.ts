/** Clients, the tenants: how they are configured, and how much they use. */
import type { Feature, Plan, WindowUnit } from '../../core/vocabulary/clients.js'
import type { AuditEntry } from './audit-log.js'

/** A tenant, as configured. `sealedExotel` can be opened by the credentials service only. */
export interface Client {
  readonly clientId: string
  readonly name: string
  readonly plan: Plan
  /** Calls a month. */
  readonly monthlyLimit: number
  readonly features: readonly Feature[]
  /** Host names; `*` allows any, `*.example.com` any subdomain. */
  readonly allowedDomains: readonly string[]
  /** IANA zone of the client's days and months: tallies are kept by them. */
  readonly timezone: string
  /** ISO 3166-1: the country whose way of writing numbers counts where a number names none. */
  readonly region: string
  /** Whole local months of events and calls that are kept before the current one, from 1; null keeps everything. */
  readonly retentionMonths: number | null
  /** Whether nothing of what is no longer kept is dropped for now. */
  readonly retentionPaused: boolean
  /** Within how many hours after its end a missed call is won back by one that is answered. */
  readonly missedCallWindowHours: number
  /** What those hours are of. Without business hours they are those of the clock. */
  readonly missedCallWindowIn: WindowUnit
  readonly sealedExotel: string
  /** What the server signs in to Exotel's API with, sealed alike; null when it was not given. */
  readonly sealedExotelApi: string | null
  /** Whether keys that stand in pages get no Exotel credentials. */
  readonly requireAgentSessions: boolean
  /** One that is `suspended` or about to be deleted opens nothing. */
  readonly status: 'active' | 'suspended' | 'deleting'
  /** From when on all that it has is removed; null unless it is `deleting`. */
  readonly deletesAt: number | null
}

export interface NewClient extends Omit<
  Client,
  'status' | 'deletesAt' | 'region' | 'missedCallWindowHours' | 'missedCallWindowIn' | 'retentionPaused'
> {
  /** Absent: `DEFAULT_REGION`. */
  readonly region?: string
  /** Absent: `DEFAULTS.missedCallWindowHours`. */
  readonly missedCallWindowHours?: number
  /** Absent: `DEFAULTS.missedCallWindowIn`. */
  readonly missedCallWindowIn?: WindowUnit
  readonly status: 'active' | 'suspended'
  /** SHA-256 of the API key, lower-case hex. */
  readonly apiKeyHash: string
  /** The key's first characters, to recognise it by: never enough to use it. */
  readonly apiKeyHint: string
  readonly createdAt: number
}

export interface ClientListing extends Client {
  readonly createdAt: number
  /** Of its oldest live key; null when the client has none. */
  readonly apiKeyHint: string | null
}

/**
 * What is to be different about a client: members that are absent stay as they are. With `deletesAt` it is deleting; null
 * takes that back, and its status is what it was.
 */
export type ClientChanges = Partial<Omit<Client, 'clientId' | 'status'> & Pick<NewClient, 'status'>>

export interface ClientTotals {
  readonly clientId: string
  readonly calls: number
  readonly seconds: number
  /** Calls by local month `YYYY-MM`, from the month asked for on. */
  readonly callsByMonth: Readonly<Record<string, number>>
}

/** Part of a list of clients, by client id: those after `after`, at most `limit`. */
export interface ClientWindow {
  readonly after: string
  readonly limit: number
}

export interface ClientStorage {
  /** Creates a client and its key. @returns false when the client exists; nothing was written */
  createClient(client: NewClient): Promise<boolean>
  /**
   * Changes a client, all of it or nothing. A new zone sorts its tallies into the days of that zone.
   * @returns false when there is no such client
   */
  updateClient(clientId: string, changes: ClientChanges): Promise<boolean>
  /** Replaces a client's sealed credentials, of either kind, if they are still those of `from`. @returns whether they were */
  resealClient(clientId: string, from: string, to: string): Promise<boolean>
  /**
   * Removes up to `limit` rows of a client that was to be deleted by the time of the entry, for good. The last ones go together
   * with the client, and the entry is added: nothing of it is in any answer after that, and its id stays taken.
   * @returns how many rows went; 0 when there is nothing to do, or nothing left
   */
  deleteClient(clientId: string, limit: number, entry: AuditEntry): Promise<number>
  /** @returns null when there is no such client. Waits for no commit */
  client(clientId: string): Promise<ClientListing | null>
  /** Clients by id, with or without a live key. Waits for no commit. */
  allClients(window: ClientWindow): Promise<readonly ClientListing[]>
  /** Totals of the clients of a window; `fromMonth` is the first month of `callsByMonth`. */
  allClientTotals(window: ClientWindow, fromMonth: string): Promise<readonly ClientTotals[]>
  /** Totals of all clients together: one row a client is added up. */
  allClientsSum(): Promise<{ readonly clients: number; readonly calls: number }>
}
