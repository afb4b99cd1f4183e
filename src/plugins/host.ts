import fastifyPlugin from 'fastify-plugin'
import { fail } from '../errors.js'

/** What may stand in a `Host` (RFC 3986, 3.2.2 and 3.2.3). Empty is allowed: for a target that has no authority. */
const HOST = /^[\w.~!$&'()*+,;=%:[\]-]*$/

/**
 * Refuses requests that do not name one host, as RFC 9112 (3.2) asks: a proxy might take the other. Node.js takes the first
 * of several and answers its own refusal of none with no problem document, so that it is told to leave both to this.
 */
export const host = fastifyPlugin(async (app) => {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const { rawHeaders } = raw
    let hosts = 0
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const name = rawHeaders[i] as string
      if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
    }
    if (hosts > 1) fail('invalid_request', 'The request has more than one Host header: send one.')
    if (hosts === 0 && raw.httpVersion === '1.1') fail('invalid_request', 'The request has no Host header: send one.')
    if (!HOST.test(raw.headers.host ?? ''))
      fail('invalid_request', 'The Host header is not a host with its port: correct it.')
    done()
  })
})
