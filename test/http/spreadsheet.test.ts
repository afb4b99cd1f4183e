/** Exports as a spreadsheet opens them: LibreOffice, without a window. */
import t from 'tap'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { place } from '../helpers/calls.js'
import { opened, type Cell } from '../helpers/spreadsheet.js'

t.setTimeout(400_000)

const test = await buildTestApp(t)
const at = Date.parse('2025-10-12T10:30:00Z')
await place(test, DEMO_KEY, [
  {
    callSid: 'CA1',
    at,
    seconds: 180,
    direction: 'outbound',
    phoneNumber: '+919876543210',
    customerData: { customerId: '00123', name: 'ज़ोया शर्मा, दिल्ली' },
  },
  // After midnight in Kolkata, and the day before in UTC.
  {
    callSid: 'CA2',
    at: Date.parse('2025-10-12T19:00:00Z'),
    seconds: 0,
    direction: 'inbound',
    phoneNumber: '+911140000000',
    customerData: { customerId: 'CUST2', name: '=1+1' },
  },
])

const COLUMNS = 'columns=customerName,customerId,phoneNumber,startTime,endTime,duration,localDate,localHour'

async function exported(options: string): Promise<Buffer> {
  const url = `/api/ribbon/export/calls?format=csv&${COLUMNS}&${options}`
  return (await test.app.inject({ url, headers: { 'x-api-key': DEMO_KEY } })).rawPayload
}

const text = (value: string): Cell => ({ type: 'string', value })
const number = (value: string): Cell => ({ type: 'float', value })
const date = (value: string): Cell => ({ type: 'date', value })

t.test('names in Hindi, local dates and times are what they are, and nothing is run', async (t) => {
  const { plain, excel } = await opened(t, {
    plain: await exported('times=local'),
    excel: await exported('excel=true'),
  })
  const headings = [
    'Customer Name',
    'Customer ID',
    'Phone Number',
    'Start Time',
    'End Time',
    'Duration (s)',
    'Date',
    'Hour',
  ]
  const times = [
    [date('2025-10-12T16:00:00'), date('2025-10-12T16:03:00'), number('180'), date('2025-10-12'), number('16')],
    [date('2025-10-13T00:30:00'), date('2025-10-13T00:30:00'), number('0'), date('2025-10-13'), number('0')],
  ]
  const guarded = "'=1+1"
  t.strictSame(plain.slice(0, 3), [
    headings.map(text),
    [text('ज़ोया शर्मा, दिल्ली'), number('123'), number('919876543210'), ...(times[0] ?? [])],
    [text(guarded), text('CUST2'), number('911140000000'), ...(times[1] ?? [])],
  ])
  // Its times are written for Excel: LibreOffice reads them as dates when its dialog is told to detect special numbers.
  const texts = excel.slice(1, 3).map(([name, id, phone]) => [name, id, phone])
  t.strictSame(
    texts,
    [
      [text('ज़ोया शर्मा, दिल्ली'), text('00123'), text('+919876543210')],
      [text(guarded), text('CUST2'), text('+911140000000')],
    ],
    'with `excel` phone numbers and ids keep their plus and their zeros, too',
  )
})
