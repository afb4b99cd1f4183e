/** Answers of the API as what is drawn of them. */
import type { components } from '../../client/client.js'

export type Answer = components['schemas']['AnalyticsAnswer']
type Row = components['schemas']['AnalyticsRow']
export type Metric = components['schemas']['Metric']

/** One bar of a chart over time. */
interface Stretch {
  /** A local date, or an instant with an offset where it is an hour. */
  readonly at: string
  readonly inbound: number
  readonly outbound: number
}

/** In order of time, without gaps. */
export function stretchesOf({ groupBy, rows }: Answer): Stretch[] {
  const [grain] = groupBy
  return rows.map(({ group, values }) => ({
    at: String(group[grain as 'date']),
    inbound: values.inbound ?? 0,
    outbound: values.outbound ?? 0,
  }))
}

interface Week {
  /** Calls by weekday, 0 is Sunday, and by hour of the day. */
  readonly calls: readonly (readonly number[])[]
  readonly most: number
}

export function weekOf({ rows }: Answer): Week {
  const calls = Array.from({ length: 7 }, () => Array<number>(24).fill(0))
  for (const { group, values } of rows) {
    const day = calls[Number(group.dayOfWeek)]
    if (day) day[Number(group.hourOfDay)] = values.calls ?? 0
  }
  return { calls, most: Math.max(...calls.flat()) }
}

/** How much of the most it is, in steps: 0 is nothing, 5 the most. */
export function stepOf(value: number, most: number): number {
  return value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 5))
}

const BUCKETS = ['0-30s', '30s-1m', '1m-3m', '3m-5m', '5m+'] as const
type Bucket = (typeof BUCKETS)[number]

/** Ended calls by how long they lasted, the shortest first, those without calls included. */
export function bucketsOf({ rows }: Answer): { readonly bucket: Bucket; readonly calls: number }[] {
  return BUCKETS.map((bucket) => ({
    bucket,
    calls: rows.find(({ group }) => group.durationBucket === bucket)?.values.calls ?? 0,
  }))
}

const NAMES = { agent: 'agentName', customer: 'customerName', virtualNumber: null, status: null } as const

export interface Ranked {
  /** Null: of no agent, customer or number. */
  readonly id: string | null
  readonly name: string | null
  readonly values: Row['values']
  /** How many calls it has of the most that one has, 0 to 1. */
  readonly share: number
}

export function rankedOf({ rows }: Answer, by: keyof typeof NAMES): Ranked[] {
  const most = Math.max(1, ...rows.map(({ values }) => values.calls ?? 0))
  const named = NAMES[by]
  return rows.map(({ group, values }) => ({
    id: group[by] ?? null,
    name: named === null ? null : (group[named] ?? null),
    values,
    share: (values.calls ?? 0) / most,
  }))
}

interface Compared {
  readonly value: number | null
  readonly previous: number | null
  /** As a share of the value before; of a share the difference itself. Null where either is not known. */
  readonly change: number | null
}

export function comparedOf({ total }: Answer, metric: Metric): Compared {
  const changes = metric === 'answerRate' ? total.difference : total.change
  return {
    value: total.values[metric] ?? null,
    previous: total.previous?.[metric] ?? null,
    change: changes?.[metric] ?? null,
  }
}
