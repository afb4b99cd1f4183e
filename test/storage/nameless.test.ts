/** Events that name no call, where they or the calls of their number are very many. */
import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import type { Call } from '../../src/core/call.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const MAX_CALL_AGE_MS = 4 * 3_600_000
const AT = Date.parse('2026-03-02T10:00:00Z')
const NUMBER = '+919876543210'

t.setTimeout(400_000)

let clients = 0

async function newClientOf(storage: Storage): Promise<string> {
  const clientId = `client-${String((clients += 1))}`
  await storage.createClient(newClient(clientId))
  return clientId
}

function nameless(clientId: string, second: number, members: Partial<NewEvent> = {}): NewEvent {
  return newEvent({
    clientId,
    event: 'dtmf',
    data: { phoneNumber: NUMBER, customerData: { last: String(second).padStart(5, '0') } },
    occurredAt: AT + second * 1000,
    ...members,
  })
}

function named(clientId: string, callSid: string, event: string, second: number): NewEvent {
  return newEvent({ clientId, event, data: { callSid, phoneNumber: NUMBER }, occurredAt: AT + second * 1000 })
}

async function callsOf(storage: Storage, clientId: string): Promise<readonly Call[]> {
  const { recent } = await storage.report({ clientId, range: OPEN_RANGE, zone: 'UTC', recent: LIMITS.pageSize })
  return recent.map((call) => ({ ...call, clientId: '', number: 0 }))
}

const recordAll = (storage: Storage, events: readonly NewEvent[]) =>
  Promise.all(events.map((event) => storage.record(event)))

for (const engine of ENGINES) {
  const storage = await scratchStorage(t, MAX_CALL_AGE_MS, engine)

  t.test(`${engine}: a call of no number takes no event of a number`, async (t) => {
    const clientId = await newClientOf(storage)
    await storage.record(nameless(clientId, 0))
    await storage.record(newEvent({ clientId, event: 'connected', data: { callSid: 'CA1' }, occurredAt: AT - 60_000 }))
    t.match(await callsOf(storage, clientId), [
      { phoneNumber: NUMBER },
      { sessionId: 'session-CA1', phoneNumber: null },
    ])
  })

  t.test(`${engine}: a call takes so many events that name none, the first in time, in any order`, async (t) => {
    const seconds = Array.from({ length: LIMITS.namelessOfCall + 20 }, (_, n) => n)
    const events = (clientId: string) => [
      named(clientId, 'CA1', 'dialing', 0),
      ...seconds.map((second) => nameless(clientId, second)),
    ]
    const forth = await newClientOf(storage)
    await recordAll(storage, events(forth))
    const back = await newClientOf(storage)
    await recordAll(storage, events(back).reverse())
    const mixed = await newClientOf(storage)
    const all = events(mixed)
    await recordAll(
      storage,
      all.filter((_, n) => n % 2 === 0),
    )
    await recordAll(
      storage,
      all.filter((_, n) => n % 2 === 1),
    )
    const [call, ...others] = await callsOf(storage, forth)
    t.strictSame(others, [])
    t.strictSame(call?.customerData, { last: String(LIMITS.namelessOfCall - 1).padStart(5, '0') })
    t.strictSame(await callsOf(storage, back), [call])
    t.strictSame(await callsOf(storage, mixed), [call])
    const page = await storage.listEvents({
      clientId: forth,
      range: OPEN_RANGE,
      customerId: null,
      event: null,
      direction: null,
      pageSize: 1,
      position: { page: 1 },
    })
    t.equal(page.total, LIMITS.namelessOfCall + 21, 'those beyond are kept')
  })

  t.test(`${engine}: an unnamed call takes so many events, and the next one begins another`, async (t) => {
    const seconds = Array.from({ length: LIMITS.namelessOfCall + 1 }, (_, n) => n)
    const forth = await newClientOf(storage)
    await recordAll(
      storage,
      seconds.map((second) => nameless(forth, second)),
    )
    const back = await newClientOf(storage)
    await recordAll(
      storage,
      seconds.reverse().map((second) => nameless(back, second)),
    )
    const calls = await callsOf(storage, forth)
    t.strictSame(
      calls.map(({ startAt }) => startAt),
      [AT + LIMITS.namelessOfCall * 1000, AT],
    )
    t.strictSame(await callsOf(storage, back), calls)
  })

  t.test(`${engine}: a late event finds its call among very many of one number`, async (t) => {
    const client = await newClientOf(storage)
    const count = LIMITS.namelessEvents + 3 * LIMITS.callsOfNumber
    const calls = Array.from({ length: count }, (_, n) => [
      named(client, `CA${String(n)}`, 'dialing', n * 10),
      named(client, `CA${String(n)}`, 'callEnded', n * 10 + 5),
    ])
    await recordAll(storage, [...calls.flat(), nameless(client, count * 10)])
    await storage.record(nameless(client, 57))
    const { recent } = await storage.report({
      clientId: client,
      range: { from: AT, to: AT + 100_000 },
      zone: 'UTC',
      recent: 20,
    })
    t.strictSame(
      recent.filter(({ customerData }) => customerData !== null).map(({ sessionId }) => sessionId),
      ['session-CA5'],
    )
  })

  t.test(`${engine}: an event finds its call behind very many that others took`, async (t) => {
    const client = await newClientOf(storage)
    // An unnamed call that is still open, then a named one that takes more events than are looked at together.
    await storage.record(nameless(client, 0))
    await storage.record(named(client, 'CA1', 'dialing', 1))
    const taken = Array.from({ length: LIMITS.namelessEvents + 10 }, (_, n) => nameless(client, 2 + n))
    await recordAll(storage, taken)
    const end = LIMITS.namelessEvents + 100
    await storage.record(named(client, 'CA1', 'callEnded', end))
    await storage.record(nameless(client, end + 61, { event: 'callEnded' }))
    const calls = await callsOf(storage, client)
    t.strictSame(
      calls.map(({ startAt, endAt }) => [startAt, endAt]),
      [
        [AT + 1000, AT + end * 1000],
        [AT, AT + (end + 61) * 1000],
      ],
    )
  })
}
