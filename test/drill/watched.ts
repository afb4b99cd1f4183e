/** Holds RUNBOOK.md to what a server in a fault says of itself. */
import type { Test } from 'tap'
import { firing } from './alerts.js'
import { seenIn } from './runbook.js'
import type { DrilledServer } from './server.js'

interface Observed {
  /** A scrape while all was well, and one of the fault; null when nothing answered. */
  readonly before: string
  readonly during: string | null
  /** What was logged since the fault began. */
  readonly log: string
  /** What `/health/ready` answered, where it answered. */
  readonly ready?: { readonly status: number; readonly body: string }
}

/** Everything that a section says is to be seen is seen, and its alerts fire, in Prometheus's own hands. */
export async function checkSeen(t: Test, heading: string, drilled: DrilledServer, observed: Observed): Promise<void> {
  const { before, during, log, ready } = observed
  const seen = seenIn(heading)
  t.strictSame(await firing(drilled.folder, seen.alerts, before, during), seen.alerts, `${heading}: alerts fire`)
  t.strictSame(await firing(drilled.folder, seen.alerts, before, before), [], `${heading}: and did not before`)
  t.ok(seen.alerts.length > 0)
  for (const metric of seen.metrics) {
    // A setting may stand beside a metric.
    if (metric.startsWith('ribbon_')) t.ok(during?.includes(`\n${metric}`), `${heading}: /metrics has ${metric}`)
  }
  for (const words of seen.log) t.ok(log.includes(words), `${heading}: the log says ${words}`)
  for (const words of seen.ready) {
    t.ok(ready?.body.includes(words), `${heading}: /health/ready says ${words}`, { ready })
  }
}

/** A figure of a scrape. @throws Error when it is not there */
export function figure(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  if (line === undefined) throw new Error(`/metrics has no ${series}`)
  return Number(line.slice(series.length + 1))
}
