import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { newClient, scratchFolder } from '../helpers/storage.js'

t.setTimeout(400_000)

const folder = await scratchFolder(t)
const env = { DATABASE_URL: `file:${join(folder, 'ribbon.db')}` }
const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
t.teardown(() => storage.close())
await storage.createClient(newClient('acme'))

const run = (args: readonly string[], input = '') =>
  runRibbon(['clients', 'business-hours', 'acme', ...args], env, input)

const schedule = {
  weekly: [
    { days: ['monday'], from: '09:00', to: '13:00' },
    { days: ['monday'], from: '14:00', to: '24:00' },
  ],
  dates: [
    { date: '2025-10-20', name: 'Diwali', hours: [] },
    { date: '2025-10-21', hours: [{ from: '10:00', to: '12:00' }] },
  ],
}
const file = join(folder, 'hours.json')
await writeFile(file, JSON.stringify(schedule))

t.test('a schedule is set from a file or standard input, and printed for people or as JSON', async (t) => {
  t.match(await run(['--date', '2025-10-12']), {
    code: 0,
    stdout: /^timezone +Asia\/Kolkata\ndate +2025-10-12\napplies from +-\nschedule +none\nversions +-\n$/,
    stderr: '',
  })
  const set = await run(['--set', file, '--from', '2025-10-01'])
  t.match(set, { code: 0, stderr: '' })
  t.match(set.stdout.split('\n'), [
    /^timezone +Asia\/Kolkata$/,
    /^date +2025-10-01$/,
    /^applies from +2025-10-01$/,
    /^sunday +closed$/,
    /^monday +09:00–13:00 14:00–24:00$/,
    ...['tuesday', 'wednesday', 'thursday', 'friday', 'saturday'].map((day) => new RegExp(`^${day} +closed$`)),
    /^2025-10-20 +closed Diwali$/,
    /^2025-10-21 +10:00–12:00$/,
    /^versions +2025-10-01$/,
  ])
  t.strictSame(await storage.businessHours('acme'), [{ appliesFrom: '2025-10-01', schedule }])
  t.match(await run(['--set', '-', '--from', 'beginning'], 'null'), { code: 0, stdout: /^versions +beginning$/m })
  const today = await run(['--set', '-', '--json'], JSON.stringify(schedule))
  t.match(JSON.parse(today.stdout), { schedule, versions: ['beginning', /^20\d\d-\d\d-\d\d$/] })
  t.strictSame(JSON.parse((await run(['--json'])).stdout), JSON.parse(today.stdout))
  t.match(await storage.auditLog({ clientId: 'acme', before: null, limit: 1 }), [
    { actor: /^command line/, action: 'business-hours.set', details: { dates: 2 } },
  ])
})

t.test('what cannot be set is refused by the option that says it', async (t) => {
  const before = await storage.businessHours('acme')
  const office = (to: string) => JSON.stringify({ weekly: [{ days: ['monday'], from: '09:00', to }] })
  for (const [args, input, code, stderr] of [
    [['--from', 'beginning'], '', 2, /Name the schedule with --set/],
    [['--set', '-', '--date', '2025-10-12'], 'null', 2, /--date without --set/],
    [['--date', 'now'], '', 1, /--date "now" must be a date/],
    [['--date', '2025-02-30'], '', 1, /--date "2025-02-30" is "2025-02-30", which is no date/],
    [['--set', '-', '--from', 'now'], 'null', 1, /--from "now" must be a date, such as 2025-10-12, or beginning/],
    [['--set', '-'], '{', 1, /Standard input is no JSON/],
    [['--set', fileURLToPath(import.meta.url)], '', 1, /business-hours\.test\.js is no JSON/],
    [['--set', '-'], office('25:00'), 1, /--set "25:00" must be a time from 00:00 to 24:00/],
    [['--set', '-'], office('08:00'), 1, /--set "08:00" is "08:00", which is not after "09:00"/],
  ] as const) {
    t.match(await run(args, input), { code, stderr, stdout: '' })
  }
  const nobody = await runRibbon(['clients', 'business-hours', 'nobody'], env)
  t.match(nobody, { code: 1, stderr: /There is no client nobody/ })
  t.strictSame(await storage.businessHours('acme'), before)
})
