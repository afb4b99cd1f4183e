import { createHash } from 'node:crypto'
import type { DailyReport } from '../../schemas/daily-report.js'
import { dailyPage, type ReportTable } from './daily-tables.js'
import { COLOURS, hoursChart } from './hours-chart.js'
import { STYLE } from './style.js'

/** A page of a report shows itself: it runs nothing, asks for nothing, and its one style is the one that it came with. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The daily report as a page that stands by itself, for browsers and for programs that show mail. */
export function dailyHtml(report: DailyReport): string {
  const { title, subtitle, headline, totals, hours, others } = dailyPage(report)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="when">${escaped(subtitle)}</p>
<p class="headline">${escaped(headline)}</p>
${section(totals, tableHtml(totals))}
${section(hours, hours.rows.length === 0 ? tableHtml(hours) : charted(report, hours))}
${others.map((table) => section(table, tableHtml(table))).join('\n')}
</main>
</body>
</html>
`
}

function section({ title, note }: ReportTable, content: string): string {
  const words = note === '' ? '' : `<p>${escaped(note)}</p>\n`
  return `<section>\n<h2>${escaped(title)}</h2>\n${words}${content}</section>`
}

/** The chart, and the same as a table: those who cannot see it, and mail programs that show none, have that. */
function charted({ hours }: DailyReport, table: ReportTable): string {
  const legend = Object.entries(COLOURS).map(
    ([name, colour]) =>
      `<svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill="${colour}"/></svg> ${name}`,
  )
  return `${hoursChart(hours, escaped(table.title), 'Bars of inbound and outbound calls; the table below has their numbers.')}
<p class="legend">${legend.join(' &nbsp; ')}</p>
<details>
<summary>The same as a table</summary>
${tableHtml(table)}</details>
`
}

function tableHtml({ title, headings, rows, bars, empty }: ReportTable): string {
  if (rows.length === 0) return empty === '' ? '' : `<p>${escaped(empty)}</p>\n`
  const [name, ...numbers] = headings
  const barHeading = bars === undefined ? '' : '<td></td>'
  const head = `${name === '' ? '<td></td>' : `<th scope="col">${escaped(name)}</th>`}${numbers
    .map((heading) => `<th scope="col">${escaped(heading)}</th>`)
    .join('')}${barHeading}`
  const body = rows.map(([first = '', ...cells], at) => {
    const bar = bars === undefined ? '' : `<td class="bar">${barSvg(bars[at] as number)}</td>`
    const others = cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')
    return `<tr><th scope="row"><bdi>${escaped(first)}</bdi></th>${others}${bar}</tr>`
  })
  return `<table aria-label="${escaped(title)}">
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>
`
}

const LONGEST_BAR = 60

function barSvg(share: number): string {
  const width = Math.max(1, Math.round(share * LONGEST_BAR))
  return `<svg width="${LONGEST_BAR}" height="12" aria-hidden="true"><rect width="${width}" height="12" fill="${COLOURS.inbound}"/></svg>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML, in elements and in attributes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => String(ENTITIES[character]))
}
