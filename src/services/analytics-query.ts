import type { AnalyticsAnswer, InstantRange, Measured } from '../../schemas/analytics-answer.js'
import type { AnswerQuery } from '../../schemas/analytics-query.js'
import type { AnswerRow, Asked, Measured as MeasuredValues } from '../core/analytics/answer.js'
import { changeOf } from '../core/analytics/change.js'
import { measureOf, type SortKey } from '../core/analytics/measures.js'
import { looksAhead } from '../core/analytics/metrics.js'
import { comparedRange } from '../core/analytics/periods.js'
import type { Filters } from '../core/analytics/selection.js'
import {
  DEFINITIONS_VERSION,
  isGrain,
  TIME_GRAINS,
  type CallDimension,
  type Metric,
} from '../core/analytics/vocabulary.js'
import { formatInstant } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { OPEN_RANGE, type TimeRange } from '../core/range.js'
import { LIMITS } from '../core/limits.js'
import { fail, failInvalid } from '../errors.js'
import type { ReadTime } from '../http/convert.js'
import { rangeOf, statedRetention } from '../http/ranges.js'
import type { Client } from '../storage/port/clients.js'
import type { CallsAnswer, TooLargeIn } from '../storage/port/questions.js'
import type { Storage } from '../storage/port/storage.js'
import { windowOf } from './call-questions.js'
import { numberIn } from './call-search.js'

/** Answers questions about calls: see `core/analytics`. */
export class AnalyticsQueryService {
  readonly #storage: Storage
  readonly #readTime: ReadTime

  constructor({ storage, readTime }: { readonly storage: Storage; readonly readTime: ReadTime }) {
    this.#storage = storage
    this.#readTime = readTime
  }

  /** @throws ApiError 400 naming the parameter at fault; 422 where one question may not cost as much */
  async ask(client: Client, query: AnswerQuery): Promise<AnalyticsAnswer> {
    const { range, zone, dateRange } = rangeOf(query, client)
    const asked = askedOf(query)
    refuseWithoutBounds(query)
    const { compareTo, serviceLevelSeconds, abandonSeconds } = query
    const comparedTo = compareTo === undefined ? null : comparedRange(range, compareTo, zone)
    const answer = await this.#storage.askCalls({
      ...asked,
      clientId: client.clientId,
      range,
      zone,
      now: this.#readTime().now,
      comparedTo,
      filters: filtersOf(query),
      serviceLevelSeconds,
      abandonSeconds,
      ...windowOf(client),
      // All calls together are one row, if there are none as well.
      fill: query.fill === 'zero' || asked.groupBy.length === 0,
    })
    if (answer.status === 'too-large') return refuse(answer.what, asked)
    const { metrics, groupBy } = asked
    return {
      definitions: DEFINITIONS_VERSION,
      dateRange,
      range: published(range),
      timezone: zone,
      ...(compareTo !== undefined && comparedTo !== null && { compareTo, comparedRange: published(comparedTo) }),
      metrics: metrics.map((metric) => {
        const { unit, errorPercent } = measureOf(metric)
        return { metric, unit, exact: errorPercent === 0, errorPercent }
      }),
      groupBy: [...groupBy],
      serviceLevelSeconds,
      abandonSeconds,
      ...(looksAhead(metrics) && {
        missedCallWindowHours: client.missedCallWindowHours,
        missedCallWindowIn: client.missedCallWindowIn,
      }),
      rows: rowsOf(asked, answer),
      omittedGroups: answer.other?.groups ?? 0,
      ...(query.other && answer.other && { other: { groups: answer.other.groups, ...told(metrics, answer.other) } }),
      total: told(metrics, answer.total),
      ...statedRetention(range, answer.retainedFrom),
    }
  }
}

function askedOf({ metrics, groupBy = [], sort, limit, other, format }: AnswerQuery): Asked {
  const grains = groupBy.filter(isGrain)
  if (grains.length > 1) {
    const message = `names ${grains.join(' and ')}: one stretch of time at the most, and with it a cycle such as hourOfDay or something of the calls such as agent`
    failInvalid({ in: 'query', pointer: '/groupBy', message })
  }
  if (other && format === 'csv') {
    const message = 'is for JSON alone: a file has the groups alone, and a header says how many it leaves out'
    failInvalid({ in: 'query', pointer: '/other', message })
  }
  if (sort === undefined) return { metrics, groupBy, sort: null, limit }
  const descending = sort.startsWith('-')
  const by = (descending ? sort.slice(1) : sort) as SortKey
  if (by !== 'group' && !metrics.includes(by)) {
    const message = `is ${shown(sort)}, which is not asked for: name ${by} in metrics, or sort by ${EITHER.format([...metrics, 'group'])}`
    failInvalid({ in: 'query', pointer: '/sort', message })
  }
  return { metrics, groupBy, sort: { by, descending }, limit }
}

const EITHER = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/** An open range has no range before it, and stretches of time without end. */
function refuseWithoutBounds({ startDate, endDate, compareTo, fill, groupBy = [] }: AnswerQuery): void {
  if (startDate !== undefined && endDate !== undefined) return
  if (compareTo !== undefined) {
    failInvalid({
      in: 'query',
      pointer: '/compareTo',
      message: 'needs startDate and endDate: it compares with a range as long',
    })
  }
  const grain = groupBy.find(isGrain)
  if (fill !== undefined && grain !== undefined) {
    failInvalid({
      in: 'query',
      pointer: '/fill',
      message: `needs startDate and endDate: it tells every ${grain} between them`,
    })
  }
}

/** What calls are filtered by, by the parameter that says it. */
const FILTERS = {
  callDirection: 'direction',
  status: 'status',
  durationBucket: 'durationBucket',
  businessHours: 'businessHours',
  customerId: 'customer',
  agentUserId: 'agent',
  phoneNumber: 'phoneNumber',
  virtualNumber: 'virtualNumber',
  endReason: 'endReason',
  domain: 'domain',
} as const satisfies Partial<Record<keyof AnswerQuery, CallDimension>>

/** In an order of their own: the same question in other words is the same. */
function filtersOf(query: AnswerQuery): Filters {
  const filters = Object.entries(FILTERS).map(([parameter, dimension]) => {
    const values = query[parameter as keyof typeof FILTERS]?.map((value) => {
      if (dimension === 'domain') return value.toLowerCase()
      return dimension === 'phoneNumber' || dimension === 'virtualNumber' ? numberIn(value) : value
    })
    return [dimension, values?.sort()] as const
  })
  return Object.fromEntries(filters.filter(([, values]) => values !== undefined))
}

function refuse(what: TooLargeIn, { groupBy }: Asked): never {
  const [first, second] = groupBy
  const grain = groupBy.find(isGrain)
  const longer = grain === undefined ? undefined : TIME_GRAINS[TIME_GRAINS.indexOf(grain) + 1]
  const ways = [
    'for a shorter range',
    ...(what === 'groups' && grain !== undefined && longer !== undefined ? [`by ${longer} in place of ${grain}`] : []),
    ...(what === 'groups' && first !== undefined && second !== undefined ? [`by ${first} or ${second} alone`] : []),
  ]
  const most = {
    groups: `has more than ${String(LIMITS.askedGroups)} groups`,
    calls: `reads more than ${String(LIMITS.askedCalls)} calls`,
    time: 'takes too long',
  }
  fail('question_too_large', `This question ${most[what]}: ask ${ways.join(', or ')}.`)
}

function rowsOf({ metrics, groupBy }: Asked, answer: CallsAnswer & { status: 'answered' }): AnalyticsAnswer['rows'] {
  const names = { customer: new Map(Object.entries(answer.customers)), agent: new Map(Object.entries(answer.agents)) }
  const groupOf = ({ keys }: AnswerRow): AnalyticsAnswer['rows'][number]['group'] => {
    const told = groupBy.map((by, at) => {
      const key = keys[at] ?? null
      return {
        [by]: key,
        ...((by === 'customer' || by === 'agent') && { [`${by}Name`]: names[by].get(String(key)) ?? null }),
      }
    })
    return Object.assign({}, ...told) as AnalyticsAnswer['rows'][number]['group']
  }
  return answer.rows.map((row) => ({ group: groupOf(row), ...told(metrics, row) }))
}

/** Values by their metrics, and what became of them where they are compared. */
function told(metrics: readonly Metric[], { values, previous }: MeasuredValues): Measured {
  const named = (of: (at: number) => number | null) => Object.fromEntries(metrics.map((metric, at) => [metric, of(at)]))
  const now = (at: number) => values[at] ?? null
  if (previous === null) return { values: named(now) }
  const before = (at: number) => previous[at] ?? null
  return {
    values: named(now),
    previous: named(before),
    difference: named((at) => changeOf(now(at), before(at)).difference),
    change: named((at) => changeOf(now(at), before(at)).change),
  }
}

function published({ from, to }: TimeRange): InstantRange {
  return {
    from: from <= OPEN_RANGE.from ? null : formatInstant(from),
    to: to >= OPEN_RANGE.to ? null : formatInstant(to),
  }
}
