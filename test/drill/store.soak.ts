/**
 * Faults of the store, for real: for each, what /metrics, the log and health say is what RUNBOOK.md says, its commands end it, and
 * nothing acknowledged is lost.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t from 'tap'
import { eventually } from '../helpers/deadline.js'
import { startPair } from '../helpers/postgres-pair.js'
import { startPostgres } from '../helpers/postgres-server.js'
import { scrapeUntil } from './alerts.js'
import { fillDisk } from './full-disk.js'
import { follow, sectionOf } from './runbook.js'
import { DrilledServer, PATIENCE_MS } from './server.js'
import { checkSeen, figure } from './watched.js'

const EVENTS = 20
const BLOCK_BYTES = 4096
const MAGIC = 'RIBBONL1'

t.setTimeout(400_000)

t.test('a full disk', async (t) => {
  const drilled = await DrilledServer.start(t)
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  const from = drilled.log.length
  const makeRoom = fillDisk(Number(drilled.server.child.pid))
  const failures = 'ribbon_store_checkpoint_failures_total'
  const during = await scrapeUntil(drilled.scrape, PATIENCE_MS, 'checkpoints that fail', async (text) => {
    await drilled.send()
    return figure(text, failures) > 3 && text.includes('outcome="unavailable"')
  })
  const log = drilled.log.slice(from)
  await checkSeen(t, 'A full disk', drilled, { before, during, log, ready: await drilled.ready() })

  await follow('A full disk', { ...drilled.place, standIns: { 'journalctl --vacuum': makeRoom } })
  await eventually(PATIENCE_MS, 'recording events', async () => (await drilled.send()).status === 200)
  await drilled.sendMany(EVENTS)
  t.strictSame(await drilled.lost(), [])
  await drilled.end('SIGKILL')
  drilled.startAgain()
  await drilled.serves()
  t.strictSame(await drilled.lost(), [], 'nor after a crash')
})

t.test('PostgreSQL is killed', async (t) => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  const drilled = await DrilledServer.start(t, { DATABASE_URL: postgres.url })
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  const from = drilled.log.length
  await postgres.crash()
  await drilled.sendMany(3)
  const during = await drilled.scrape()
  await checkSeen(t, 'PostgreSQL is away', drilled, {
    before,
    during,
    ready: await drilled.ready(),
    log: drilled.log.slice(from),
  })

  const standIns = { 'systemctl start postgresql': () => postgres.restart() }
  t.match(await follow('PostgreSQL is away', { ...drilled.place, standIns }), /"ready"/)
  await drilled.sendMany(EVENTS)
  t.strictSame(await drilled.lost(), [])
})

t.test('a standby is killed', async (t) => {
  const pair = await startPair()
  t.teardown(() => pair.stop())
  const drilled = await DrilledServer.start(t, { DATABASE_URL: pair.url })
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  const from = drilled.log.length
  await pair.standby.crash()
  const refused = await drilled.send()
  t.match(refused, { status: 503, body: '"code":"outcome_open"' })
  const during = await drilled.scrape()
  const observed = { before, during, ready: await drilled.ready(), log: drilled.log.slice(from) }
  await checkSeen(t, 'A dead standby', drilled, observed)
  t.strictSame(await drilled.lost(), [], 'reads are answered')

  // What psql is told, by way of another client: to write without the standby, and with it again.
  const [without = [], again = []] = [...sectionOf('A dead standby').matchAll(/`psql ([^`]+)`/g)].map(
    ([, options = '']) =>
      [...options.matchAll(/-c (["'])(.*?)\1(?= |$)/g)].map(([, , statement = '']) =>
        statement.replace('<standbys>', '*'),
      ),
  )
  await pair.onPrimary(...without)
  await drilled.sendAgain()
  t.equal(drilled.acknowledged.length, EVENTS + 1)
  t.strictSame(await drilled.lost(), [], 'what was refused counts once')
  await pair.startStandby()
  await pair.onPrimary(...again)

  await pair.standby.crash()
  const waiting = drilled.send()
  const waits = (text: string) => figure(text, 'ribbon_store_standby_wait_seconds') > 0
  await scrapeUntil(drilled.scrape, PATIENCE_MS, 'a commit that waits', waits)
  const standIns = { 'systemctl start postgresql': () => pair.startStandby() }
  await follow('A dead standby', { ...drilled.place, standIns })
  t.equal((await waiting).status, 200, 'acknowledged when both have it')
  await drilled.sendMany(EVENTS)
  t.strictSame(await drilled.lost(), [])
})

/** Flips a byte of the last record of a log that its database does not hold yet. */
async function damageLastRecord(log: string): Promise<void> {
  let last = { path: '', at: 0, number: 0 }
  for (const name of (await readdir(log)).filter((name) => /^\d+$/.test(name))) {
    const path = join(log, name)
    const bytes = await readFile(path)
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      if (bytes.toString('latin1', at, at + MAGIC.length) !== MAGIC) continue
      const number = Number(bytes.readBigUInt64BE(at + MAGIC.length))
      if (number > last.number) last = { path, at, number }
    }
  }
  const bytes = await readFile(last.path)
  const flipped = last.at + 100
  bytes.writeUInt8(bytes.readUInt8(flipped) ^ 0xff, flipped)
  await writeFile(last.path, bytes)
}

t.test('a damaged log', async (t) => {
  const drilled = await DrilledServer.start(t)
  const database = String(drilled.env['DATABASE_URL']).slice('file:'.length)
  const before = await drilled.scrape()
  let from = 0
  // What is damaged has to be what was not applied yet, which is so for a tenth of a second.
  await eventually(PATIENCE_MS, 'damage to what is needed', async () => {
    const many = drilled.sendMany(10_000).catch(() => undefined)
    const enough = drilled.acknowledged.length + 100
    await eventually(PATIENCE_MS, 'some events', () => drilled.acknowledged.length > enough)
    await drilled.end('SIGKILL')
    await many
    from = drilled.log.length
    await damageLastRecord(`${database}.log`)
    drilled.startAgain()
    await drilled.serves()
    return drilled.log.slice(from).includes('no valid record')
  })
  const observed = {
    before,
    during: await drilled.scrape(),
    ready: await drilled.ready(),
    log: drilled.log.slice(from),
  }
  await checkSeen(t, 'A damaged log', drilled, observed)
  const lost = await drilled.lost()
  t.ok(lost.length <= 1, 'what is valid is there, whatever was damaged', { lost })

  await follow('A damaged log', { ...drilled.place, words: { '<database>': database, '<elsewhere>': drilled.folder } })
  t.match(await drilled.scrape(), /^ribbon_store_damaged_log_files 0$/m)
  const kept = await readdir(drilled.folder)
  t.ok(kept.includes('after-damage.db') && kept.some((name) => name.startsWith('damaged-')))
  // Whoever sent it has it, or Exotel: sent again, it is there, and nothing twice.
  await drilled.sendAgain()
  t.strictSame(await drilled.lost(), [])
})

t.test('a migration that fails', async (t) => {
  const drilled = await DrilledServer.start(t)
  await drilled.sendMany(EVENTS)
  const before = await drilled.scrape()
  await drilled.end('SIGTERM')
  const path = String(drilled.env['DATABASE_URL']).slice('file:'.length)
  // As the version before 016 left it, but for a table that somebody made.
  const ask = (work: (database: SQLite.Database) => unknown): unknown => {
    const database = new SQLite(path)
    const answer = work(database)
    database.close()
    return answer
  }
  const tables = ['webhook_endpoints', 'webhook_pending', 'webhook_deliveries']
  const schema = () => ask((database) => database.prepare('select name, sql from sqlite_schema order by 1').all())
  ask((database) => {
    for (const table of tables) database.exec(`drop table ${table}`)
    database.exec(`delete from ribbon_schema where name = '016-webhooks'; create table ${String(tables[1])} (own)`)
  })
  const was = schema()
  const from = drilled.log.length
  drilled.startAgain()
  t.match(await drilled.server.exited, { code: 1 })
  await checkSeen(t, 'A failed migration', drilled, { before, during: null, log: drilled.log.slice(from) })
  t.strictSame(schema(), was, 'nothing was changed')

  const standIns = {
    // The version from before would start on what is there; this one needs what is in its way to be gone.
    'git checkout': async () => ask((database) => database.exec(`drop table ${String(tables[1])}`)),
    'systemctl restart ribbon': async () => {
      drilled.startAgain()
      await drilled.serves()
    },
  }
  t.match(await follow('A failed migration', { ...drilled.place, standIns }), /Cannot start.*"ready"/s)
  await drilled.sendMany(EVENTS)
  t.strictSame(await drilled.lost(), [])
})
