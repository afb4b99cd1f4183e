import { median, percentile, type Figure } from './figures.js'
import { datesUntil } from '../office-hours.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { get, takeTurns } from './requests.js'
import type { FilledStore, Stores } from './stores.js'
import type { Workspace } from './workspace.js'

const FEW_CALLS = 10_000
const REQUESTS = 200

/** A year of `analytics/detailed`, on few and on many stored calls. */
export async function measureAnalytics(workspace: Workspace, stores: Stores): Promise<Figure[]> {
  const few = await stores.withCalls(FEW_CALLS)
  const many = await stores.withCalls(workspace.options.calls)
  const [small, large] = await Promise.all(
    [few, many].map(({ url }) => startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })),
  )
  if (small === undefined || large === undefined) throw new Error('two servers were started')
  const figure = (name: string, value: number, unit: Figure['unit'], bar: Figure['bar'] = null): Figure => ({
    section: 'analytics',
    name,
    value,
    unit,
    bar,
  })

  const figures = [
    figure(`filling ${count(many)}${many.reused ? ' (earlier)' : ''}`, many.fillSeconds, 's'),
    figure('filling: events', many.events / many.fillSeconds, '/s'),
  ]
  const path = (from: string, to: string) => `/api/ribbon/analytics/detailed?startDate=${from}&endDate=${to}`
  const shapes = [
    { name: 'a year of days', pathOf: ({ first, last }: Year) => path(first, last) },
    {
      name: 'a year cut inside days',
      pathOf: ({ first, last }: Year) => path(`${first}T00:07:30Z`, `${last}T18:22:30Z`),
    },
  ]
  for (const [index, { name, pathOf }] of shapes.entries()) {
    workspace.say(`analytics: ${name}`)
    const [fewMs, manyMs] = await takeTurns(
      { port: small.port, path: pathOf(yearOf(few)) },
      { port: large.port, path: pathOf(yearOf(many)) },
      REQUESTS,
    )
    // The bars are for whole days, which dashboards ask for; the other shape informs.
    const bar = <Bar extends Figure['bar']>(value: Bar) => (index === 0 ? value : null)
    figures.push(
      figure(`${name}, ${count(few)}: p50`, median(fewMs), 'ms'),
      figure(`${name}, ${count(few)}: p99`, percentile(fewMs, 99), 'ms'),
      figure(`${name}, ${count(many)}: p50`, median(manyMs), 'ms', bar({ below: 15 })),
      figure(`${name}, ${count(many)}: p99`, percentile(manyMs, 99), 'ms'),
      figure(`${name}: growth of p50`, median(manyMs) / median(fewMs), '×', bar({ atMost: 1.5 })),
    )
  }
  const { body } = await get(large.port, path(yearOf(many).first, yearOf(many).last))
  const { totalCalls } = (body as { summary: { totalCalls: number } }).summary
  figures.push(figure('calls missing from the report', Math.abs(many.calls - totalCalls), '', { atMost: 0 }))
  await Promise.all([small.stop(), large.stop()])
  return figures
}

interface Year {
  readonly first: string
  readonly last: string
}

function yearOf({ now }: FilledStore): Year {
  const dates = datesUntil(now, 365)
  return { first: String(dates.at(0)), last: String(dates.at(-1)) }
}

function count({ calls }: FilledStore): string {
  return `${calls.toLocaleString('en')} calls`
}
