import { CALL_FLOWS, FLOW_START, type CallFlow } from './call-flows.js'
import { formatForSheet } from '../core/calendar.js'
import type { JsonObject } from '../core/json.js'
import { PROVIDER_TIMEZONE } from '../core/provider/payload.js'
import { docsPage, html } from './page.js'

/** The life of a call, flow by flow: what is reported, and what comes of it. */
export function callFlowsPage(): string {
  return docsPage(
    'Calls as they really happen',
    `    <p>
      What the ribbon in the browser reports, what Exotel reports, and the call that comes of it: the same in whatever order
      the reports arrive, and however often. Exotel’s reports go before the browser’s. Times are Indian time. Back to the
      <a href="../docs">documentation</a>.
    </p>
${CALL_FLOWS.map(section).join('\n')}`,
  )
}

function section(flow: CallFlow): string {
  const { name, why, outcome } = flow
  const id = name.replace(/[^a-z]+/g, '-')
  const reports = [
    ...flow.browser.map(([at, event, data, agent]) => ({
      at,
      whose: 'ribbon',
      what: event,
      data: { ...data, agentUserId: agent },
    })),
    ...flow.provider.map(([at, event, data]) => ({ at, whose: 'Exotel', what: event, data })),
  ].sort((a, b) => a.at - b.at)
  const rows = reports.map(
    ({ at, whose, what, data }) =>
      `<tr><td>${clock(at)}</td><td>${whose}</td><td><code>${what}</code></td><td>${said(data)}</td></tr>`,
  )
  const { status, direction, talkSeconds, ringSeconds, agentUserId, endReason } = outcome
  const facts = Object.entries({ status, direction, talkSeconds, ringSeconds, agentUserId, endReason })
    .filter(([, value]) => value !== null)
    .map(([fact, value]) => `${fact} <code>${String(value)}</code>`)
  return `    <section id="${id}">
      <h2><a href="#${id}">${html(name)}</a></h2>
      <p>${html(why)}</p>
      <table>
        <thead><tr><th>when</th><th>who</th><th>report</th><th>says</th></tr></thead>
        <tbody>${rows.join('\n')}</tbody>
      </table>
      <p>The call: ${facts.join(', ')}.</p>
    </section>`
}

/** Members with their values, which people read more easily than JSON. */
function said(data: JsonObject): string {
  const members = Object.entries(data).filter(([, value]) => value !== undefined)
  return members
    .map(([name, value]) => `${name} <code>${html(typeof value === 'string' ? value : JSON.stringify(value))}</code>`)
    .join(', ')
}

function clock(seconds: number): string {
  return formatForSheet(PROVIDER_TIMEZONE, FLOW_START + seconds * 1000).slice(11)
}
