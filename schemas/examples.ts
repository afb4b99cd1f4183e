import { CALLBACK_EXAMPLES } from './exotel-callbacks.js'
import { DEMO_API_KEY } from '../src/core/vocabulary/demo.js'

/** Examples that have names, because one operation has several: plain data, by the `$id` of the schema that they fit. */

interface NamedExample {
  readonly summary: string
  readonly value: unknown
}

const call = { callSid: 'CA1234567890', phoneNumber: '+919876543210', callDirection: 'outbound' }
const customerData = { customerId: 'CUST001', name: 'John Doe', email: 'john@example.com' }
const page = { domain: 'yourcrm.com', agentUserId: 'agent-42' }

function event(name: string, data: object, more: object = page): unknown {
  return { apiKey: DEMO_API_KEY, event: name, data, ...more }
}

/** Without a time: then they happen when they are sent, and can be sent again. */
const CallEvent = {
  dialing: { summary: 'An agent dials a customer', value: event('dialing', { ...call, customerData }) },
  connected: { summary: 'The customer answers', value: event('connected', call) },
  holdtoggle: { summary: 'The agent puts the customer on hold', value: event('holdtoggle', call) },
  callEnded: { summary: 'The call ends after three minutes', value: event('callEnded', { ...call, duration: 180 }) },
  incoming: {
    summary: 'A customer calls',
    value: event('incoming', { callSid: 'CA1234567891', phoneNumber: '+919876543211', callDirection: 'inbound' }),
  },
  missed: {
    summary: 'Nobody answers that call',
    value: event('missed', { callSid: 'CA1234567891', phoneNumber: '+919876543211', callDirection: 'inbound' }),
  },
  withoutCallSid: {
    summary: 'As Exotel’s browser SDK tells it, without what it does not know',
    value: event('callEnded', { callSid: '', phoneNumber: '+919876543210', callDirection: '', callDuration: '' }),
  },
  withEventId: {
    summary: 'With an id of its own: sending it again changes nothing',
    value: event('dtmf', { ...call, digit: '1' }, { ...page, eventId: '9f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0' }),
  },
}

const CustomerUpdate = {
  save: {
    summary: 'Save a customer',
    value: {
      apiKey: DEMO_API_KEY,
      customerData: {
        customerId: 'CUST001',
        name: 'John Doe',
        email: 'john@example.com',
        phone: '+919876543210',
        company: 'Acme Corp',
        tags: ['vip', 'enterprise'],
        customFields: { accountBalance: 5000, segment: 'enterprise' },
      },
    },
  },
  create: {
    summary: 'Make a new customer: the answer has its id',
    value: { apiKey: DEMO_API_KEY, customerData: { name: 'Asha Rao', phone: '+919876543212' } },
  },
  change: {
    summary: 'Change two members, and leave the others as they are',
    value: {
      apiKey: DEMO_API_KEY,
      customerData: { customerId: 'CUST001', company: 'Acme Ltd', customFields: { accountBalance: 0 } },
    },
  },
  remove: {
    summary: 'Remove what is no longer true',
    value: { apiKey: DEMO_API_KEY, customerData: { customerId: 'CUST001', company: null, tags: null } },
  },
}

const logs = [
  {
    logId: 'log-1760280743-abc123',
    clientId: 'client-demo',
    clientName: 'Demo Client',
    event: 'connected',
    data: { ...call, customerData: { customerId: 'CUST001', name: 'John Doe' } },
    timestamp: '2025-10-12T10:30:00Z',
    domain: 'yourcrm.com',
  },
]
const nextCursor = 'eyJvIjoxNzYwMjgwNzQzMDAwfQ'

const CallLogs = {
  page: {
    summary: 'A page by its number',
    value: { logs, pagination: { page: 1, pageSize: 20, total: 125, totalPages: 7, nextCursor } },
  },
  last: {
    summary: 'The last page, by cursor',
    value: { logs, pagination: { pageSize: 20, total: 121, totalPages: 7, nextCursor: null } },
  },
}

const Readiness = {
  ok: { summary: 'All is well', value: { status: 'ready', storage: 'ok' } },
  behind: { summary: 'The server cannot write now', value: { status: 'ready', storage: 'behind' } },
}

const BY_SCHEMA = { CallEvent, CallLogs, CustomerUpdate, Readiness }

export const NAMED_EXAMPLES: Readonly<Record<string, Readonly<Record<string, NamedExample>>>> = {
  ...BY_SCHEMA,
  ...CALLBACK_EXAMPLES,
}

/** The values of them, as the schema itself carries them. */
export function examplesOf(schema: keyof typeof BY_SCHEMA): unknown[] {
  return Object.values<NamedExample>(BY_SCHEMA[schema]).map(({ value }) => value)
}
