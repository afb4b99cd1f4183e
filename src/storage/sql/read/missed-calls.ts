/** Numbers whose calls were missed, and what became of them: from columns of days, and from the index of calls by number. */
import { MissedCallers, type MissedNumber, type MissedQuestion } from '../../../core/analytics/missed-callers.js'
import { BusinessHours } from '../../../core/analytics/schedule.js'
import { FollowUpWindow } from '../../../core/analytics/window.js'
import { addDays, localSlot, startOfDay } from '../../../core/calendar.js'
import { OPEN_RANGE, type TimeRange } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import type { MissedCaller, MissedCallsAnswer, MissedCallsQuery } from '../../port/missed-calls.js'
import { find } from '../bulk.js'
import { ANSWERED, COUNTS, directionCode } from '../codes.js'
import { AGENTS, CUSTOMERS } from '../dimensions.js'
import type { CallRow, CustomerRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { join, raw, rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import { namesOfAgents } from './agents.js'
import { storedHours, versionsOf } from './business-hours.js'
import { CallSegments } from './call-segments.js'
import { spellingsOf } from './call-search.js'
import { callOf, LISTED, type ListedRow } from './calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'
import { contactsOf } from './customers.js'
import type { DayMark } from './dimension-pages.js'
import { newestDay } from './question-parts.js'

/** See `Storage.missedCalls`. */
export async function missedCalls(session: Session, query: MissedCallsQuery): Promise<MissedCallsAnswer> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { status: 'listed', callers: [], next: null, retainedFrom: null }
  const { retainedFrom, region } = now
  const question: MissedQuestion = {
    range: keptOf(query.range, retainedFrom),
    ...{ states: query.states, window: await windowOf(session, now, query), now: query.now, after: query.after },
    virtualNumbers: query.virtualNumber === null ? null : spellingsOf(query.virtualNumber, region),
    agent: query.agentUserId,
  }
  const read = await readDays(session, now, question, query)
  if (read === null) return { status: 'too-large' }
  const { numbers, from } = read
  const page = numbers.slice(0, query.pageSize)
  const { phoneNumber, lastAt } = page.at(-1) ?? { phoneNumber: '', lastAt: 0 }
  await countEarlier(session, now, question, { from: question.range.from, to: from }, page)
  const callers = await callersOf(session, now, question, page)
  const next = numbers.length > page.length ? { phoneNumber, lastAt } : null
  return { status: 'listed', callers, next, retainedFrom }
}

async function windowOf(
  session: Session,
  { client, zone }: ClientNow,
  { windowHours, windowIn }: MissedCallsQuery,
): Promise<FollowUpWindow> {
  const isOfClock = windowIn === 'clock'
  const hours = isOfClock ? null : new BusinessHours(zone, versionsOf(await storedHours(session, client)))
  return new FollowUpWindow(zone, windowHours, hours)
}

/**
 * The numbers of a page and one more, as far as days were read, and from when on they were.
 * @returns null when more calls would have to be read than may be
 */
async function readDays(
  session: Session,
  now: ClientNow,
  question: MissedQuestion,
  { pageSize, mostCalls }: MissedCallsQuery,
): Promise<{ readonly numbers: MissedNumber[]; readonly from: number } | null> {
  const { zone, client } = now
  const first = firstDateOf(question, zone)
  const last = question.window.lastDate(localSlot(zone, question.range.to - 1).date)
  const days = await rowsOf(
    session.tx,
    sql<DayMark>`select local_date, changed, calls from days
      where client = ${client} and local_date >= ${first} and local_date <= ${last} order by local_date desc`,
  )
  const segments = new CallSegments(session, now, days, await newestDay(session, now))
  const callers = new MissedCallers(question)
  let date = addDays(last, 1)
  let read = 0
  for (const { local_date, calls } of days) {
    if (callers.found > pageSize) return { numbers: callers.first(pageSize + 1), from: startOfDay(zone, date) }
    read += calls
    if (read > mostCalls) return null
    date = local_date
    callers.add(await segments.of(date))
  }
  return { numbers: callers.first(pageSize + 1), from: startOfDay(zone, first) }
}

/** The date of the first call that can be the last missed one of a number which is asked for. */
function firstDateOf({ range, states, window, now }: MissedQuestion, zone: string): string {
  const first = localSlot(zone, range.from).date
  if (!states.every((state) => state === 'open')) return first
  const firstOpen = window.firstOpenDate(now)
  return firstOpen > first ? firstOpen : first
}

interface Earlier {
  readonly phone: string
  readonly misses: number
  readonly first_at: number
}

/** Adds the missed calls of days that were not read. */
async function countEarlier(
  { tx }: Session,
  { client }: ClientNow,
  { virtualNumbers, agent }: MissedQuestion,
  { from, to }: TimeRange,
  page: readonly MissedNumber[],
): Promise<void> {
  if (from >= to || page.length === 0) return
  const rows = await rowsOf(
    tx,
    sql<Earlier>`select phone, count(*) as misses, min(start_at) as first_at from calls
      where client = ${client} and phone in (${join(page.map(({ phoneNumber }) => phoneNumber))})
        and start_at >= ${from} and start_at < ${to} and direction = ${directionCode('inbound')}
        and duration is not null and (answered & ${raw(String(ANSWERED))}) = 0 and ${IS_COUNTED}
        ${virtualNumbers === null ? sql`` : sql`and virtual_number in (${join(virtualNumbers)})`}
        ${agent === null ? sql`` : sql`and agent = ${agent}`}
      group by phone`,
  )
  const earlier = new Map(rows.map((row) => [row.phone, row]))
  for (const number of page) {
    const { misses = 0, first_at = number.firstAt } = earlier.get(number.phoneNumber) ?? {}
    number.misses += misses
    number.firstAt = first_at
  }
}

const callsAt = find<ListedRow>(LISTED, 'calls', ['phone', 'start_at'], COUNTS)

async function callersOf(
  session: Session,
  now: ClientNow,
  { virtualNumbers, agent }: MissedQuestion,
  page: readonly MissedNumber[],
): Promise<MissedCaller[]> {
  const instants = page.flatMap(({ phoneNumber, lastAt, answeredAt }) => {
    return [...new Set([lastAt, answeredAt ?? lastAt])].map((at) => [phoneNumber, at])
  })
  const rows = await callsAt(session.tx, now.client, instants)
  rows.sort((a, b) => a.number - b.number)
  const known = await knownOf(session, now, page)
  return page.map(({ phoneNumber, misses, firstAt, lastAt, state, answeredAt }) => {
    const own = rows.filter(({ phone }) => phone === phoneNumber)
    const isAnswered = ({ answered }: ListedRow) => (answered & ANSWERED) !== 0
    const miss = own.findLast(
      (row) =>
        row.start_at === lastAt &&
        row.direction === directionCode('inbound') &&
        row.duration !== null &&
        !isAnswered(row) &&
        (virtualNumbers === null || virtualNumbers.includes(String(row.virtual_number))) &&
        (agent === null || row.agent === agent),
    ) as ListedRow
    // Of one instant those that are later by their number come after it.
    const wonBackBy = own.find(
      (row) => row.start_at === answeredAt && isAnswered(row) && (answeredAt !== lastAt || row.number > miss.number),
    )
    return {
      ...{ misses, firstMissedAt: firstAt, state },
      lastMiss: callOf(now.clientId, miss),
      wonBackBy: wonBackBy === undefined ? null : callOf(now.clientId, wonBackBy),
      customer: known.customers.get(phoneNumber) ?? null,
      lastAgent: known.agents.get(phoneNumber) ?? null,
    }
  })
}

const savedCustomers = find<Pick<CustomerRow, 'phone' | 'number' | 'updated_at'>>(
  'phone, number, updated_at',
  'customers',
  ['phone'],
  `phone is not null order by number desc limit ${String(LIMITS.customersOfNumber)}`,
)
type KnownCall = Pick<CallRow, 'phone' | 'number' | 'customer' | 'agent' | 'answered'> & { readonly start_at: number }
const newestCalls = find<KnownCall>(
  'phone, start_at, number, customer, agent, answered',
  'calls',
  ['phone'],
  `start_at is not null and ${COUNTS} order by start_at desc, number desc limit ${String(LIMITS.callsOfNumber)}`,
)

/** Whose each number is, as `customerByPhone` tells, and who spoke with it last. */
async function knownOf(
  session: Session,
  { client, retainedFrom }: ClientNow,
  page: readonly MissedNumber[],
): Promise<{
  readonly customers: ReadonlyMap<string, MissedCaller['customer']>
  readonly agents: ReadonlyMap<string, MissedCaller['lastAgent']>
}> {
  const { tx } = session
  const phones = page.map(({ phoneNumber }) => [phoneNumber])
  const saved = await savedCustomers(tx, client, phones)
  const { from } = keptOf(OPEN_RANGE, retainedFrom)
  const calls = (await newestCalls(tx, client, phones)).filter(({ start_at }) => start_at >= from)
  saved.sort((a, b) => b.updated_at - a.updated_at)
  calls.sort((a, b) => b.start_at - a.start_at || b.number - a.number)
  const customers = new Map<string, number>()
  const agents = new Map<string, string>()
  for (const { phoneNumber } of page) {
    const own = calls.filter(({ phone }) => phone === phoneNumber)
    const customer = saved.find(({ phone }) => phone === phoneNumber)?.number ?? own.find(namesCustomer)?.customer
    const spoke = own.find(({ answered, agent }) => (answered & ANSWERED) !== 0 && agent !== null)
    if (customer != null) customers.set(phoneNumber, customer)
    if (spoke?.agent != null) agents.set(phoneNumber, spoke.agent)
  }
  return { customers: await customersOf(session, client, customers), agents: await agentsOf(session, client, agents) }
}

function namesCustomer({ customer }: Pick<CallRow, 'customer'>): boolean {
  return customer !== null
}

async function customersOf(
  session: Session,
  client: number,
  ofPhones: ReadonlyMap<string, number>,
): Promise<Map<string, NonNullable<MissedCaller['customer']>>> {
  const numbers = [...new Set(ofPhones.values())]
  const found = await CUSTOMERS.byNumber(
    session.tx,
    client,
    numbers.map((number) => [number]),
  )
  const ids = new Map(found.map(({ id, number }) => [number, id]))
  const contacts = await contactsOf(session, client, numbers)
  return new Map(
    [...ofPhones].map(([phone, number]) => {
      return [phone, { customerId: ids.get(number) as string, name: contacts.get(number)?.name ?? null }]
    }),
  )
}

async function agentsOf(
  session: Session,
  client: number,
  ofPhones: ReadonlyMap<string, string>,
): Promise<Map<string, NonNullable<MissedCaller['lastAgent']>>> {
  const found = await AGENTS.byId(
    session.tx,
    client,
    [...new Set(ofPhones.values())].map((id) => [id]),
  )
  const byNumber = await namesOfAgents(
    session,
    client,
    found.map(({ number }) => number),
  )
  const names = new Map(found.map(({ id, number }) => [id, byNumber.get(number)]))
  return new Map(
    [...ofPhones].map(([phone, agentUserId]) => [phone, { agentUserId, name: names.get(agentUserId) ?? null }]),
  )
}
