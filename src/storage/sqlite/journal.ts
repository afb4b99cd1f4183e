/**
 * The journal of a database file: what was recorded in its open transaction, flushed to disk batch by batch. Committing
 * writes every page that a transaction touched, so few commits cost far less than many; the journal is what makes the
 * batches between them durable.
 *
 * A record is `SHA-256 (32 bytes) · length (4 bytes, big-endian) · text (UTF-8)`. The digest covers the database's own
 * mark and the record's number, so that a record is valid in its place and in no other: what is left of earlier
 * transactions, of a write that was cut short, or of another database is never taken for one.
 */
import { createHash } from 'node:crypto'
import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

const DIGEST_BYTES = 32
const HEAD_BYTES = DIGEST_BYTES + 4

/** Where a journal goes on: the mark of its database, and the number of the last batch that is committed there. */
export interface JournalPlace {
  readonly mark: string
  readonly number: number
}

export class Journal {
  readonly #file: number
  #mark = ''
  #number = 0
  #offset = 0

  private constructor(file: number) {
    this.#file = file
  }

  /** Opens a journal, creating it. Only whoever holds the database's write lock may go on to use it. */
  static async open(path: string): Promise<Journal> {
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    // A new file lasts when its folder is on disk, too; Windows sees to that itself, and lets nobody flush a folder.
    await Promise.allSettled([flushFolder(dirname(path))])
    return new Journal(file)
  }

  /** The number of the last record that was read or appended. */
  get number(): number {
    return this.#number
  }

  /** Bytes since the place that reading began at. */
  get bytes(): number {
    return this.#offset
  }

  /** The texts that were appended after a place, in order: none, unless their transaction was lost. */
  *readFrom({ mark, number }: JournalPlace): Generator<string, void, undefined> {
    this.#mark = mark
    this.#number = number
    this.#offset = 0
    for (;;) {
      const head = this.#read(HEAD_BYTES, this.#offset)
      if (head === null) return
      const text = this.#read(head.readUInt32BE(DIGEST_BYTES), this.#offset + HEAD_BYTES)
      if (text === null || !this.#digest(text).equals(head.subarray(0, DIGEST_BYTES))) return
      this.#advance(text)
      yield text.toString()
    }
  }

  /** Appends a text; it is on disk when this returns. When it throws, the text is not there. */
  append(text: string): void {
    const bytes = Buffer.from(text)
    const record = Buffer.allocUnsafe(HEAD_BYTES + bytes.length)
    this.#digest(bytes).copy(record)
    record.writeUInt32BE(bytes.length, DIGEST_BYTES)
    bytes.copy(record, HEAD_BYTES)
    try {
      for (let written = 0; written < record.length;) {
        written += writeSync(this.#file, record, written, record.length - written, this.#offset + written)
      }
      fdatasyncSync(this.#file)
    } catch (error) {
      this.#cut()
      throw error
    }
    this.#advance(bytes)
  }

  close(): void {
    closeSync(this.#file)
  }

  /** Takes back what came after the last record: it was refused, so it must not be found there later. */
  #cut(): void {
    try {
      ftruncateSync(this.#file, this.#offset)
    } catch {
      // A disk that takes nothing back either: the next text is written over it.
    }
  }

  #advance(text: Buffer): void {
    this.#number += 1
    this.#offset += HEAD_BYTES + text.length
  }

  #digest(text: Buffer): Buffer {
    return createHash('sha256')
      .update(`${this.#mark} ${String(this.#number + 1)} `)
      .update(text)
      .digest()
  }

  /** @returns null when the file ends before */
  #read(length: number, from: number): Buffer | null {
    if (from + length > fstatSync(this.#file).size) return null
    const bytes = Buffer.allocUnsafe(length)
    let read = 0
    while (read < length) read += readSync(this.#file, bytes, read, length - read, from + read)
    return bytes
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path)
  await folder.sync().finally(() => folder.close())
}
