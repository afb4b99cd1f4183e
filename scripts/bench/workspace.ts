/** What a benchmark makes on this machine, and how it goes again. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { BenchOptions } from './options.js'

export class Workspace {
  readonly #undo: (() => Promise<unknown>)[] = []

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
    if (postgres !== null) return this.#createOnServer(postgres, `ribbon_bench_${String(process.pid)}_${name}`)
    if (kept) return `file:${join(this.folder, `${name}.db`)}`
    const folder = await mkdtemp(join(tmpdir(), 'ribbon-bench-'))
    this.onClose(() => rm(folder, { recursive: true, force: true }))
    return `file:${join(folder, `${name}.db`)}`
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

  async #createOnServer(server: string, name: string): Promise<string> {
    await query(server, `create database ${name}`)
    this.onClose(() => query(server, `drop database ${name} with (force)`))
    const url = new URL(server)
    url.pathname = `/${name}`
    return url.href
  }
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}
