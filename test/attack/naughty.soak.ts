/** Texts that break programs, in every place where the contract has one; and whether they come back as they were sent. */
import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { InjectOptions } from 'fastify'
import Papa from 'papaparse'
import t from 'tap'
import { demoKeyId } from '../../src/clients/demo-clients.js'
import { EXACT_TEXT } from '../../schemas/common.js'
import { LIMITS } from '../../src/core/limits.js'
import { EXPORT_COLUMNS } from '../../src/core/vocabulary/exports.js'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, type TestApp, answerOf } from '../helpers/app.js'
import { Contract } from '../helpers/contract.js'
import type { ContractDocument } from '../helpers/fuzz.js'
import { NAUGHTY_STRINGS } from '../helpers/hostile.js'
import { ENGINES } from '../helpers/storage.js'
import { textFieldsOf } from '../helpers/text-fields.js'

const TEXTS = [...new Set(NAUGHTY_STRINGS)]
/** Each place gets one text of so many, each text one place of so many. */
const ONE_OF = 10
/** Requests on their way at a time. */
const AT_ONCE = 100

async function inChunks<Given, Answer>(
  all: readonly Given[],
  ask: (each: Given, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const chunk = all.slice(at, at + AT_ONCE)
    answers.push(...(await Promise.all(chunk.map((each, index) => ask(each, at + index)))))
  }
  return answers
}

t.test(
  'no text in any place of any operation is answered with a fault of the server, or otherwise than the contract says',
  async (t) => {
    const { app } = await buildTestApp(t, { engine: 'sqlite' })
    const contract = new Contract(app.swagger())
    const fields = textFieldsOf(app.swagger() as unknown as ContractDocument, {
      credentials: { apiKey: { 'x-api-key': DEMO_KEY }, adminToken: { authorization: `Bearer ${ADMIN_TOKEN}` } },
      // Operations on a client may end it.
      pathValues: { clientId: 'client-002', keyId: demoKeyId('client-002') },
    })
    const requests = fields.flatMap(({ place, request }, field) => {
      const texts = TEXTS.filter((_text, index) => (field + index) % ONE_OF === 0)
      return texts.flatMap((text) => request(text) ?? []).map((sent) => ({ place, ...sent }))
    })
    const faults: string[] = []
    const statuses = new Map<number, number>()
    await inChunks(requests, async ({ operationId, place, ...sent }) => {
      const answer = await answerOf(app, sent as InjectOptions)
      const { statusCode } = answer
      const fault =
        statusCode < 500 ? contract.fault(sent.method, String(sent.url.split('?')[0]), answer) : String(statusCode)
      if (fault !== null) faults.push(`${fault}: ${operationId}, ${place}: ${JSON.stringify(sent)}: ${answer.body}`)
      statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1)
    })
    t.comment(
      `${String(fields.length)} places, ${String(requests.length)} requests: ${JSON.stringify([...statuses].sort())}`,
    )
    t.strictSame(faults.slice(0, 10), [], `${String(faults.length)} faults`)
    for (const status of [200, 400])
      t.ok(Number(statuses.get(status)) > requests.length / 10, `many are answered with ${String(status)}`)
  },
)

type Members = Readonly<Record<string, unknown>>
interface Answer {
  readonly statusCode: number
  readonly body: string
}

/** So long that most members refuse it, and so short that a body can have it in all of them. */
const MOST_LENGTH = 1500
const EXACT = new RegExp(EXACT_TEXT, 'u')

/** What stands where a text names something, and as the name of a member: most often the text itself. */
const PARTS = TEXTS.map((whole, index) => {
  const text = whole.slice(0, MOST_LENGTH)
  const isId = text !== '' && text.length <= LIMITS.callIdLength && EXACT.test(text)
  // Nothing at all may have a member `__proto__`, and no path leads to a customer whose id is a dot.
  const isMember = text !== '__proto__'
  const isReachable = isId && !/^\.+$/.test(text)
  return {
    text,
    index,
    callSid: isId ? text : `CA-${String(index)}`,
    customerId: isReachable ? text : `CUST-${String(index)}`,
    member: isMember ? text : 'proto',
  }
})

/** An event that has a text wherever one can stand, in a call of its own. */
function eventOf({ text, index, member, ...ids }: (typeof PARTS)[0]): Members {
  const everywhere = Object.fromEntries(
    [
      ...['callId', 'phoneNumber', 'callDirection', 'duration', 'callDuration', 'remoteId', 'remoteDisplayName'],
      ...['callState', 'callStartedTime', 'callEstablishedTime', 'callEndedTime', 'callAnswerTime', 'callEndReason'],
      ...['sessionId', 'callFromNumber', 'note'],
    ].map((name) => [name, text]),
  )
  const customerData = {
    customerId: ids.customerId,
    name: text,
    email: text,
    note: text,
    [member]: text,
  }
  return {
    event: 'incoming',
    data: { ...everywhere, index, callSid: ids.callSid, sipHeaders: { [member]: [text] }, customerData },
    agentUserId: text,
    domain: text,
  }
}

function customerOf({ text, index, member, customerId }: (typeof PARTS)[0]): Members {
  const members = { name: text, email: text, phone: text, company: text, tags: [text], note: text }
  return { customerData: { index, customerId, ...members, [member]: text, customFields: { [member]: [text] } } }
}

/** A body without the members that an answer names as faults. */
function withoutFaults(body: Members, answer: Answer): Members {
  const { errors = [] } = JSON.parse(answer.body) as { errors?: { pointer: string }[] }
  const copy = structuredClone(body)
  for (const { pointer } of errors) {
    const path = pointer.split('/').slice(1)
    const name = path.pop() as string
    const holder = path.reduce<unknown>((at, step) => (at as Members)[step], copy)
    // A list keeps no hole.
    if (Array.isArray(holder)) holder.splice(Number(name), 1)
    else Reflect.deleteProperty(holder as Members, name)
  }
  return copy
}

/** Sends a body to both engines, and once more without what they refuse. @returns what was accepted */
async function accepted(apps: readonly TestApp[], path: string, body: Members): Promise<Members> {
  const send = async (given: Members) => {
    const [first, ...others] = await Promise.all(apps.map(({ post }) => post(path, given, { 'x-api-key': DEMO_KEY })))
    const { statusCode } = first as Answer
    if (others.some((other) => other.statusCode !== statusCode))
      throw new Error(
        `${String(first?.body)} on SQLite, ${String(others[0]?.body)} on PostgreSQL: ${JSON.stringify(given)}`,
      )
    return first as Answer
  }
  const answer = await send(body)
  if (answer.statusCode === 200) return body
  const rest = withoutFaults(body, answer)
  const again = await send(rest)
  if (again.statusCode !== 200) throw new Error(`${again.body}: ${JSON.stringify(rest)}`)
  return rest
}

t.test(
  'what is accepted is the same on both engines, comes back as it was sent, and is one row of a file',
  async (t) => {
    const env = { SECRETS_KEY: randomBytes(32).toString('base64') }
    const apps: TestApp[] = []
    for (const engine of ENGINES) apps.push(await buildTestApp(t, { engine, env }))

    const events = await inChunks(PARTS, (part) => accepted(apps, '/api/ribbon/log-call', eventOf(part)))
    const customers = await inChunks(PARTS, (part) => accepted(apps, '/api/ribbon/customer', customerOf(part)))

    for (const test of apps) {
      const logged = await loggedData(test)
      t.equal(logged.size, events.length)
      const altered = events.filter(({ data }, index) => !isDeepStrictEqual(logged.get(index), data))
      t.strictSame(altered, [], 'every event has the data that it was sent with')
    }
    const both = (url: string) => Promise.all(apps.map(async ({ get }) => (await get(url)).body))
    const differing: string[] = []
    await inChunks(PARTS, async ({ customerId }, index) => {
      const [first, second] = await both(`/api/ribbon/customer/${encodeURIComponent(customerId)}`)
      const { customer } = JSON.parse(String(first)) as { customer: Members }
      for (const name of ['clientId', 'createdAt', 'lastUpdated']) Reflect.deleteProperty(customer, name)
      const isAsSaved = isDeepStrictEqual(customer, customers[index]?.['customerData'])
      if (!isAsSaved || first !== second)
        differing.push(`${String(first)} on SQLite, ${String(second)} on PostgreSQL`.slice(0, 2000))
    })
    t.strictSame(differing, [], 'every customer is as it was saved')

    const columns = Object.keys(EXPORT_COLUMNS).filter((column) => column !== 'logIds')
    for (const query of [
      'format=json',
      'format=ndjson',
      ...CSV_QUERIES.map((csv) => `${csv}&columns=${columns.join(',')}`),
    ]) {
      const [first, second] = await both(`/api/ribbon/export/calls?${query}`)
      t.ok(first === second, `the same bytes of ${query}`)
      if (!query.startsWith('format=csv')) continue
      const { data: rows, errors } = Papa.parse<string[]>(String(first).trimEnd(), { delimiter: ',' })
      t.strictSame(errors, [])
      t.equal(rows.length, 1 + PARTS.length, 'a row a call, under the headings')
      t.ok(
        rows.every((row) => row.length === columns.length),
        'as many cells in each as there are columns',
      )
    }
  },
)

const CSV_QUERIES = ['format=csv', 'format=csv&excel=true']

/** The `data` of all logged events, by the index in it. */
async function loggedData({ get }: TestApp): Promise<Map<unknown, Members>> {
  const found = new Map<unknown, Members>()
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await get(`/api/ribbon/call-logs?pageSize=500${cursor && `&cursor=${cursor}`}`)
    const { logs, pagination } = answer.json<{ logs: { data: Members }[]; pagination: { nextCursor: string | null } }>()
    for (const { data } of logs) found.set(data['index'], data)
    cursor = pagination.nextCursor
  }
  return found
}
