/** The production store: a PostgreSQL server, shared by any number of processes. */
import pg from 'pg'
import { Batcher, countedEvent, type Waiting } from '../batcher.js'
import { ReadTooLong, StorageUnavailable } from '../errors.js'
import { FairTurns } from '../fair-turns.js'
import type { StoreFigures, StoreMeasures } from '../figures.js'
import type { CommandStorage, StorageOptions } from '../open.js'
import type { NewEvent, RecordOutcome } from '../port/events.js'
import type { Storage } from '../port/storage.js'
import { clientsOf } from '../recorded.js'
import {
  askerOf,
  isWrite,
  methodsOver,
  needOf,
  runMethod,
  runWrite,
  type Answer,
  type Arguments,
  type Caller,
  type Method,
} from '../sql/methods.js'
import { migrate } from '../sql/schema/migrate.js'
import type { measures } from '../sql/read/measures.js'
import { forget, storeContext, type BuiltPage, type Session, type StoreContext } from '../sql/session.js'
import type { Tables } from '../sql/schema/tables.js'
import { settle } from '../sql/write/state.js'
import { Announcements } from './announcements.js'
import { placeTables } from './citus.js'
import { FOR_EVER_MS, PooledTransaction } from './connection.js'
import { failureOf, refusalOf, refuseOldServer } from './failures.js'
import { CONNECT_TIMEOUT_MS, Servers } from './servers.js'
import { SlowStatements, type Watch } from './slow-statements.js'
import { WritePlaces } from './write-places.js'

/** Connections of one process. */
export const POOL_SIZE = 10
/** Reads leave some to writes; and those that take long, some to those that do not. */
const READS = { all: POOL_SIZE - 2, long: 3 }
/** And writes some to reads. */
const WRITES = POOL_SIZE - 2
/** How transactions begin. One that reads sees one moment, and so does a snapshot, which may write as well. */
const BEGIN = {
  read: 'begin isolation level repeatable read read only',
  write: 'begin',
  snapshot: 'begin isolation level repeatable read',
}
const STATEMENT_TIMEOUT_MS = 10_000
/**
 * A server that says nothing for so long is given up: it ends a statement sooner by itself. A commit is what it does not end,
 * while it waits for a synchronous standby that is gone.
 */
const ANSWER_TIMEOUT_MS = 15_000
/** How long a read of several statements may take, the last of them aside. */
const READ_MS = 10_000
/** Decoded pages that a process keeps. */
const PAGE_CACHE_BYTES = 96 * 1024 * 1024

/** Those that hold what people are called and reached by. */
const PERSONAL_TABLES = [
  'calls',
  'events',
  'customers',
  'customer_words',
  'pages',
  'webhook_deliveries',
  'reconciliations',
] as const satisfies readonly (keyof Tables)[]

/** Any number that no other user of advisory locks in the database takes. */
const SCHEMA_LOCK = 7_274_102_562

/**
 * Every statement is made to find its rows by an index, in their order. A planner without statistics, or with those of a
 * smaller table, would rather read and sort.
 */
const SETTINGS = [
  'enable_seqscan=off',
  'enable_bitmapscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_material=off',
  'jit=off',
]
/** So there is one good plan, and none is made for each list of values. Citus has to see the values: they tell the node. */
const ONE_PLAN = 'plan_cache_mode=force_generic_plan'

/** `bigint` and the `numeric` of its sums are counts and instants, which numbers hold. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.NUMERIC, Number],
])

/** As its type has it, a parser takes only the ids of an enumeration and returns `any`. */
const defaultParserOf = pg.types.getTypeParser as (oid: number) => (text: string) => unknown

function parserOf(oid: number): (text: string) => unknown {
  return PARSERS.get(oid) ?? defaultParserOf(oid)
}

interface Item extends Waiting {
  readonly event: NewEvent
}

function itemOf(event: NewEvent): Item {
  const bytes = JSON.stringify(event.data).length
  return { event, clientId: event.clientId, bytes, counted: countedEvent(event) }
}

/** Opens the store on the server that `url` names. Throws as `PostgresDatabase.connect` does. */
export async function openPostgres(url: string, options: StorageOptions): Promise<Storage & CommandStorage> {
  const { maxCallAgeMs, onNews, onSlow, slowMs } = options
  const watch = slowMs === undefined || onSlow === undefined ? null : { slowMs, onSlow }
  const database = await PostgresDatabase.connect(url, maxCallAgeMs, watch)
  const call = (<M extends Method>(method: M, ...args: Arguments<M>): Answer<M> =>
    database.call(method, args) as unknown as Answer<M>) as Caller
  const batcher = new Batcher<Item>({
    commit: async (items, next) => {
      const events = items.map(({ event }) => event)
      const lane = { name: (items[0] as Waiting).clientId, next }
      const outcomes = (await database.call('recordBatch', [events], lane)) as readonly RecordOutcome[]
      database.announcements.announce(clientsOf(items))
      return outcomes
    },
    laneOf: ({ clientId }) => clientId,
    onNews,
  })
  let closed: Promise<void> | null = null
  return {
    ...methodsOver(call),
    record: (event) => batcher.record(itemOf(event)),
    recordAll: (events) => batcher.recordAll(events.map(itemOf)),
    onRecorded: (listener) => database.announcements.listen(listener),
    // What is acknowledged here is committed: there is nothing to set aside.
    setAsideWrites: () => Promise.resolve([]),
    retrySetAside: () => Promise.resolve(false),
    forgetErased: async () => {
      await database.vacuum('vacuum')
      return true
    },
    rewrite: () => database.vacuum('vacuum full'),
    status: () => ({ behindSince: null }),
    figures: () => ({ queue: batcher.queue, ...database.figures }),
    measure: () => database.measure(),
    close: () => (closed ??= batcher.close().then(() => database.close())),
  }
}

/** Transactions that follow each other, each as soon as the one before has sent its commit. */
interface Lane {
  readonly name: string
  /** Says that the next one can begin. */
  readonly next: () => void
}

/**
 * What connections are told, by what the server is.
 * @throws StorageUnavailable when none of the servers can be used: why not, of the first
 */
async function settingsFor(servers: Servers): Promise<readonly string[]> {
  const refusals: unknown[] = []
  for (const url of servers.urls) {
    const settings = await settingsOf(servers).catch((error: unknown) => {
      servers.leave(url)
      refusals.push(error)
      return null
    })
    if (settings !== null) return settings
  }
  throw refusals[0]
}

/** @throws StorageUnavailable when the server cannot be reached, is too old, is a standby or refuses the login */
async function settingsOf(servers: Servers): Promise<readonly string[]> {
  const client = new servers.Client()
  const ask = async () => {
    await client.connect()
    servers.refuseStandby(client)
    const { rows } = await client.query<{ version: string; citus: string | null }>(
      `select current_setting('server_version_num') as version, to_regclass('pg_dist_partition')::text as citus`,
    )
    const [{ version, citus }] = rows as [(typeof rows)[0]]
    refuseOldServer(Number(version))
    return citus === null ? [...SETTINGS, ONE_PLAN] : SETTINGS
  }
  return ask()
    .catch((error: unknown) => {
      throw refusalOf(error, client)
    })
    .finally(() => client.end())
}

/** @throws StorageUnavailable for what is no URL; never quoting it, because of its password */
function serversOf(url: string): Servers {
  try {
    const servers = new Servers(url)
    servers.places()
    return servers
  } catch (cause) {
    const { message } = cause as Error
    throw new StorageUnavailable(`DATABASE_URL cannot be used: ${message}`, { cause })
  }
}

/** Where the servers are that `url` names, for people: never with a password. */
export function placeOfServer(url: string): string {
  const places = serversOf(url).places()
  const where = places.map(({ host, port }) => `${host}:${String(port)}`).join(' or ')
  return `PostgreSQL at ${where}, database ${String(places[0]?.database)}`
}

/** A connection that one transaction of a lane leaves to the next. Whoever did not take it has not got it. */
interface HandOver {
  readonly held: HeldConnection
  isTaken: boolean
}

/** A connection of the pool, until whoever has it last gives it back. */
interface HeldConnection {
  readonly client: pg.PoolClient
  /** @param broken whether it cannot be used again, or why */
  readonly giveBack: (broken?: Error | boolean) => void
}

/** A database that transactions are run on. */
export class PostgresDatabase {
  readonly announcements: Announcements
  readonly #pool: pg.Pool
  readonly #context: StoreContext
  /** Connections that sent a commit, by lane: the lane's next transaction goes on with them before it is answered. */
  readonly #passedOn = new Map<string, HandOver>()
  readonly #turns = new FairTurns(READS)
  readonly #writePlaces = new WritePlaces(WRITES, CONNECT_TIMEOUT_MS)
  /** Pages that are being kept, which nobody waits for. */
  readonly #keeping = new Set<Promise<void>>()

  readonly #slow: SlowStatements | null

  private constructor(pool: pg.Pool, servers: Servers, maxCallAgeMs: number, watch: Watch | null) {
    this.#pool = pool
    this.#slow = watch && new SlowStatements(pool, watch)
    this.announcements = new Announcements(pool, servers)
    this.#context = storeContext(maxCallAgeMs, PAGE_CACHE_BYTES)
  }

  /**
   * Connects to the server that `url` names, to the one of several that takes writes, and brings its schema up to date.
   * @throws StorageUnavailable when it cannot be reached, is too old or refuses the login; the message says which
   */
  static async connect(url: string, maxCallAgeMs: number, watch: Watch | null = null): Promise<PostgresDatabase> {
    const servers = serversOf(url)
    const settings = await settingsFor(servers)
    const pool = new pg.Pool({
      Client: servers.Client,
      onConnect: servers.refuseStandby.bind(servers),
      max: POOL_SIZE,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      application_name: 'exotel-call-ribbon-api',
      options: settings.map((setting) => `-c ${setting}`).join(' '),
      pipeline: true,
      types: { getTypeParser: parserOf },
    })
    // A connection that breaks leaves the pool by itself, and whoever was using it is told by its statement. Without a
    // listener either would end the process.
    pool.on('error', () => undefined)
    pool.on('connect', (client) => client.on('error', () => undefined))
    const database = new PostgresDatabase(pool, servers, maxCallAgeMs, watch)
    try {
      await database.transaction('write', async (tx) => {
        // Waiting for another process, or for a large migration.
        tx.mayTakeLong()
        tx.run(`select pg_advisory_xact_lock(${String(SCHEMA_LOCK)})`, [])
        await migrate(tx)
      })
      await database.transaction('write', placeTables)
    } catch (error) {
      await pool.end()
      throw failureOf(error)
    }
    return database
  }

  /** Runs a method of the port in a transaction of its own. */
  async call(method: Method, args: readonly unknown[], lane?: Lane): Promise<unknown> {
    const writes = isWrite(method)
    const pages: BuiltPage[] = []
    const release = writes ? null : await this.#turns.take(needOf(method), askerOf(args))
    const startedAt = performance.now()
    try {
      return await this.transaction(
        writes ? 'write' : 'read',
        async (tx) => {
          const session: Session = {
            ...this.#context,
            tx,
            unsettled: new Map(),
            keepPage: (page) => pages.push(page),
            checkTime: () => {
              if (performance.now() - startedAt > READ_MS) throw new ReadTooLong()
            },
          }
          const value = await (writes ? runWrite : runMethod)(session, method, args)
          await settle(session)
          return value
        },
        lane,
      )
    } finally {
      release?.()
      if (pages.length > 0) this.#keep(pages)
    }
  }

  /**
   * @param lane transactions that follow each other on one connection
   * @throws StorageUnavailable for what is the server's or the network's failure; `outcomeOpen` when it struck at the commit
   */
  async transaction<T>(
    access: keyof typeof BEGIN,
    work: (tx: PooledTransaction) => Promise<T>,
    lane?: Lane,
  ): Promise<T> {
    const held = await this.#connection(access, lane)
    const tx = new PooledTransaction(held.client, this.#slow)
    let handOver: HandOver | undefined
    const leave = (broken?: Error): void => {
      if (handOver?.isTaken === true) return
      if (lane !== undefined && handOver !== undefined) this.#passedOn.delete(lane.name)
      held.giveBack(broken)
    }
    try {
      tx.run(BEGIN[access], [])
      const result = await work(tx)
      const committed = tx.commit()
      if (lane !== undefined) {
        handOver = { held, isTaken: false }
        this.#passedOn.set(lane.name, handOver)
        lane.next()
      }
      await committed
      leave()
      return result
    } catch (error) {
      forget(this.#context)
      // A connection that failed at the commit may be about to break, and its transaction is over in any case.
      const broken = tx.committing ? error : await tx.rollback().catch((failure: unknown) => failure)
      leave(broken as Error | undefined)
      throw failureOf(error, tx.committing)
    }
  }

  async #connection(access: keyof typeof BEGIN, lane?: Lane): Promise<HeldConnection> {
    const handOver = lane === undefined ? undefined : this.#passedOn.get(lane.name)
    if (lane !== undefined && handOver !== undefined) {
      handOver.isTaken = true
      this.#passedOn.delete(lane.name)
      return handOver.held
    }
    const leavePlace = access === 'read' ? null : await this.#writePlaces.take()
    try {
      const client = await this.#pool.connect()
      const giveBack = (broken?: Error | boolean): void => {
        client.release(broken)
        leavePlace?.()
      }
      return { client, giveBack }
    } catch (error) {
      leavePlace?.()
      throw failureOf(error)
    }
  }

  get figures(): Pick<StoreFigures, 'reads' | 'pool'> {
    const { totalCount: total, idleCount: idle, waitingCount } = this.#pool
    const waiting = waitingCount + this.#writePlaces.waiting
    return { reads: this.#turns.figures, pool: { total, idle, waiting } }
  }

  async measure(): Promise<StoreMeasures> {
    const from = Date.now()
    const { clock, ...measured } = await (this.call('measures', []) as ReturnType<typeof measures>)
    // The server looked at its clock at some time in between.
    const to = Date.now()
    const clockAheadMs = Math.max(0, Number(clock) - to) + Math.min(0, Number(clock) - from)
    return { ...measured, clockAheadMs, logBytes: null, damagedLogs: null, diskFreeBytes: null }
  }

  /** Rows that were replaced lie on in their tables until these are vacuumed, which also happens by itself. */
  async vacuum(how: 'vacuum' | 'vacuum full'): Promise<void> {
    const { client, giveBack } = await this.#connection('write')
    try {
      await client.query('set statement_timeout = 0')
      const patience = { query_timeout: FOR_EVER_MS }
      for (const table of PERSONAL_TABLES) await client.query({ text: `${how} ${table}`, ...patience })
    } catch (error) {
      throw failureOf(error)
    } finally {
      // Its settings are not those of the others.
      giveBack(true)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#keeping, this.announcements.close(), this.#slow?.settled()])
    await this.#pool.end()
  }

  /** A page that cannot be kept is built again. */
  #keep(pages: readonly BuiltPage[]): void {
    const keeping = this.call('savePages', [pages]).then(
      () => undefined,
      () => undefined,
    )
    this.#keeping.add(keeping)
    void keeping.finally(() => this.#keeping.delete(keeping))
  }
}
