import { readFile } from 'node:fs/promises'
import t from 'tap'
import { parse } from 'yaml'
import { VERSION } from '../../src/version.js'
import { runRibbon, startRibbon } from '../helpers/ribbon.js'

t.setTimeout(400_000)

t.test('there is help at each level, and every command is in it', async (t) => {
  const main = await runRibbon(['--help'])
  t.match(main, { code: 0, stderr: '' })
  for (const command of [
    'clients',
    'keys',
    'demo',
    'migrate-store',
    'backup',
    'restore',
    'check',
    'retention',
    'rotate-secrets',
    'openapi',
    'set-aside',
    'privacy',
  ]) {
    t.match(main.stdout, new RegExp(`^ {2}${command} `, 'm'))
    t.match(await runRibbon([command, '--help']), { code: 0, stdout: new RegExp(`^Usage: ribbon ${command} `) })
  }
  t.match(main.stdout, 'DATABASE_URL')
  const create = await runRibbon(['clients', 'create', '--help'])
  t.match(create.stdout, /--plan <plan> +one of trial, professional, enterprise;\s+professional unless told/)
  t.match(await runRibbon(['--version']), { code: 0, stdout: `${VERSION}\n` })
})

t.test('wrong usage is said on the error stream, with exit code 2', async (t) => {
  for (const [args, sentence] of [
    [[], /^Usage: ribbon /],
    [['clients'], /^Usage: ribbon clients /],
    [['client'], /^error: unknown command 'client'\n\(Did you mean clients\?\)\n$/],
    [['clients', 'show'], /^error: missing required argument 'client'\n$/],
    [['clients', 'list', 'all'], /^error: too many arguments/],
    [['clients', 'list', '--jsn'], /^error: unknown option '--jsn'\n\(Did you mean --json\?\)\n$/],
    [['clients', 'update', 'acme'], /^Say what to change/],
  ] as const) {
    t.match(await runRibbon(args), { code: 2, stdout: '', stderr: sentence }, args.join(' '))
  }
})

t.test('as a process it ends with the exit code, and has written to the stream', async (t) => {
  const noDatabase = { DATABASE_URL: 'file:/nowhere/ribbon.db' }
  const [version, usage, failed] = await Promise.all([
    startRibbon(t, ['--version']).outcome,
    startRibbon(t, ['clients', 'show']).outcome,
    startRibbon(t, ['clients', 'list'], noDatabase).outcome,
  ])
  t.strictSame(version, { code: 0, stdout: `${VERSION}\n`, stderr: '' })
  t.match(usage, { code: 2, stdout: '', stderr: /^error: missing/ })
  t.match(failed, { code: 1, stdout: '', stderr: /^There is no database/ })
})

t.test('a setting that cannot be used is named, with exit code 1', async (t) => {
  const outcome = await runRibbon(['clients', 'list'], { DATABASE_URL: 'mysql://root:secret@db/ribbon' })
  t.match(outcome, { code: 1, stdout: '', stderr: /^DATABASE_URL must be [^\n]*\n$/ })
  t.notMatch(outcome.stderr, 'secret')
})

t.test('the contract is printed as it is committed, as YAML or JSON', async (t) => {
  const committed = await readFile('openapi.yaml', 'utf8')
  const asYaml = await runRibbon(['openapi'])
  t.match(asYaml, { code: 0, stderr: '' })
  t.ok(committed === `# ${committed.slice(2, committed.indexOf('\n'))}\n${asYaml.stdout}`)
  t.strictSame(await startRibbon(t, ['openapi']).outcome, asYaml, 'a process ends when a pipe has taken all of it')
  const asJson = await runRibbon(['openapi', '--json'])
  t.same(JSON.parse(asJson.stdout), parse(committed))
})
