import assert from 'node:assert/strict'
import SQLite from 'better-sqlite3'
import fc from 'fast-check'
import pg from 'pg'
import t from 'tap'
import { checkClient } from '../../src/services/store-check.js'
import { databasePath, openStorage } from '../../src/storage/open.js'
import type { AuditEntry } from '../../src/storage/port/audit-log.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Subject } from '../../src/storage/port/privacy.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { BASE_MS, eventStream, mixedStream } from '../helpers/events.js'
import { ENGINES, newClient, newEvent, scratchUrl } from '../helpers/storage.js'

t.setTimeout(120_000)

const MAX_CALL_AGE_MS = 4 * 3_600_000
const DAY_MS = 24 * 3_600_000
/** The start of a day in Kolkata. */
const BEGIN = Date.parse('2025-09-30T18:30:00Z')
const clientId = 'client-a'

const REPAIR: AuditEntry = { at: 1, actor: 'test', action: 'store.repaired', clientId, details: {}, requestId: null }

const look = (storage: Storage, id = clientId) => checkClient(storage, id, { repairs: null })
const repair = (storage: Storage) => checkClient(storage, clientId, { repairs: REPAIR })

async function erase(storage: Storage, id: string, subject: Subject): Promise<void> {
  const entry = { ...REPAIR, action: 'person.erased', clientId: id } as const
  while (!(await storage.erasePerson(id, { subject, hash: 'hash', limit: 100 }, entry)).isOver);
}

/** Runs statements behind the store's back, each with `?` for the client's number, and reads rows. */
async function directly(url: string) {
  if (url.startsWith('file:')) {
    const database = new SQLite(databasePath(url))
    return {
      all: (text: string) => Promise.resolve(database.prepare(text).all() as Record<string, unknown>[]),
      run: async (text: string) => {
        database.exec(text)
      },
      close: async () => {
        database.close()
      },
    }
  }
  const client = new pg.Client(url)
  await client.connect()
  return {
    all: async (text: string) => (await client.query<Record<string, unknown>>(text)).rows,
    run: async (text: string) => {
      await client.query(text)
    },
    close: () => client.end(),
  }
}

/** Calls of some days: named and nameless events, agents, customers that are saved and others, one with more events than a call lists. */
async function fill(storage: Storage): Promise<void> {
  await storage.createClient(newClient(clientId))
  const events: NewEvent[] = []
  for (let n = 0; n < 12; n++) {
    const at = BEGIN + n * 9 * 3_600_000
    const data = {
      ...{ callSid: `CA${String(n)}`, phoneNumber: `098765${String(10000 + n)}`, virtualNumber: '08047000000' },
      ...(n % 3 !== 0 && { customerData: { customerId: `C${String(n % 4)}`, name: `Name ${String(n)}` } }),
    }
    const context = { agentUserId: `agent-${String(n % 2)}`, domain: 'a.example' }
    const say = (event: string, after: number, more: object = {}) =>
      events.push(newEvent({ event, data: { ...data, ...more }, context, occurredAt: at + after * 1000 }))
    say(n % 2 === 0 ? 'incoming' : 'dialing', 0)
    say('connected', 5)
    if (n !== 7) say('callEnded', 60 + n, { duration: 50 + n })
    events.push(newEvent({ event: 'holdtoggle', data: { phoneNumber: data.phoneNumber }, occurredAt: at + 20_000 }))
  }
  events.push(newEvent({ event: 'dialing', data: { phoneNumber: '+14155550100' }, occurredAt: BEGIN + DAY_MS }))
  events.push(newEvent({ event: 'callEnded', data: {}, occurredAt: BEGIN + 2 * DAY_MS }))
  const heard = { callSid: 'CA11', customerData: { customerId: 'C77' } }
  events.push(newEvent({ event: 'networkQuality', data: heard, occurredAt: BEGIN + 2 * DAY_MS }))
  for (let n = 0; n < 520; n++)
    events.push(newEvent({ event: 'dtmf', data: { callSid: 'CA2', digit: n }, occurredAt: BEGIN + 3 * DAY_MS + n }))
  await storage.recordAll(events)
  await storage.saveCustomer(clientId, 'C1', { customerId: 'C1', name: 'Asha Rao', phone: '09876500001' }, BEGIN)
  while ((await storage.buildPages(clientId, 10)) > 0);
}

const call = (n: number) => `call_key = 'CA${String(n)}'`
const ANY_DAY = `local_date = '2025-10-02'`

/** What goes wrong, in SQL, and what a check says of it. */
const DAMAGES: Readonly<Record<string, readonly [sql: string, ...kinds: RegExp[]]>> = {
  'a call that lasted longer': [
    `update calls set duration = 999 where ${call(0)}`,
    /^calls that are not/,
    /^days .*calls/,
  ],
  'a call of another number': [`update calls set phone = '+15550001111' where ${call(1)}`, /^calls that are not/],
  'a call of another customer': [
    `update calls set customer = 1 + (customer % 2) where call_key = 'CA5'`,
    /^calls that are not/,
  ],
  'facts that cannot be read': [`update calls set facts = Y where ${call(3)}`, /^calls that are not/],
  'facts that are others': [
    `update calls set facts = (select facts from calls where call_key = 'CA11') where ${call(4)}`,
    /^calls that are not/,
  ],
  'facts that are missing': [`update calls set facts = null where ${call(6)}`, /^calls that are not/],
  'a call under another key': [`update calls set key = X where call_key = 'CA9'`, /^calls/],
  'a call that is gone': [`delete from calls where ${call(8)}`, /^calls that have events/],
  'an unnamed call that is gone': [`delete from calls where phone = '+14155550100'`, /^calls that have events/],
  'a call that turned': [`update calls set direction = 3 - direction where ${call(10)}`, /^calls that are not/],
  'events without their call': [`update events set call = null where sequence = 6`, /^events .*call they name/],
  'a call that lost its events': [
    `update events set call = null where data like '%callSid%' and call = (select number from calls where call_key = 'CA7')`,
    /^events .*call they name/,
    /^calls that are not/,
  ],
  'events of another customer': [`update events set customer = null where sequence = 5`, /^events .*customer/],
  'events of another agent': [`update events set by_agent = null where sequence = 5`, /^events .*agent/],
  'events that turned': [`update events set direction = 3 - direction where sequence = 2`, /^events .*direction/],
  'events that claim a direction': [`update events set own_direction = 1 where sequence = 9`, /^events .*direction/],
  'a day that counts too many': [`update days set calls = calls + 1 where ${ANY_DAY}`, /^days .*calls/, /^counters/],
  'a day that is gone': [`delete from days where ${ANY_DAY}`, /^days .*calls/],
  'a day of nothing': [
    `insert into days select client, '2031-01-01', changed, 1, 0, slots from days where ${ANY_DAY}`,
    /^days .*calls/,
  ],
  'events counted too often': [
    `update event_days set events = events + 1 where ${ANY_DAY} and event = ''`,
    /^days .*events/,
  ],
  'events that are not counted': [`delete from event_days where ${ANY_DAY}`, /^days .*events/],
  'events counted that never were': [
    `insert into event_days select client, 'nothing', local_date, direction, events, slots from event_days where local_date = '2025-10-03' and event = ''`,
    /^days .*events/,
  ],
  'totals of the client': [`update client_state set calls = calls + 5`, /^counters/],
  'a numbering that went back': [`update client_state set last_customer = 0`, /^counters/],
  'a customer without words': [`update customers set words = '' where customer_id = 'C1'`, /^customers/],
  'a customer of another number': [`update customers set phone = null where customer_id = 'C1'`, /^customers/],
  'words that are gone': [`delete from customer_words where word like 'n%'`, /^customers/],
  'words that are strays': [
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 600)
      insert into customer_words select client, 'zz' || i, customer from customer_words, n where word = 'rao'`,
    /^words/,
  ],
  'pages of something else': [
    `update pages set body = (select body from pages where dimension = 'customer' and period = '2025-10-01') where period = '2025-10-02'`,
    /^pages/,
  ],
  'pages that no memory holds': [
    `update pages set body = Y where dimension = 'agent' and period = '2025-10-03'`,
    /^pages/,
  ],
  'pages that cannot be read': [
    `update pages set body = X where dimension = 'agent' and period <> '2025-10-03'`,
    /^pages/,
  ],
  'a customer that is gone': [`delete from customers where customer_id = 'C2'`, /^events .*customer/],
}

/** Erased people, and what then goes wrong with what is left of their calls. */
const ERASED: readonly (readonly [what: string, subject: Subject, sql: string])[] = [
  [
    'a call that was erased and says another direction',
    { phoneNumber: '09876510010' },
    `update calls set facts = (select facts from calls where call_key = 'CA11') where erased = 1`,
  ],
  [
    'a call that was erased and cannot be read',
    { phoneNumber: '09876510009' },
    `update calls set facts = Y where erased = 1`,
  ],
  [
    'an unnamed call that was erased and says something else',
    { phoneNumber: '+14155550100' },
    `update calls set unnamed = X where erased = 1 and facts is null`,
  ],
  [
    'another’s call with an event of somebody who was erased',
    { customerId: 'C77' },
    `update calls set duration = 999 where ${call(11)}`,
  ],
]

/** Damages at once, of different rows. */
const AT_ONCE = 8
/** What was known of it from calls alone is made again, but for the words that it is found by. */
const FOR_GOOD = ['a customer that is gone']
/** Columns that say when something was written. */
const VARIES = new Set(['version', 'changed', 'updated_at', 'created_at'])
const KEPT = ['events', 'calls', 'days', 'event_days', 'customers', 'customer_words', 'agents', 'client_state']

for (const engine of ENGINES) {
  t.test(`${engine}: what does not follow from the events is named, and put right`, async (t) => {
    const url = await scratchUrl(t, engine)
    const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
    t.teardown(() => storage.close())
    await fill(storage)
    const database = await directly(url)
    t.teardown(() => database.close())
    const dump = async () => {
      const tables: Record<string, string[]> = {}
      for (const table of KEPT) {
        const rows = await database.all(`select * from ${table}`)
        tables[table] = rows
          // A day without events is as good as none.
          .filter(({ events }) => table !== 'event_days' || Number(events) !== 0)
          .map((row) => JSON.stringify(row, (name, value: unknown) => (VARIES.has(name) ? undefined : value)))
          .sort()
      }
      return tables
    }
    t.same(await look(storage), [])
    const before = await dump()
    const damages = Object.entries(DAMAGES)
    const bytes = (hex: string) => (engine === 'sqlite' ? `x'${hex}'` : `'\\x${hex}'`)
    for (let at = 0; at < damages.length; at += AT_ONCE) {
      const round = damages.slice(at, at + AT_ONCE)
      // What was acknowledged is committed, so that this changes it.
      await storage.activeCalls(clientId, 0, 1)
      for (const [, [sql]] of round)
        await database.run(sql.replaceAll(/\bX\b/g, bytes('ff01')).replaceAll(/\bY\b/g, bytes('ffffffffff7f')))
      const found = (await look(storage)).map(({ kind }) => kind)
      for (const [what, [, ...kinds]] of round)
        for (const kind of kinds)
          t.ok(
            found.some((name) => kind.test(name)),
            `${what}: ${found.join('; ')}`,
          )
      await repair(storage)
      t.same(await look(storage), [], 'what is put right is right')
      if (round.every(([what]) => !FOR_GOOD.includes(what))) t.same(await dump(), before, 'every row is as it was')
      while ((await storage.buildPages(clientId, 10)) > 0);
    }
    const { length } = await storage.auditLog({ clientId, before: null, limit: 500 })
    t.ok(length >= damages.length / AT_ONCE, 'repairs are in the audit log')
    for (const [what, subject, damage] of ERASED) {
      await erase(storage, clientId, subject)
      t.same(await look(storage), [], what)
      await storage.activeCalls(clientId, 0, 1)
      await database.run(damage.replaceAll(/\bX\b/g, bytes('ff01')).replaceAll(/\bY\b/g, bytes('ffffffffff7f')))
      t.ok(
        (await look(storage)).some(({ kind }) => kind.startsWith('calls that are not')),
        what,
      )
      await repair(storage)
      t.same(await look(storage), [], `${what}: what is put right is right`)
    }
    const erased = await database.all(`select phone, customer_data, notes from calls where erased = 1`)
    t.ok(
      erased.length > 1 && erased.every((row) => Object.values(row).every((value) => value === null)),
      'nobody is back',
    )
    t.same((await storage.repairStored(clientId, 'days', null, REPAIR)).differences, [])
    while ((await storage.buildPages(clientId, 10)) > 0);
    await storage.activeCalls(clientId, 0, 1)
    await database.run(`update pages set body = ${bytes('ff01')} where dimension = 'agent'`)
    t.match(await repair(storage), [{ kind: /^pages/ }], 'pages alone')
    await database.run('update calls set domain = null')
    t.same(await look(storage), [], 'calls of before there were domains have none')
    await storage.dropBefore(clientId, BEGIN + 2 * DAY_MS, 1000, BEGIN)
    while ((await storage.buildPages(clientId, 10)) > 0);
    t.same(await look(storage), [], 'nor have calls all their events that are no longer kept')
    await storage.activeCalls(clientId, 0, 1)
    const lost = `(select number from calls where ${call(8)})`
    await database.run(`update events set call = null where data like '%callSid%' and call = ${lost}`)
    await database.run(`delete from calls where ${call(8)}`)
    const kinds = (await look(storage)).map(({ kind }) => kind)
    t.notOk(kinds.includes('calls that have events and are not there'), 'what of a call it is nobody can tell')
    t.same(await look(storage, 'nobody'), [])
    t.same((await storage.repairStored('nobody', 'days', null, REPAIR)).differences, [])
  })

  t.test(
    `${engine}: what follows from random events is no difference, whatever was dropped or erased and in whichever zone`,
    async (t) => {
      const url = await scratchUrl(t, engine)
      const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
      t.teardown(() => storage.close())
      let runs = 0
      const property = fc.asyncProperty(
        fc.oneof(eventStream, mixedStream),
        fc.option(fc.constantFrom('America/St_Johns', 'UTC')),
        fc.option(fc.integer({ min: -1, max: 20 })),
        fc.nat({ max: 60 }),
        fc.option(fc.constantFrom<Subject>({ phoneNumber: '+919876543210' }, { customerId: 'CUST001' })),
        async (stream, zone, dropped, limit, subject) => {
          const id = `client-${String((runs += 1))}`
          await storage.createClient(newClient(id, { apiKeyHash: id }))
          const events = stream.map((event) => newEvent({ ...event, clientId: id }))
          const half = events.length >> 1
          await storage.recordAll(events.slice(0, half))
          if (dropped !== null)
            await storage.dropBefore(id, BASE_MS - (BASE_MS % DAY_MS) - 19_800_000 + dropped * DAY_MS, limit)
          if (subject !== null) await erase(storage, id, subject)
          if (zone !== null) await storage.updateClient(id, { timezone: zone, region: 'US' })
          await storage.recordAll(events.slice(half))
          while ((await storage.buildPages(id, 10)) > 0);
          assert.deepEqual(await look(storage, id), [])
        },
      )
      await fc.assert(property, { numRuns: Number(process.env['ORACLE_RUNS'] ?? 15) })
    },
  )

  t.test(`${engine}: events that are recorded meanwhile are no differences`, async (t) => {
    const url = await scratchUrl(t, engine)
    const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
    t.teardown(() => storage.close())
    await fill(storage)
    const over = { is: false }
    const recording = (async () => {
      for (let n = 0; !over.is; n++) {
        const data = { callSid: `CB${String(n >> 1)}`, phoneNumber: `+9198765${String(10000 + (n % 40))}` }
        const event = n % 2 === 0 ? 'connected' : 'callEnded'
        await storage.record(newEvent({ event, data, occurredAt: BEGIN + (n % 9) * DAY_MS + n }))
      }
    })()
    for (let round = 0; round < 2; round++) t.same(await look(storage), [])
    t.same(await repair(storage), [])
    over.is = true
    await recording
    t.same(await look(storage), [])
  })
}
