/**
 * The records of the log, as bytes. A record begins on a block of its own, so that a write which is cut short harms no other
 * record, and so that what is valid can be found behind what is damaged:
 *
 *     magic (8) · number (8) · number of the record before (8) · length (4) · zero (4) · SHA-256 (32) · text (UTF-8) · zeros
 *
 * The digest covers the database's own mark, so that the log of another database is never taken for this one's. The block
 * after the last record is zeros: whatever else stands there was a record.
 */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const MAGIC = Buffer.from('RIBBONL1')
const HEAD_BYTES = 64
/** What disks write whole. */
export const BLOCK_BYTES = 4096

interface LogRecord {
  readonly number: number
  readonly text: string
}

/** A record where it stands. */
export interface FoundRecord extends LogRecord {
  readonly previous: number
  /** Bytes that it takes up. */
  readonly length: number
}

/** A place where a record should be and is not. */
export interface Damage {
  readonly damagedAt: number
}

/** How the names of damaged segments begin that are kept. */
export const DAMAGED = 'damaged-'

export type Found = FoundRecord | Damage

/** @param mark of the database that the log belongs to */
export function encodeRecord(mark: string, number: number, previous: number, text: string): Buffer {
  const length = Buffer.byteLength(text)
  const record = Buffer.alloc(blocksOf(length))
  MAGIC.copy(record)
  record.writeBigUInt64BE(BigInt(number), 8)
  record.writeBigUInt64BE(BigInt(previous), 16)
  record.writeUInt32BE(length, 24)
  record.write(text, HEAD_BYTES)
  digest(mark, record.subarray(8, 28), record.subarray(HEAD_BYTES, HEAD_BYTES + length)).copy(record, 32)
  return record
}

/** The records of a segment in the order in which they stand there, and the places where one should be and is not. */
export function* scanSegment(mark: string, path: string): Generator<Found, void, undefined> {
  const bytes = readFileSync(path)
  let expected = true
  for (let at = 0; at < bytes.length;) {
    const record = at + HEAD_BYTES <= bytes.length ? recordAt(mark, bytes, at) : null
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

/** Only the records of a segment, by number. */
export function recordsOf(mark: string, path: string): FoundRecord[] {
  const records = [...scanSegment(mark, path)].filter((found): found is FoundRecord => 'number' in found)
  return records.sort((a, b) => a.number - b.number)
}

function recordAt(mark: string, bytes: Buffer, at: number): FoundRecord | null {
  if (bytes.compare(MAGIC, 0, MAGIC.length, at, at + MAGIC.length) !== 0) return null
  const length = bytes.readUInt32BE(at + 24)
  if (at + HEAD_BYTES + length > bytes.length) return null
  const text = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + length)
  if (!digest(mark, bytes.subarray(at + 8, at + 28), text).equals(bytes.subarray(at + 32, at + 64))) return null
  return {
    number: Number(bytes.readBigUInt64BE(at + 8)),
    previous: Number(bytes.readBigUInt64BE(at + 16)),
    text: text.toString(),
    length: blocksOf(length),
  }
}

/** @param length of the text in bytes */
function blocksOf(length: number): number {
  return Math.ceil((HEAD_BYTES + length) / BLOCK_BYTES) * BLOCK_BYTES
}

function digest(mark: string, head: Buffer, text: Buffer): Buffer {
  return createHash('sha256').update(mark).update(head).update(text).digest()
}

/**
 * Copies a damaged segment, under a name that says what it holds: the same damage is copied once, however often the store is
 * opened.
 * @returns the path of the copy, which is not there when the disk is full
 */
export function copyOfDamaged(path: string): string {
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12)
  const copy = join(dirname(path), `${DAMAGED}${basename(path)}-${digest}`)
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
export function isPending(found: readonly Found[], at: number, applied: number): boolean {
  const numbers = found.map((place) => ('number' in place ? place.number : null))
  const before = numbers.slice(0, at).findLast((number) => number !== null)
  const after = numbers.slice(at).find((number) => number !== null)
  if (before != null) return before + 1 > applied
  return after == null || after - 1 > applied
}
