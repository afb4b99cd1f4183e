/** What a benchmark makes on this machine, and how it goes again. */
import { cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { databasePath } from '../../src/storage/open.js'
import type { BenchOptions } from './options.js'

export class Workspace {
  readonly #undo: (() => Promise<unknown>)[] = []
  #databases = 0

  private constructor(
    /** Where the files of databases that are filled once are. */
    readonly folder: string,
    readonly options: BenchOptions,
  ) {}

  static async create(options: BenchOptions): Promise<Workspace> {
    if (options.keep !== null) {
      const folder = resolve(options.keep)
      await mkdir(folder, { recursive: true })
      return new Workspace(folder, options)
    }
    const folder = await mkdtemp(join(tmpdir(), 'ribbon-bench-'))
    const workspace = new Workspace(folder, options)
    workspace.onClose(() => rm(folder, { recursive: true, force: true }))
    return workspace
  }

  /** What is done on closing, last first. */
  onClose(undo: () => Promise<unknown>): void {
    this.#undo.push(undo)
  }

  /** The URL of a new database; `kept` ones may be left by an earlier run. */
  async database(name: string, kept: boolean): Promise<string> {
    const { postgres } = this.options
    if (postgres !== null) return this.#createOnServer(postgres, name)
    if (kept) return `file:${join(this.folder, `${name}.db`)}`
    return `file:${join(await this.ownFolder(), `${name}.db`)}`
  }

  /** The URL of a new database with the contents of another, which nobody may have open. */
  async copy(url: string, name: string): Promise<string> {
    const { postgres } = this.options
    if (postgres !== null) return this.#createOnServer(postgres, name, new URL(url).pathname.slice(1))
    const path = join(await this.ownFolder(), `${name}.db`)
    // Beside the file is the folder of its log.
    await cp(databasePath(url), path)
    await cp(`${databasePath(url)}.log`, `${path}.log`, { recursive: true })
    return `file:${path}`
  }

  /** Tells what it does on the error stream: standard output is for the figures. */
  say(text: string): void {
    process.stderr.write(`${text}\n`)
  }

  async close(): Promise<void> {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) {
      await undo().catch((error: unknown) => {
        this.say(`could not clean up: ${(error as Error).message}`)
      })
    }
  }

  /** A new folder that goes when the workspace is closed. */
  async ownFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'ribbon-bench-'))
    this.onClose(() => rm(folder, { recursive: true, force: true }))
    return folder
  }

  async #createOnServer(server: string, name: string, template?: string): Promise<string> {
    this.#databases += 1
    const database = `ribbon_bench_${String(process.pid)}_${String(this.#databases)}_${name}`
    await query(server, `create database ${database}${template === undefined ? '' : ` template ${template}`}`)
    this.onClose(() => query(server, `drop database ${database} with (force)`))
    const url = new URL(server)
    url.pathname = `/${database}`
    return url.href
  }
}

export function isServer(url: string): boolean {
  return /^postgres(ql)?:/.test(url)
}

/**
 * What a database takes on disk, indexes included. Of the embedded store it is the size of the file, which holds everything once
 * a server has closed it; the segments of its log are used again and again, so they do not grow with the events.
 */
export async function bytesOnDisk(url: string): Promise<number> {
  if (!isServer(url)) return (await stat(databasePath(url))).size
  const [row] = await query<{ bytes: string }>(
    url,
    `select sum(pg_total_relation_size(oid)) as bytes from pg_class
      where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  return Number(row?.bytes)
}

/** Runs a statement on a connection of its own. */
export async function query<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<R>(text)).rows
  } finally {
    await client.end()
  }
}
