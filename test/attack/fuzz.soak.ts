/** Requests made from the served contract, thousands of them, to a server on each engine. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import t from 'tap'
import { ADMIN_TOKEN, buildTestApp, DEMO_KEY, type TestApp, answerOf } from '../helpers/app.js'
import { Contract } from '../helpers/contract.js'
import { type ContractDocument, type FuzzRequest, requestsOf } from '../helpers/fuzz.js'

/** Each is sent to both engines. */
const REQUESTS = 5000
/** Answers that list what the store has are as long as that; all others are in proportion to their request. */
const LISTS = /^(list|export|find|getCall$|get(Detailed)?Analytics|getCustomer|getAllClients)/
const MOST_TIMES = 100

const env = { SECRETS_KEY: randomBytes(32).toString('base64') }
const apps: TestApp[] = []
for (const engine of ['sqlite', 'postgres'] as const) apps.push(await buildTestApp(t, { engine, env }))
const [sqlite] = apps as [TestApp]

const served = await sqlite.get('/openapi.json')
const contract = new Contract(served.json<object>())
const credentials = { apiKey: { 'x-api-key': DEMO_KEY }, adminToken: { authorization: `Bearer ${ADMIN_TOKEN}` } }
const requests = requestsOf(served.json<ContractDocument>(), credentials)

function sizeOf({ method, url, headers, payload = '' }: FuzzRequest): number {
  return Buffer.byteLength(`${method} ${url}${JSON.stringify(headers)}${payload}`)
}

t.test(
  `of ${String(REQUESTS)} requests none is answered with a fault of the server, or otherwise than the contract says`,
  async (t) => {
    const statuses = new Map<number, number>()
    const property = fc.asyncProperty(requests, async (request) => {
      const { operationId, ...sent } = request
      const answers = await Promise.all(apps.map(({ app }) => answerOf(app, sent as InjectOptions)))
      const [first, second] = answers as [(typeof answers)[0], (typeof answers)[0]]
      for (const answer of answers) {
        if (answer.statusCode >= 500) throw new Error(`${String(answer.statusCode)}: ${answer.body}`)
        const fault = contract.fault(sent.method, String(sent.url.split('?')[0]), answer)
        if (fault !== null) throw new Error(`${fault}: ${answer.body}`)
        const isList = answer.statusCode < 300 && LISTS.test(operationId)
        const most = MOST_TIMES * sizeOf(request)
        if (!isList && answer.body.length > most)
          throw new Error(`${String(answer.body.length)} bytes for ${String(most)}`)
      }
      if (first.statusCode !== second.statusCode)
        throw new Error(`${first.body} on SQLite, ${second.body} on PostgreSQL`)
      statuses.set(first.statusCode, (statuses.get(first.statusCode) ?? 0) + 1)
    })
    await fc.assert(property, { numRuns: REQUESTS })
    t.comment(JSON.stringify([...statuses].sort()))
    for (const status of [200, 400]) {
      t.ok(
        Number(statuses.get(status)) > REQUESTS / 20,
        `many are answered with ${String(status)}: the requests are good for something`,
      )
    }
  },
)
