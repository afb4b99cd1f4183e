import { finished } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import t from 'tap'
import type { Call } from '../../src/core/call.js'
import { ExportService } from '../../src/services/exports.js'
import type { Client, Storage } from '../../src/storage/port.js'

const CLIENT: Client = {
  clientId: 'client-demo',
  name: 'Demo Client',
  plan: 'trial',
  monthlyLimit: 100,
  features: [],
  allowedDomains: [],
  timezone: 'Asia/Kolkata',
  retentionMonths: null,
  sealedExotel: '',
  status: 'active',
}

const CALL: Call = {
  clientId: 'client-demo',
  sessionId: 'session-1760280743',
  startAt: Date.parse('2025-10-12T10:30:00Z'),
  answeredAt: Date.parse('2025-10-12T10:30:00Z'),
  endAt: Date.parse('2025-10-12T10:33:00Z'),
  durationSeconds: 180,
  direction: 'outbound',
  status: 'completed',
  answered: true,
  phoneNumber: '+919876543210',
  customerId: 'CUST001',
  customerData: { customerId: 'CUST001', name: 'John Doe' },
}

const ACTIVE: Call = {
  ...CALL,
  answeredAt: null,
  endAt: null,
  durationSeconds: null,
  status: 'active',
  phoneNumber: null,
  customerId: null,
  customerData: null,
}

/** A service over these chunks of calls, and whether their source was freed. */
function setUp(chunks: () => AsyncIterable<readonly Call[]>, retainedFrom: Storage['retainedFrom'] = async () => null) {
  const state = { freed: false }
  const exportCalls = async function* () {
    try {
      yield* chunks()
    } finally {
      state.freed = true
    }
  }
  const storage = { exportCalls, retainedFrom } as unknown as Storage
  const exports = new ExportService({ storage, clock: () => Date.parse('2025-10-12T12:00:00Z'), maxCallAgeMs: 1e12 })
  const contentOf = async (format: 'csv' | 'json') => {
    const { content } = await exports.open(CLIENT, { format })
    return content as NonNullable<typeof content>
  }
  return { exports, contentOf, state }
}

async function* listed(...chunks: (readonly Call[])[]) {
  yield* chunks
}

const HEADER = 'Session ID,Customer Name,Phone Number,Direction,Start Time,End Time,Duration (s),Customer ID\r\n'
const ROW =
  'session-1760280743,John Doe,+919876543210,outbound,2025-10-12T10:30:00Z,2025-10-12T10:33:00Z,180,CUST001\r\n'

t.test('CSV is the reference’s, a row a call, chunk after chunk', async (t) => {
  const { contentOf } = setUp(() => listed([CALL], [], [CALL, ACTIVE]))
  const active = 'session-1760280743,,,outbound,2025-10-12T10:30:00Z,,,\r\n'
  t.equal(await text(await contentOf('csv')), HEADER + ROW + ROW + active)
})

t.test('an export of nothing is still a file', async (t) => {
  const { contentOf } = setUp(() => listed())
  t.equal(await text(await contentOf('csv')), HEADER)
  t.strictSame(JSON.parse(await text(await contentOf('json'))), {
    client: { clientId: 'client-demo', name: 'Demo Client' },
    exportDate: '2025-10-12T12:00:00Z',
    dateRange: { startDate: null, endDate: null },
    calls: [],
  })
})

t.test('JSON is one document, however many chunks it came in', async (t) => {
  const { contentOf } = setUp(() => listed([], [CALL], [CALL, ACTIVE]))
  const { calls } = JSON.parse(await text(await contentOf('json'))) as { calls: unknown[] }
  t.equal(calls.length, 3)
  t.match(calls[2], { sessionId: 'session-1760280743', status: 'active' })
})

t.test('spreadsheets run nothing of an export, and phone numbers stay as they are', async (t) => {
  const rowOf = async (name: string) => {
    const { contentOf } = setUp(() => listed([{ ...CALL, customerData: { name } }]))
    return (await text(await contentOf('csv'))).slice(HEADER.length)
  }
  for (const name of ['=1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '+cmd|x', '+1-1+cmd', '+']) {
    t.match(await rowOf(name), `'${name}`, JSON.stringify(name))
  }
  for (const name of ['+919876543210', '+91 98765 43210', 'a=b']) t.notMatch(await rowOf(name), "'", name)
  t.match(await rowOf('Doe, "Jo"\nB'), '"Doe, ""Jo""\nB"')
})

t.test('the file is named after the dates asked for', async (t) => {
  const { exports } = setUp(() => listed())
  for (const [query, name] of [
    [{}, 'call-logs.json'],
    [{ startDate: '2025-10-01', endDate: '2025-10-31T23:59:59Z' }, 'call-logs-2025-10-01-2025-10-31.json'],
    [{ startDate: '2025-10-01' }, 'call-logs-from-2025-10-01.json'],
    [{ endDate: '2025-10-31' }, 'call-logs-until-2025-10-31.json'],
  ] as const) {
    t.equal((await exports.describe(CLIENT, { format: 'json', ...query })).fileName, name)
  }
  t.match(await exports.describe(CLIENT, { format: 'csv' }), { fileName: 'call-logs.csv', content: null })
})

t.test('a file says from when on calls are kept, unless all that was asked for is', async (t) => {
  const { exports, contentOf } = setUp(
    () => listed([CALL]),
    async () => Date.parse('2025-09-30T18:30:00Z'),
  )
  const retainedFrom = '2025-09-30T18:30:00Z'
  t.match(await exports.describe(CLIENT, { format: 'csv' }), { retainedFrom })
  t.match(await exports.open(CLIENT, { format: 'csv', startDate: '2025-09-30' }), { retainedFrom })
  t.match(JSON.parse(await text(await contentOf('json'))), { retainedFrom, calls: [{ duration: 180 }] })
  t.notMatch(await text(await contentOf('csv')), retainedFrom, 'rows are calls alone')
  t.notOk('retainedFrom' in (await exports.describe(CLIENT, { format: 'csv', startDate: '2025-10-01' })))
})

t.test('a store that cannot say what is kept frees the source, and is an error before anything is sent', async (t) => {
  const { contentOf, state } = setUp(
    () => listed([CALL], [CALL]),
    () => Promise.reject(new Error('no store')),
  )
  await t.rejects(contentOf('csv'), { message: 'no store' })
  t.ok(state.freed)
})

t.test('a source that cannot start is an error before anything is sent', async (t) => {
  const { contentOf } = setUp(async function* () {
    yield* await Promise.reject<readonly Call[][]>(new Error('no store'))
  })
  await t.rejects(contentOf('csv'), { message: 'no store' })
})

t.test('a source that fails half-way breaks the stream off', async (t) => {
  const { contentOf, state } = setUp(async function* () {
    yield [CALL]
    yield* await Promise.reject<readonly Call[][]>(new Error('disk gone'))
  })
  await t.rejects(text(await contentOf('csv')), { message: 'disk gone' })
  t.ok(state.freed)
})

t.test('a reader that leaves frees the source at once, even before it read anything', async (t) => {
  for (const read of [true, false]) {
    const { contentOf, state } = setUp(async function* () {
      for (;;) yield [CALL]
    })
    const content = await contentOf('csv')
    if (read) await content[Symbol.asyncIterator]().next()
    content.destroy()
    await finished(content).catch(() => undefined)
    t.ok(state.freed)
  }
})

t.test('a source that cannot be freed is said, and one that needs no freeing is left', async (t) => {
  const iterate = (iterator: AsyncIterator<readonly Call[]>) => ({ [Symbol.asyncIterator]: () => iterator })
  const open = async (iterator: AsyncIterator<readonly Call[]>) => {
    const storage = { exportCalls: () => iterate(iterator), retainedFrom: async () => null } as unknown as Storage
    const exports = new ExportService({ storage, clock: () => 0, maxCallAgeMs: 1 })
    return (await exports.open(CLIENT, { format: 'csv' })).content as NonNullable<
      Awaited<ReturnType<ExportService['open']>>['content']
    >
  }
  const next = async () => ({ done: true as const, value: undefined })
  t.equal(await text(await open({ next })), HEADER)
  const stuck = await open({ next, return: () => Promise.reject(new Error('stuck')) })
  await t.rejects(text(stuck), { message: 'stuck' })
  const broken = await open({ next, return: () => Promise.reject(new Error('stuck')) })
  broken.destroy(new Error('left'))
  await t.rejects(finished(broken), { message: 'left' })
})
