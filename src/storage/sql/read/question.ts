/** Answers to questions about calls. */
import { createHash } from 'node:crypto'
import { aligned, answerOf, crossed, cycleKeys, type AnswerRow, type Gathered } from '../../../core/analytics/answer.js'
import { looksAhead, partsOf, sumsOf } from '../../../core/analytics/metrics.js'
import { stretchesOf } from '../../../core/analytics/periods.js'
import { BusinessHours } from '../../../core/analytics/schedule.js'
import type { Filters, Key } from '../../../core/analytics/selection.js'
import { FollowUpWindow } from '../../../core/analytics/window.js'
import { isCycle, isGrain, type Grouping, type TimeGrain } from '../../../core/analytics/vocabulary.js'
import { numberKey } from '../../../core/phone-number.js'
import { oldestActive } from '../../../core/published-call.js'
import type { TimeRange } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import { ReadTooLong } from '../../errors.js'
import type { CallsAnswer, CallsQuestion } from '../../port/questions.js'
import { AGENTS, CUSTOMERS, numberOf } from '../dimensions.js'
import type { Session } from '../session.js'
import { namesOfAgents } from './agents.js'
import { storedHours, versionsOf, type StoredHours } from './business-hours.js'
import { readClient, type ClientNow } from './client.js'
import { contactsOf } from './customers.js'
import { nothingOf, QuestionParts, TooLarge, type PartsQuestion } from './question-parts.js'

/** See `Storage.askCalls`. */
export async function askCalls(session: Session, asked: CallsQuestion): Promise<CallsAnswer> {
  const now = await readClient(session, asked.clientId)
  const question = await questionOf(session, now, asked)
  const gathered = async (range: TimeRange): Promise<Gathered> => {
    return now === null ? nothingOf(question) : new QuestionParts(session, now, question).gather(range)
  }
  try {
    const current = await gathered(asked.range)
    const compared = asked.comparedTo === null ? null : alignedTo(asked, question, await gathered(asked.comparedTo))
    const answer = answerOf(asked, current, compared, (groups) => (asked.fill ? filledKeys(asked, groups.keys) : []))
    const named = await withIds(session, now, asked.groupBy, answer.rows)
    return { status: 'answered', ...answer, ...named, retainedFrom: now?.retainedFrom ?? null }
  } catch (error) {
    if (error instanceof TooLarge) return { status: 'too-large', what: error.what }
    if (error instanceof ReadTooLong) return { status: 'too-large', what: 'time' }
    throw error
  }
}

async function questionOf(session: Session, now: ClientNow | null, asked: CallsQuestion): Promise<PartsQuestion> {
  const { metrics, groupBy, serviceLevelSeconds, abandonSeconds, zone, now: instant } = asked
  const isOfHours = groupBy.includes('businessHours') || asked.filters.businessHours !== undefined
  const follows = looksAhead(metrics)
  const countsHours = follows && asked.windowIn === 'businessHours'
  const hours = now === null || !(isOfHours || countsHours) ? null : await storedHours(session, now.client)
  const businessHours = hours === null ? null : new BusinessHours((now as ClientNow).zone, versionsOf(hours))
  const { windowHours } = asked
  const { maxCallAgeMs } = session
  return {
    ...{ groupBy, serviceLevelSeconds, abandonSeconds, parts: partsOf(metrics), sums: sumsOf(metrics) },
    filters: now === null ? {} : await storedFilters(session, now, asked.filters),
    at: {
      ...{ zone, now: instant, activeFrom: oldestActive({ now: instant, maxCallAgeMs }) },
      ...(businessHours !== null && { businessHours }),
    },
    wantsPeaks: metrics.includes('peakConcurrent'),
    window:
      now === null || !follows ? null : new FollowUpWindow(now.zone, windowHours, countsHours ? businessHours : null),
    mark: JSON.stringify([hours && markOf(hours), follows && windowHours, countsHours]),
  }
}

/** Tells business hours from others. Their text is long, and what is counted of each day is kept under it. */
function markOf(hours: StoredHours): string {
  return createHash('sha256').update(JSON.stringify(hours)).digest('base64')
}

/** No customer has it. */
const NOBODY = -1

/** What calls are filtered by, as their rows have it. */
async function storedFilters(session: Session, now: ClientNow, filters: Filters): Promise<Filters> {
  const { customer, phoneNumber, virtualNumber } = filters
  const keys = (numbers: readonly Key[]) =>
    numbers.map((number) => (number === null ? null : numberKey(String(number), now.region)))
  const customers: Key[] = []
  for (const id of customer ?? []) {
    customers.push(id === null ? null : ((await numberOf(session.tx, now.client, CUSTOMERS, String(id))) ?? NOBODY))
  }
  return {
    ...filters,
    ...(customer !== undefined && { customer: customers }),
    ...(phoneNumber !== undefined && { phoneNumber: keys(phoneNumber) }),
    ...(virtualNumber !== undefined && { virtualNumber: keys(virtualNumber) }),
  }
}

/** What was gathered of the range of comparison, with each stretch of time called as the one in its place. */
function alignedTo(
  { groupBy, range, comparedTo, zone }: CallsQuestion,
  question: PartsQuestion,
  before: Gathered,
): Gathered {
  const grain = groupBy.findIndex(isGrain)
  if (grain === -1) return before
  const stretches = (within: TimeRange) => stretchesOf(groupBy[grain] as TimeGrain, within, zone, LIMITS.askedGroups)
  const current = stretches(range)
  const places = new Map(stretches(comparedTo as TimeRange).map((key, place) => [key, current[place]]))
  const keysOf = (keys: readonly Key[]): readonly Key[] | null => {
    const key = places.get(keys[grain] as Key)
    return key === undefined ? null : keys.map((own, at) => (at === grain ? key : own))
  }
  const { peaks } = before
  return {
    all: before.groups,
    groups: aligned(before.groups, question, keysOf),
    peaks: peaks === null ? null : { ...peaks, grouped: peaks.grouped.as(keysOf) },
  }
}

/** Every group that could be: all stretches and places of cycles, each with every value that calls have. */
function filledKeys(
  { groupBy, range, zone }: CallsQuestion,
  groups: readonly (readonly Key[])[],
): Iterable<readonly Key[]> {
  const lists = groupBy.map((by, at) => {
    if (isCycle(by)) return cycleKeys(by)
    if (isGrain(by)) return stretchesOf(by, range, zone, LIMITS.askedGroups)
    return [...new Set(groups.map((keys) => keys[at] ?? null))]
  })
  if (lists.reduce((product, list) => product * list.length, 1) > LIMITS.askedGroups) throw new TooLarge('groups')
  return crossed(lists)
}

type Names = Readonly<Record<string, string | null>>

/** Rows whose customers are told by their ids, and the names of those and of agents. */
async function withIds(
  session: Session,
  now: ClientNow | null,
  groupBy: readonly Grouping[],
  rows: readonly AnswerRow[],
): Promise<{ rows: readonly AnswerRow[]; customers: Names; agents: Names }> {
  const at = { customer: groupBy.indexOf('customer'), agent: groupBy.indexOf('agent') }
  const distinct = (place: number) =>
    [...new Set(rows.map(({ keys }) => keys[place] ?? null))].filter((key) => key !== null)
  if (now === null) return { rows, customers: {}, agents: {} }
  let agents: Names = {}
  if (at.agent !== -1) {
    const found = await AGENTS.byId(
      session.tx,
      now.client,
      distinct(at.agent).map((id) => [String(id)]),
    )
    const names = await namesOfAgents(
      session,
      now.client,
      found.map(({ number }) => number),
    )
    // Defines members of any name, which an assignment to `__proto__` does not.
    agents = Object.fromEntries(found.map(({ id, number }) => [id, names.get(number) ?? null]))
  }
  if (at.customer === -1) return { rows, customers: {}, agents }
  const numbers = distinct(at.customer) as number[]
  const found = await CUSTOMERS.byNumber(
    session.tx,
    now.client,
    numbers.map((number) => [number]),
  )
  const ids = new Map(found.map(({ id, number }) => [number, id]))
  const contacts = await contactsOf(session, now.client, numbers)
  const customers = Object.fromEntries(found.map(({ id, number }) => [id, contacts.get(number)?.name ?? null]))
  const renamed = rows.map((row) => {
    const keys = row.keys.map((key, place) =>
      place === at.customer && key !== null ? (ids.get(Number(key)) as string) : key,
    )
    return { ...row, keys }
  })
  return { rows: renamed, customers, agents }
}
