/** Statements that took long, with the plans that the server makes for them. */
import type pg from 'pg'
import type { SlowStatement } from '../figures.js'
import { hasPlan, OncePerHour } from '../slow.js'

export interface Watch {
  readonly slowMs: number
  readonly onSlow: (statement: SlowStatement) => void
}

function ignore(): void {}

export class SlowStatements {
  readonly #pool: pg.Pool
  readonly #watch: Watch
  readonly #told = new OncePerHour()
  /** When each connection answered last: a statement that is sent behind another is begun then. */
  readonly #answeredAt = new WeakMap<pg.PoolClient, number>()
  /** One after the other, so that they take one connection at the most. */
  #explaining: Promise<void> = Promise.resolve()

  constructor(pool: pg.Pool, watch: Watch) {
    this.#pool = pool
    this.#watch = watch
  }

  /** Tells of a statement, when it is answered, whether it took too long; of each text once an hour, and nobody waits for it. */
  time(client: pg.PoolClient, text: string, answer: Promise<unknown>): void {
    const sentAt = performance.now()
    const note = (): void => {
      const now = performance.now()
      const durationMs = Math.round(now - Math.max(sentAt, this.#answeredAt.get(client) ?? 0))
      this.#answeredAt.set(client, now)
      if (durationMs > this.#watch.slowMs && this.#told.isNew(text)) this.#tell(text, durationMs)
    }
    answer.then(note, note)
  }

  /** Resolves when no plan is asked for. */
  settled(): Promise<void> {
    return this.#explaining
  }

  #tell(sql: string, durationMs: number): void {
    this.#explaining = this.#explaining.then(async () => {
      const plan = hasPlan(sql) ? await this.#planOf(sql) : []
      this.#watch.onSlow({ engine: 'postgres', sql, durationMs, plan })
    })
  }

  /** The plan for any values, so that it tells none: it is made as prepared statements are, and nothing is executed. */
  async #planOf(sql: string): Promise<string[]> {
    const places = [...sql.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place))
    const values = Array.from({ length: Math.max(0, ...places) }, () => 'null')
    try {
      const client = await this.#pool.connect()
      try {
        await client.query('begin read only')
        await client.query('set local plan_cache_mode = force_generic_plan')
        await client.query(`prepare slow_statement as ${sql}`)
        const list = values.length === 0 ? '' : `(${values.join(', ')})`
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute slow_statement${list}`)
        return rows.map((row) => row['QUERY PLAN'])
      } finally {
        await client.query('rollback').catch(ignore)
        // By its name: others are the driver's, which believes that they are there.
        await client.query('deallocate slow_statement').catch(ignore)
        client.release()
      }
    } catch (error) {
      return [`no plan: ${(error as Error).message}`]
    }
  }
}
