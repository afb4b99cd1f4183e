/**
 * Processes that share a server tell each other for whom events were recorded, by LISTEN and NOTIFY. What was recorded does not
 * wait for it: a NOTIFY within a transaction would make all commits of the server wait for each other.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { Recorded } from '../recorded.js'
import type { Servers } from './servers.js'

const CHANNEL = 'ribbon_recorded'
/** What was recorded within this time is told in one statement. */
const GATHER_MS = 25
/** Client ids in one message: PostgreSQL takes less than 8,000 bytes. */
const CLIENTS_AT_ONCE = 50
const RECONNECT_MS = 1000

export class Announcements {
  readonly #pool: pg.Pool
  readonly #servers: Servers
  readonly #recorded = new Recorded()
  /** Tells this process's own messages from those of others. */
  readonly #self = randomUUID()
  #pending = new Set<string>()
  #telling: Promise<void> | null = null
  #listening: Promise<void> | null = null
  #connection: pg.Client | null = null
  readonly #closed = new AbortController()

  constructor(pool: pg.Pool, servers: Servers) {
    this.#pool = pool
    this.#servers = servers
  }

  /** See `Storage.onRecorded`. The first to listen has a connection of its own opened. */
  listen(listener: (clientId: string) => void): () => void {
    this.#listening ??= this.#keepListening()
    return this.#recorded.listen(listener)
  }

  announce(clientIds: ReadonlySet<string>): void {
    this.#recorded.tell(clientIds)
    for (const clientId of clientIds) this.#pending.add(clientId)
    this.#telling ??= this.#tell()
  }

  async close(): Promise<void> {
    this.#closed.abort()
    await this.#connection?.end()
    await Promise.all([this.#telling, this.#listening])
  }

  /** Others who are not told ask by themselves before long. */
  async #tell(): Promise<void> {
    await pause(GATHER_MS, this.#closed.signal)
    const clientIds = [...this.#pending]
    this.#pending = new Set()
    this.#telling = null
    for (let at = 0; at < clientIds.length; at += CLIENTS_AT_ONCE) {
      const message = [this.#self, ...clientIds.slice(at, at + CLIENTS_AT_ONCE)].join('\n')
      await this.#pool.query('select pg_notify($1, $2)', [CHANNEL, message]).catch(() => undefined)
    }
  }

  async #keepListening(): Promise<void> {
    while (!this.#closed.signal.aborted) {
      await this.#listenOnce().catch(() => undefined)
      await pause(RECONNECT_MS, this.#closed.signal)
    }
  }

  /** Hears of others until the connection ends. */
  async #listenOnce(): Promise<void> {
    const connection = new this.#servers.Client()
    this.#connection = connection
    const ended = new Promise<void>((resolve) => connection.once('end', resolve))
    // What breaks it ends it, too.
    connection.on('error', () => undefined)
    connection.on('notification', ({ payload = '' }) => {
      const [sender, ...clientIds] = payload.split('\n')
      if (sender !== this.#self) this.#recorded.tell(clientIds)
    })
    try {
      await connection.connect()
      // A standby refuses it: then the next connection finds where the writes went.
      await connection.query(`listen ${CHANNEL}`)
      await ended
    } finally {
      await connection.end()
    }
  }
}

/** Ends early, and does not fail, when it is to end. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { ref: false, signal }).catch(() => undefined)
}
