/** When a client is at work: kept by the date from which it is so, and what that makes of questions about calls. */
import t, { type Test } from 'tap'
import { BEGINNING } from '../../src/core/analytics/vocabulary.js'
import type { Schedule } from '../../src/core/analytics/schedule.js'
import { LIMITS } from '../../src/core/limits.js'
import type { AuditEntry } from '../../src/storage/port/audit-log.js'
import type { CallsQuestion } from '../../src/storage/port/questions.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { ENGINES, newClient, newEvent, scratchStorage } from '../helpers/storage.js'

const NOW = Date.parse('2025-10-17T12:00:00Z')
const A = 'client-a'

function onBoth(name: string, scenario: (t: Test, storage: Storage) => Promise<unknown>): void {
  for (const engine of ENGINES) {
    t.test(`${engine}: ${name}`, async (t) => {
      const storage = await scratchStorage(t, 4 * 3_600_000, engine)
      await storage.createClient(newClient(A))
      await storage.createClient(newClient('client-b'))
      await scenario(t, storage)
    })
  }
}

function daily(from: string, to: string): Schedule {
  return { weekly: [{ days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], from, to }] }
}

const [EARLY, LATE] = [daily('09:00', '10:00'), daily('12:00', '24:00')]
const entry: AuditEntry = {
  ...{ at: NOW, actor: 'asha', action: 'business-hours.set', clientId: A },
  ...{ details: { appliesFrom: BEGINNING }, requestId: null },
}

onBoth('what is set from a date on takes the place of what was set from it or a later one on', async (t, storage) => {
  const set = (appliesFrom: string, schedule: Schedule | null) => storage.setBusinessHours(A, { appliesFrom, schedule })
  t.same(await storage.businessHours(A), [])
  t.same(await storage.businessHours('nobody'), [])
  for (const date of ['2025-10-01', '2025-12-01', '2025-11-01']) t.equal(await set(date, EARLY), true)
  await set(BEGINNING, EARLY)
  await set('2025-10-01', LATE)
  await set('2025-11-01', null)
  t.same(await storage.businessHours(A), [
    { appliesFrom: BEGINNING, schedule: EARLY },
    { appliesFrom: '2025-10-01', schedule: LATE },
    { appliesFrom: '2025-11-01', schedule: null },
  ])
  t.same(await storage.businessHours('client-b'), [], 'another client has its own')
  await set('2025-10-01', EARLY)
  t.same(
    (await storage.businessHours(A)).map(({ appliesFrom }) => appliesFrom),
    [BEGINNING, '2025-10-01'],
  )
  await set(BEGINNING, LATE)
  t.same(await storage.businessHours(A), [{ appliesFrom: BEGINNING, schedule: LATE }])
})

onBoth('there are only so many of a client, and one that is refused leaves no entry', async (t, storage) => {
  const dates = Array.from({ length: LIMITS.scheduleVersions }, (_, day) =>
    new Date(NOW + day * 86_400_000).toISOString().slice(0, 10),
  )
  const [first = ''] = dates
  const hours = dates.map((appliesFrom) => ({ appliesFrom, schedule: EARLY }))
  for (const version of hours) await storage.setBusinessHours(A, version)
  const more = { appliesFrom: '2099-01-01', schedule: EARLY }
  t.equal(await storage.setBusinessHours(A, more), false)
  t.equal(await storage.administer(['setBusinessHours', A, more], entry), false)
  t.same(await storage.businessHours(A), hours)
  t.same(await storage.auditLog({ clientId: A, before: null, limit: 9 }), [])
  t.equal(await storage.administer(['setBusinessHours', A, { appliesFrom: first, schedule: LATE }], entry), true)
  t.same(await storage.businessHours(A), [{ appliesFrom: first, schedule: LATE }])
  t.match(await storage.auditLog({ clientId: A, before: null, limit: 9 }), [{ action: 'business-hours.set' }])
})

onBoth('they go with their client', async (t, storage) => {
  await storage.setBusinessHours(A, { appliesFrom: BEGINNING, schedule: EARLY })
  await storage.updateClient(A, { deletesAt: NOW })
  while ((await storage.deleteClient(A, 100, { ...entry, action: 'client.deleted' })) > 0) continue
  t.same(await storage.businessHours(A), [])
})

function asked(members: Partial<CallsQuestion>): CallsQuestion {
  return {
    clientId: A,
    metrics: ['calls', 'missed', 'serviceLevel', 'peakConcurrent'],
    groupBy: [],
    sort: { by: 'group', descending: false },
    limit: 100,
    range: { from: Date.parse('2025-08-31T18:30:00Z'), to: NOW },
    zone: 'UTC',
    now: NOW,
    comparedTo: null,
    filters: {},
    serviceLevelSeconds: 20,
    abandonSeconds: 5,
    windowHours: 24,
    windowIn: 'clock' as const,
    fill: false,
    ...members,
  }
}

/** Values of the metrics, by the keys of their group. */
async function answered(storage: Storage, members: Partial<CallsQuestion>): Promise<Record<string, unknown>> {
  const answer = await storage.askCalls(asked(members))
  if (answer.status !== 'answered') throw new Error(answer.what)
  const rows = answer.rows.map(({ keys, values }) => [keys.join(' '), values] as const)
  return { ...Object.fromEntries(rows), total: answer.total.values }
}

/** Calls at these times of India’s clock: answered after as many seconds as told, missed where none are. */
async function place(storage: Storage, calls: readonly (readonly [at: string, answeredAfter: number | null])[]) {
  for (const [index, [at, answeredAfter]] of calls.entries()) {
    const startAt = Date.parse(`${at}:00+05:30`)
    const data = { callSid: `CA${String(index)}`, callDirection: 'inbound' }
    const tell = (event: string, seconds: number) =>
      storage.record(newEvent({ event, data, occurredAt: startAt + seconds * 1000 }))
    await tell('incoming', 0)
    if (answeredAfter !== null) await tell('connected', answeredAfter)
    await tell(answeredAfter === null ? 'missed' : 'callEnded', 60)
  }
}

onBoth('calls are grouped and filtered by business hours, and a change changes what it says', async (t, storage) => {
  await place(storage, [
    ['2025-09-01T09:30', 10],
    ['2025-09-01T13:00', null],
    ['2025-09-02T09:15', 30],
    ['2025-10-13T09:30', null],
    ['2025-10-13T13:00', 10],
    ['2025-10-17T09:59', 30],
  ])
  const byHours = () => answered(storage, { groupBy: ['businessHours'] })
  const total = [6, 2, 0.3333, 1]
  t.same(await byHours(), { '': total, total }, 'nobody set any')

  await storage.setBusinessHours(A, { appliesFrom: BEGINNING, schedule: EARLY })
  const early = { in: [4, 1, 0.25, 1], out: [2, 1, 0.5, 1], total }
  t.same(await byHours(), early)
  t.same(await byHours(), early, 'from what was counted before, too')
  const only = (...businessHours: (string | null)[]) => answered(storage, { filters: { businessHours } })
  t.same(await only('in'), { '': [4, 1, 0.25, 1], total: [4, 1, 0.25, 1] })
  t.same(await only('out'), { '': [2, 1, 0.5, 1], total: [2, 1, 0.5, 1] })
  t.same(await only('in', 'out'), { '': total, total })
  const byMonth = () => answered(storage, { metrics: ['calls'], groupBy: ['month', 'businessHours'] })
  t.same(await byMonth(), {
    '2025-09 in': [2],
    '2025-09 out': [1],
    '2025-10 in': [2],
    '2025-10 out': [1],
    total: [6],
  })

  await storage.setBusinessHours(A, { appliesFrom: '2025-10-01', schedule: LATE })
  t.same(
    await byMonth(),
    { '2025-09 in': [2], '2025-09 out': [1], '2025-10 in': [1], '2025-10 out': [2], total: [6] },
    'the past is as it was',
  )
  await storage.setBusinessHours(A, { appliesFrom: BEGINNING, schedule: LATE })
  t.same(
    await byMonth(),
    { '2025-09 in': [1], '2025-09 out': [2], '2025-10 in': [1], '2025-10 out': [2], total: [6] },
    'unless it is asked for',
  )

  const elsewhere = await answered(storage, {
    metrics: ['calls'],
    groupBy: ['businessHours'],
    zone: 'America/New_York',
  })
  t.same(elsewhere, { in: [2], out: [4], total: [6] }, 'hours are the client’s, whatever the zone of the question')
  await storage.updateClient(A, { timezone: 'Asia/Tokyo' })
  t.same(
    await answered(storage, { metrics: ['calls'], groupBy: ['businessHours'] }),
    { in: [6], total: [6] },
    'and move with its zone',
  )
  t.same(await answered(storage, { clientId: 'nobody', groupBy: ['businessHours'] }), { total: [0, 0, null, 0] })
})
