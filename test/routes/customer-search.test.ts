import t from 'tap'
import type { Caller, Customers } from '../../schemas/customers.js'
import { buildTestApp, DEMO_KEY, START } from '../helpers/app.js'
import { place } from '../helpers/calls.js'

const test = await buildTestApp(t)
const { get, post } = test
const MINUTE = 60_000

const save = (customerData: object) => post('/api/ribbon/customer', { customerData }, { 'x-api-key': DEMO_KEY })
await save({ customerId: 'CUST1', name: 'प्रिया शर्मा', phone: '098765 43210' })
await save({ customerId: 'CUST2', name: 'John Doe', email: 'john@example.com' })
const RANG = START - 3 * MINUTE
await place(test, DEMO_KEY, [
  { callSid: 'CA1', at: START - 60 * MINUTE, seconds: 30, direction: 'inbound', ...named('CUST2', '+14155550100') },
  {
    callSid: 'CA2',
    at: START - 30 * MINUTE,
    seconds: 30,
    direction: 'inbound',
    ...named('unsaved', '9876543211', 'Jane Roe'),
  },
])
await post(
  '/api/ribbon/log-call',
  {
    event: 'connected',
    timestamp: new Date(RANG).toISOString(),
    data: { callSid: 'CA3', phoneNumber: '+919876543210' },
  },
  { 'x-api-key': DEMO_KEY },
)

function named(customerId: string, phoneNumber: string, name?: string) {
  return { phoneNumber, customerData: { customerId, ...(name !== undefined && { name }) } }
}

const list = async (query = '') => (await get(`/api/ribbon/customers${query}`)).json<Customers>()
const idsOf = ({ customers }: Customers) => customers.map(({ customerId }) => customerId)

t.test('customers are found by words of their names, by ids and by numbers in any spelling', async (t) => {
  const found: Record<string, string[]> = {
    [encodeURIComponent('प्रि')]: ['CUST1'],
    JO: ['CUST2'],
    'roe%20ja': ['unsaved'],
    CUST: ['CUST1', 'CUST2'],
    '+919876543210': ['CUST1'],
    '%2B91%2098765%2043211': ['unsaved'],
    '+14155550100': ['CUST2'],
    nobody: [],
    '%20%20': ['unsaved', 'CUST2', 'CUST1'],
  }
  for (const [search, ids] of Object.entries(found)) t.strictSame(idsOf(await list(`?search=${search}`)), ids, search)
})

t.test('without a search those with the newest calls come first, and what is not known is left out', async (t) => {
  t.strictSame((await list()).customers, [
    { customerId: 'unsaved', name: 'Jane Roe', phone: '9876543211', lastCallAt: '2025-10-12T10:05:00Z' },
    { customerId: 'CUST2', name: 'John Doe', lastCallAt: '2025-10-12T09:35:00Z' },
    { customerId: 'CUST1', name: 'प्रिया शर्मा', phone: '098765 43210' },
  ])
})

t.test('a cursor walks through all pages of one search, and of no other', async (t) => {
  for (const search of ['', '&search=CUST', '&search=jo']) {
    const all = idsOf(await list(`?pageSize=100${search}`))
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Customers = await list(`?pageSize=1${search}${cursor === '' ? '' : `&cursor=${cursor}`}`)
      seen.push(...idsOf(page))
      cursor = page.pagination.nextCursor
    }
    t.strictSame(seen, all)
  }
  const { nextCursor } = (await list('?pageSize=1')).pagination
  for (const query of [`?search=CUST&cursor=${String(nextCursor)}`, '?cursor=x']) {
    t.match((await get(`/api/ribbon/customers${query}`)).json(), { status: 400, errors: [{ pointer: '/cursor' }] })
  }
})

t.test('who calls is known by the number, with the newest calls, and whether one goes on', async (t) => {
  const byPhone = async (number: string) => get(`/api/ribbon/customers/by-phone/${encodeURIComponent(number)}`)
  const saved = (await byPhone('9876543210')).json<Caller>()
  t.match(saved, { customer: { customerId: 'CUST1', clientId: 'client-demo', name: 'प्रिया शर्मा' }, onCall: true })
  t.strictSame(
    saved.calls.map(({ sessionId }) => sessionId),
    ['session-CA3'],
  )
  const called = (await byPhone('+91 98765-43211')).json<Caller>()
  t.match(called, { customer: { customerId: 'unsaved', name: 'Jane Roe' }, calls: [{ sessionId: 'session-CA2' }] })
  t.equal(called.onCall, false)
  const unknown = await byPhone('+911234567890')
  t.match(unknown.json(), { status: 404, code: 'customer_not_found', detail: /\+911234567890/ })
})

t.test('a voided call is no reason to know somebody', async (t) => {
  const corrected = await post(
    '/api/ribbon/calls/session-CA2/corrections',
    { voided: true, reason: 'test' },
    { 'x-api-key': DEMO_KEY },
  )
  t.equal(corrected.statusCode, 200, corrected.body)
  t.equal((await get('/api/ribbon/customers/by-phone/9876543211')).statusCode, 404)
  t.strictSame(idsOf(await list()), ['CUST2', 'unsaved', 'CUST1'])
})
