/** A pooled connection as the transaction that statements run in. */
import type { Socket } from 'node:net'
import type pg from 'pg'
import { BoundedMap } from '../sql/bounded-map.js'
import type { List, Parameter, PostgresTransaction } from '../sql/transaction.js'
import { binaryArray } from './binary-array.js'
import type { SlowStatements } from './slow-statements.js'

/** Texts that are seen more than this often are prepared, up to so many of them: others have a list of their own. */
const SEEN = 2
const MOST_PREPARED = 400

/**
 * For how long a connection keeps its plans. A plan is made for the tables as they are: one made while a table was all but
 * empty may read all of a client's rows, and would be kept until the table is analysed.
 */
const PLANS_FRESH_MS = 1000

/** The longest that a timer can wait, which is as good as for ever. */
export const FOR_EVER_MS = 2 ** 31 - 1

/** How often each text was seen, and the name of each that is prepared. */
const seen = new BoundedMap<string, number>(MOST_PREPARED * 4)
const names = new Map<string, string>()
const plannedAt = new WeakMap<pg.PoolClient, number>()

function nameOf(text: string): string | undefined {
  const name = names.get(text)
  if (name !== undefined || names.size >= MOST_PREPARED) return name
  const count = (seen.get(text) ?? 0) + 1
  seen.set(text, count)
  if (count > SEEN) names.set(text, `statement ${String(names.size)}`)
  return undefined
}

function isList(value: Parameter): value is List {
  return typeof value === 'object' && value !== null && 'type' in value
}

/**
 * One transaction. A statement that answers nothing is sent and not waited for; when it fails, so does the next one that is
 * waited for, with its error.
 */
export class PooledTransaction implements PostgresTransaction {
  readonly engine = 'postgres'
  readonly #client: pg.PoolClient
  readonly #slow: SlowStatements | null
  #unread: Promise<unknown>[] = []
  #isGathering = false
  #mayTakeLong = false
  /** Why the first statement failed that did: all others then fail because of it. */
  #failure: unknown
  /** Whether the commit was sent: when the connection is lost from then on, nobody knows whether it was made. */
  committing = false

  /** @param slow hears how long each statement took */
  constructor(client: pg.PoolClient, slow: SlowStatements | null = null) {
    this.#client = client
    this.#slow = slow
    const now = performance.now()
    if (now - (plannedAt.get(client) ?? 0) > PLANS_FRESH_MS) {
      plannedAt.set(client, now)
      this.run('discard plans', [])
    }
  }

  /** Its statements have all the time that they need; those of others are given up before long. */
  mayTakeLong(): void {
    this.#mayTakeLong = true
    this.run('set local statement_timeout = 0', [])
  }

  async all<R>(text: string, parameters: readonly Parameter[]): Promise<R[]> {
    const answer = this.#send(text, parameters)
    const unread = this.#unread
    this.#unread = []
    try {
      await Promise.all([...unread, answer])
      return (await answer).rows as R[]
    } catch {
      throw this.#failure
    }
  }

  run(text: string, parameters: readonly Parameter[]): void {
    this.#unread.push(this.#send(text, parameters))
  }

  /** Sent together with what is still unread. */
  async commit(): Promise<void> {
    this.committing = true
    await this.all('commit', [])
  }

  async rollback(): Promise<void> {
    this.#unread = []
    await this.#send('rollback', [])
  }

  #send(text: string, parameters: readonly Parameter[]): Promise<pg.QueryResult> {
    this.#gather()
    const name = nameOf(text)
    const values = parameters.map((value) => (isList(value) ? binaryArray(value) : value))
    const patience = this.#mayTakeLong && { query_timeout: FOR_EVER_MS }
    const answer = this.#client.query({ text, values, ...(name !== undefined && { name }), ...patience })
    // Answers come in order.
    answer.catch((error: unknown) => (this.#failure ??= error))
    this.#slow?.time(this.#client, text, answer)
    return answer
  }

  /** Sends all statements of one turn of the event loop as one packet: a packet costs as much as a statement. */
  #gather(): void {
    if (this.#isGathering) return
    this.#isGathering = true
    const { stream } = (this.#client as unknown as { connection: { stream: Socket } }).connection
    stream.cork()
    process.nextTick(() => {
      this.#isGathering = false
      stream.uncork()
    })
  }
}
