import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { pipeline, type Readable } from 'node:stream'
import fastifyPlugin from 'fastify-plugin'
import type { KeyRing } from '../clients/key-ring.js'
import { maskedBody, maskingStream } from '../http/masked-answer.js'

/**
 * Masks people's numbers in all that a key is answered that may not know them: in one place, on the way out, so that no route can
 * forget it. Before answers get their validators.
 */
export const masking = fastifyPlugin<{ keys: KeyRing }>(async (app, { keys }) => {
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    // Not known before the key is, and of no other API.
    const key = (request as Partial<typeof request>).key
    if (key?.maskNumbers !== true) {
      done(null, payload)
      return
    }
    const { region } = request.client
    const type = String(reply.getHeader('content-type'))
    if (typeof payload === 'string') {
      const masked = maskedBody(payload, type, region).replace(CURSOR, (_all, start: string, cursor: string) => {
        return `${start}"${sealed(cursor, keys)}"`
      })
      reply.removeHeader('content-length')
      done(null, masked)
    } else if (isStream(payload) && /^(?:text\/|application\/(?:x-)?(?:nd)?json)/.test(type)) {
      const stream = maskingStream(region)
      // Whoever reads it hears of what breaks it.
      pipeline(payload, stream, () => undefined)
      done(null, stream)
    } else done(null, payload)
  })
})

/** Lists of such a key go on where a cursor says, which may hold a number: so it is sealed on the way out, and opened here. */
export const maskedCursors = fastifyPlugin<{ keys: KeyRing }>(async (app, { keys }) => {
  app.addHook('preValidation', (request, _reply, done) => {
    const query = request.query as Record<string, unknown>
    const { cursor } = query
    if (request.key.maskNumbers && typeof cursor === 'string') query['cursor'] = opened(cursor, keys)
    done()
  })
})

const CURSOR = /("nextCursor":)"([^"]+)"/g
const IV_BYTES = 16
const CIPHER = 'aes-256-ctr'

/** Nothing vouches for it but what is inside: a cursor is signed. */
function sealed(cursor: string, { current }: KeyRing): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, current.derived('masked-cursors'), iv)
  return Buffer.concat([iv, cipher.update(Buffer.from(cursor, 'base64url')), cipher.final()]).toString('base64url')
}

/** @returns what no key opens as something that is no cursor */
function opened(cursor: string, { keys }: KeyRing): string {
  const bytes = Buffer.from(cursor, 'base64url')
  const texts = keys.map((key) => {
    if (bytes.length <= IV_BYTES) return ''
    const decipher = createDecipheriv(CIPHER, key.derived('masked-cursors'), bytes.subarray(0, IV_BYTES))
    return decipher.update(bytes.subarray(IV_BYTES))
  })
  // Inside is text; what another key makes of it is none, but once in a very long time.
  const found = texts.find((text) => /^[\x20-\x7e]*$/.test(text.toString('latin1'))) ?? ''
  return Buffer.from(found).toString('base64url')
}

function isStream(payload: unknown): payload is Readable {
  return typeof (payload as { pipe?: unknown } | null)?.pipe === 'function'
}
