import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { OPEN_RANGE } from '../../src/core/range.js'
import { openForCommand, openStorage } from '../../src/storage/open.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Erased, Subject } from '../../src/storage/port/privacy.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { BASE_MS, eventStream } from '../helpers/events.js'
import { ENGINES, newClient, newEvent, scratchFolder, scratchStorage, type EngineName } from '../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000
const MINUTE = 60_000
const NUMBER = '+919812345678'
const ENTRY = {
  at: 5,
  actor: 'test',
  action: 'person.erased',
  clientId: 'client-a',
  details: {},
  requestId: null,
} as const
const JOHN = { customerId: 'CUST001', name: 'Zebediah Quux' }

type Erasing = Pick<Storage, 'erasePerson'>

async function eraseAll(storage: Erasing, subject: Subject, limit = 500, clientId = 'client-a'): Promise<Erased> {
  for (;;) {
    const erased = await storage.erasePerson(clientId, { subject, hash: 'hash', limit }, { ...ENTRY, clientId })
    if (erased.isOver) return erased
  }
}

function onBoth(name: string, scenario: (t: Test, storage: Storage, engine: EngineName) => Promise<void>): void {
  t.test(name, async (t) => {
    for (const engine of ENGINES) {
      await t.test(engine, async (t) => {
        const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)
        for (const id of ['client-a', 'client-b']) await storage.createClient(newClient(id))
        await scenario(t, storage, engine)
      })
    }
  })
}

function call(callSid: string, at: number, data: NewEvent['data'] = {}): NewEvent[] {
  const told = { callSid, phoneNumber: NUMBER, callDirection: 'inbound', ...data }
  const context = { agentUserId: 'agent-1' }
  return [
    newEvent({ event: 'incoming', data: told, context, occurredAt: at }),
    newEvent({ event: 'callEnded', data: { ...told, callEndReason: 'Busy' }, context, occurredAt: at + MINUTE }),
  ]
}

async function recordAll(storage: Storage, events: readonly NewEvent[], clientId = 'client-a') {
  return Promise.all(events.map((event) => storage.record({ ...event, clientId })))
}

/** All that is counted of calls, and what is told of them beside that. */
async function counted(storage: Storage, clientId = 'client-a') {
  const query = { clientId, range: OPEN_RANGE, zone: 'UTC', recent: 100 }
  const { recent: calls, ...report } = await storage.report(query)
  const { recent, topAgents, ...top } = await storage.detailedReport({ ...query, top: 10 })
  const filters = { customerId: null, event: null, direction: null }
  const list = { clientId, range: OPEN_RANGE, ...filters, pageSize: 500, position: { page: 1 } }
  const { events, total } = await storage.listEvents(list)
  return { report: { ...report, topAgents }, total, text: JSON.stringify([calls, recent, top, events]) }
}

onBoth(
  'a number is erased with its customers, in batches, and what is counted of its calls stays',
  async (t, storage) => {
    const noted = newEvent({
      event: 'annotated',
      source: 'operator',
      data: { callSid: 'CA1', notes: 'Zebediah called', tags: ['vip'], disposition: 'sold' },
      occurredAt: BASE_MS + 2 * MINUTE,
    })
    const told = [
      ...call('CA1', BASE_MS, { customerData: JOHN }),
      ...call('CA2', BASE_MS + 10 * MINUTE, { phoneNumber: '09812345678' }),
      ...call('CA3', BASE_MS + 20 * MINUTE, { phoneNumber: '+919899999999', customerData: JOHN }),
      // Nobody saved this one, and all that is known of it is a call with the number.
      ...call('CA4', BASE_MS + 30 * MINUTE, { customerData: { customerId: 'UNSAVED', name: 'Unsaved Name' } }),
      noted,
      newEvent({ event: 'incoming', data: { phoneNumber: NUMBER }, occurredAt: BASE_MS + 90 * MINUTE }),
      newEvent({ event: 'networkQuality', data: { phoneNumber: NUMBER }, occurredAt: BASE_MS - 900 * MINUTE }),
      newEvent({ event: 'networkQuality', data: { customerData: { customerId: 'UNSAVED' } }, occurredAt: BASE_MS }),
      ...call('CA5', BASE_MS + 40 * MINUTE, { phoneNumber: '+919800000000', customerData: { customerId: 'OTHER' } }),
    ]
    await storage.saveCustomer('client-a', 'CUST001', { name: 'Zebediah Quux', phone: '098123 45678' }, 1)
    const first = await recordAll(storage, told)
    await recordAll(storage, told, 'client-b')
    const differing = { listed: 4, differences: [{ changes: [{ member: 'phoneNumber', after: NUMBER }] }] }
    const claim = { runId: 'run', startedBy: 'x', now: 1, silentFrom: 0, ownFrom: Infinity }
    await storage.claimReconciliation('client-a', { ...claim, report: JSON.stringify(differing) })
    const before = await counted(storage)
    const elsewhere = await counted(storage, 'client-b')

    const erased = await eraseAll(storage, { phoneNumber: '98123 45678' }, 1)
    t.strictSame(erased, { calls: 5, events: 12, customers: 2, isOver: true })
    const after = await counted(storage)
    t.strictSame({ ...after, text: '' }, { ...before, text: '' })
    t.notMatch(after.text, /9812345678|98123|9899999999|Zebediah|CUST001|UNSAVED|CA1/)
    t.match(after.text, /OTHER/, 'others stay')
    t.strictSame(await counted(storage, 'client-b'), elsewhere, 'another client keeps what it has')
    const page = await storage.personPage('client-a', { phoneNumber: NUMBER }, null)
    t.strictSame(page, { customers: [], calls: [], events: [], deliveries: [], next: null })
    t.equal(await storage.customerHistory('client-a', 'CUST001', { calls: 5, events: 5 }), null)
    t.equal(await storage.callBySession('client-a', 'session-CA1'), null, 'its name is gone')
    const [receipt] = await storage.auditLog({ clientId: 'client-a', before: null, limit: 1 })
    t.strictSame(receipt?.details, { calls: 5, events: 12, customers: 2 })
    const { report } = (await storage.reconciliation('client-a')) ?? { report: '' }
    t.strictSame(JSON.parse(report), { listed: 4, differences: [] })

    const again = await recordAll(storage, told)
    t.ok(
      again.every(({ status }) => status === 'duplicate'),
      'a retry of an erased event is a repeat',
    )
    t.strictSame(
      again.map((one) => 'logId' in one && one.logId),
      first.map((one) => 'logId' in one && one.logId),
    )
    t.strictSame((await counted(storage)).total, before.total)
    t.strictSame(await eraseAll(storage, { phoneNumber: NUMBER }), { calls: 0, events: 0, customers: 0, isOver: true })

    // A late event of an erased call goes on with the call, and brings nobody back.
    await recordAll(storage, [
      newEvent({
        event: 'connected',
        data: { callSid: 'CA1', phoneNumber: NUMBER, customerData: JOHN, direction: 'inbound' },
        occurredAt: BASE_MS + MINUTE / 2,
      }),
    ])
    const late = await counted(storage)
    t.notMatch(late.text, /9812345678|Zebediah|CUST001/)
    t.equal(late.total, before.total + 1)
    t.equal(await storage.customerHistory('client-a', 'CUST001', { calls: 5, events: 5 }), null)

    // A new call of the number is new, and so is its customer: in this process, which knew the one that is gone.
    await recordAll(storage, call('CA9', BASE_MS + 500 * MINUTE, { customerData: JOHN }))
    const fresh = await storage.customerHistory('client-a', 'CUST001', { calls: 5, events: 5 })
    t.equal(fresh?.totals.calls, 1)
    t.equal((await storage.personPage('client-a', { phoneNumber: NUMBER }, null)).calls.length, 1)
  },
)

onBoth('a customer is erased with numbers that are its own alone, and another’s number stays', async (t, storage) => {
  await storage.saveCustomer('client-a', 'CUST001', { name: 'Zebediah', phone: '+919800000001' }, 1)
  await storage.saveCustomer('client-a', 'OTHER', { name: 'Other', phone: '+919800000002' }, 1)
  const other = { customerId: 'OTHER' }
  await recordAll(storage, [
    ...call('CA1', BASE_MS, { customerData: JOHN, phoneNumber: '+919800000003' }),
    ...call('CA2', BASE_MS + 10 * MINUTE, { phoneNumber: '+919800000003' }),
    ...call('CA3', BASE_MS + 20 * MINUTE, { phoneNumber: '+919800000001' }),
    ...call('CA4', BASE_MS + 30 * MINUTE, { customerData: JOHN, phoneNumber: '+919800000002' }),
    ...call('CA5', BASE_MS + 40 * MINUTE, { phoneNumber: '+919800000002' }),
    ...call('CA6', BASE_MS + 50 * MINUTE, { customerData: JOHN, phoneNumber: '+919800000004' }),
    ...call('CA7', BASE_MS + 60 * MINUTE, { customerData: other, phoneNumber: '+919800000004' }),
    newEvent({ event: 'incoming', data: { phoneNumber: '+919800000003' }, occurredAt: BASE_MS + 600 * MINUTE }),
    newEvent({ event: 'noted', data: { phoneNumber: '+919800000003' }, occurredAt: BASE_MS - 600 * MINUTE }),
    newEvent({ event: 'noted', data: { customerData: JOHN }, occurredAt: BASE_MS - 601 * MINUTE }),
  ])
  const erased = await eraseAll(storage, { customerId: 'CUST001' }, 2)
  t.strictSame(erased, { calls: 6, events: 13, customers: 1, isOver: true })
  const { text } = await counted(storage)
  t.notMatch(text, /Zebediah|CUST001|9800000001|9800000003/)
  t.match(text, /9800000002/)
  t.match(text, /9800000004/)
  t.strictSame(await eraseAll(storage, { customerId: 'NOBODY' }), { calls: 0, events: 0, customers: 0, isOver: true })
  await t.rejects(eraseAll(storage, { customerId: 'CUST001' }, 1, 'nobody'))
  t.strictSame(await storage.personPage('nobody', { customerId: 'x' }, null), {
    ...{ customers: [], calls: [], events: [], deliveries: [], next: null },
  })
})

onBoth(
  'what is counted is the same with an erasure anywhere among events, whatever comes after',
  async (t, storage) => {
    let runs = 0
    await fc.assert(
      fc.asyncProperty(
        eventStream,
        fc.nat(),
        fc.constantFrom<Subject>({ phoneNumber: '+919876543210' }, { customerId: 'CUST001' }),
        async (stream, at, subject) => {
          runs += 1
          const events = stream
            .filter(({ data }) => typeof data['callSid'] === 'string' && data['callSid'] !== '')
            .map((event) => newEvent({ ...event, source: event.source }))
          const [plain, erased] = [`plain-${String(runs)}`, `erased-${String(runs)}`]
          for (const id of [plain, erased]) await storage.createClient(newClient(id))
          const cut = events.length === 0 ? 0 : at % (events.length + 1)
          for (const id of [plain, erased]) await recordAll(storage, events.slice(0, cut), id)
          await eraseAll(storage, subject, 3, erased)
          for (const id of [plain, erased]) await recordAll(storage, events.slice(cut), id)
          const all = [await counted(storage, plain), await counted(storage, erased)].map(({ report, total }) => {
            return JSON.stringify([report, total]).replaceAll(erased, plain)
          })
          assert.equal(all[1], all[0])
        },
      ),
      { numRuns: 25 },
    )
    t.pass('every run')
  },
)

async function filesWith(folder: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    for (const text of texts) if (bytes.includes(text)) found.push(`${path}: ${text}`)
  }
  return found
}

onBoth('what is left of a call that is no longer kept is erased as well', async (t, storage) => {
  await recordAll(storage, call('CA1', BASE_MS, { customerData: JOHN }))
  while ((await storage.dropBefore('client-a', BASE_MS + 40 * 86_400_000, 100, BASE_MS)) > 0);
  const before = await counted(storage)
  t.match(await eraseAll(storage, { customerId: JOHN.customerId }), { calls: 1, customers: 1 })
  t.strictSame((await counted(storage)).report, before.report)
})

onBoth('a number that another customer has as well stays when one of them is erased', async (t, storage) => {
  for (const id of ['ONE', 'OTHER']) await storage.saveCustomer('client-a', id, { name: id, phone: NUMBER }, 1)
  await recordAll(storage, call('CA1', BASE_MS))
  t.match(await eraseAll(storage, { customerId: 'ONE' }), { calls: 0, customers: 1, isOver: true })
  const endpointId = 'we_0000000000000001'
  const url = 'https://crm.example.com/webhooks'
  const webhook = { endpointId, url, eventTypes: ['call.ended'] as const, sealedSecrets: 'sealed', createdAt: 1 }
  await storage.createWebhook('client-a', webhook)
  const tried = { messageId: 'msg_1', type: 'call.ended', attempt: 1, durationMs: 1, error: null, answer: '' }
  await storage.noteDeliveries('client-a', endpointId, [{ ...tried, sequence: 1, at: 5, status: 200 }])
  const { calls, deliveries } = await storage.personPage('client-a', { phoneNumber: NUMBER }, null)
  t.equal(calls.length, 1)
  t.strictSame(deliveries, [{ url, messageId: 'msg_1', at: 5, status: 200 }], 'and where it was sent is told')
})

onBoth('a number that somebody else calls with while it is being erased stays from then on', async (t, storage) => {
  const phoneNumber = '+919800000003'
  await recordAll(storage, [
    ...call('CA1', BASE_MS, { phoneNumber, customerData: JOHN }),
    ...[1, 2, 3].flatMap((n) => call(`CB${String(n)}`, BASE_MS + n * 10 * MINUTE, { phoneNumber })),
  ])
  const eraseOne = () => {
    return storage.erasePerson('client-a', { subject: { customerId: JOHN.customerId }, hash: 'hash', limit: 1 }, ENTRY)
  }
  t.match(await eraseOne(), { calls: 1, isOver: false })
  await recordAll(storage, call('CC1', BASE_MS + 50 * MINUTE))
  t.match(await eraseOne(), { calls: 2, isOver: false }, 'events of other numbers change nothing')
  await recordAll(
    storage,
    call('CC2', BASE_MS + 60 * MINUTE, { phoneNumber, customerData: { customerId: 'OTHER', name: 'Other' } }),
  )
  t.match(await eraseAll(storage, { customerId: JOHN.customerId }, 1), { calls: 3, customers: 1 })
  const { calls } = await storage.personPage('client-a', { phoneNumber }, null)
  t.strictSame(
    calls.map(({ call: { sessionId } }) => sessionId),
    ['session-CB3', 'session-CC2'],
  )
})

onBoth('what webhooks have sent of erased events is gone, and of others stays', async (t, storage) => {
  await recordAll(storage, [
    ...call('CA1', BASE_MS),
    ...call('CA2', BASE_MS + 10 * MINUTE, { phoneNumber: '+919800000003' }),
  ])
  const endpointId = 'we_0000000000000001'
  const url = 'https://crm.example.com/webhooks'
  const webhook = { endpointId, url, eventTypes: ['call.ended'] as const, sealedSecrets: 'sealed', createdAt: 1 }
  await storage.createWebhook('client-a', webhook)
  const tried = { type: 'call.ended', attempt: 1, durationMs: 1, error: null, answer: '', at: 5, status: 200 }
  const deliveries = [1, 2, 3, 4].map((sequence) => ({ ...tried, sequence, messageId: `msg_${String(sequence)}` }))
  await storage.noteDeliveries('client-a', endpointId, deliveries)
  t.match(await eraseAll(storage, { phoneNumber: NUMBER }), { calls: 1, events: 2 })
  const left = await storage.personPage('client-a', { phoneNumber: '+919800000003' }, null)
  t.equal(left.deliveries.length, 2)
  const listed = await storage.webhookDeliveries({ clientId: 'client-a', endpointId, before: 100, limit: 10 })
  t.strictSame(
    listed.map(({ sequence }) => sequence),
    [4, 3],
  )
})

t.test('nothing of an erased person is in the files of the embedded store, by a server or beside one', async (t) => {
  const path = join(await scratchFolder(t), 'ribbon.db')
  const url = `file:${path}`
  const storage = await openStorage({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  await storage.createClient(newClient('client-a'))
  const others = Array.from({ length: 3000 }, (_, n) => {
    const phoneNumber = `+9197${String((n * 7919) % 100_000_000).padStart(8, '0')}`
    return call(`CB${String(n)}`, BASE_MS + n * MINUTE, {
      phoneNumber,
      customerData: { customerId: `K${String(n % 400)}`, name: `Name ${String(n)}` },
    })
  })
  const persons = Array.from({ length: 20 }, (_, n) => ({
    phoneNumber: `+9198765${String(n * 4001).padStart(5, '0')}`,
    customerData: { customerId: `ERASE-${String(n)}`, name: `Zebediah${String(n)} Quux` },
  }))
  const waiting: Promise<unknown>[] = []
  for (const [n, group] of others.entries()) {
    waiting.push(recordAll(storage, group))
    const person = persons[n % 300]
    if (person !== undefined) waiting.push(recordAll(storage, call(`CP${String(n)}`, BASE_MS + n * MINUTE, person)))
    if (waiting.length >= 50) await Promise.all(waiting.splice(0))
  }
  await Promise.all(waiting)
  await counted(storage)
  await storage.buildPages('client-a', 500)
  const texts = persons.flatMap(({ phoneNumber, customerData }) => [
    phoneNumber.slice(3),
    `${customerData.customerId}"`,
    `${customerData.name} `.trim(),
  ])
  t.not((await filesWith(dirname(path), texts)).length, 0, 'it was there')
  const [first, ...rest] = persons as [(typeof persons)[0], ...typeof persons]
  for (const { phoneNumber } of rest) await eraseAll(storage, { phoneNumber })
  t.equal(await storage.forgetErased(), true)
  t.strictSame(await filesWith(dirname(path), texts.slice(3)), [])

  const command = await openForCommand({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  await eraseAll(command, { customerId: first.customerData.customerId })
  t.equal(await command.forgetErased(), false, 'the log is the server’s')
  await command.close()
  await recordAll(storage, call('LAST', BASE_MS))
  t.equal(await storage.forgetErased(), true)
  t.strictSame(await filesWith(dirname(path), texts), [])
  await storage.close()
  const alone = await openForCommand({ url, maxCallAgeMs: MAX_CALL_AGE_MS })
  t.equal(await alone.forgetErased(), true, 'there is no log')
  await alone.close()
})
