/** Connections of `pg` as Kysely takes them: a statement is parsed once, and those that answer nothing do not wait. */
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/**
 * Statements that are prepared. Not those with a list of parameters, of which there are as many as lengths of lists, nor
 * those of all columns: a connection that prepared one could not run it again once a migration has added a column.
 */
const PREPARED =
  /^(?!.*( in \(\$|\), \(| union all |select \* from "))(begin|start|commit|select|insert|update|delete)/s

/** No more than this, should their texts turn out to be endless. */
const MOST_PREPARED = 300

/**
 * For how long a connection keeps its plans. A plan is made for the tables as they are: one made while a table was all but
 * empty may read all of a client's rows, and would be kept until the table is analysed.
 */
const PLANS_FRESH_MS = 1000

/** Statements of a transaction whose answer nobody reads. */
const SILENT = /^(begin|start|(insert|update|delete)(?!.* returning ))/s
const SILENCE = { command: 'SELECT' as const, rowCount: 0, rows: [] }

const names = new Map<string, string>()

function nameOf(text: string): string | undefined {
  let name = names.get(text)
  if (name === undefined && names.size < MOST_PREPARED && PREPARED.test(text)) {
    name = `statement ${String(names.size)}`
    names.set(text, name)
  }
  return name
}

/** @param pool of clients with `pipeline`, which send a statement before the one ahead of it is answered */
export function pipelined(pool: pg.Pool): PostgresPool {
  const plannedAt = new WeakMap<pg.PoolClient, number>()
  return {
    async connect() {
      const client = await pool.connect()
      const now = performance.now()
      if (now - (plannedAt.get(client) ?? 0) > PLANS_FRESH_MS) {
        plannedAt.set(client, now)
        client.query('discard plans').catch(leaveToTheNext)
      }
      // Without cursors, which nothing here reads by.
      return new PipelinedClient(client) as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

/** What one statement failed of is told by the next on the same connection that is waited for. */
function leaveToTheNext(): void {}

/**
 * In a transaction, a statement that answers nothing is sent and not waited for. When it fails, so does the next one that
 * is waited for, with its error; the last of them is the commit.
 */
class PipelinedClient {
  readonly #client: pg.PoolClient
  #inTransaction = false
  #unread: Promise<unknown>[] = []

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async query<R>(text: string, values: unknown[]): Promise<PostgresQueryResult<R>> {
    const name = nameOf(text)
    const answer = this.#client.query({ text, values, ...(name !== undefined && { name }) })
    this.#inTransaction = this.#inTransaction ? !/^(commit|rollback)$/.test(text) : /^(begin|start)/.test(text)
    if (this.#inTransaction && SILENT.test(text)) {
      answer.catch(leaveToTheNext)
      this.#unread.push(answer)
      return SILENCE
    }
    const unread = this.#unread
    this.#unread = []
    // Answers come in order, so the first to fail is the one that made the others fail.
    if (text !== 'rollback') await Promise.all([...unread, answer])
    return (await answer) as unknown as PostgresQueryResult<R>
  }

  release(): void {
    this.#client.release()
  }
}
