import { finished } from 'node:stream/promises'
import { buffer, text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { mock } from 'node:test'
import t from 'tap'
import { ExportService } from '../../src/services/exports.js'
import { ExportStarts } from '../../src/services/export-starts.js'
import type { ExportQuery as AskedExport } from '../../schemas/export.js'
import type { Client } from '../../src/storage/port/clients.js'
import type { ExportChunk, ExportQuery } from '../../src/storage/port/exports.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { asRows, type NumberedCall, UNTOLD } from '../helpers/rows.js'

const CLIENT: Client = {
  clientId: 'client-demo',
  name: 'Demo Client',
  plan: 'trial',
  monthlyLimit: 100,
  features: [],
  allowedDomains: [],
  timezone: 'Asia/Kolkata',
  region: 'IN',
  retentionMonths: null,
  retentionPaused: false,
  missedCallWindowHours: 24,
  missedCallWindowIn: 'clock',
  requireAgentSessions: false,
  sealedExotel: '',
  sealedExotelApi: null,
  status: 'active',
  deletesAt: null,
}

const CALL: NumberedCall = {
  ...UNTOLD,
  number: 1,
  clientId: 'client-demo',
  sessionId: 'session-1760280743',
  startAt: Date.parse('2025-10-12T10:30:00Z'),
  answeredAt: Date.parse('2025-10-12T10:30:00Z'),
  endAt: Date.parse('2025-10-12T10:33:00Z'),
  ringSeconds: null,
  durationSeconds: 180,
  direction: 'outbound',
  status: 'completed',
  answered: true,
  phoneNumber: '+919876543210',
  agentUserId: 'agent-42',
  customerId: 'CUST001',
  customerData: { customerId: 'CUST001', name: 'John Doe' },
}

const ACTIVE: NumberedCall = {
  ...CALL,
  number: 3,
  answeredAt: null,
  endAt: null,
  ringSeconds: null,
  durationSeconds: null,
  status: 'active',
  phoneNumber: null,
  agentUserId: null,
  customerId: null,
  customerData: null,
}

/** The same call under another number: another call. */
const OTHER: NumberedCall = { ...CALL, number: 2 }

/** The last event recorded when an export begins: after all the calls above. */
const SEQUENCE = 10

/** What the store answers to the nth request for a chunk. */
type Chunk = (n: number) => readonly NumberedCall[] | Promise<readonly NumberedCall[]>

function listed(...chunks: (readonly NumberedCall[])[]): Chunk {
  return (n) => chunks[n] ?? []
}

interface Store {
  readonly chunk: Chunk
  readonly retainedFrom?: number | null
  readonly sequence?: number
  /** Calls that events touched while the export ran, in answers of one each. */
  readonly touched?: readonly NumberedCall[]
}

/** A service over a store, and what it asked the store for. */
function setUp({ chunk, retainedFrom = null, sequence: lastSequence = SEQUENCE, touched = [] }: Store) {
  const asked: ExportQuery['after'][] = []
  const sinces: number[] = []
  const storage: Partial<Storage> = {
    retainedFrom: async () => retainedFrom,
    exportChunk: async ({ after, rows }): Promise<ExportChunk> => {
      asked.push(after)
      const calls = await chunk(asked.length - 1)
      const last = calls.at(-1)
      return {
        rows: asRows(calls, rows),
        after: last === undefined ? null : { startAt: last.startAt, number: last.number },
        // What is recorded while the export runs does not change where it ends.
        sequence: lastSequence + asked.length - 1,
        retainedFrom,
      }
    },
    callsTouchedSince: async ({ rows }, sequence) => {
      sinces.push(sequence)
      const at = sequence - lastSequence
      const calls = touched.slice(at, at + 1)
      return { rows: asRows(calls, rows), sequence: sequence + 1, more: at + 1 < touched.length }
    },
  }
  const exports = new ExportService({
    storage: storage as Storage,
    readTime: () => ({ now: Date.parse('2025-10-12T12:00:00Z'), maxCallAgeMs: 1e12 }),
    // Of how many may start at a time there is a test of its own.
    starts: new ExportStarts({ client: 1000, all: 1000 }),
  })
  const contentOf = async (format: AskedExport['format'], client = CLIENT, more: Partial<AskedExport> = {}) => {
    const { content } = await exports.open(client, { format, excel: false, ...more })
    return content
  }
  return { exports, contentOf, asked, sinces }
}

const CSV = { format: 'csv', excel: false } as const

const HEADER = 'Session ID,Customer Name,Phone Number,Direction,Start Time,End Time,Duration (s),Customer ID\r\n'
const ROW =
  'session-1760280743,John Doe,+919876543210,outbound,2025-10-12T10:30:00Z,2025-10-12T10:33:00Z,180,CUST001\r\n'

t.test('CSV is the reference’s, a row a call, chunk after chunk', async (t) => {
  const { contentOf, asked } = setUp({ chunk: listed([CALL], [OTHER, ACTIVE]) })
  const active = 'session-1760280743,,,outbound,2025-10-12T10:30:00Z,,,\r\n'
  t.equal(await text(await contentOf('csv')), HEADER + ROW + ROW + active)
  const startAt = CALL.startAt
  t.strictSame(asked, [null, { startAt, number: 1 }, { startAt, number: 3 }], 'each chunk follows the one before')
})

t.test('an export of nothing is still a file', async (t) => {
  const { contentOf } = setUp({ chunk: listed() })
  t.equal(await text(await contentOf('csv')), HEADER)
  t.strictSame(JSON.parse(await text(await contentOf('json'))), {
    client: { clientId: 'client-demo', name: 'Demo Client' },
    exportDate: '2025-10-12T12:00:00Z',
    dateRange: { startDate: null, endDate: null },
    calls: [],
  })
})

t.test('JSON is one document, however many chunks it came in', async (t) => {
  const { contentOf } = setUp({ chunk: listed([CALL], [OTHER, ACTIVE]) })
  const { calls } = JSON.parse(await text(await contentOf('json'))) as { calls: unknown[] }
  t.equal(calls.length, 3)
  t.match(calls[2], { sessionId: 'session-1760280743', status: 'active' })
})

t.test('lines of JSON are the document’s calls, one a line, and nothing else', async (t) => {
  const { contentOf } = setUp({ chunk: listed([CALL], [OTHER, ACTIVE]) })
  const document = JSON.parse(
    await text(await setUp({ chunk: listed([CALL], [OTHER, ACTIVE]) }).contentOf('json')),
  ) as {
    calls: unknown[]
  }
  const lines = (await text(await contentOf('ndjson'))).split('\n')
  t.equal(lines.pop(), '', 'the last line is ended, too')
  t.strictSame(
    lines.map((line) => JSON.parse(line) as unknown),
    document.calls,
  )
  t.equal(await text(await setUp({ chunk: listed() }).contentOf('ndjson')), '')
})

t.test('columns are those asked for in their order, times on the clock asked for', async (t) => {
  const rowsOf = async (more: Partial<AskedExport>) => {
    const { contentOf } = setUp({ chunk: listed([CALL, ACTIVE]) })
    // As it is: read as text it would lose its byte order mark.
    return String(await buffer(await contentOf('csv', CLIENT, more))).split('\r\n')
  }
  t.strictSame(
    await rowsOf({
      columns: [
        'status',
        'answeredAt',
        'ringSeconds',
        'agentUserId',
        'localDate',
        'localHour',
        'startTime',
        'sessionId',
      ],
    }),
    [
      'Status,Answered At,Ring (s),Agent,Date,Hour,Start Time,Session ID',
      'completed,2025-10-12T10:30:00Z,,agent-42,2025-10-12,16,2025-10-12T10:30:00Z,session-1760280743',
      'active,,,,2025-10-12,16,2025-10-12T10:30:00Z,session-1760280743',
      '',
    ],
  )
  const time = async (more: Partial<AskedExport>) => rowsOf({ columns: ['startTime', 'localHour'], ...more })
  t.equal((await time({ times: 'offset' }))[1], '2025-10-12T16:00:00+05:30,16')
  t.equal((await time({ times: 'local', timezone: 'Europe/London' }))[1], '2025-10-12T11:30:00,11')
  t.strictSame((await time({ excel: true })).slice(0, 2), ['\uFEFFStart Time,Hour', '2025-10-12 16:00:00,16'])
  t.equal((await time({ excel: true, times: 'utc' }))[1], '2025-10-12T10:30:00Z,16')
  const texts = await rowsOf({ excel: true, columns: ['phoneNumber', 'customerId', 'duration'] })
  t.strictSame(texts.slice(1, 3), ['"=""+919876543210""",CUST001,180', ',,'], 'digits of a text are no number')
})

t.test('what only CSV has is refused for other formats', async (t) => {
  const { exports } = setUp({ chunk: listed() })
  const options: Partial<AskedExport>[] = [{ columns: ['status'] }, { times: 'local' }, { excel: true }]
  for (const option of options) {
    const [name] = Object.keys(option)
    for (const format of ['json', 'ndjson'] as const) {
      const refusal = { status: 400, message: `${String(name)} is for CSV alone: ask with format=csv.` }
      await t.rejects(exports.describe(CLIENT, { format, excel: false, ...option }), refusal)
      await t.rejects(exports.open(CLIENT, { format, excel: false, ...option }), refusal)
    }
  }
})

t.test('a call is in the file once: calls that events touched meanwhile are looked at in the end', async (t) => {
  const late = { ...CALL, sessionId: 'session-late', number: SEQUENCE }
  const tooLate = { ...CALL, sessionId: 'session-too-late', number: SEQUENCE + 1 }
  const { contentOf, sinces } = setUp({
    // The first call has moved, and comes again in the second chunk; the last began to be recorded after the export.
    chunk: listed([CALL], [OTHER, CALL, tooLate]),
    touched: [CALL, late, tooLate, late],
  })
  const csv = await text(await contentOf('csv'))
  t.equal(csv, HEADER + ROW + ROW + ROW.replace('session-1760280743', 'session-late'))
  t.strictSame(sinces, [10, 11, 12, 13], 'from the first chunk on, until there are no more')
})

t.test('spreadsheets run nothing of an export, and phone numbers stay as they are', async (t) => {
  const rowOf = async (name: string) => {
    const call = { ...CALL, customerData: { name } }
    const { contentOf } = setUp({ chunk: (n) => (n % 2 === 0 ? [call] : []) })
    const row = (await text(await contentOf('csv'))).slice(HEADER.length)
    t.equal(
      (await text(await contentOf('csv', CLIENT, { excel: true, times: 'utc' }))).includes("'"),
      row.includes("'"),
    )
    return row
  }
  for (const name of ['=1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '+cmd|x', '+1-1+cmd', '+']) {
    t.match(await rowOf(name), `'${name}`, JSON.stringify(name))
  }
  for (const name of ['+919876543210', '+91 98765 43210', 'a=b']) t.notMatch(await rowOf(name), "'", name)
  t.match(await rowOf('Doe, "Jo"\nB'), '"Doe, ""Jo""\nB"')
})

t.test('the file is named after the dates asked for', async (t) => {
  const { exports } = setUp({ chunk: listed() })
  for (const [query, name] of [
    [{}, 'call-logs-client-demo.json'],
    [{ startDate: '2025-10-01', endDate: '2025-10-31T23:59:59Z' }, 'call-logs-client-demo-2025-10-01-2025-10-31.json'],
    [{ startDate: '2025-10-01' }, 'call-logs-client-demo-from-2025-10-01.json'],
    [{ endDate: '2025-10-31' }, 'call-logs-client-demo-until-2025-10-31.json'],
  ] as const) {
    t.equal((await exports.describe(CLIENT, { format: 'json', excel: false, ...query })).fileName, name)
  }
  t.match(await exports.describe(CLIENT, CSV), { fileName: 'call-logs-client-demo.csv' })
})

t.test('a file says from when on calls are kept, unless all that was asked for is', async (t) => {
  const { exports, contentOf } = setUp({
    chunk: (n) => (n % 2 === 0 ? [CALL] : []),
    retainedFrom: Date.parse('2025-09-30T18:30:00Z'),
  })
  const retainedFrom = '2025-09-30T18:30:00Z'
  t.match(await exports.describe(CLIENT, CSV), { retainedFrom })
  t.match(JSON.parse(await text(await contentOf('json'))), { retainedFrom, calls: [{ duration: 180 }] })
  t.notMatch(await text(await contentOf('csv')), retainedFrom, 'rows are calls alone')
  t.match(await exports.open(CLIENT, { ...CSV, startDate: '2025-09-30' }), { retainedFrom })
  t.notOk('retainedFrom' in (await exports.describe(CLIENT, { ...CSV, startDate: '2025-10-01' })))
})

/** Opens exports that nobody reads, until the service refuses one. */
async function fill(contentOf: () => Promise<Readable>) {
  const opened: Readable[] = []
  for (;;) {
    try {
      opened.push(await contentOf())
    } catch (error) {
      return { opened, refusal: error as Error }
    }
  }
}

const REFUSAL = { name: 'ApiError', code: 'too_many_exports', status: 429, headers: { 'retry-after': '5' } }

t.test('a client may have 60 exports open, which leaves room for others; all together may have 200', async (t) => {
  const { contentOf } = setUp({ chunk: listed() })
  const own = await fill(() => contentOf('csv'))
  t.match(own.refusal, REFUSAL)
  t.equal(own.opened.length, 60)
  let all = own.opened
  for (let n = 0; all.length < 200; n += 1) {
    const { opened } = await fill(() => contentOf('csv', { ...CLIENT, clientId: `client-${String(n)}` }))
    t.ok(opened.length > 0)
    all = [...all, ...opened]
  }
  t.equal(all.length, 200)
  await t.rejects(contentOf('csv', { ...CLIENT, clientId: 'client-last' }), REFUSAL)
  all.at(-1)?.destroy()
  t.equal(await text(await contentOf('csv', { ...CLIENT, clientId: 'client-last' })), HEADER)
  for (const content of all) content.destroy()
  t.equal((await fill(() => contentOf('csv'))).opened.length, 60, 'all places came back, none twice')
})

t.test('an export gives its place back, however it ends', async (t) => {
  const { contentOf } = setUp({
    chunk: (n) => {
      if (n % 3 === 0) throw new Error('no store')
      return n % 3 === 1 ? [CALL] : Promise.reject(new Error('disk gone'))
    },
  })
  for (let n = 0; n < 61; n += 1) {
    await t.rejects(contentOf('csv'), { message: 'no store' }, 'a failure to start is an error before anything is sent')
    await t.rejects(text(await contentOf('csv')), { message: 'disk gone' }, 'one half-way breaks the stream off')
  }
  const endless = setUp({ chunk: (n) => [{ ...CALL, number: n % SEQUENCE }] })
  for (let n = 0; n < 61; n += 1) {
    const content = await endless.contentOf('csv')
    // A reader may leave before it has read anything.
    if (n % 2 === 0) await content[Symbol.asyncIterator]().next()
    content.destroy()
    await t.rejects(finished(content), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
  }
})

t.test('a reader that leaves while a chunk is being read ends the reading', async (t) => {
  let answer: (calls: NumberedCall[]) => void = () => undefined
  const { contentOf, asked } = setUp({
    chunk: (n) => (n === 0 ? [CALL] : new Promise((resolve) => (answer = resolve))),
  })
  const content = await contentOf('csv')
  const pieces = content[Symbol.asyncIterator]()
  await pieces.next()
  await pieces.next()
  content.destroy()
  answer([OTHER])
  await t.rejects(finished(content))
  await new Promise(setImmediate)
  t.equal(asked.length, 2, 'no further chunk is asked for')
})

t.test('a reader that takes less than 20 KiB in 7 s is let go; one that takes more is not', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  let number = 0
  const calls = () => Array.from({ length: 500 }, () => ({ ...CALL, number: (number += 1) }))
  const { contentOf } = setUp({ chunk: calls, sequence: Infinity })
  const slow = await contentOf('csv')
  const steady = await contentOf('csv')
  const [slowPieces, steadyPieces] = [slow, steady].map((content) => content[Symbol.asyncIterator]())
  const take = async (pieces: typeof steadyPieces) => String((await pieces?.next())?.value).length
  // What a stream holds ready counts as taken.
  for (let taken = 0; taken < 200_000;) taken += await take(slowPieces)
  const isLetGo: boolean[] = []
  for (let period = 0; period < 4; period += 1) {
    for (let taken = 0; taken < 20 * 1024;) taken += await take(steadyPieces)
    mock.timers.tick(7_000)
    isLetGo.push(slow.destroyed)
  }
  t.strictSame(isLetGo, [false, true, true, true])
  t.notOk(steady.destroyed)
  await t.rejects(finished(slow), { message: 'the reader of an export is too slow' })
  steady.destroy()
})

t.test('who waits for the store is not too slow', async (t) => {
  mock.timers.enable({ apis: ['setInterval'] })
  t.teardown(() => {
    mock.timers.reset()
  })
  let answer: (calls: NumberedCall[]) => void = () => undefined
  const { contentOf } = setUp({
    chunk: (n) => (n === 0 ? [CALL] : n > 1 ? [] : new Promise((resolve) => (answer = resolve))),
  })
  const whole = text(await contentOf('csv'))
  await new Promise(setImmediate)
  mock.timers.tick(90_000)
  answer([OTHER])
  t.equal(await whole, HEADER + ROW + ROW)
})
