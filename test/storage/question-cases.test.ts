import t, { type Test } from 'tap'
import { addDays, startOfDay } from '../../src/core/calendar.js'
import { OPEN_RANGE } from '../../src/core/range.js'
import { LIMITS } from '../../src/core/limits.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { CallsAnswer, CallsQuestion } from '../../src/storage/port/questions.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { ENGINES, newClient, newEvent, scratchStorage, type EngineName } from '../helpers/storage.js'

/** What once was answered wrongly, and what random questions do not reach: see questions.test.ts. */

const ZONE = 'Asia/Kolkata'
const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const clientId = 'client-a'

function onBoth(name: string, scenario: (t: Test, storage: Storage, engine: EngineName) => Promise<void>): void {
  for (const engine of ENGINES) {
    t.test(`${engine}: ${name}`, async (t) => {
      const storage = await scratchStorage(t, 4 * 60 * MINUTE_MS, engine)
      await storage.createClient(newClient(clientId))
      await scenario(t, storage, engine)
    })
  }
}

/** Local time of a date. */
function at(date: string, hours: number, minutes = 0): number {
  return startOfDay(ZONE, date) + (hours * 60 + minutes) * MINUTE_MS
}

/** A call that rang and that nobody answered. */
function call(callSid: string, from: number, minutes: number, data: NewEvent['data'] = {}, agentUserId?: string) {
  const context = agentUserId === undefined ? {} : { agentUserId }
  return [
    newEvent({ event: 'incoming', data: { callSid, ...data }, context, occurredAt: from }),
    newEvent({ event: 'missed', data: { callSid }, occurredAt: from + minutes * MINUTE_MS }),
  ]
}

async function ask(storage: Storage, asked: Partial<CallsQuestion>) {
  const answer = await storage.askCalls({
    ...{ clientId, range: OPEN_RANGE, zone: ZONE, now: at('2025-12-31', 0), comparedTo: null },
    ...{ metrics: ['calls'], groupBy: [], filters: {}, sort: null, limit: 10_000, fill: false },
    ...{ serviceLevelSeconds: 20, abandonSeconds: 5, windowHours: 24, windowIn: 'clock' as const },
    ...asked,
  })
  return answer as Extract<CallsAnswer, { status: 'answered' }>
}

const told = ({ rows }: Pick<Awaited<ReturnType<typeof ask>>, 'rows'>) =>
  rows.map(({ keys, values }) => [...keys, ...values])

onBoth('what is no longer kept vanishes from answers at once, whatever is left to drop', async (t, storage) => {
  const days = Array.from({ length: 6 }, (_, n) => addDays('2025-10-10', n))
  const data = { phoneNumber: '+919876543210' }
  await storage.recordAll(days.flatMap((date, n) => call(`CA${n}`, at(date, 10, 7), 1, data)))
  const answers = async () => [
    told(await ask(storage, { groupBy: ['phoneNumber'], metrics: ['calls', 'ringSeconds', 'uniqueNumbers'] })),
    told(await ask(storage, { range: { from: at('2025-10-10', 10, 5), to: at('2025-10-10', 10, 10) } })),
    told(await ask(storage, { groupBy: ['date'], metrics: ['peakConcurrent'] })),
  ]
  await storage.buildPages(clientId, 100)
  const [before] = await answers()
  t.same(before, [['+919876543210', 6, 360, 1]])
  // The events alone are as many as the first batch takes.
  for (let batches = 0; (await storage.dropBefore(clientId, at('2025-10-13', 0), 3)) > 0; batches++) {
    t.same(
      await answers(),
      [
        [
          ['+919876543210', 3, 180, 1],
          [null, 3, 0, 0],
        ],
        [],
        [
          ['2025-10-10', 0],
          ['2025-10-11', 0],
          ['2025-10-12', 0],
          ['2025-10-13', 1],
          ['2025-10-14', 1],
          ['2025-10-15', 1],
        ],
      ],
      `after ${batches + 1} batches`,
    )
  }
})

onBoth('a call goes on in a day in which none begins, and no longer than a day', async (t, storage) => {
  await storage.recordAll(call('CA1', at('2025-10-10', 23, 50), 20))
  await storage.recordAll(call('CA2', at('2025-10-20', 12), 30 * 1440))
  await storage.recordAll(call('CA3', at('2025-12-20', 12), 1))
  const peaks = async () => told(await ask(storage, { groupBy: ['date'], metrics: ['peakConcurrent'] }))
  const expected = ['2025-10-10', '2025-10-11', '2025-10-20', '2025-10-21', '2025-12-20'].map((date) => [date, 1])
  t.same(await peaks(), expected)
  t.same(await peaks(), expected, 'from memory')
  const range = { from: at('2025-11-05', 0), to: at('2025-11-06', 0) }
  t.same(told(await ask(storage, { range, metrics: ['peakConcurrent', 'calls'] })), [])
  t.same((await ask(storage, { range, metrics: ['peakConcurrent', 'calls'] })).total.values, [0, 0])
})

onBoth('what passes with time alone is not remembered: calls go on, and expire', async (t, storage) => {
  await storage.record(newEvent({ event: 'incoming', data: { callSid: 'CA1' }, occurredAt: at('2025-10-10', 12) }))
  const range = { from: at('2025-10-10', 0), to: at('2025-10-11', 0) }
  const asked = async (hours: number) => {
    const now = at('2025-10-10', hours)
    const byStatus = told(await ask(storage, { range, now, groupBy: ['status'] }))
    const filtered = await ask(storage, { range, now, filters: { status: ['active'] } })
    const peaks = told(await ask(storage, { range, now, groupBy: ['hourOfDay'], metrics: ['peakConcurrent'] }))
    return [byStatus, filtered.total.values, peaks.filter(([, peak]) => peak === 1).map(([hour]) => hour)]
  }
  t.same(await asked(13), [[['active', 1]], [1], [12]])
  t.same(await asked(15), [[['active', 1]], [1], [12, 13, 14]])
  t.same(await asked(16), [[['expired', 1]], [0], []])
})

onBoth('the peak of a day falls with a call of the day before that went on in it', async (t, storage) => {
  await storage.recordAll([
    ...call('CA1', at('2025-10-10', 23, 50), 20),
    ...call('CA2', at('2025-10-11', 0, 5), 20),
    ...call('CA3', at('2025-10-20', 12), 1),
  ])
  const range = { from: at('2025-10-11', 0), to: at('2025-10-12', 0) }
  const peak = async () => (await ask(storage, { range, metrics: ['peakConcurrent'] })).total.values[0]
  t.equal(await peak(), 2)
  const data = { callSid: 'CA1' }
  await storage.record(newEvent({ event: 'voided', source: 'operator', data, occurredAt: at('2025-12-01', 0) }))
  t.equal(await peak(), 1)
})

onBoth(
  'what was counted in one zone is forgotten in another: days may lose their calls meanwhile',
  async (t, storage) => {
    const dates = ['2025-10-10', '2025-10-11', '2025-10-12', '2025-11-20']
    await storage.recordAll(dates.flatMap((date, n) => call(`CA${n}`, at(date, 12), 1)))
    const october = { range: { from: at('2025-10-01', 0), to: at('2025-11-01', 0) } }
    t.same((await ask(storage, october)).total.values, [3])
    await storage.record(
      newEvent({ event: 'voided', source: 'operator', data: { callSid: 'CA1' }, occurredAt: at('2025-12-01', 0) }),
    )
    for (const timezone of ['America/New_York', ZONE]) {
      await storage.updateClient(clientId, { timezone })
      t.same((await ask(storage, october)).total.values, [2], timezone)
    }
  },
)

onBoth('a series has no gap, also of who had calls in the range of comparison alone', async (t, storage) => {
  await storage.recordAll([
    ...call('CA1', at('2025-10-10', 12), 1, {}, 'agent-1'),
    ...call('CA2', at('2025-10-13', 12), 1, {}, 'agent-2'),
  ])
  const range = { from: at('2025-10-12', 0), to: at('2025-10-14', 0) }
  const comparedTo = { from: at('2025-10-10', 0), to: at('2025-10-12', 0) }
  const { rows } = await ask(storage, { range, comparedTo, fill: true, groupBy: ['date', 'agent'] })
  t.same(
    rows.map(({ keys, values, previous }) => [...keys, ...values, ...(previous ?? [])]),
    [
      ['2025-10-12', 'agent-1', 0, 1],
      ['2025-10-12', 'agent-2', 0, 0],
      ['2025-10-13', 'agent-1', 0, 0],
      ['2025-10-13', 'agent-2', 1, 0],
    ],
  )
})

onBoth('calls that name no customer and no number are found by just that', async (t, storage) => {
  const customerData = { customerId: 'CUST001' }
  await storage.recordAll([
    ...call('CA1', at('2025-10-10', 12), 1, { phoneNumber: '09876543210', customerData }),
    ...call('CA2', at('2025-10-11', 12), 1),
  ])
  const count = async (filters: CallsQuestion['filters']) => (await ask(storage, { filters })).total.values[0]
  t.equal(await count({ customer: [null] }), 1)
  t.equal(await count({ customer: [null, 'CUST001', 'nobody'] }), 2)
  t.equal(await count({ phoneNumber: [null] }), 1)
  t.equal(await count({ phoneNumber: ['98765 43210'], virtualNumber: [null] }), 1)
})

onBoth('an agent and a customer may be called what JavaScript gives every object', async (t, storage) => {
  const id = '__proto__'
  const customerData = JSON.parse(`{"customerId": "${id}", "name": "Nasty"}`) as { customerId: string }
  await storage.recordAll(call('CA1', at('2025-10-10', 12), 1, { customerData }, id))
  const { rows, agents, customers } = await ask(storage, { groupBy: ['agent', 'customer'] })
  t.same(rows[0]?.keys, [id, id])
  t.same([Object.entries(agents), Object.entries(customers)], [[[id, null]], [[id, 'Nasty']]])
})

onBoth('more groups than one answer may have are refused', async (t, storage) => {
  t.same(await ask(storage, { groupBy: ['hour'], fill: true }), { status: 'too-large', what: 'groups' })
  t.equal(
    (await ask(storage, { groupBy: ['month'], fill: true })).rows.length,
    1202,
    'from December 1999 to January 2100',
  )
})

onBoth('who is not known has no calls', async (t, storage) => {
  const asked = { clientId: 'nobody', filters: { customer: ['CUST001'] } }
  const { rows, total, agents, customers, retainedFrom } = await ask(storage, {
    ...asked,
    ...{ metrics: ['calls', 'peakConcurrent'], groupBy: ['agent', 'customer'], fill: true },
  })
  t.same([rows, total.values, agents, customers, retainedFrom], [[], [0, 0], {}, {}, null])
  t.same((await ask(storage, asked)).total.values, [0])
})

onBoth('whatever else is wrong with a question is not taken for its size', async (t, storage) => {
  await t.rejects(ask(storage, { zone: 'Nowhere/Land', groupBy: ['date'], fill: true }), /NOWHERE/i)
})

t.test('postgres: more calls or groups than one question may cost are refused', async (t) => {
  const storage = await scratchStorage(t, 4 * 60 * MINUTE_MS, 'postgres')
  await storage.createClient(newClient(clientId))
  await storage.recordAll(
    Array.from({ length: 4 }, (_, n) => call(`CA${n}`, at('2025-10-10', 12) + n * DAY_MS, 1, {}, `agent-${n}`)).flat(),
  )
  // The limits of a server are too high to be reached here.
  const limits = LIMITS as { askedCalls: number; askedGroups: number }
  const { askedCalls, askedGroups } = limits
  t.teardown(() => Object.assign(limits, { askedCalls, askedGroups }))
  limits.askedCalls = 3
  t.same(await ask(storage, {}), { status: 'too-large', what: 'calls' })
  limits.askedCalls = 4
  t.equal((await ask(storage, {})).status, 'answered')
  limits.askedGroups = 3
  t.same(await ask(storage, { groupBy: ['agent'] }), { status: 'too-large', what: 'groups' })
  limits.askedGroups = 4
  t.equal((await ask(storage, { groupBy: ['agent'] })).rows.length, 4)
})
