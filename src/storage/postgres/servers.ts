/**
 * The servers that one URL names, as libpq reads it: `postgres://user@one:5432,two:5432/ribbon`. One of them takes writes, the
 * others are its standbys. Which one it is may change at any time: each new connection goes to the one that took writes last,
 * and moves on where that one is gone or has become a standby.
 */
import type { EventEmitter } from 'node:events'
import pg from 'pg'
import type { ServerPlace } from './failures.js'

/** How long a server has to answer. */
export const CONNECT_TIMEOUT_MS = 5_000

/** For a connection without traffic: a machine that lost its power or its network says nothing. */
const KEEP_ALIVE_MS = 10_000

/** As PostgreSQL calls a transaction that can only read. */
const READ_ONLY = '25006'

/** What names the servers stands between the last `@` and the path. Any text has these parts. */
const PARTS = /^((?:postgres(?:ql)?:\/\/(?:[^/?#]*@)?)?)([^/?#]*)(.*)$/s

export class Servers {
  readonly urls: readonly string[]
  /** Of connections to the server that the next one is to go to. A pool makes them by itself. */
  readonly Client: new (options?: pg.ClientConfig) => pg.Client = clientOf(this)
  /** Connections whose server said that it is a standby, with its URL. */
  readonly standbys = new WeakMap<pg.ClientBase, string>()
  #at = 0

  constructor(url: string) {
    const [, before, hosts, after] = PARTS.exec(url) as unknown as [string, string, string, string]
    this.urls = hosts.split(',').map((host) => `${before}${host}${after}`)
  }

  get current(): string {
    return this.urls[this.#at] as string
  }

  /** All of them, with what stands in for what the URL does not say. */
  places(): ServerPlace[] {
    return this.urls.map((connectionString) => new pg.Client({ connectionString }))
  }

  /** The next connection goes to the next server, unless the failure of another one has moved on already. */
  leave(url: string): void {
    if (url === this.current) this.#at = (this.#at + 1) % this.urls.length
  }

  /**
   * Call it once a connection is made.
   * @throws Error for a standby, which no request is to be served by: it refuses writes, and may be behind
   */
  refuseStandby(client: pg.ClientBase): void {
    const url = this.standbys.get(client)
    if (url === undefined) return
    this.leave(url)
    throw Object.assign(new Error('the server is a standby, which takes no writes'), { code: READ_ONLY })
  }
}

/** A connection that knows its server. One that never comes about leaves the server to the next. */
function clientOf(servers: Servers) {
  return class extends pg.Client {
    constructor(options: pg.ClientConfig = {}) {
      const url = servers.current
      super({
        ...{ connectionTimeoutMillis: CONNECT_TIMEOUT_MS, ...options, connectionString: url },
        ...{ keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS },
      })
      const { connection } = this as unknown as { connection: EventEmitter }
      // The server says so before it takes the first statement: nothing has to be asked.
      connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) => {
        if (parameterName === 'in_hot_standby' && parameterValue === 'on') servers.standbys.set(this, url)
      })
      let isMade = false
      this.once('connect', () => (isMade = true))
      this.once('end', () => {
        if (!isMade) servers.leave(url)
      })
    }
  }
}

interface ParameterStatus {
  readonly parameterName: string
  readonly parameterValue: string
}
