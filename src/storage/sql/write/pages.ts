import { insert } from '../bulk.js'
import type { BuiltPage, Session } from '../session.js'
import { lockClient } from './state.js'

const putPages = insert('pages', ['dimension', 'period', 'built_at', 'body'], ['dimension', 'period'])

/**
 * Keeps pages that a reader built. The zone may have changed meanwhile, and the client's days with it: then they are of days
 * that are no longer. A page that is behind harms nobody, so the last one to come is kept.
 */
export async function savePages({ tx }: Session, pages: readonly BuiltPage[]): Promise<void> {
  for (const client of new Set(pages.map((page) => page.client))) {
    const { timezone } = await lockClient(tx, client)
    // One read may build a page twice, for a month and for itself: PostgreSQL takes each row of a statement once.
    const own = new Map<string, BuiltPage>()
    for (const page of pages) {
      if (page.client === client && page.zone === timezone) own.set(`${page.dimension} ${page.period}`, page)
    }
    putPages(
      tx,
      client,
      [...own.values()].map(({ dimension, period, built_at, body }) => [dimension, period, built_at, body]),
    )
  }
}
