import { clientNumber, type Session } from '../session.js'
import type { TimeRange } from '../../../core/range.js'
import { rowsOf, sql } from '../transaction.js'

/** What reads need to know of a client, as of their snapshot. */
export interface ClientNow {
  readonly client: number
  readonly clientId: string
  /** Zone of its days. */
  readonly zone: string
  /** How its people write numbers: see `numberKey`. */
  readonly region: string
  readonly retainedFrom: number | null
  readonly lastSequence: number
  readonly lastCustomer: number
  readonly lastAgent: number
  /** See `ClientStateRow`. */
  readonly erasures: number
  /** Names the client among what is kept in memory: nothing that was read before an erasure is right after it. */
  readonly cacheName: string
}

interface StateNow {
  readonly timezone: string
  readonly region: string
  readonly retained_from: number | null
  readonly last_sequence: number
  readonly last_customer: number
  readonly last_agent: number
  readonly erasures: number
}

/** @returns null when there is no such client */
export async function readClient(session: Session, clientId: string): Promise<ClientNow | null> {
  const client = await clientNumber(session, clientId)
  if (client === null) return null
  const [row] = (await rowsOf(
    session.tx,
    sql<StateNow>`
      select c.timezone, c.region, s.retained_from, s.last_sequence, s.last_customer, s.last_agent, s.erasures
      from client_state s join clients c on c.client = s.client where s.client = ${client}`,
  )) as [StateNow]
  return {
    client,
    clientId,
    zone: row.timezone,
    region: row.region,
    retainedFrom: row.retained_from,
    lastSequence: row.last_sequence,
    lastCustomer: row.last_customer,
    lastAgent: row.last_agent,
    erasures: row.erasures,
    cacheName: `${String(client)}.${String(row.erasures)}`,
  }
}

/** What is kept of a range. */
export function keptOf(range: TimeRange, retainedFrom: number | null): TimeRange {
  return { from: Math.max(range.from, retainedFrom ?? range.from), to: range.to }
}

/** See `Storage.retainedFrom`. */
export async function retainedFrom(session: Session, clientId: string): Promise<number | null> {
  return (await readClient(session, clientId))?.retainedFrom ?? null
}
