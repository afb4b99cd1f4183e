/** RUNBOOK.md leads from what is seen to what is done; the drill, a part of the soak, follows it. */
import { readFile } from 'node:fs/promises'
import t from 'tap'
import { commandsOf, follow, headings, sectionOf, seenIn } from './runbook.js'

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')

t.test('each alert leads to a section, and so does each link of the page', async (t) => {
  const anchors = new Set(headings().map(anchorOf))
  const alerts = await readFile('scripts/deploy/alerts.yaml', 'utf8')
  for (const [, alert = '', anchor = ''] of alerts.matchAll(/- alert: (\w+)$.*?RUNBOOK\.md#(\S+)$/gms)) {
    t.equal(anchor, alert.toLowerCase())
    t.ok(anchors.has(anchor), anchor)
  }
  const page = await readFile('scripts/deploy/RUNBOOK.md', 'utf8')
  for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) t.ok(anchors.has(anchor), anchor)
  for (const heading of headings().filter((heading) => commandsOf(heading).length > 0)) {
    for (const alert of seenIn(heading).alerts) t.match(alerts, `- alert: ${alert}\n`, heading)
    t.match(sectionOf(heading), /\*\*It is over\*\*/, heading)
  }
  t.equal(new Set(headings()).size, headings().length)
})

t.test('a command that fails is told, and a section that is not there', async (t) => {
  const place = { folder: t.testdir(), origin: 'http://127.0.0.1:1', env: {}, log: () => 'no such line' }
  await t.rejects(follow('A failed migration', place), /Cannot start/)
  t.throws(() => sectionOf('Nothing'), /has no section/)
})
