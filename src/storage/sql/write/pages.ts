import { localSlot } from '../../../core/calendar.js'
import { insert } from '../bulk.js'
import { SEGMENTS } from '../read/call-segments.js'
import type { BuiltPage, Session } from '../session.js'
import { lockClient } from './state.js'

const putPages = insert('pages', ['dimension', 'period', 'built_at', 'body'], ['dimension', 'period'], 'built_at')

/**
 * Keeps the pages that one read built, all of them or none, and none in place of a newer one: a month's page can then be put
 * right by the pages of its days. The zone may have changed meanwhile, and the client's days with it: then they are of days
 * that are no longer. Calls of days that are no longer kept are not kept here either,
 * nor is what was read before somebody was erased.
 */
export async function savePages({ tx }: Session, pages: readonly BuiltPage[]): Promise<void> {
  for (const client of new Set(pages.map((page) => page.client))) {
    const { timezone, retained_from, erasures } = await lockClient(tx, client)
    const retained = retained_from === null ? '' : localSlot(timezone, retained_from).date
    const own = pages.filter((page) => {
      if (page.client !== client || page.zone !== timezone || page.erasures !== erasures) return false
      return page.dimension !== SEGMENTS || page.period > retained
    })
    putPages(
      tx,
      client,
      own.map(({ dimension, period, built_at, body }) => [dimension, period, built_at, body]),
    )
  }
}
