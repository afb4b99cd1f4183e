import fastifyPlugin from 'fastify-plugin'
import { Turns } from '../http/turns.js'
import { workOf } from '../http/work.js'

/**
 * Serves a few requests of each kind in a turn of the event loop, so that nobody waits behind all that a flood has sent at once:
 * what waits has been read, and costs nothing else. Who asks for the server's health does not wait.
 */
export const turns = fastifyPlugin(async (app) => {
  const waiting = new Turns()
  app.addHook('onRequest', (request, _reply, done) => {
    const work = workOf(request)
    if (work === null) done()
    else waiting.take(work, done)
  })
})
