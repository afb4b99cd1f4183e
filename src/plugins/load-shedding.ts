import fastifyPlugin from 'fastify-plugin'
import { fail } from '../errors.js'
import { LoadLevel } from '../http/load-level.js'
import { workOf } from '../http/work.js'

const EVERY_MS = 100

/**
 * Refuses what can wait while the event loop is behind: exports, then reads and customers. Events of calls, Exotel's reports among them, are never
 * refused here, because they have a queue of their own, and neither is anybody who asks for the server's health.
 */
export const loadShedding = fastifyPlugin(async (app) => {
  const level = new LoadLevel()
  let measuring: NodeJS.Timeout | undefined
  // Not before: what a start takes is no load.
  app.addHook('onListen', async () => {
    let dueAt = performance.now() + EVERY_MS
    measuring = setInterval(() => {
      const now = performance.now()
      level.note(now - dueAt)
      dueAt = now + EVERY_MS
    }, EVERY_MS).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(measuring)
  })
  app.addHook('onRequest', (request, _reply, done) => {
    const work = workOf(request)
    if (work !== null && level.refuses(work)) {
      fail('overloaded', 'The server has more to do than it can. Nothing was written: try again.', {
        headers: { 'retry-after': '1' },
      })
    }
    done()
  })
})
