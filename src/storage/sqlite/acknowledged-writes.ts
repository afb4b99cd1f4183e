import type { NewEvent } from '../port/events.js'
import type { SetAsideWrite } from '../port/set-aside.js'
import { runWrite, type WriteMethod } from '../sql/methods.js'
import { forgetTransaction, type Session } from '../sql/session.js'
import { rowOf, rowsOf, run, sql } from '../sql/transaction.js'
import { settle } from '../sql/write/state.js'
import { isUnavailable, type SqliteConnection } from './connection.js'

/** A write as it was asked for: a method and its arguments. */
export type Command = readonly [method: WriteMethod, args: readonly unknown[]]

/**
 * Applies writes that were acknowledged, within the writer's transaction. One that can never be applied is set aside, whole,
 * and the rest goes on.
 */
export class AcknowledgedWrites {
  readonly #connection: SqliteConnection
  readonly #session: Session
  readonly #trouble: (sentence: string) => void

  constructor(connection: SqliteConnection, session: Session, trouble: (sentence: string) => void) {
    this.#connection = connection
    this.#session = session
    this.#trouble = trouble
  }

  /** Applies a command, or sets it aside; of a batch, those of its events that are at fault. */
  async apply(command: Command): Promise<void> {
    const error = await this.#attempt(command)
    if (error === null) return
    const [method, args] = command
    const events = method === 'recordBatch' ? (args[0] as readonly NewEvent[]) : []
    if (events.length <= 1) {
      this.#setAside(command, error)
      return
    }
    for (const event of events) {
      const single: Command = [method, [[event]]]
      const own = await this.#attempt(single)
      if (own !== null) this.#setAside(single, own)
    }
  }

  setAsideWrites(limit: number): Promise<SetAsideWrite[]> {
    return rowsOf(
      this.#connection,
      sql<SetAsideWrite>`select id, at, method, args, error from set_aside order by id limit ${limit}`,
    )
  }

  /** Tries again what was set aside. @returns whether it is applied now; not when there is no such write */
  async retry(id: number): Promise<boolean> {
    const row = await rowOf(
      this.#connection,
      sql<SetAsideWrite>`select id, at, method, args, error from set_aside where id = ${id}`,
    )
    if (row === undefined) return false
    const error = await this.#attempt([row.method as WriteMethod, JSON.parse(row.args) as unknown[]])
    if (error !== null) run(this.#connection, sql`update set_aside set error = ${error} where id = ${id}`)
    else run(this.#connection, sql`delete from set_aside where id = ${id}`)
    return error === null
  }

  /** @returns what the command failed of by itself; null when it went through. @throws what says that nothing can be written */
  async #attempt(command: Command): Promise<string | null> {
    await settle(this.#session)
    this.#connection.exec('savepoint attempt')
    try {
      await runWrite(this.#session, ...command)
      await settle(this.#session)
      this.#connection.exec('release attempt')
      return null
    } catch (error) {
      if (isUnavailable(error) || !this.#connection.inTransaction) throw error
      this.#connection.exec('rollback to attempt')
      forgetTransaction(this.#session)
      this.#connection.exec('release attempt')
      return (error as Error).message
    }
  }

  #setAside([method, args]: Command, error: string): void {
    run(
      this.#connection,
      sql`insert into set_aside (at, method, args, error) values (${Date.now()}, ${method}, ${JSON.stringify(args)}, ${error})`,
    )
    this.#trouble(`A write that was acknowledged cannot be applied and is set aside (${method}): ${error}`)
  }
}
