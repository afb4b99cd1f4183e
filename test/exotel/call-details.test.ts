import t from 'tap'
import { ExotelApi, type ExotelCall } from '../../src/exotel/api.js'
import {
  callDetails,
  callsCreated,
  type DetailsQuery,
  earliestCreated,
  LONGEST_RANGE_MS,
  RangeRefused,
} from '../../src/exotel/call-details.js'
import { ExotelServer, EXOTEL_API } from '../helpers/exotel-server.js'

const DAY_MS = 86_400_000
const NOW = Date.parse('2025-10-12T10:30:00Z')
const FROM = Date.parse('2025-10-01T00:00:00Z')
const TO = Date.parse('2025-10-02T00:00:00Z')
const PATIENCE = { attempts: 3, firstWaitMs: 1, longestWaitMs: 1000 }

const apiOf = (exotel: ExotelServer) =>
  new ExotelApi({ ...EXOTEL_API, subdomain: 'api.exotel.com' }, { apiUrl: exotel.origin })

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

async function read(query: Partial<DetailsQuery> & Pick<DetailsQuery, 'api'>): Promise<ExotelCall[]> {
  const calls: ExotelCall[] = []
  for await (const call of callsCreated({ from: FROM, to: TO, now: NOW, patience: PATIENCE, ...query }))
    calls.push(call)
  return calls
}

t.test('the calls of a range come once each, oldest first, over any number of pages', async (t) => {
  const exotel = await ExotelServer.start(t)
  exotel.pageSize = 3
  const inside = [FROM, FROM + 1000, FROM + 5000, FROM + 7_200_000, TO - 3000, TO - 2000, TO - 1000]
  for (const at of [FROM - 1000, TO, TO + 1000]) exotel.add(at)
  const sids = inside.map((at) => exotel.add(at))
  const calls = await read({ api: apiOf(exotel) })
  t.strictSame(
    calls.map(({ Sid }) => Sid),
    sids,
  )
  t.equal(exotel.requests.length, 3)
  t.match(calls[0], { DateCreated: '2025-10-01 05:30:00', EndTime: '2025-10-01 05:31:00', Status: 'completed' })
})

t.test('a page that is refused for now is asked for again, and none is asked for twice otherwise', async (t) => {
  const exotel = await ExotelServer.start(t)
  exotel.pageSize = 1
  for (const at of [FROM, FROM + 1000]) exotel.add(at)
  exotel.next.push({ status: 429, retryAfter: '0' }, 'drop')
  t.equal((await read({ api: apiOf(exotel) })).length, 2)
  t.equal(exotel.requests.length, 4)
  exotel.next.push({ status: 401, message: 'Authentication failed' })
  t.match(await failure(read({ api: apiOf(exotel) })), { kind: 'refused' })
  exotel.next.push({ status: 500 }, { status: 500 }, { status: 500 })
  t.match(await failure(read({ api: apiOf(exotel) })), { kind: 'failed' })
})

t.test('a list that leads back to itself ends with an error', async (t) => {
  const exotel = await ExotelServer.start(t)
  const circle = { Calls: [], Metadata: { NextPageUri: '/v1/Accounts/acme1/Calls.json?After=x' } }
  exotel.next.push({ status: 200, body: JSON.stringify(circle) }, { status: 200, body: JSON.stringify(circle) })
  t.match(await failure(read({ api: apiOf(exotel) })), { kind: 'failed', message: /does not end/ })
})

t.test('a range that Exotel does not answer for is refused in words, before anything is asked', async (t) => {
  const exotel = await ExotelServer.start(t)
  const api = apiOf(exotel)
  const refused = async (members: Partial<DetailsQuery>, words: RegExp) =>
    t.rejects(read({ api, ...members }), Object.assign(new RangeRefused(), { message: words }))
  await refused({ to: FROM }, /after its start/)
  await refused({ from: NOW - 32 * DAY_MS, to: NOW - DAY_MS / 2 }, /31 days/)
  await refused(
    { from: Date.parse('2025-04-12T10:29:59Z'), to: Date.parse('2025-04-13') },
    /from 2025-04-12T10:30:00.000Z on/,
  )
  t.strictSame(exotel.requests, [])
  t.equal((await read({ api, from: NOW - LONGEST_RANGE_MS, to: NOW })).length, 0)
  t.equal(earliestCreated(Date.parse('2025-08-31T00:00:00Z')), Date.parse('2025-03-03T00:00:00Z'), 'never too early')
})

t.test('reading ends when whoever asked no longer wants it', async (t) => {
  const exotel = await ExotelServer.start(t)
  exotel.next.push('hang')
  const ending = new AbortController()
  const reading = read({ api: apiOf(exotel), signal: ending.signal })
  await exotel.arrived()
  ending.abort()
  await t.rejects(reading, { name: 'AbortError' })
})

t.test('one call is told with what Exotel knows of it by then', async (t) => {
  const exotel = await ExotelServer.start(t)
  const sid = exotel.add(FROM, 1)
  t.match(await callDetails(apiOf(exotel), sid), { Sid: sid, EndTime: null })
  exotel.next.push({ status: 500 })
  t.match(await callDetails(apiOf(exotel), sid, { patience: PATIENCE }), { Sid: sid, EndTime: '2025-10-01 05:31:00' })
  t.equal(await callDetails(apiOf(exotel), 'unknown'), null)
})
