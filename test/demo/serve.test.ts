import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { eventually, within } from '../helpers/deadline.js'
import { startRibbon } from '../helpers/ribbon.js'
import { scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

t.test(
  'the demo lists what to look at, documentation and dashboard first; every link works, and its database goes with it',
  async (t) => {
    const folder = await scratchFolder(t)
    const { child, outcome } = startRibbon(t, ['demo'], { PORT: '0', RATE_LIMIT_MAX: '0', TMPDIR: folder })
    let output = ''
    child.stdout?.on('data', (text) => (output += String(text)))
    const listed = async () => {
      while (!output.includes('Stop it with Ctrl+C')) await once(child.stdout ?? child, 'data')
    }
    await within(120_000, 'starting the demo', listed())
    t.match(
      output,
      /^Recorded \d{4,} events of the last 90 days\. In a browser:\n\n {2}http:\/\/127\.0\.0\.1:\d+\/docs\n/,
    )

    const links = [...output.matchAll(/^ {2}(http\S+)$/gm)].map(([, url]) => String(url))
    t.equal(links.length, 3)
    for (const link of links) {
      const answer = await fetch(link)
      t.equal(answer.status, 200, link)
      t.ok((await answer.text()).length > 100)
    }
    const gets = [...output.matchAll(/^ {2}curl -H '([^:]+): ([^']+)' '(http[^']+)'$/gm)]
    t.equal(gets.length, 6)
    for (const [, header = '', value = '', url = ''] of gets) {
      const answer = await fetch(url, { headers: { [header]: value } })
      t.equal(answer.status, 200, url)
    }
    const [, url = '', body = ''] = /application\/json' '(http\S+)' \\\n {4}-d '(.*)'$/m.exec(output) ?? []
    const logged = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    t.match(await logged.json(), { success: true })
    t.match(output, 'admin token demo-admin-token')

    child.kill('SIGTERM')
    t.match(await outcome, { code: 0, stderr: '' })
    t.same(await readdir(folder), [])
  },
)

t.test('a demo that is stopped while it makes calls up leaves no database behind', async (t) => {
  const folder = await scratchFolder(t)
  const { child, outcome } = startRibbon(t, ['demo'], { PORT: '0', TMPDIR: folder })
  const isMaking = async () => {
    const [made] = await readdir(folder)
    return made !== undefined && existsSync(join(folder, made, 'ribbon.db'))
  }
  await eventually(60_000, 'making a database', isMaking)
  child.kill('SIGINT')
  t.match(await outcome, { code: 1, stdout: '' })
  t.same(await readdir(folder), [])
})
