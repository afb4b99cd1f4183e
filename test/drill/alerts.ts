/** Whether alerts.yaml, in Prometheus's own hands, fires on figures that a server gave. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from '../helpers/deadline.js'

const RULES = resolve('scripts/deploy/alerts.yaml')
/** In minutes: how long all was well, and how long the fault has gone on, which is longer than any alert waits. */
const WELL = 20
const FAULT = 120

type Figures = ReadonlyMap<string, number>

/** The figures of a scrape, by name and labels; what is counted in buckets is left out. */
function figuresOf(text: string): Figures {
  const figures = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, series, value] = /^(ribbon_\S+(?:\{.*\})?) (\S+)$/.exec(line) ?? []
    if (series !== undefined && !series.includes('_bucket')) figures.set(series, Number(value))
  }
  return figures
}

/** Counters go on as fast as they went between two scrapes; times are told from when Prometheus's test begins, which is 0. */
function valuesOf(series: string, before: number | undefined, during: number | undefined): string {
  const [name] = series.split('{') as [string]
  const isTime = name.endsWith('_timestamp_seconds')
  const shift = isTime ? Date.now() / 1000 : 0
  const was = before === undefined ? '_' : String(before - shift)
  if (during === undefined) return `${was}x${String(WELL)} _x${String(FAULT)}`
  const isCounter = /_(?:total|count|sum)$/.test(name)
  // A server that was started again counts from 0.
  const grows = isCounter ? Math.max(0, during - (before ?? 0)) : 0
  const from = before === undefined && isCounter ? 0 : before === undefined ? '_' : before - shift
  return `${String(from)}x${String(WELL)} ${String(during - shift)}+${String(grows)}x${String(FAULT)}`
}

/**
 * @param before a scrape while all was well
 * @param during a scrape of the fault; null when nothing answered
 * @returns the alerts of the list that would have fired by now
 */
export async function firing(
  folder: string,
  alerts: readonly string[],
  before: string,
  during: string | null,
): Promise<readonly string[]> {
  const [was, is] = [figuresOf(before), during === null ? new Map<string, number>() : figuresOf(during)]
  const labelled = (series: string): string => {
    const own = 'job="ribbon",instance="a"'
    return series.endsWith('}') ? `${series.slice(0, -1)},${own}}` : `${series}{${own}}`
  }
  const series = [...new Set([...was.keys(), ...is.keys()])].map((name) => ({
    series: labelled(name),
    values: valuesOf(name, was.get(name), is.get(name)),
  }))
  series.push({ series: labelled('up'), values: `1x${String(WELL)} ${during === null ? '0' : '1'}x${String(FAULT)}` })
  const fired: string[] = []
  for (const alert of alerts) {
    const file = join(folder, 'alerts.test.json')
    const expr = `count(max_over_time(ALERTS{alertname="${alert}",alertstate="firing"}[${String(FAULT)}m]))`
    const asked = { expr, eval_time: `${String(WELL + FAULT)}m`, exp_samples: [{ labels: '{}', value: 1 }] }
    const test = { interval: '1m', input_series: series, promql_expr_test: [asked] }
    // JSON is YAML.
    await writeFile(file, JSON.stringify({ rule_files: [RULES], evaluation_interval: '1m', tests: [test] }))
    const outcome = await promisify(execFile)('promtool', ['test', 'rules', file]).then(
      () => null,
      (error: unknown) => error as { stdout?: string; stderr?: string },
    )
    if (outcome === null) fired.push(alert)
    else if (!`${String(outcome.stdout)}${String(outcome.stderr)}`.includes('got:'))
      throw new Error(JSON.stringify(outcome))
  }
  return fired
}

/** Scrapes until a condition holds. */
export async function scrapeUntil(
  scrape: () => Promise<string>,
  ms: number,
  what: string,
  holds: (text: string) => boolean | Promise<boolean>,
): Promise<string> {
  let text = ''
  await eventually(ms, what, async () => {
    text = await scrape()
    return holds(text)
  })
  return text
}
