import { createHash } from 'node:crypto'
import fs, { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import fc from 'fast-check'
import assert from 'node:assert/strict'
import t, { type Test } from 'tap'
import { Log } from '../../../src/storage/sqlite/log.js'
import { own } from '../../../src/storage/sqlite/log-owner.js'
import { scratchFolder } from '../../helpers/storage.js'

const MARK = 'the mark of a database'
const BLOCK = 4096

t.setTimeout(400_000)

async function folderOf(t: Test): Promise<string> {
  const folder = join(await scratchFolder(t), 'log')
  mkdirSync(folder)
  return folder
}

function textsAfter(log: Log, number: number): string[] {
  return [...log.after(number)].map(({ text }) => text)
}

/** Opens the log anew, as after a crash. */
function reopened(folder: string, applied = 0, mark = MARK) {
  const { log, troubles } = Log.open(folder, mark, applied)
  const found = { texts: textsAfter(log, applied), number: log.number, troubles }
  log.close(false)
  return found
}

/** Changes one byte of the only segment. */
function flip(folder: string, at: number): void {
  const path = join(folder, '000001')
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

t.test('what was appended is found in its order, whatever its length, and however the system writes', async (t) => {
  for (const writesThrough of [true, false]) {
    const folder = await folderOf(t)
    const { log, troubles } = Log.open(folder, MARK, 0, writesThrough)
    t.strictSame(troubles, [])
    const texts = ['', 'one', 'é '.repeat(3000), 'x'.repeat(2_000_000), 'last']
    for (const text of texts) await log.append(text)
    t.equal(log.number, 5)
    t.strictSame(textsAfter(log, 0), texts)
    t.strictSame(textsAfter(log, 3), texts.slice(3))
    log.close(false)
    t.strictSame(reopened(folder), { texts, number: 5, troubles: [] })
    t.strictSame(reopened(folder, 4).texts, ['last'])
    t.strictSame(reopened(folder, 5), { texts: [], number: 5, troubles: [] })
  }
})

t.test('the log of another database is not taken for this one’s', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  await log.append('one')
  log.close(false)
  t.strictSame(reopened(folder, 0, 'another').texts, [])
})

t.test('a damaged record is told, its file kept, and what is valid behind it is found', async (t) => {
  const texts = Array.from({ length: 6 }, (_, n) => `${String(n)} ${'x'.repeat(5000)}`)
  // Anywhere in the third record: in its magic, its number, its length, its digest, its text.
  for (const at of [0, 9, 20, 24, 25, 40, 100, 5000]) {
    const folder = await folderOf(t)
    const { log } = Log.open(folder, MARK, 0)
    for (const text of texts) await log.append(text)
    log.close(false)
    flip(folder, 2 * 2 * BLOCK + at)
    const { texts: found, troubles } = reopened(folder)
    t.strictSame(found, [...texts.slice(0, 2), ...texts.slice(3)], `byte ${String(at)}`)
    t.ok(troubles.length > 0 && troubles.some((trouble) => trouble.includes(String(2 * 2 * BLOCK))))
    t.equal(readdirSync(folder).filter((name) => name.startsWith('damaged-')).length, 1)
    t.strictSame(reopened(folder, 6).troubles, [], 'what the database holds already cannot be missed')
  }
})

t.test('a damaged file is kept once, however often the store is opened', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  for (const text of ['one', 'two', 'three']) await log.append(text)
  log.close(false)
  flip(folder, 2 * BLOCK + 66)
  for (let opened = 0; opened < 3; opened++) t.equal(reopened(folder).troubles.length, 1)
  const kept = readdirSync(folder).filter((name) => name.startsWith('damaged-'))
  t.equal(kept.length, 1)
  t.strictSame(readFileSync(join(folder, String(kept[0]))), readFileSync(join(folder, '000001')))
})

t.test('a damaged file is kept where there is no room for a copy, and the log opens', async (t) => {
  const damagedLog = async (at: number) => {
    const folder = await folderOf(t)
    const { log } = Log.open(folder, MARK, 0)
    for (const text of ['one', 'two', 'three']) await log.append(text)
    log.close(false)
    flip(folder, at)
    const damaged = readFileSync(join(folder, '000001'))
    // As a full disk does: a folder stands where the copy would be written.
    const digest = createHash('sha256').update(damaged).digest('hex').slice(0, 12)
    mkdirSync(join(folder, `damaged-000001-${digest}.part`, 'in the way'), { recursive: true })
    return { folder, isKept: () => readFileSync(join(folder, `damaged-000001-${digest}`)).equals(damaged) }
  }
  const { folder, isKept } = await damagedLog(BLOCK + 65)
  const { log, troubles } = Log.open(folder, MARK, 0)
  t.match(troubles[0], /no valid record at byte 4096/)
  t.strictSame(textsAfter(log, 0), ['one', 'three'])
  await log.append('four')
  log.release(3)
  log.close(true)
  t.ok(isKept(), 'when the log lets go of the file')
  const closed = await damagedLog(BLOCK + 65)
  Log.open(closed.folder, MARK, 0).log.close(true)
  t.ok(closed.isKept(), 'when the log is closed')
  const last = await damagedLog(2 * BLOCK + 65)
  const opened = Log.open(last.folder, MARK, 2)
  t.match(opened.troubles[0], /no valid record at byte 8192/)
  t.ok(last.isKept(), 'when the database holds all that is valid in it')
  await opened.log.append('three')
  opened.log.close(false)
  t.strictSame(reopened(last.folder, 2).texts, ['three'])
})

t.test('a last record of which hardly anything is left is told', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  for (const text of ['one', 'two']) await log.append(text)
  log.close(false)
  writeFileSync(join(folder, '000001'), readFileSync(join(folder, '000001')).subarray(0, BLOCK + 20))
  const { texts, troubles } = reopened(folder)
  t.strictSame(texts, ['one'])
  t.match(troubles[0], /no valid record at byte 4096/)
})

t.test('a segment that cannot be read is told and left alone, and the others are read', async (t) => {
  const folder = await folderOf(t)
  mkdirSync(join(folder, '000001'))
  const { log, troubles } = Log.open(folder, MARK, 0)
  t.match(troubles, [/000001 cannot be read, and is left as it is/])
  await log.append('one')
  log.close(false)
  t.strictSame(reopened(folder).texts, ['one'])
  t.strictSame(readdirSync(folder).sort(), ['000001', '000002'])
})

t.test('whatever number a file of the folder has, the next segment is found again', async (t) => {
  const folder = await folderOf(t)
  writeFileSync(join(folder, '999999'), Buffer.alloc(100, 7))
  mkdirSync(join(folder, '999998'))
  const { log } = Log.open(folder, MARK, 0)
  for (let n = 0; n < 4; n++) await log.append(String(n).repeat(6_000_000))
  log.close(false)
  t.strictSame(
    reopened(folder).texts.map((text) => text[0]),
    ['0', '1', '2', '3'],
  )
})

t.test('a damaged last record is told as well', async (t) => {
  for (const at of [0, 12, 65]) {
    const folder = await folderOf(t)
    const { log } = Log.open(folder, MARK, 0)
    for (const text of ['one', 'two']) await log.append(text)
    log.close(false)
    flip(folder, BLOCK + at)
    const { texts, troubles } = reopened(folder)
    t.strictSame(texts, ['one'])
    t.match(troubles[0], /no valid record at byte 4096/)
  }
})

t.test('a lost segment is told', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  for (let n = 0; n < 12; n++) await log.append(String(n).repeat(3_000_000))
  log.close(false)
  t.ok(readdirSync(folder).length >= 3)
  writeFileSync(join(folder, '000002'), '')
  t.match(reopened(folder).troubles.at(-1), /Records between \d+ and \d+ are missing/)
})

t.test('any damage to any bytes leaves every record whose own bytes are whole', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  const texts = Array.from({ length: 8 }, (_, n) => `${String(n)}${'x'.repeat(n * 1500)}`)
  for (const text of texts) await log.append(text)
  log.close(false)
  const path = join(folder, '000001')
  const whole = readFileSync(path)
  const records: { from: number; to: number }[] = []
  let at = 0
  for (const text of texts) {
    records.push({ from: at, to: at + 64 + Buffer.byteLength(text) })
    at += Math.ceil((64 + Buffer.byteLength(text)) / BLOCK) * BLOCK
  }
  fc.assert(
    fc.property(fc.array(fc.nat(at - 1), { minLength: 1, maxLength: 4 }), (places) => {
      const bytes = Buffer.from(whole)
      for (const place of places) bytes[place] = (bytes[place] ?? 0) ^ 255
      writeFileSync(path, bytes)
      // Four bytes of a head mean nothing: those after the length.
      const harmed = records.map(({ from, to }) =>
        places.some((place) => place >= from && place < to && !(place >= from + 28 && place < from + 32)),
      )
      const even = new Map<number, number>()
      for (const place of places) even.set(place, (even.get(place) ?? 0) + 1)
      if ([...even.values()].some((times) => times > 1)) return
      const { log: found } = Log.open(folder, MARK, 0)
      const left = textsAfter(found, 0)
      // Before a failure is told, so that smaller damage can be tried on the same folder.
      found.close(false)
      assert.deepEqual(
        left,
        texts.filter((_, n) => harmed[n] !== true),
      )
    }),
    { numRuns: 100 },
  )
})

t.test('a write that was cut short was not acknowledged, and nothing is taken for it', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  await log.append('one')
  await log.append('x'.repeat(10_000))
  log.close(false)
  const path = join(folder, '000001')
  const bytes = readFileSync(path)
  bytes.fill(0, BLOCK + 5000)
  writeFileSync(path, bytes)
  const { texts, troubles } = reopened(folder)
  t.strictSame(texts, ['one'])
  t.match(troubles[0], /never acknowledged, or damage/)
})

t.test(
  'segments are used again once the database holds what they do, and old records are not taken for new',
  async (t) => {
    const folder = await folderOf(t)
    const { log } = Log.open(folder, MARK, 0)
    let number = 0
    for (let round = 0; round < 5; round++) {
      for (let n = 0; n < 6; n++) await log.append(`${String((number += 1))} ${'x'.repeat(3_000_000)}`)
      log.release(number)
      t.ok(readdirSync(folder).length <= 3)
    }
    await log.append('new')
    log.close(false)
    t.strictSame(reopened(folder, number), { texts: ['new'], number: number + 1, troubles: [] })
    t.ok(statSync(join(folder, '000001')).size <= 17 * 1024 * 1024)
  },
)

t.test('of the segments that the database holds only a few are kept to be used again', async (t) => {
  const folder = await folderOf(t)
  // A log that is opened begins a segment of its own.
  for (let n = 0; n < 7; n++) {
    const { log } = Log.open(folder, MARK, 0)
    await log.append(String(n))
    if (n === 6) log.release(7)
    log.close(false)
  }
  t.equal(readdirSync(folder).length, 5)
  t.strictSame(reopened(folder, 6), { texts: ['6'], number: 7, troubles: [] })
})

t.test('where the system lets nobody flush a folder, the log is written all the same', async (t) => {
  const folder = await folderOf(t)
  const flushes = t.capture(fs, 'fsyncSync', () => {
    throw new Error('EPERM: operation not permitted, fsync')
  })
  syncBuiltinESMExports()
  const { log } = Log.open(folder, MARK, 0)
  await log.append('one')
  log.close(false)
  flushes.restore()
  syncBuiltinESMExports()
  t.ok(flushes().length > 0)
  t.strictSame(reopened(folder).texts, ['one'])
})

t.test('texts that come during a write are written together, in their order', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  const texts = Array.from({ length: 50 }, (_, n) => `${String(n)} ${'x'.repeat(n * 300)}`)
  const order: number[] = []
  await Promise.all(texts.map((text, n) => log.append(text).then(() => order.push(n))))
  t.strictSame(
    order,
    texts.map((_, n) => n),
  )
  t.equal(log.number, 50)
  await log.settled()
  log.close(false)
  t.strictSame(reopened(folder), { texts, number: 50, troubles: [] })
})

t.test('a text that the disk refuses is not there, nor is any behind it; the next one is', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  await log.append('one')
  log.close(false)
  // A device that is always full takes the place of the next file.
  const again = Log.open(folder, MARK, 1).log
  unlinkSync(join(folder, '000001'))
  symlinkSync('/dev/full', join(folder, '000001'))
  const answers = await Promise.allSettled(['two', 'three', 'four'].map((text) => again.append(text)))
  t.ok(answers.every(({ status }) => status === 'rejected'))
  t.match(answers[0], { reason: { name: 'StorageUnavailable', message: /ENOSPC/ } })
  t.match(answers[0], { reason: { outcomeOpen: false } })
  t.equal(again.number, 1)
  t.ok(again.refusals > 0)
  // A disk that does not even take the refused text back.
  const fstat = t.capture(fs, 'fstatSync', () => {
    throw new Error('EIO: i/o error, fstat')
  })
  syncBuiltinESMExports()
  await t.rejects(again.append('two'), { name: 'StorageUnavailable', message: /ENOSPC/, outcomeOpen: true })
  fstat.restore()
  syncBuiltinESMExports()
  unlinkSync(join(folder, '000001'))
  again.close(false)
  const { log: healed } = Log.open(folder, MARK, 1)
  await healed.append('five')
  t.equal(healed.number, 2)
  healed.close(false)
  t.strictSame(reopened(folder, 1), { texts: ['five'], number: 2, troubles: [] })
})

t.test('a log that the database holds goes when it is closed', async (t) => {
  const folder = await folderOf(t)
  const { log } = Log.open(folder, MARK, 0)
  await log.append('one')
  log.close(true)
  t.strictSame(readdirSync(folder), [])
})

t.test('one process at a time owns a log', async (t) => {
  const folder = join(await scratchFolder(t), 'log')
  const first = own(folder)
  t.ok(first)
  t.equal(own(folder), null)
  t.strictSame(readdirSync(folder), ['owner'], 'and to own it writes nothing')
  t.equal(statSync(join(folder, 'owner')).size, 0)
  first?.close()
  const again = own(folder)
  t.ok(again)
  again?.close()
})

t.test('a log whose owner cannot be told is not taken for one that another process owns', async (t) => {
  const folder = await folderOf(t)
  writeFileSync(join(folder, 'owner'), 'this is no database, but it is long enough to look like one'.repeat(20))
  t.throws(() => own(folder), { code: 'SQLITE_NOTADB' })
})
