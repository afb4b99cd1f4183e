import type { Dimension } from './dimensions.js'
import { BoundedMap } from './bounded-map.js'
import { segmentCache, type CachedSegment } from './read/call-segments.js'
import { type ByteCache, pageCache, type PageCache } from './read/page-cache.js'
import { PartCache } from './read/question-parts.js'
import type { PageRow } from './schema/tables.js'
import type { UnsettledClient } from './write/state.js'
import type { StoredTallies } from './write/tallies.js'
import { rowOf, sql, type Transaction } from './transaction.js'

/** More clients than most servers have, more customers or agents than are active at a time, and clients whose tallies are remembered. */
const MOST = { clients: 100_000, numbers: 50_000, named: 50_000, remembered: 1000 }

/** A page that a reader built, of the days of a zone. */
export interface BuiltPage extends PageRow {
  readonly zone: string
  /** See `ClientStateRow`. */
  readonly erasures: number
}

/** Tallies as a transaction left them: right for who locks the client next, unless somebody else did in between. */
export interface RememberedClient {
  readonly version: number
  readonly timezone: string
  readonly tallies: StoredTallies
}

/** Numbers that were found to be some customers' alone. Looking at all calls of a number again would make each batch of an erasure longer. */
export interface OwnNumbers {
  /** The client's last event by then. */
  readonly asOf: number
  /** Whose each number is: see `OwnNumbersCheck`. */
  readonly ownerOf: ReadonlyMap<string, string>
}

/** What a store's statements share, from one transaction to the next. */
export interface StoreContext {
  /** How long a call can be active. */
  readonly maxCallAgeMs: number
  /** Numbers of clients by their id: they never change. */
  readonly clients: Map<string, number>
  /** Numbers of customers and agents that were looked up lately, by their client's number and their id: they change only when one is erased. */
  readonly numbers: Readonly<Record<Dimension['name'], Map<string, number>>>
  /** What calls called customers last, by their client's number and their own. */
  readonly named: Map<string, string>
  /** What the last transaction of each client has written, or was about to. */
  readonly remembered: Map<number, RememberedClient>
  /** How often something was erased of each client, as of when its customers were looked up. */
  readonly erasures: Map<number, number>
  /** Of clients, what the last batch of an erasure has found that is not over. */
  readonly ownNumbers: Map<number, OwnNumbers>
  readonly pages: PageCache
  /** Columns of calls that were read lately, and what was counted of them. */
  readonly segments: ByteCache<CachedSegment>
  readonly parts: PartCache
}

export function storeContext(maxCallAgeMs: number, pageCacheBytes: number): StoreContext {
  return {
    maxCallAgeMs,
    clients: new BoundedMap(MOST.clients),
    numbers: { customer: new BoundedMap(MOST.numbers), agent: new BoundedMap(MOST.numbers) },
    named: new BoundedMap(MOST.named),
    remembered: new BoundedMap(MOST.remembered),
    erasures: new Map(),
    ownNumbers: new BoundedMap(MOST.remembered),
    pages: pageCache(pageCacheBytes),
    segments: segmentCache(pageCacheBytes / 4),
    parts: new PartCache(pageCacheBytes),
  }
}

/** Forgets what a transaction has looked up or written that came to nothing. */
export function forget({ clients, numbers, named, remembered, ownNumbers }: StoreContext): void {
  clients.clear()
  numbers.customer.clear()
  numbers.agent.clear()
  named.clear()
  remembered.clear()
  ownNumbers.clear()
}

/** A transaction, with what the store's statements share. */
export interface Session extends StoreContext {
  readonly tx: Transaction
  /** Clients that the transaction has locked, with what it has yet to write of them: see `settle`. */
  readonly unsettled: Map<number, UnsettledClient>
  /** Takes a page that a read built on the way, to be stored when the transaction is over. */
  readonly keepPage?: (page: BuiltPage) => void
  /** Ends a read that takes too long. @throws ReadTooLong */
  readonly checkTime?: () => void
}

/** Forgets what was gathered and looked up in a transaction, or in a part of one, that is rolled back. */
export function forgetTransaction(session: Session): void {
  session.unsettled.clear()
  forget(session)
}

/** The number that a client's rows have; null when there is no such client, or none any more. */
export async function clientNumber({ tx, clients }: Session, clientId: string): Promise<number | null> {
  const known = clients.get(clientId)
  if (known !== undefined) return known
  const found = await rowOf(
    tx,
    sql<{ client: number }>`select client from clients where client_id = ${clientId} and status <> 'deleted'`,
  )
  if (found === undefined) return null
  clients.set(clientId, found.client)
  return found.client
}

/** @throws Error when there is no such client */
export async function requireClient(session: Session, clientId: string): Promise<number> {
  const client = await clientNumber(session, clientId)
  if (client === null) throw new Error(`there is no client ${clientId}`)
  return client
}
