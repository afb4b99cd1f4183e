/**
 * Lists of calls by what is known of them. Each filter has an index that has its calls in order of their start. Of several
 * filters the one that has the fewest calls about there is read from its index, and its calls are looked at for the others.
 */
import { TAG_SEPARATOR } from '../../../core/operator-facts.js'
import { numberKey } from '../../../core/phone-number.js'
import type { TimeRange } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import { CALL_STATUSES, type CallStatus, DIRECTIONS } from '../../../core/vocabulary/calls.js'
import type { CallFilters, CallPage, CallPosition, CallQuery } from '../../port/calls.js'
import { find } from '../bulk.js'
import { CONFIRMED, directionCode, statusCode } from '../codes.js'
import type { Session } from '../session.js'
import { join, raw, sql, type Value } from '../transaction.js'
import { CallStreams, type CallIndex, type LookedAt, type Stretch } from './call-streams.js'
import { LISTED, listOf, type ListedRow } from './calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'
import { customersById } from './customers.js'
import { IS_COUNTED } from '../write/calls.js'

/** As the index has it that is by them: see the migration `008-finding`. */
const CLASS = 'direction * 64 + status * 4 + (answered & 2) + (case when recording is null then 0 else 1 end)'

/** How long a call takes to be in an index of long ones, in seconds, the longest first. */
const LONG = [
  ['veryLong', 3600],
  ['long', 900],
] as const

const BEGUN = 'start_at is not null'

const INDEXES = {
  class: { key: CLASS, type: 'bigint', holds: `${BEGUN} and call_key is not null and ${IS_COUNTED.sql}` },
  customer: { key: 'customer', type: 'bigint', holds: 'customer is not null' },
  phone: { key: 'phone', type: 'text', holds: 'phone is not null' },
  agent: { key: 'agent', type: 'text', holds: 'agent is not null' },
  virtualNumber: { key: 'virtual_number', type: 'text', holds: 'virtual_number is not null' },
  endReason: { key: 'end_reason', type: 'text', holds: 'end_reason is not null' },
  long: { key: null, type: 'bigint', holds: `duration >= 900 and ${IS_COUNTED.sql}` },
  veryLong: { key: null, type: 'bigint', holds: `duration >= 3600 and ${IS_COUNTED.sql}` },
  disposition: { key: 'disposition_code', type: 'text', holds: 'disposition_code is not null' },
  tagged: { key: null, type: 'bigint', holds: 'tags is not null' },
  start: { key: null, type: 'bigint', holds: BEGUN },
} as const satisfies Record<string, CallIndex>

/** Indexes that have calls which count, and no others. */
const OF_COUNTED = ['class', 'long', 'veryLong'] as const

const OPEN = statusCode('active')
const ENDED = CALL_STATUSES.filter((status) => status !== 'active' && status !== 'expired').map(statusCode)

const listedCalls = find<ListedRow>(LISTED, 'calls', ['number'])

/** See `Storage.listCalls`. */
export async function listCalls(session: Session, query: CallQuery): Promise<CallPage> {
  const nothing = { calls: [], cut: false, next: null }
  const now = await readClient(session, query.clientId)
  if (now === null) return { ...nothing, retainedFrom: null }
  const { retainedFrom } = now
  const roads = await roadsOf(session, now, query)
  if (roads === null) return { ...nothing, retainedFrom }
  const page = await pageOf(await best(roads), query.pageSize)
  const rows = await listedCalls(
    session.tx,
    now.client,
    page.hits.map(({ number }) => [number]),
  )
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  const { calls, cut } = listOf(
    query.clientId,
    page.hits.map(({ number }) => byNumber.get(number) as ListedRow),
  )
  // A list that is cut has one call at least.
  const next = cut ? placeOf(page.hits[calls.length - 1] as LookedAt) : page.next
  return { calls, cut, next, retainedFrom }
}

/** A filter's index, where its calls stand in it, and what those calls are looked at for. */
interface Road {
  readonly index: CallIndex
  readonly stretches: readonly Stretch[]
  readonly others: readonly Condition[]
}

type Statement = ReturnType<typeof sql>
interface Condition {
  /** The indexes whose calls all fulfil it. */
  readonly of: readonly (keyof typeof INDEXES)[]
  readonly text: Statement
}

/** @returns null when no call can match */
async function roadsOf(session: Session, now: ClientNow, query: CallQuery): Promise<CallStreams[] | null> {
  const { filters } = query
  const range = keptOf(query.range, now.retainedFrom)
  const keys = new Map<keyof typeof INDEXES, readonly Value[]>()
  if (filters.customerId !== null) {
    const [customer] = await customersById(session.tx, now.client, [[filters.customerId]])
    if (customer === undefined) return null
    keys.set('customer', [customer.number])
  }
  if (filters.phoneNumber !== null) keys.set('phone', spellingsOf(filters.phoneNumber, now.region))
  if (filters.virtualNumber !== null) keys.set('virtualNumber', spellingsOf(filters.virtualNumber, now.region))
  if (filters.agentUserId !== null) keys.set('agent', [filters.agentUserId])
  if (filters.endReason !== null) keys.set('endReason', [filters.endReason])
  if (filters.disposition !== null) keys.set('disposition', [filters.disposition])

  const openRange = { from: range.from, to: range.to, ...openBounds(query, range) }
  const conditions: Condition[] = [...keys].map(([of, values]) => ({
    of: [of],
    text: sql`${raw(String(INDEXES[of].key))} in (${join(values)})`,
  }))
  conditions.push(...classConditions(query), ...durationConditions(filters), {
    of: OF_COUNTED,
    text: sql`${IS_COUNTED}`,
  })

  if (filters.tag !== null) conditions.push({ of: [], text: hasTag(session, filters.tag) })

  const roads: Road[] = []
  const add = (of: keyof typeof INDEXES, stretches: readonly Stretch[]): void => {
    roads.push({ index: INDEXES[of], stretches, others: conditions.filter((condition) => !condition.of.includes(of)) })
  }
  for (const [of, values] of keys) {
    add(
      of,
      values.map((key) => ({ key, range })),
    )
  }
  const isOfClass = [filters.statuses, filters.direction, filters.confirmed, filters.hasRecording].some(
    (of) => of !== null,
  )
  if (isOfClass) add('class', classStretches(filters, range, openRange))
  const long = LONG.find(([, seconds]) => (filters.minSeconds ?? 0) >= seconds)
  if (long !== undefined) add(long[0], [{ key: null, range }])
  if (filters.tag !== null) add('tagged', [{ key: null, range }])
  if (roads.length === 0) add('start', [{ key: null, range }])
  return roads.map(({ index, stretches, others }) => {
    const texts = others.map(({ text }) => text)
    const hit = texts.length === 0 ? sql`1` : sql`case when ${join(texts, ' and ')} then 1 else 0 end`
    const { oldestFirst, after, pageSize } = query
    return new CallStreams(session.tx, {
      client: now.client,
      index,
      stretches,
      oldestFirst,
      after,
      hit,
      wanted: pageSize + 1,
    })
  })
}

function hasTag({ tx }: Session, tag: string): Statement {
  const apart = `${TAG_SEPARATOR}${tag}${TAG_SEPARATOR}`
  return tx.engine === 'sqlite' ? sql`instr(tags, ${apart}) > 0` : sql`strpos(tags, ${apart}) > 0`
}

/** As numbers are found now, and as they were told to rows from before. */
export function spellingsOf(text: string, region: string): readonly string[] {
  return [...new Set([numberKey(text, region), text])]
}

/** Which of the calls that have not ended are asked for: those that began after the last one which reads as expired, or until it. */
function openBounds({ filters: { statuses }, time }: CallQuery, range: TimeRange): Partial<TimeRange> {
  if (statuses === null) return {}
  const firstActive = time.now - time.maxCallAgeMs + 1
  const [active, expired] = [statuses.includes('active'), statuses.includes('expired')]
  if (active === expired) return active ? {} : { to: range.from }
  return active ? { from: Math.max(range.from, firstActive) } : { to: Math.min(range.to, firstActive) }
}

function endedCodes(statuses: readonly CallStatus[] | null): readonly number[] {
  return statuses === null ? ENDED : ENDED.filter((code) => statuses.includes(CALL_STATUSES[code] as CallStatus))
}

/** The classes that direction, status, confirmation and recording leave. */
function classStretches(filters: CallFilters, range: TimeRange, openRange: TimeRange): Stretch[] {
  const { statuses, direction, confirmed, hasRecording } = filters
  const either = (wanted: boolean | null, bit: number) => (wanted === null ? [0, bit] : [wanted ? bit : 0])
  const stretches: Stretch[] = []
  for (const way of direction === null ? DIRECTIONS : [direction]) {
    for (const status of [OPEN, ...endedCodes(statuses)]) {
      for (const told of either(confirmed, CONFIRMED)) {
        for (const recorded of either(hasRecording, 1)) {
          const key = directionCode(way) * 64 + status * 4 + told + recorded
          stretches.push({ key, range: status === OPEN ? openRange : range })
        }
      }
    }
  }
  return stretches
}

function classConditions(query: CallQuery): Condition[] {
  const { statuses, direction, confirmed, hasRecording } = query.filters
  const texts: Statement[] = []
  if (direction !== null) texts.push(sql`direction = ${directionCode(direction)}`)
  if (confirmed !== null) texts.push(sql`(answered & ${raw(String(CONFIRMED))}) ${raw(confirmed ? '<>' : '=')} 0`)
  if (hasRecording !== null) texts.push(sql`recording is ${raw(hasRecording ? 'not null' : 'null')}`)
  if (statuses !== null) {
    const { from, to } = { from: -Infinity, to: Infinity, ...openBounds(query, { from: -Infinity, to: Infinity }) }
    const open = [
      ...(from === -Infinity ? [] : [sql`and calls.start_at >= ${from}`]),
      ...(to === Infinity || to === -Infinity ? [] : [sql`and calls.start_at < ${to}`]),
    ]
    const ended = endedCodes(statuses)
    const parts = [
      ...(ended.length === 0 ? [] : [sql`status in (${join(ended)})`]),
      ...(to === -Infinity ? [] : [sql`(status = ${OPEN} ${join([sql``, ...open], ' ')})`]),
    ]
    texts.push(sql`(${join(parts, ' or ')})`)
  }
  return texts.map((text) => ({ of: ['class'], text }))
}

function durationConditions({ minSeconds, maxSeconds }: CallFilters): Condition[] {
  const texts: Statement[] = []
  if (minSeconds !== null) texts.push(sql`duration >= ${minSeconds}`)
  if (maxSeconds !== null) texts.push(sql`duration <= ${maxSeconds}`)
  // That a call is long does not say how long.
  return texts.map((text) => ({ of: [], text }))
}

/** The road on which the first calls reach furthest: calls are rarest there. */
async function best(roads: readonly CallStreams[]): Promise<CallStreams> {
  let [chosen] = roads as [CallStreams]
  if (roads.length === 1) return chosen
  let furthest = -Infinity
  for (const road of roads) {
    const reach = await road.reach()
    if (reach <= furthest) continue
    chosen = road
    furthest = reach
  }
  return chosen
}

/** One page of calls that were asked for. It ends early where too many others would have to be looked at. */
async function pageOf(
  streams: CallStreams,
  pageSize: number,
): Promise<{ readonly hits: readonly LookedAt[]; readonly next: CallPosition | null }> {
  const hits: LookedAt[] = []
  let last: LookedAt | undefined
  let looked = 0
  let call = await streams.next()
  while (call !== undefined) {
    if (hits.length === pageSize && call.hit === 1) return { hits, next: placeOf(hits.at(-1) as LookedAt) }
    if (looked === LIMITS.lookedAtCalls) return { hits, next: placeOf(last as LookedAt) }
    if (call.hit === 1) hits.push(call)
    last = call
    looked += 1
    call = await streams.next()
  }
  return { hits, next: null }
}

function placeOf({ start_at, number }: LookedAt): CallPosition {
  return { startAt: start_at, number }
}
