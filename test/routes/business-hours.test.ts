/** A client's business hours over its own API and over the administrators'. */
import t from 'tap'
import type { BusinessHours } from '../../schemas/business-hours.js'
import { LIMITS } from '../../src/core/limits.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY } from '../helpers/app.js'

const { get, inject, storage } = await buildTestApp(t)
const URL = '/api/ribbon/business-hours'
const CLIENT = 'client-demo'
const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }
const OFFICE = [{ days: ['monday'], from: '09:00', to: '18:00' }]

const read = async (query = '') => (await get(`${URL}${query}`, { 'x-api-key': DEMO_KEY })).json<BusinessHours>()
const put = (payload: object, headers: Record<string, string> = { 'x-api-key': DEMO_KEY }, url = URL) =>
  inject({ method: 'PUT', url, headers, payload })

t.test('a client that set none has none', async (t) => {
  t.strictSame(await read(), {
    timezone: 'Asia/Kolkata',
    date: '2025-10-12',
    appliesFrom: null,
    schedule: null,
    versions: [],
  })
})

t.test('a schedule applies from today on, so that the past stays as it was unless it is asked for', async (t) => {
  const schedule = { weekly: OFFICE, dates: [{ date: '2025-10-20', name: 'Diwali', hours: [] }] }
  const set = await put({ apiKey: DEMO_KEY, schedule }, {})
  t.equal(set.statusCode, 200)
  const now = { timezone: 'Asia/Kolkata', date: '2025-10-12', appliesFrom: '2025-10-12', schedule }
  t.strictSame(set.json(), { ...now, versions: ['2025-10-12'] })
  t.strictSame(await read(), set.json())
  t.match(await read('?date=2025-10-11'), { appliesFrom: null, schedule: null })

  const past = await put({ appliesFrom: 'beginning', schedule: { weekly: [] } })
  t.match(past.json(), { date: '2025-10-12', appliesFrom: 'beginning', versions: ['beginning'] })
  t.strictSame((await put({ appliesFrom: '2025-11-01', schedule: null })).json(), {
    timezone: 'Asia/Kolkata',
    date: '2025-11-01',
    appliesFrom: '2025-11-01',
    schedule: null,
    versions: ['beginning', '2025-11-01'],
  })
  t.strictSame((await read('?date=2025-10-31')).schedule, { weekly: [] })
})

t.test('a fault of a schedule is named where it stands, and nothing is changed', async (t) => {
  const before = await read()
  const monday = (from: string, to: string) => ({ schedule: { weekly: [{ days: ['monday'], from, to }] } })
  for (const [body, pointer, message] of [
    [monday('9:00', '18:00'), '/schedule/weekly/0/from', /^must be a time from 00:00 to 23:59/],
    [monday('09:00', '24:01'), '/schedule/weekly/0/to', /^must be a time from 00:00 to 24:00/],
    [monday('22:00', '06:00'), '/schedule/weekly/0/to', /^is "06:00", which is not after "22:00": .* as two/],
    [monday('09:00', '09:00'), '/schedule/weekly/0/to', /not after/],
    [{ schedule: { weekly: [{ ...OFFICE[0], days: ['funday'] }] } }, '/schedule/weekly/0/days/0', /^must be sunday, /],
    [{ schedule: { weekly: { monday: [] } } }, '/schedule/weekly', /^must be an array/],
    [{ schedule: {} }, '/schedule/weekly', /required/],
    [{}, '/schedule', /required/],
    [{ appliesFrom: 'always', schedule: null }, '/appliesFrom', /^must be a date, such as 2025-10-12, or beginning$/],
    [{ appliesFrom: '2025-02-30', schedule: null }, '/appliesFrom', /^is "2025-02-30", which is no date/],
    [
      { schedule: { weekly: [], dates: [{ date: '2025-13-01', hours: [] }] } },
      '/schedule/dates/0/date',
      /no date of the calendar/,
    ],
    [
      { schedule: { weekly: [], dates: [{ date: '2025-10-20', hours: [{ from: '10:00', to: '09:00' }] }] } },
      '/schedule/dates/0/hours/0/to',
      /not after/,
    ],
    [
      { schedule: { weekly: [], dates: ['', ' twice'].map((name) => ({ date: '2025-10-20', name, hours: [] })) } },
      '/schedule/dates/1/date',
      /^is "2025-10-20", which is there already/,
    ],
  ] as const) {
    const answer = await put(body)
    t.equal(answer.statusCode, 400, pointer)
    t.match(answer.json(), { errors: [{ pointer, message }] })
  }
  t.match(await read('?date=2025-02-30'), { status: 400, errors: [{ in: 'query', pointer: '/date' }] })
  t.match(await read('?date=now'), { status: 400, errors: [{ message: 'must be a date, such as 2025-10-12' }] })
  t.strictSame(await read(), before)
})

t.test('an administrator sets them too, and the audit log says so', async (t) => {
  const url = `/api/admin/clients/${CLIENT}/business-hours`
  const dates = [{ date: '2025-10-20', hours: [] }]
  const set = await put({ schedule: { weekly: OFFICE, dates } }, AS_ADMIN, url)
  t.match(set.json(), { appliesFrom: '2025-10-12', schedule: { weekly: OFFICE } })
  t.strictSame((await get(url, AS_ADMIN)).json(), set.json())
  t.strictSame(await read(), set.json())
  t.match((await put({ appliesFrom: '2026-01-01', schedule: null }, AS_ADMIN, url)).statusCode, 200)
  t.match((await put({ schedule: { weekly: OFFICE } }, AS_ADMIN, url)).statusCode, 200)
  const { entries } = (await get('/api/admin/audit-log', AS_ADMIN)).json<{ entries: object[] }>()
  t.match(entries, [
    { action: 'business-hours.set', clientId: CLIENT, details: { dates: 0 } },
    { details: { appliesFrom: '2026-01-01', schedule: null } },
    {
      actor: 'admin',
      details: { appliesFrom: '2025-10-12', weekly: { monday: '09:00–18:00', sunday: 'closed' }, dates: 1 },
    },
  ])
  t.equal(entries.length, 3, 'what a client’s own key sets is not the administrators’')
  for (const method of ['GET', 'PUT'] as const) {
    const nobody = await inject({
      ...{ method, url: '/api/admin/clients/nobody/business-hours', headers: AS_ADMIN },
      ...(method === 'PUT' && { payload: { schedule: null } }),
    })
    t.match(nobody.json(), { status: 404, code: 'client_not_found' })
  }
  t.equal((await put({ apiKey: 'x', schedule: null }, AS_ADMIN, url)).statusCode, 400)
})

t.test('one more schedule than a client may have is refused, with the way out', async (t) => {
  for (let day = 0; day < LIMITS.scheduleVersions; day++) {
    const appliesFrom = new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10)
    await storage.setBusinessHours(CLIENT, { appliesFrom, schedule: null })
  }
  const message = /^would make more than 100 schedules: set one from an earlier date on/
  const more = { schedule: { weekly: [] } }
  t.match((await put(more)).json(), { status: 400, errors: [{ pointer: '/appliesFrom', message }] })
  t.match((await put(more, AS_ADMIN, `/api/admin/clients/${CLIENT}/business-hours`)).json(), { status: 400 })
  t.equal((await put({ ...more, appliesFrom: '2020-01-07' })).statusCode, 200)
})
