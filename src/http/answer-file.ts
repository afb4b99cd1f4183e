/** The answer to a question about calls as a file for spreadsheets. */
import type { AnalyticsAnswer } from '../../schemas/analytics-answer.js'
import { csvLine, guarded } from '../core/csv.js'

/** RFC 4180, with a header: what a group is told by, then each metric, and what became of it where it is compared. */
export function answerCsv({ groupBy, metrics, rows, compareTo }: AnalyticsAnswer): string {
  const told = groupBy.flatMap((by) => (by === 'customer' || by === 'agent' ? [by, `${by}Name` as const] : [by]))
  const measured = metrics.flatMap(({ metric }) => {
    const parts =
      compareTo === undefined ? (['values'] as const) : (['values', 'previous', 'difference', 'change'] as const)
    return parts.map((part) => ({ metric, part }))
  })
  const headings = [...told, ...measured.map(({ metric, part }) => (part === 'values' ? metric : `${metric} ${part}`))]
  const lines = rows.map((row) => [
    ...told.map((name) => guarded(row.group[name])),
    ...measured.map(({ metric, part }) => row[part]?.[metric]),
  ])
  return [headings, ...lines].map((line) => `${csvLine(line)}\r\n`).join('')
}
