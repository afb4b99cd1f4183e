import { copyFile, mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../../src/core/range.js'
import { openStorage } from '../../../src/storage/open.js'
import { backUp, requireAll } from '../../../src/storage/sqlite/backup.js'
import { own } from '../../../src/storage/sqlite/log-owner.js'
import { restore } from '../../../src/storage/sqlite/restore.js'
import { newClient, newEvent, scratchFolder } from '../../helpers/storage.js'

t.setTimeout(120_000)

const OPTIONS = { maxCallAgeMs: 1 }
const NOW = Date.parse('2026-01-02T03:04:05.006Z')
const open = (path: string) => openStorage({ url: `file:${path}`, ...OPTIONS })
const call = (callSid: string) => newEvent({ event: 'connected', data: { callSid }, occurredAt: 1e12 })

async function callsIn(path: string): Promise<number> {
  const storage = await open(path)
  const { summary } = await storage.report({ clientId: 'client-a', range: OPEN_RANGE, zone: 'UTC', recent: 1 })
  await storage.close()
  return summary.calls
}

/** A database of one call, a backup of it, and one more call since. */
async function set(t: Test) {
  const folder = await scratchFolder(t)
  const [path, backup] = [join(folder, 'ribbon.db'), join(folder, 'backup.db')]
  const storage = await open(path)
  await storage.createClient(newClient('client-a'))
  await storage.record(call('CA1'))
  const made = await backUp(path, backup, OPTIONS)
  t.match(made, { clients: 1, events: 1, newestAt: 1e12 })
  await storage.record(call('CA2'))
  await storage.close()
  return { folder, path, backup }
}

t.test(
  'a restored database is the backup, none of the log that was there is applied to it, and nothing is lost',
  async (t) => {
    const { path, backup } = await set(t)
    // As a killed server leaves it: a log with what was acknowledged, and a journal.
    const storage = await open(path)
    await storage.record(call('CA3'))
    const before = await Promise.all(['', '-wal'].map((suffix) => readFile(path + suffix)))
    const segments = (await readdir(`${path}.log`)).filter((name) => /^\d+$/.test(name))
    const log = await Promise.all(segments.map((name) => readFile(join(`${path}.log`, name))))
    await storage.close()
    for (const [i, suffix] of ['', '-wal'].entries()) await writeFile(path + suffix, before[i] as Buffer)
    for (const [i, name] of segments.entries()) await writeFile(join(`${path}.log`, name), log[i] as Buffer)

    await t.rejects(restore(backup, path, false, NOW), /There is a database at .* already: --force/)
    const { holding, keptIn } = await restore(backup, path, true, NOW)
    t.match(holding, { clients: 1, events: 1, newestAt: 1e12 })
    t.equal(keptIn, `${path}.before-2026-01-02T03-04-05-006Z`)
    t.equal(await callsIn(path), 1)
    t.equal(await callsIn(join(String(keptIn), 'ribbon.db')), 3, 'what was there opens with all that was acknowledged')
  },
)

t.test('what is no whole backup of this server is refused, and nothing is touched', async (t) => {
  const { folder, path, backup } = await set(t)
  const names = await readdir(folder)
  const made = async (name: string, change: (file: string) => unknown) => {
    const file = join(folder, name)
    await copyFile(backup, file)
    await change(file)
    return file
  }
  const sql = (text: string) => (file: string) => {
    const database = new SQLite(file)
    database.exec(text)
    database.close()
  }
  const newer = await made('newer', sql(`insert into ribbon_schema values ('999-ahead')`))
  await t.rejects(restore(newer, path, true, NOW), /newer version of this server \(it has 999-ahead\)/)
  const foreign = await made('foreign', sql('drop table log_place'))
  await t.rejects(restore(foreign, path, true, NOW), /is no database of this server/)
  const short = await made('short', (file) => truncate(file, 8192 * 9))
  await t.rejects(restore(short, path, true, NOW), /is damaged/)
  const text = await made('text', (file) => writeFile(file, 'no database at all'.repeat(900)))
  await t.rejects(restore(text, path, true, NOW), /is damaged/)
  const torn = await made('torn', async (file) => {
    const bytes = await readFile(file)
    for (let at = 8192 * 3; at < bytes.length; at += 8192) bytes.fill(0xee, at + 8, at + 60)
    await writeFile(file, bytes)
  })
  await t.rejects(restore(torn, path, true, NOW), /is damaged/)
  const unread = await made('unread', async (file) => {
    const database = new SQLite(file)
    const page = database
      .prepare(`select rootpage from sqlite_schema where name = 'sqlite_autoindex_webhook_deliveries_1'`)
      .pluck()
      .get()
    database.close()
    const bytes = await readFile(file)
    await writeFile(file, bytes.fill(0xee, 8192 * (Number(page) - 1), 8192 * Number(page)))
  })
  await t.rejects(
    restore(unread, path, true, NOW),
    /is damaged: [^]* page \d+:/,
    'an index’s page that nothing has asked for',
  )
  await t.rejects(restore(join(folder, 'nowhere'), path, true, NOW), /There is no file/)
  const busy = await made('busy', (file) => writeFile(`${file}-wal`, 'journal'))
  await t.rejects(restore(busy, path, true, NOW), /has a journal or a log beside it/)
  const logged = await made('logged', async (file) => {
    await mkdir(`${file}.log`)
    await writeFile(join(`${file}.log`, '000001'), '')
  })
  await t.rejects(restore(logged, path, true, NOW), /has a journal or a log beside it/)
  const owner = own(`${path}.log`)
  await t.rejects(restore(backup, path, true, NOW), /A server has .* open: stop it first/)
  owner?.close()
  t.strictSame(
    (await readdir(folder)).filter((name) => name.startsWith('ribbon')).sort(),
    names.filter((name) => name.startsWith('ribbon')).sort(),
  )
  t.equal(await callsIn(path), 2)
})

t.test('where nothing is, nothing is kept aside; what only a crash has left there is', async (t) => {
  const { folder, backup } = await set(t)
  const path = join(folder, 'new', 'ribbon.db')
  t.equal((await restore(backup, path, false, NOW)).keptIn, null)
  t.equal(await callsIn(path), 1)
  const left = join(folder, 'left', 'ribbon.db')
  await mkdir(join(folder, 'left'))
  await writeFile(`${left}-wal`, 'of a database that is gone')
  t.ok((await restore(backup, left, false, NOW)).keptIn)
  t.equal(await callsIn(left), 1)
})

t.test('a copy that lacks what was acknowledged before it is not kept', (t) => {
  const copy = { clients: 1, events: 1, newestAt: 1, logNumber: 4, sequences: new Map([[1, 7]]) }
  requireAll(copy, new Map([[1, 7]]), 4)
  for (const [sequences, number] of [
    [new Map([[1, 8]]), 4],
    [new Map([[2, 0]]), 4],
    [new Map([[1, 7]]), 5],
  ] as const)
    t.throws(() => {
      requireAll(copy, sequences, number)
    }, /does not hold what was acknowledged/)
  t.end()
})

t.test('what is dropped makes the file smaller, and so does a compact backup', async (t) => {
  const folder = await scratchFolder(t)
  const path = join(folder, 'ribbon.db')
  const storage = await open(path)
  await storage.createClient(newClient('client-a'))
  const data = { note: 'x'.repeat(2000) }
  for (let round = 0; round < 4; round++) {
    await storage.recordAll(
      Array.from({ length: 500 }, (_, n) =>
        newEvent({
          event: 'connected',
          data: { ...data, callSid: `CA${String(round)}-${String(n)}` },
          occurredAt: 1e12 + n,
        }),
      ),
    )
  }
  await storage.activeCalls('client-a', 0, 1)
  const pages = () => {
    const database = new SQLite(path, { readonly: true })
    const count = Number(database.pragma('page_count', { simple: true }))
    database.close()
    return count
  }
  const before = pages()
  while ((await storage.dropBefore('client-a', 1e12 + 1000, 200, 5)) > 0);
  await storage.activeCalls('client-a', 0, 1)
  const after = pages()
  t.ok(after < before / 2, `${String(before)} pages, then ${String(after)}`)
  await storage.close()
  const whole = await backUp(path, join(folder, 'whole.db'), OPTIONS)
  const compact = await backUp(path, join(folder, 'compact.db'), { ...OPTIONS, isCompact: true })
  t.ok(compact.bytes <= whole.bytes)
  t.strictSame(compact.sequences, whole.sequences)
})
