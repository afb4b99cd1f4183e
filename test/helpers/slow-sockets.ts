/** Connections as attackers and bad networks make them. */
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { DEMO_KEY } from './app.js'

export const EXPORT_REQUEST = `GET /api/ribbon/export/calls?format=csv HTTP/1.1\r\nHost: a\r\nX-API-Key: ${DEMO_KEY}\r\n\r\n`
const BODY_HEAD =
  'POST /api/ribbon/log-call HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{'
const DRIP_MS = 50

export class SlowSocket {
  received = ''
  readonly socket: Socket
  readonly connected: Promise<unknown>
  /** Resolves when the server has closed it. */
  readonly closed: Promise<unknown>

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1' })
    // The server may reset it.
    this.socket.on('error', () => undefined)
    this.connected = once(this.socket, 'connect')
    // A reset is an end as well: `once` would reject.
    this.closed = new Promise((resolve) => this.socket.once('close', resolve))
  }

  /** Says nothing. */
  static silent(port: number): SlowSocket {
    return new SlowSocket(port).#listening()
  }

  /** Sends a body so slowly that it never ends. */
  static body(port: number): SlowSocket {
    const slow = new SlowSocket(port).#listening()
    slow.socket.write(BODY_HEAD)
    const dripping = setInterval(() => slow.socket.write(' '), DRIP_MS)
    slow.socket.once('close', () => {
      clearInterval(dripping)
    })
    return slow
  }

  /** Asks for an export and reads none of it. A socket that is paused hears of its end only when it reads on. */
  static unread(port: number): SlowSocket {
    const slow = new SlowSocket(port)
    slow.socket.pause()
    slow.socket.write(EXPORT_REQUEST)
    return slow
  }

  #listening(): this {
    this.socket.on('data', (chunk) => (this.received += String(chunk)))
    return this
  }

  destroy(): void {
    this.socket.destroy()
  }
}
