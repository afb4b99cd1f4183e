import fastifyPlugin from 'fastify-plugin'
import { DATA_AS_OF_HEADER } from '../../schemas/headers.js'
import { formatInstant } from '../core/calendar.js'
import type { Storage } from '../storage/port/storage.js'

/** Says on every answer since when it may be behind what was acknowledged, while the store cannot write. */
export const dataAsOf = fastifyPlugin<{ storage: Storage }>(async (app, { storage }) => {
  app.addHook('onSend', (_request, reply, payload, done) => {
    const { behindSince } = storage.status()
    if (behindSince !== null) reply.header(DATA_AS_OF_HEADER, formatInstant(behindSince))
    done(null, payload)
  })
})
