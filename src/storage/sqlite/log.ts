/**
 * The log of a database file: every write as it was asked for, on disk before it is answered, and kept until a checkpoint has
 * put what it made into the database. A crash loses nothing but the tail of the database's own commits, and these are made
 * again from the log.
 *
 * The log is a folder of segments, files that are written from their beginning to their end and then used again.
 */
import {
  closeSync,
  constants,
  existsSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  write,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StorageUnavailable } from '../errors.js'
import {
  BLOCK_BYTES,
  copyOfDamaged,
  type Damage,
  encodeRecord,
  type Found,
  type FoundRecord,
  isPending,
  recordsOf,
  scanSegment,
} from './log-record.js'

/** A segment is left for the next one when it is as long as this. */
const SEGMENT_BYTES = 16 * 1024 * 1024
/** A file grows by this much at once: to write where there is something already takes half as long. */
const GROWTH_BYTES = 1024 * 1024
/** Whether a write can be on disk when it is over; where the system cannot do that, Windows for one, each is flushed. */
const WRITES_THROUGH = 'O_DSYNC' in constants
/** Segments that are kept to be used again. */
const SPARE_SEGMENTS = 4

interface Segment {
  readonly path: string
  /** Of the last record in it. */
  last: number
  /** The name under which the file is kept when it is let go: it is damaged, and there was no room for a copy. */
  readonly keepAs: string | null
}

/** A record that has yet to be written, and who waits for it. */
interface Waiting {
  readonly number: number
  readonly record: Buffer
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

const writeBytes = promisify(write)
const flushFile = promisify(fdatasync)

interface OpenedLog {
  readonly log: Log
  /** What is wrong with it, a sentence each. */
  readonly troubles: readonly string[]
}

export class Log {
  readonly #folder: string
  readonly #mark: string
  readonly #writesThrough: boolean
  /** Segments with records that may still be needed, oldest first; the last one is written to. */
  readonly #segments: Segment[] = []
  readonly #spares: string[] = []
  #file: number | null = null
  /** Where the next record goes, and how far the file reaches. */
  #head = 0
  #size = 0
  /** Of the last record that is on disk. */
  #number: number
  #lastSegment = 0
  #waiting: Waiting[] = []
  /** Records in the write that is under way. */
  #inWriting = 0
  #refusals = 0
  /** How long each write took since the last that was asked for, in seconds. */
  #writeSeconds: number[] = []
  #writing: Promise<void> | null = null

  private constructor(folder: string, mark: string, number: number, writesThrough: boolean) {
    this.#folder = folder
    this.#mark = mark
    this.#writesThrough = writesThrough
    this.#number = number
  }

  /**
   * Opens the log of a database, in a folder that is there. Damage is told and its file kept.
   * @param mark the database's own
   * @param applied the last record that the database holds
   */
  static open(folder: string, mark: string, applied: number, writesThrough = WRITES_THROUGH): OpenedLog {
    const log = new Log(folder, mark, applied, writesThrough)
    const troubles: string[] = []
    const segments: Segment[] = []
    for (const name of segmentsIn(folder)) {
      log.#lastSegment = Math.max(log.#lastSegment, Number(name))
      const path = join(folder, name)
      let found: Found[]
      try {
        found = [...scanSegment(mark, path)]
      } catch (error) {
        troubles.push(`${path} cannot be read, and is left as it is: ${(error as Error).message}`)
        continue
      }
      const last = found.reduce((most, place) => ('number' in place ? Math.max(most, place.number) : most), 0)
      const damage = found.filter((place, i): place is Damage => 'damagedAt' in place && isPending(found, i, applied))
      const copy = damage.length === 0 ? null : copyOfDamaged(path)
      if (copy !== null) {
        const places = damage.slice(0, 20).map(({ damagedAt }) => String(damagedAt))
        troubles.push(
          `${path} has no valid record at byte ${places.join(', ')}: a write that a crash cut short, which was never acknowledged, or damage. The file is kept as ${copy}; what is valid behind it is applied.`,
        )
      }
      const keepAs = copy === null || existsSync(copy) ? null : copy
      if (last > applied) segments.push({ path, last, keepAs })
      else if (keepAs === null) log.#spares.push(path)
      else renameSync(path, keepAs)
    }
    segments.sort((a, b) => a.last - b.last)
    log.#segments.push(...segments)
    log.#number = Math.max(applied, segments.at(-1)?.last ?? 0)
    let before = applied
    for (const record of log.after(applied)) {
      if (record.previous > before) {
        troubles.push(
          `Records between ${String(before)} and ${String(record.number)} are missing from the log in ${folder}: what they held is lost.`,
        )
      }
      before = record.number
    }
    return { log, troubles }
  }

  /**
   * The number of the last record that is on disk in a log, which another process may be writing to; 0 where there is none.
   * Changes nothing.
   */
  static lastNumber(folder: string, mark: string): number {
    let last = 0
    for (const name of segmentsIn(folder)) {
      try {
        last = Math.max(last, recordsOf(mark, join(folder, name)).at(-1)?.number ?? 0)
      } catch (error) {
        // The database holds what was in a file that goes meanwhile.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      }
    }
    return last
  }

  /** How often records were refused. */
  get refusals(): number {
    return this.#refusals
  }

  /** How long each write took, in seconds, since this was asked for last. */
  takeWriteSeconds(): readonly number[] {
    const taken = this.#writeSeconds
    this.#writeSeconds = []
    return taken
  }

  /** The number of the last record that is on disk. */
  get number(): number {
    return this.#number
  }

  /** The records after a number, oldest first. */
  *after(number: number): Generator<FoundRecord, void, undefined> {
    for (const segment of [...this.#segments]) {
      if (segment.last <= number) continue
      for (const record of recordsOf(this.#mark, segment.path)) {
        if (record.number > number && record.number <= this.#number) yield record
      }
    }
  }

  /**
   * Appends a text: it is on disk when this resolves. Texts are written in the order in which they come, those that come
   * during a write together. When one is refused, so are all that wait behind it, and none of them is there.
   */
  append(text: string): Promise<void> {
    const number = this.#number + this.#waiting.length + this.#inWriting + 1
    const record = encodeRecord(this.#mark, number, number - 1, text)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ number, record, resolve, reject })
      this.#writing ??= this.#write()
    })
  }

  /** Resolves when nothing waits to be written. */
  async settled(): Promise<void> {
    while (this.#writing !== null) await this.#writing
  }

  /** Lets go of the records up to a number: the database holds them, on disk. */
  release(number: number): void {
    while (this.#segments.length > 1 && (this.#segments[0] as Segment).last <= number) {
      const { path, keepAs } = this.#segments.shift() as Segment
      if (keepAs !== null) renameSync(path, keepAs)
      else if (this.#spares.length < SPARE_SEGMENTS) this.#spares.push(path)
      else unlinkSync(path)
    }
  }

  /** Lets go of all files: the database holds what is in them, on disk, and nothing waits. What comes next begins a new one. */
  renew(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    this.#removeFiles()
    this.#spares.length = this.#segments.length = 0
  }

  /** Ends the log. @param isApplied whether the database holds all of it, on disk: then its files go */
  close(isApplied: boolean): void {
    if (this.#file !== null) closeSync(this.#file)
    if (isApplied) this.#removeFiles()
  }

  #removeFiles(): void {
    for (const path of this.#spares) unlinkSync(path)
    for (const { path, keepAs } of this.#segments) {
      if (keepAs === null) unlinkSync(path)
      else renameSync(path, keepAs)
    }
  }

  #nextSegment(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
    const spare = this.#spares.pop()
    const path = spare ?? join(this.#folder, String(this.#lastSegment + 1).padStart(6, '0'))
    const flags = constants.O_RDWR | constants.O_CREAT | (this.#writesThrough ? constants.O_DSYNC : 0)
    this.#file = openSync(path, flags, 0o600)
    if (spare === undefined) {
      this.#lastSegment += 1
      flushFolder(this.#folder)
    }
    this.#size = fstatSync(this.#file).size
    this.#head = 0
    this.#segments.push({ path, last: this.#number, keepAs: null })
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const records = this.#waiting
      this.#waiting = []
      this.#inWriting = records.length
      const from = performance.now()
      try {
        await this.#writeTogether(records.map(({ record }) => record))
      } catch (error) {
        const refused = [...records, ...this.#waiting]
        this.#waiting = []
        this.#inWriting = 0
        this.#refusals += 1
        for (const { reject } of refused) reject(error as Error)
        continue
      }
      this.#writeSeconds.push((performance.now() - from) / 1000)
      this.#inWriting = 0
      this.#number = (records.at(-1) as Waiting).number
      ;(this.#segments.at(-1) as Segment).last = this.#number
      for (const { resolve } of records) resolve()
    }
    this.#writing = null
  }

  async #writeTogether(records: readonly Buffer[]): Promise<void> {
    const length = records.reduce((sum, record) => sum + record.length, 0)
    if (this.#file === null || this.#head + length + BLOCK_BYTES > SEGMENT_BYTES) this.#nextSegment()
    const file = this.#file as unknown as number
    const end = this.#head + length + BLOCK_BYTES
    const grown = end <= this.#size ? end : Math.ceil(end / GROWTH_BYTES) * GROWTH_BYTES
    try {
      await this.#writeAll(file, Buffer.concat(records, grown - this.#head), this.#head)
    } catch (error) {
      const isTakenBack = await this.#takeBack(file, length)
      throw new StorageUnavailable((error as Error).message, { cause: error, outcomeOpen: !isTakenBack })
    }
    this.#size = Math.max(this.#size, grown)
    this.#head += length
  }

  /**
   * Takes back what was refused, so that it is not found after a crash.
   * @returns whether the disk took that; else it is written over by the next records, if there are any
   */
  async #takeBack(file: number, length: number): Promise<boolean> {
    try {
      // What lies beyond the end of the file was never there.
      const isThere = Math.min(length, Math.max(0, fstatSync(file).size - this.#head))
      await this.#writeAll(file, Buffer.alloc(isThere), this.#head)
      return true
    } catch {
      return false
    }
  }

  async #writeAll(file: number, bytes: Buffer, from: number): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await writeBytes(file, bytes, written, bytes.length - written, from + written)
      written += bytesWritten
    }
    if (!this.#writesThrough) await flushFile(file)
  }
}

/** Names of the segments of a log, oldest first; none where there is no log. */
export function segmentsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^\d{6,}$/.test(name))
    .sort()
}

/** A new file lasts when its folder is on disk, too; Windows sees to that itself, and lets nobody flush a folder. */
function flushFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    fsyncSync(folder)
    closeSync(folder)
  } catch {
    // See above.
  }
}
