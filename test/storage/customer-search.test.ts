import assert from 'node:assert/strict'
import t from 'tap'
import { wordsOf } from '../../src/core/customer-words.js'
import { numberKey } from '../../src/core/phone-number.js'
import { LIMITS } from '../../src/core/limits.js'
import { openStorage } from '../../src/storage/open.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { seeded } from '../helpers/seeded.js'
import { ENGINES, newClient, newEvent, scratchStorage, scratchUrl } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-12T10:30:00Z')
const MINUTE = 60_000
const MAX_CALL_AGE_MS = 240 * MINUTE
const CLIENT = 'client-a'

const FIRST = ['Asha', 'Arjun', 'ASHA', 'आशा', 'प्रिया', 'Ram', 'John']
const LAST = ['Rao', 'Ramesh', 'शर्मा', 'Doe', "O'Brien", '']

/** A customer as the test knows it: by the definition of each list. */
interface Known {
  readonly id: string
  readonly words: readonly string[]
  readonly phones: readonly string[]
  readonly lastCallAt: number | null
}

/** Customers of all kinds: saved, called or both. */
async function fill(storage: Storage): Promise<Known[]> {
  const random = seeded(3)
  const one = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  const all: Known[] = []
  for (let n = 0; n < 60; n++) {
    const id = `${one(['CUST', 'cust', 'ग्राहक', 'a%_'])}${String(n)}`
    const phones: string[] = []
    const said: string[] = []
    let saved: string | null = null
    let lastCallAt: number | null = null
    const isSaved = random() < 0.5
    const calls = isSaved && random() < 0.5 ? 0 : 1 + Math.floor(random() * 3)
    for (let call = 0; call < calls; call++) {
      const at = NOW - Math.floor(random() * 300) * MINUTE
      const name = `${one(FIRST)} ${one(LAST)}`
      const phoneNumber = one(['+919876543210', '09876543211', 'extension 7', `98765432${String(20 + n)}`])
      const data = { callSid: `CA${String(n)}-${String(call)}`, phoneNumber, customerData: { customerId: id, name } }
      await storage.record(newEvent({ event: 'callEnded', data, occurredAt: at }))
      lastCallAt = Math.max(lastCallAt ?? 0, at)
      phones.push(phoneNumber)
      said.push(name)
    }
    if (isSaved) {
      saved = `${one(FIRST)} ${one(LAST)}`
      const phone = one(['+91 98765 43210', '9876543212'])
      await storage.saveCustomer(CLIENT, id, { name: 'Before', phone: '1' }, NOW)
      await storage.saveCustomer(CLIENT, id, { name: saved, phone }, NOW + n)
      phones.push(phone)
    }
    const words = saved === null ? said.flatMap((name) => [...wordsOf(name)]) : wordsOf(saved)
    all.push({ id, words, phones: phones.map((phone) => numberKey(phone, 'IN')), lastCallAt })
  }
  return all
}

async function walk(storage: Storage, search: string | null, pageSize: number): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const page = await storage.listCustomers({ clientId: CLIENT, search, pageSize, after })
    assert.ok(page.customers.length <= pageSize)
    ids.push(...page.customers.map(({ customerId }) => customerId))
    after = page.next
  } while (after !== null)
  return ids
}

for (const engine of ENGINES) {
  t.test(`${engine}: a search finds every customer that it means, once, whatever the size of pages`, async (t) => {
    const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
    for (const id of [CLIENT, 'client-b']) await storage.createClient(newClient(id))
    await storage.saveCustomer('client-b', 'CUST0', { name: 'Asha', phone: '+919876543210' }, NOW)
    const all = await fill(storage)
    const searches = ['a', 'ash', 'ASHA', 'asha r', 'ra', 'r ram', 'आ', 'प्रिया श', 'brien', 'o', 'before', 'zz', '.']
    for (const search of [
      ...searches,
      'CUST',
      'cust1',
      'a%',
      'a%_',
      'ग्रा',
      '9876543210',
      '+91 98765-43211',
      'extension 7',
    ]) {
      const asked = wordsOf(search)
      const wanted = all.filter(({ id, words, phones }) => {
        const isNamed = asked.length > 0 && asked.every((prefix) => words.some((word) => word.startsWith(prefix)))
        return isNamed || id.startsWith(search) || phones.includes(numberKey(search, 'IN'))
      })
      for (const pageSize of [1, 7, 100]) {
        const found = await walk(storage, search, pageSize)
        t.strictSame([...found].sort(), wanted.map(({ id }) => id).sort(), `${search}, pages of ${String(pageSize)}`)
      }
    }
    t.strictSame(await storage.listCustomers({ clientId: 'nobody', search: null, pageSize: 1, after: null }), {
      customers: [],
      next: null,
    })
  })

  t.test(
    `${engine}: without a search, customers come by their newest call, and those without calls after them`,
    async (t) => {
      const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
      await storage.createClient(newClient(CLIENT, { retentionMonths: 1 }))
      const all = await fill(storage)
      const check = async (from: number) => {
        const startOf = (id: string) => {
          const at = all.find((known) => known.id === id)?.lastCallAt ?? null
          return at === null || at < from ? null : at
        }
        const ids = await walk(storage, null, 7)
        t.strictSame([...ids].sort(), all.map(({ id }) => id).sort())
        const starts = ids.map(startOf)
        t.strictSame(
          starts,
          [...starts].sort((a, b) => (b ?? 0) - (a ?? 0)),
        )
        const { customers } = await storage.listCustomers({
          clientId: CLIENT,
          search: null,
          pageSize: 100,
          after: null,
        })
        t.strictSame(
          customers.map(({ lastCallAt }) => lastCallAt),
          starts,
        )
        t.ok(customers.every(({ name }) => name !== null))
      }
      await check(0)
      const instant = NOW - 150 * MINUTE
      while ((await storage.dropBefore(CLIENT, instant, 25)) > 0);
      await check(instant)
    },
  )

  t.test(`${engine}: a page looks at so much and no more, and the next one goes on from there`, async (t) => {
    const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
    await storage.createClient(newClient(CLIENT))
    const name = 'Common'
    const record = (n: number) => {
      const customerData =
        n === 0
          ? { customerId: 'first', name: 'Common Rare' }
          : { customerId: n <= 2800 ? `C${String(n)}` : 'C1', name }
      const data = { callSid: `CA${String(n)}`, customerData }
      return storage.record(newEvent({ event: 'callEnded', data, occurredAt: NOW + n * 1000 }))
    }
    const count = 3200 + LIMITS.lookedAtCalls
    for (let n = 0; n < count; n += 100) await Promise.all(Array.from({ length: 100 }, (_, i) => record(n + i)))
    const page = await storage.listCustomers({ clientId: CLIENT, search: 'common rar', pageSize: 5, after: null })
    t.strictSame([page.customers.length, (await walk(storage, 'common rar', 5)).length], [1, 1])
    const last = await storage.listCustomers({ clientId: CLIENT, search: 'common zz', pageSize: 5, after: null })
    t.strictSame(last.customers, [])
    t.type(last.next, 'string', 'the words of more customers would have to be looked at')
    t.strictSame(await walk(storage, 'common zz', 5), [])
    const ids = await walk(storage, null, 100)
    t.strictSame([ids.length, new Set(ids).size, ids.at(-1)], [2801, 2801, 'first'])
  })

  t.test(
    `${engine}: a number leads to whom it was saved for last, else to whom the newest call with it was`,
    async (t) => {
      const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
      await storage.createClient(newClient(CLIENT))
      const log = (event: string, callSid: string, minutes: number, customerId?: string) => {
        const data = {
          callSid,
          phoneNumber: '09876543210',
          ...(customerId !== undefined && { customerData: { customerId } }),
        }
        return storage.record(newEvent({ event, data, occurredAt: NOW + minutes * MINUTE }))
      }
      const find = (text: string) => storage.customerByPhone(CLIENT, text, NOW - MAX_CALL_AGE_MS + 1)
      await log('callEnded', 'CA1', -60)
      t.equal(await find('9876543210'), null, 'a call names nobody')
      await log('callEnded', 'CA2', -50, 'C1')
      await log('callEnded', 'CA3', -40, 'C2')
      await log('connected', 'CA4', -300)
      const called = await find('+91 98765 43210')
      t.match(called, { customer: { customerId: 'C2' }, isActive: false })
      t.strictSame(
        called?.calls.map(({ sessionId }) => sessionId),
        ['session-CA3', 'session-CA2', 'session-CA1', 'session-CA4'],
      )
      await storage.saveCustomer(CLIENT, 'C9', { name: 'Old', phone: '+91-98765-43210' }, NOW)
      await storage.saveCustomer(CLIENT, 'C3', { name: 'New', phone: '98765 43210' }, NOW + 2)
      await storage.saveCustomer(CLIENT, 'C4', { name: 'Older', phone: '9876543210' }, NOW + 1)
      await log('connected', 'CA5', -1)
      t.match(await find('9876543210'), { customer: { customerId: 'C3', profile: { name: 'New' } }, isActive: true })
      await storage.saveCustomer(CLIENT, 'C3', { phone: null }, NOW + 3)
      t.match(await find('9876543210'), { customer: { customerId: 'C4' } })
      t.equal(await find('9876543219'), null)
      t.equal(await storage.customerByPhone('nobody', '1', 0), null)
    },
  )

  t.test(`${engine}: a customer saved before names were noted is found once a call names it`, async (t) => {
    const url = await scratchUrl(t, engine)
    const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
    t.teardown(() => storage.close())
    await storage.createClient(newClient(CLIENT))
    await storage.saveCustomer(CLIENT, 'C1', { name: 'Asha Rao', phone: '9876543210' }, NOW)
    await forgetWords(engine, url)
    t.strictSame(await walk(storage, 'asha', 5), [])
    const data = { callSid: 'CA1', customerData: { customerId: 'C1', name: 'Somebody' } }
    await storage.record(newEvent({ event: 'callEnded', data, occurredAt: NOW }))
    const again = { callSid: 'CA2', customerData: { customerId: 'C1', name: 'Somebody Else' } }
    await storage.record(newEvent({ event: 'callEnded', data: again, occurredAt: NOW }))
    t.strictSame([await walk(storage, 'asha', 5), await walk(storage, 'somebody', 5)], [['C1'], []])
    t.match(await storage.customerByPhone(CLIENT, '+919876543210', 0), { customer: { customerId: 'C1' } })
  })
}

/** As the migration leaves customers that were there before it. */
async function forgetWords(engine: (typeof ENGINES)[number], url: string): Promise<void> {
  const statements = ['update customers set words = null, phone = null', 'delete from customer_words']
  if (engine === 'postgres') {
    const { default: pg } = await import('pg')
    const client = new pg.Client(url)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
    return
  }
  const { default: Database } = await import('better-sqlite3')
  const database = new Database(url.slice('file:'.length))
  for (const statement of statements) database.exec(statement)
  database.close()
}
