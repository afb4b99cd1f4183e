import { DEFINITIONS_VERSION } from '../core/analytics/vocabulary.js'
import { COSTS, GROUPING_ROWS, METRIC_ROWS, REASONS } from './analytics-guide.js'
import { docsPage, html } from './page.js'

/** What is measured of calls, and why so. */
export function analyticsPage(): string {
  const reasons = [...REASONS, { title: 'What is flat, and what is not', why: COSTS }]
  return docsPage(
    'What is measured of calls',
    `    <p>
      The words of <code>GET /api/ribbon/analytics/query</code>, what they mean and why. Version ${String(DEFINITIONS_VERSION)} of the definitions, which
      each answer names: a metric whose meaning changes counts it up. Back to the <a href="../docs">documentation</a>.
    </p>
${table('metrics', 'Metrics', ['metric', 'counts', 'told', 'means'], METRIC_ROWS)}
${table('groups', 'Groups', ['group', 'for example', 'means'], GROUPING_ROWS)}
${reasons.map(({ title, why }) => section(idOf(title), title, why.map((text) => `      <p>${html(text)}</p>`).join('\n'))).join('\n')}`,
  )
}

function table(id: string, title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = rows.map(([name = '', ...cells]) => {
    return `<tr><td><code>${name}</code></td>${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`
  })
  return section(
    id,
    title,
    `      <table>
        <thead><tr>${headings.map((heading) => `<th>${heading}</th>`).join('')}</tr></thead>
        <tbody>${lines.join('\n')}</tbody>
      </table>`,
  )
}

function section(id: string, title: string, content: string): string {
  return `    <section id="${id}">
      <h2><a href="#${id}">${title}</a></h2>
${content}
    </section>`
}

function idOf(title: string): string {
  return title.toLowerCase().replace(/[^a-z]+/g, '-')
}
