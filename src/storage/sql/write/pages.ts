import { insert } from '../bulk.js'
import type { BuiltPage, Session } from '../session.js'
import { lockClient } from './state.js'

const putPages = insert('pages', ['dimension', 'period', 'built_at', 'body'], ['dimension', 'period'], 'built_at')

/**
 * Keeps the pages that one read built, all of them or none, and none in place of a newer one: a month's page can then be put
 * right by the pages of its days. The zone may have changed meanwhile, and the client's days with it: then they are of days
 * that are no longer.
 */
export async function savePages({ tx }: Session, pages: readonly BuiltPage[]): Promise<void> {
  for (const client of new Set(pages.map((page) => page.client))) {
    const { timezone } = await lockClient(tx, client)
    const own = pages.filter((page) => page.client === client && page.zone === timezone)
    putPages(
      tx,
      client,
      own.map(({ dimension, period, built_at, body }) => [dimension, period, built_at, body]),
    )
  }
}
