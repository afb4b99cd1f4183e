import type { Session } from '../session.js'
import { readClient } from './client.js'
import { buildAllPages } from './ranking.js'

/** See `Storage.buildPages`. */
export async function buildPages(session: Session, clientId: string, limit: number): Promise<number> {
  const now = await readClient(session, clientId)
  return now === null ? 0 : buildAllPages(session, now, limit)
}
