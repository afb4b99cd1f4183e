import t from 'tap'
import { LIMITS } from '../../src/core/limits.js'
import { AnalyticsQuerySchema, DetailedAnalyticsQuerySchema } from '../../schemas/analytics.js'
import { AnswerQuerySchema } from '../../schemas/analytics-query.js'
import { CallLogQuerySchema } from '../../schemas/call-log.js'
import { CustomerCallsQuerySchema, CustomerParamsSchema, SaveCustomerBodySchema } from '../../schemas/customer.js'
import { ExportQuerySchema } from '../../schemas/export.js'
import { InitBodySchema } from '../../schemas/init.js'
import { faultsOf } from './published.js'

const queries = {
  AnalyticsQuerySchema,
  DetailedAnalyticsQuerySchema,
  AnswerQuerySchema,
  CallLogQuerySchema,
  CustomerCallsQuerySchema,
  ExportQuerySchema,
}
const UNKNOWN = ' must NOT have additional properties'

t.test('a mistyped parameter is refused: it must not silently widen a report', async (t) => {
  for (const [name, schema] of Object.entries(queries)) {
    t.same(faultsOf(schema, {}), [], `${name} asks for nothing`)
    t.same(faultsOf(schema, { startdate: '2025-10-01' }), [UNKNOWN], name)
  }
})

t.test('a list is never longer than the contract says', async (t) => {
  const ceilings = [
    [AnalyticsQuerySchema, 'limit', LIMITS.listCalls],
    [DetailedAnalyticsQuerySchema, 'limit', LIMITS.listCalls],
    [AnswerQuerySchema, 'limit', LIMITS.answeredGroups],
    [CustomerCallsQuerySchema, 'limit', LIMITS.listCalls],
    [CallLogQuerySchema, 'pageSize', LIMITS.pageSize],
    [CallLogQuerySchema, 'page', LIMITS.page],
  ] as const
  for (const [schema, name, ceiling] of ceilings) {
    for (const good of [1, ceiling]) t.same(faultsOf(schema, { [name]: good }), [])
    for (const bad of [0, -1, 1.5, '10', ceiling + 1]) {
      t.match(faultsOf(schema, { [name]: bad }), [new RegExp(`^/${name} `)], `${name} ${String(bad)}`)
    }
  }
})

t.test('filters take the words of the contract alone', async (t) => {
  t.same(faultsOf(CallLogQuerySchema, { callDirection: 'outbound', event: 'callEnded', customerId: 'CUST001' }), [])
  t.match(faultsOf(CallLogQuerySchema, { callDirection: 'incoming' }), [/^\/callDirection /])
  t.match(faultsOf(CallLogQuerySchema, { event: 'no such event' }), [/^\/event /])
  t.match(faultsOf(ExportQuerySchema, { format: 'xml' }), [/^\/format /])
})

t.test('only the export takes the key from the query', async (t) => {
  for (const [name, schema] of Object.entries(queries)) {
    const faults = name === 'ExportQuerySchema' ? [] : [UNKNOWN]
    t.same(faultsOf(schema, { 'X-API-Key': 'demo-api-key-789' }), faults, name)
  }
})

t.test('a customer id is any exact text up to the limit', async (t) => {
  for (const customerId of ['CUST001', 'a/b c?d#e', '😀', 'x'.repeat(LIMITS.customerIdLength)]) {
    t.same(faultsOf(CustomerParamsSchema, { customerId }), [])
  }
  for (const customerId of ['', 'a\u0000', '\ud800', 'x'.repeat(LIMITS.customerIdLength + 1)]) {
    t.match(faultsOf(CustomerParamsSchema, { customerId }), [/^\/customerId /])
  }
})

t.test('init refuses what it does not know', async (t) => {
  t.same(faultsOf(InitBodySchema, { domain: 'yourcrm.com' }), [])
  t.same(faultsOf(InitBodySchema, { domain: 'yourcrm.com', domian: 'x' }), [UNKNOWN])
  t.same(faultsOf(InitBodySchema, {}), [" must have required property 'domain'"])
})

t.test('a customer is a merge patch: open inside, closed around', async (t) => {
  const faults = (customerData: unknown) => faultsOf(SaveCustomerBodySchema, { customerData })
  t.same(faults({ name: null, email: null, phone: null, company: null, tags: null, customFields: null }), [])
  t.same(faults({ customerId: 'CUST001', segment: 'gold', customFields: { a: { b: [null, 1] } } }), [])
  t.same(faultsOf(SaveCustomerBodySchema, { customerData: {}, customerdata: {} }), [UNKNOWN])
  for (const [name, bad] of Object.entries({
    customerId: 7,
    name: 7,
    email: ['a'],
    phone: 919876543210,
    company: {},
    tags: 'vip',
    customFields: [],
  })) {
    t.match(faults({ [name]: bad }), [new RegExp(`^/customerData/${name} `)], name)
  }
  t.match(faults({ tags: ['ok', 1] }), [/^\/customerData\/tags\/1 /])
  t.match(faults({ tags: Array.from({ length: LIMITS.tags + 1 }, () => 'x') }), [/^\/customerData\/tags /])
})
