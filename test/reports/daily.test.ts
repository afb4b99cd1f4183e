import stringWidth from 'string-width'
import t from 'tap'
import { type DailyReport, dailyReportExample } from '../../schemas/daily-report.js'
import { dailyHtml, PAGE_POLICY } from '../../src/reports/page.js'
import { dailyText } from '../../src/reports/text.js'
import { hoursChart } from '../../src/reports/hours-chart.js'
import {
  changeWords,
  countOf,
  dateWords,
  hourWords,
  nameWords,
  NONE,
  pointsWords,
  secondsWords,
  shareWords,
} from '../../src/reports/words.js'
import { HOSTILE_NAME } from '../helpers/report-day.js'

const nothing = {
  ...{ calls: 0, inbound: 0, outbound: 0, answered: 0, missed: 0 },
  ...{ answerRate: null, talkSeconds: 0, avgTalkSeconds: null, serviceLevel: null },
}
const noChange = { difference: null, change: null }
const sinceNothing = {
  ...dailyReportExample.weekBefore.changes,
  ...{ calls: { difference: 125, change: null }, missed: { difference: 0, change: null }, answerRate: noChange },
  ...{ talkSeconds: { difference: 21_375, change: null }, avgTalkSeconds: noChange },
}
const never = { p50: null, p75: null, p90: null, p95: null, p99: null }
const EMPTY: DailyReport = {
  ...dailyReportExample,
  figures: nothing,
  hours: dailyReportExample.hours.map(({ hour }) => ({ hour, calls: 0, inbound: 0, outbound: 0 })),
  busiestHour: null,
  ...{ outcomes: [], agents: [], customers: [], virtualNumbers: [] },
  percentiles: { talk: never, ring: never },
  missedCalls: { ...dailyReportExample.missedCalls, ...{ missed: 0, wonBack: 0, openMissed: 0, numbers: [] } },
}

t.test('the text has every figure, names to the left and numbers to the right', (t) => {
  t.equal(
    dailyText(dailyReportExample).slice(0, 720),
    `Demo Client: calls of Sat 11 Oct
================================
Saturday, 11 October 2025 · Asia/Kolkata

125 calls, 114 of them answered. The busiest hour was 11:00 to 12:00,
with 23. 2 missed calls still open.

The day
-------
Service level: inbound calls answered within 20 s, without those given
up within 5 s.
                  Day  vs Fri 10 Oct  vs Sat 4 Oct
Calls             125           +25%          +25%
Inbound            45           +13%          +13%
Outbound           80           +33%          +33%
Answered          114           +27%          +27%
Answer rate     91.2%       +1.2 pts      +1.2 pts
Missed              5           +25%          +25%
Average talk   3m 08s            +4%           +4%
Talk in all    5h 56m           +32%          +32%
Service level   88.9%          0 pts         0 pts
`.slice(0, 720),
  )
  t.match(dailyText(dailyReportExample), /^Asha Rao +125 +114 +5 +5h 56m$/m)
  t.match(dailyText(dailyReportExample), /^11:00 +8 +15 +23 {2}█{24}$/m)
  t.match(dailyText(dailyReportExample), /^\+919876543210 +2$/m)
  t.notMatch(dailyText(dailyReportExample), /^(?:07|19):00/m, 'hours before the first call and after the last')
  t.end()
})

t.test('columns stay aligned whatever script names are in', (t) => {
  const [agent] = dailyReportExample.agents as [DailyReport['agents'][0]]
  const names = ['आशा राव', '王小明', 'Zoë 👩‍👩‍👧', 'A']
  const text = dailyText({ ...dailyReportExample, agents: names.map((agentName) => ({ ...agent, agentName })) })
  const lines = text
    .split('\n')
    .filter((line) => line.endsWith('5h 56m') && names.some((name) => line.startsWith(name)))
  t.equal(lines.length, names.length)
  t.equal(new Set(lines.map((line) => stringWidth(line))).size, 1)
  t.end()
})

t.test('nothing that a name holds is markup, steers a terminal, or turns a line around', (t) => {
  const [agent] = dailyReportExample.agents as [DailyReport['agents'][0]]
  const [customer] = dailyReportExample.customers as [DailyReport['customers'][0]]
  const report = {
    ...dailyReportExample,
    clientName: `</title>${HOSTILE_NAME}`,
    agents: [{ ...agent, agentName: '\u001b[31mred\u202e\u0007' }],
    customers: [{ ...customer, customerName: HOSTILE_NAME }],
    virtualNumbers: [{ ...agent, virtualNumber: '"><img src=x>' }],
    missedCalls: { ...dailyReportExample.missedCalls, numbers: [{ phoneNumber: `sip:'<i>@x`, openMissed: 1 }] },
  }
  const html = dailyHtml(report)
  t.notMatch(html, /<script|<img|<i>|alert\(1\)<\/script/)
  t.match(html, '&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;é&#39;')
  t.match(html, 'sip:&#39;&lt;i&gt;@x')
  t.match(html, '&quot;&gt;&lt;img src=x&gt;')
  const text = dailyText(report)
  t.notMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
  t.match(text, '\\u001b[31mred\\u202e\\u0007')
  t.end()
})

t.test('the window of missed calls is told in hours, or in business hours', (t) => {
  const { missedCalls } = dailyReportExample
  t.match(dailyText(dailyReportExample).replace(/\s+/g, ' '), 'spoken with within 24 hours.')
  const inHours = { ...dailyReportExample, missedCalls: { ...missedCalls, windowIn: 'businessHours' as const } }
  t.match(dailyText(inHours).replace(/\s+/g, ' '), 'spoken with within 24 business hours.')
  t.end()
})

t.test('a day without calls says so, and divides by nothing', (t) => {
  const text = dailyText(EMPTY)
  const html = dailyHtml(EMPTY)
  for (const page of [text, html]) {
    t.match(page, 'No calls.')
    t.match(page, 'No call names an agent.')
    t.notMatch(page, /NaN|Infinity|undefined|null/)
  }
  t.match(text, /^Answer rate +– /m)
  t.notMatch(html, '<desc', 'no chart of nothing')
  t.end()
})

t.test('what there was none of before is told as so many more, and a day that goes on as such', (t) => {
  const text = dailyText({
    ...dailyReportExample,
    isOver: false,
    weekBefore: { ...dailyReportExample.weekBefore, changes: sinceNothing },
  })
  t.match(text, /^Calls .* \+25% +\+125$/m)
  t.match(text, /^Missed .* \+25% +–$/m)
  t.match(text, /^Answer rate .* pts +–$/m)
  t.match(text, /^Average talk .* \+4% +–$/m)
  t.match(text, /^Talk in all .* \+32% +\+5h 56m$/m)
  t.match(text, 'Asia/Kolkata · so far')
  t.match(text, 'The day goes on')
  t.end()
})

t.test(
  'the page stands by itself: a title, a language, headings, tables with headers, a chart with a title and no request',
  (t) => {
    const html = dailyHtml(dailyReportExample)
    t.match(html, /^<!doctype html>\n<html lang="en">/)
    t.match(html, '<title>Demo Client: calls of Sat 11 Oct</title>')
    t.equal(html.match(/<h1>/g)?.length, 1)
    t.equal(html.match(/<h2>/g)?.length, 8)
    for (const [table] of html.matchAll(/<table[^]*?<\/table>/g)) {
      t.match(table, /<th scope="col">/)
      t.match(table, /<th scope="row">/)
    }
    t.match(html, /<svg role="img" aria-labelledby="hours-title hours-desc"[^]*<title id="hours-title">Calls by hour</)
    t.notMatch(html, /https?:|url\(|@import|<script|<link|style="| on\w+=/)
    t.match(PAGE_POLICY, /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; /)
    t.end()
  },
)

t.test('the scale of the chart ends at a round number that no bar passes', (t) => {
  const top = (calls: number) => {
    const hours = dailyReportExample.hours.map(({ hour }) => ({ hour, calls, inbound: 0, outbound: calls }))
    return [...hoursChart(hours, 'x', 'y').matchAll(/text-anchor="end">([\d.]+)</g)].map(([, label]) => Number(label))
  }
  t.strictSame(top(1), [0, 1, 2])
  t.strictSame(top(23), [0, 20, 40])
  t.strictSame(top(100), [0, 50, 100])
  t.strictSame(top(1001), [0, 1000, 2000])
  t.end()
})

t.test('numbers, times and names read as people write them', (t) => {
  t.equal(countOf(1, 'call'), '1 call')
  t.equal(countOf(1234, 'call'), '1,234 calls')
  t.strictSame([null, 0, 1, 0.91249].map(shareWords), [NONE, '0%', '100%', '91.2%'])
  t.strictSame([null, 0, 0.25, -0.5].map(changeWords), [NONE, '0%', '+25%', '-50%'])
  t.strictSame([null, 0, 0.012, -0.0205].map(pointsWords), [NONE, '0 pts', '+1.2 pts', '-2 pts'])
  t.strictSame([null, 0, 59.6, 65, 3600, 7684].map(secondsWords), [NONE, '0s', '1m 00s', '1m 05s', '1h 00m', '2h 08m'])
  t.equal(dateWords('2025-02-01'), 'Saturday, 1 February 2025')
  t.equal(hourWords(9), '09:00')
  t.equal(nameWords('  John\n Doe ', 'C1'), 'John Doe')
  t.equal(nameWords(null, 'C1'), 'C1')
  t.equal(nameWords('  ', 'C1'), 'C1')
  t.equal(nameWords('😀'.repeat(40), 'C1'), `${'😀'.repeat(31)}…`)
  t.end()
})
