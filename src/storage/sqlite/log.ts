/**
 * The log of a database file: every write as it was asked for, on disk before it is answered, and kept until a checkpoint has
 * put what it made into the database. A crash loses nothing but the tail of the database's own commits, and these are made
 * again from the log.
 *
 * The log is a folder of segments, files that are written from their beginning to their end and then used again. A record
 * begins on a block of its own, so that a write which is cut short harms no other record, and so that what is valid can be
 * found behind what is damaged:
 *
 *     magic (8) · number (8) · number of the record before (8) · length (4) · zero (4) · SHA-256 (32) · text (UTF-8) · zeros
 *
 * The digest covers the database's own mark, so that the log of another database is never taken for this one's. The block
 * after the last record is zeros: whatever else stands there was a record.
 */
import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  write,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import SQLite from 'better-sqlite3'
import { StorageUnavailable } from '../errors.js'

const MAGIC = Buffer.from('RIBBONL1')
const HEAD_BYTES = 64
/** What disks write whole. */
const BLOCK_BYTES = 4096
/** A segment is left for the next one when it is as long as this. */
const SEGMENT_BYTES = 16 * 1024 * 1024
/** A file grows by this much at once: to write where there is something already takes half as long. */
const GROWTH_BYTES = 1024 * 1024
/** Whether a write can be on disk when it is over; where the system cannot do that, Windows for one, each is flushed. */
const WRITES_THROUGH = 'O_DSYNC' in constants
/** Segments that are kept to be used again. */
const SPARE_SEGMENTS = 4

/**
 * Makes this process the owner of a log, for as long as it holds what it gets; the folder is made. The operating system takes
 * the ownership back when the process ends, however it ends.
 * @returns null when another process owns it
 */
export function own(folder: string): { close(): void } | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = new SQLite(join(folder, 'owner'), { timeout: 0 })
  try {
    // With a journal in memory, taking the lock writes nothing: a full disk does not keep the store from opening.
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null
    throw error
  }
}

export interface LogRecord {
  readonly number: number
  readonly text: string
}

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

export interface OpenedLog {
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
        found = [...log.#scan(path)]
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
    for (const record of log.#heads()) {
      if (record.number <= applied) continue
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
    const log = new Log(folder, mark, 0, false)
    let last = 0
    for (const name of segmentsIn(folder)) {
      try {
        for (const found of log.#scan(join(folder, name))) if ('number' in found) last = Math.max(last, found.number)
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

  /** The number of the last record that is on disk. */
  get number(): number {
    return this.#number
  }

  /** The records after a number, oldest first. */
  *after(number: number): Generator<LogRecord, void, undefined> {
    for (const segment of [...this.#segments]) {
      if (segment.last <= number) continue
      const records: LogRecord[] = []
      for (const found of this.#scan(segment.path)) {
        if ('number' in found && found.number > number && found.number <= this.#number) {
          records.push({ number: found.number, text: found.text })
        }
      }
      yield* records.sort((a, b) => a.number - b.number)
    }
  }

  /**
   * Appends a text: it is on disk when this resolves. Texts are written in the order in which they come, those that come
   * during a write together. When one is refused, so are all that wait behind it, and none of them is there.
   */
  append(text: string): Promise<void> {
    const number = this.#number + this.#waiting.length + this.#inWriting + 1
    const record = this.#recordOf(number, number - 1, text)
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

  /** Ends the log. @param isApplied whether the database holds all of it, on disk: then its files go */
  close(isApplied: boolean): void {
    if (this.#file !== null) closeSync(this.#file)
    if (!isApplied) return
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

  #recordOf(number: number, previous: number, text: string): Buffer {
    const length = Buffer.byteLength(text)
    const record = Buffer.alloc(Math.ceil((HEAD_BYTES + length) / BLOCK_BYTES) * BLOCK_BYTES)
    MAGIC.copy(record)
    record.writeBigUInt64BE(BigInt(number), 8)
    record.writeBigUInt64BE(BigInt(previous), 16)
    record.writeUInt32BE(length, 24)
    record.write(text, HEAD_BYTES)
    this.#digest(record.subarray(8, 28), record.subarray(HEAD_BYTES, HEAD_BYTES + length)).copy(record, 32)
    return record
  }

  #digest(head: Buffer, text: Buffer): Buffer {
    return createHash('sha256').update(this.#mark).update(head).update(text).digest()
  }

  *#heads(): Generator<{ number: number; previous: number }, void, undefined> {
    for (const { path } of this.#segments) {
      const heads: { number: number; previous: number }[] = []
      for (const found of this.#scan(path)) if ('number' in found) heads.push(found)
      yield* heads.sort((a, b) => a.number - b.number)
    }
  }

  /** The records of a segment in the order in which they stand there, and the places where one should be and is not. */
  *#scan(path: string): Generator<Found, void, undefined> {
    const bytes = readFileSync(path)
    let expected = true
    for (let at = 0; at < bytes.length;) {
      const record = at + HEAD_BYTES <= bytes.length ? this.#recordAt(bytes, at) : null
      if (record !== null) {
        yield record
        at += record.length
        expected = true
        continue
      }
      const isEnd = bytes.subarray(at, at + HEAD_BYTES).every((byte) => byte === 0)
      if (expected && !isEnd) yield { damagedAt: at }
      // Behind the end, and behind damage, stand records of an earlier use, and valid ones that damage hides.
      expected = false
      at += BLOCK_BYTES
    }
  }

  #recordAt(bytes: Buffer, at: number) {
    if (bytes.compare(MAGIC, 0, MAGIC.length, at, at + MAGIC.length) !== 0) return null
    const length = bytes.readUInt32BE(at + 24)
    if (at + HEAD_BYTES + length > bytes.length) return null
    const text = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
    if (!this.#digest(bytes.subarray(at + 8, at + 28), text).equals(bytes.subarray(at + 32, at + 64))) return null
    return {
      number: Number(bytes.readBigUInt64BE(at + 8)),
      previous: Number(bytes.readBigUInt64BE(at + 16)),
      text: text.toString(),
      length: Math.ceil((HEAD_BYTES + length) / BLOCK_BYTES) * BLOCK_BYTES,
    }
  }
}

/** Names of the segments of a log, oldest first; none where there is no log. */
export function segmentsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => /^\d{6,}$/.test(name))
    .sort()
}

interface Damage {
  readonly damagedAt: number
}

type Found =
  { readonly number: number; readonly previous: number; readonly text: string; readonly length: number } | Damage

/**
 * Copies a damaged segment, under a name that says what it holds: the same damage is copied once, however often the store is
 * opened.
 * @returns the path of the copy, which is not there when the disk is full
 */
function copyOfDamaged(path: string): string {
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)
  const copy = join(dirname(path), `damaged-${basename(path)}-${digest}`)
  if (existsSync(copy)) return copy
  const part = `${copy}.part`
  try {
    copyFileSync(path, part)
    renameSync(part, copy)
  } catch {
    rmSync(part, { force: true, recursive: true })
  }
  return copy
}

/** Whether what is damaged at a place may be a record that the database does not hold: its neighbours have its number. */
function isPending(found: readonly Found[], at: number, applied: number): boolean {
  const numbers = found.map((place) => ('number' in place ? place.number : null))
  const before = numbers.slice(0, at).findLast((number) => number !== null)
  const after = numbers.slice(at).find((number) => number !== null)
  if (before != null) return before + 1 > applied
  return after == null || after - 1 > applied
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
