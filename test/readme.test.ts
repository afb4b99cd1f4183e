/**
 * README.md's commands, run as they are written, each in a shell. What is put in place of what stands there: the origin
 * (port 3000 may be taken), the URL of the database server, and the words in `<>` and `…` that are the reader's to choose.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { DEMO_KEY } from './helpers/app.js'
import { eventually } from './helpers/deadline.js'
import { scratchDatabase } from './helpers/postgres.js'
import { scratchFolder } from './helpers/storage.js'

t.setTimeout(400_000)

const START_MS = 60_000

/** Blocks that no test can run, and where they are run or held to what they say. */
const RUN_ELSEWHERE: Readonly<Record<string, readonly { readonly file: string; readonly says: string }[]>> = {
  'npm ci && npm start\n': [
    { file: '.ci/run', says: '\nnpm ci ' },
    { file: 'test/readme.test.ts', says: `inShell(t, 'npm start'` },
  ],
  'npm test\n': [{ file: '.ci/run', says: '{ npm test && npm run soak; }' }],
  'npm ci && npm run build\nnpm ci --omit=dev\n': [
    { file: 'test/scripts/build.test.ts', says: 'without a compiler dist/ is taken as it is' },
    { file: 'test/package.test.ts', says: 'what ships imports only what a production install has' },
  ],
}

const README = await readFile('README.md', 'utf8')
const BLOCKS = [...README.matchAll(/^```(sh|json|text)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({
  language,
  text,
}))
/** Code within text, without that of blocks. */
const SPANS = [...README.replace(/^```.*?^```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span)

const tried = new Set<string>()

/** The only block of commands in which a text stands, and the JSON that follows it. */
function blockWith(text: string): { readonly commands: string; readonly answer: string } {
  const found = BLOCKS.flatMap((block, index) => (block.text.includes(text) ? [index] : []))
  const [first = -1] = found
  const { language, text: commands = '' } = BLOCKS[first] ?? {}
  if (found.length !== 1 || language !== 'sh') throw new Error(`one block of commands has to say ${text}`)
  tried.add(commands)
  return { commands, answer: BLOCKS[first + 1]?.text ?? '' }
}

interface Shell {
  output: string
  readonly child: ChildProcess
  readonly closed: Promise<unknown>
}

/** As somebody's own terminal would have it: without what the test runner puts into its processes. */
const ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, PORT: '0', NODE_OPTIONS: '' }

/** Runs commands in a folder, a server among them in the background. All that they started ends with the test. */
function inShell(t: Test, commands: string, cwd: string, env: Readonly<Record<string, string>> = {}): Shell {
  const script = `${commands.replace(/npm start$/m, '$& &')}\nwait`
  const child = spawn('sh', ['-ec', script], { cwd, env: { ...ENVIRONMENT, ...env }, detached: true })
  const shell: Shell = { output: '', child, closed: once(child, 'close') }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (shell.output += String(text)))
  t.teardown(() => stop(shell))
  return shell
}

/** Ends a shell and, because they are one group of processes, all that it started. */
async function stop({ child, closed }: Shell): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) process.kill(-Number(child.pid), 'SIGTERM')
  await closed
}

/** What a shell wrote that matches. @throws Error with all that it wrote instead */
async function written(shell: Shell, pattern: RegExp): Promise<string> {
  await eventually(START_MS, String(pattern), () => pattern.test(shell.output)).catch((error: unknown) => {
    throw new Error(shell.output, { cause: error })
  })
  return String(pattern.exec(shell.output)?.[1])
}

const READY = /ready at (http:\/\/[^\s,]+),/

const execute = promisify(execFile)

/** Runs commands to their end. @throws Error when they fail */
async function run(commands: string, cwd: string): Promise<string> {
  const { stdout } = await execute('sh', ['-ec', commands], { cwd, env: ENVIRONMENT })
  return stdout
}

/** Signs in as a ribbon does: the answer has the client's credentials. */
async function init(origin: string, body: { readonly apiKey: string; readonly domain: string }): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${origin}/api/ribbon/init`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
}

/** What differs from one run to the next. */
function withoutIdsAndTimes(json: string): unknown {
  return JSON.parse(json.replace(/log-\d{10}-[0-9a-z]{10}/g, 'log id').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time'))
}

/** The project as a production install has it, in a folder of its own, where `./data` is its own, too. */
const project = await scratchFolder(t)
for (const name of ['package.json', 'scripts', 'dist']) await symlink(resolve(name), join(project, name))
const server = inShell(t, 'npm start', project)
// Made while the server starts.
const [newDatabase, emptyDatabase] = await Promise.all([scratchDatabase(t), scratchDatabase(t)])

t.test('the first call and its answers are as shown', async (t) => {
  const origin = await written(server, READY)
  for (const path of ['/log-call', '/active-calls', '/analytics/query']) {
    const { commands, answer } = blockWith(`curl -s http://127.0.0.1:3000/api/ribbon${path}`)
    const given = await run(commands.replaceAll('http://127.0.0.1:3000', origin), project)
    t.strictSame(withoutIdsAndTimes(given), withoutIdsAndTimes(answer), path)
  }
})

t.test('the stream begins as shown', async (t) => {
  const origin = await written(server, READY)
  const { commands } = blockWith('/api/ribbon/stream')
  const shown = /^```text\n(retry: .*?)^```$/ms.exec(README)?.[1]
  t.equal(await run(commands.replaceAll('http://127.0.0.1:3000', origin), project), shown)
})

t.test('the daily report has the figures that are shown', async (t) => {
  const origin = await written(server, READY)
  const { commands } = blockWith('/api/ribbon/reports/daily')
  const given = await run(commands.replaceAll('http://127.0.0.1:3000', origin), project)
  const names = (text: string) => [...text.matchAll(/^([A-Z][A-Za-z]+(?: [a-z]+)*) {2}/gm)].map(([, name]) => name)
  const shown = /^```text\n([^\n]+\n=.*?)^```$/ms.exec(README)?.[1] ?? ''
  t.strictSame(names(given).slice(0, 9), names(shown))
  t.equal(names(shown).length, 9)
})

t.test('what the text says to run on the command line runs beside the server', async (t) => {
  await written(server, READY)
  const commands = SPANS.filter((span) => span.startsWith('npx ribbon '))
  t.ok(commands.length >= 5)
  const [key] = JSON.parse(await run('npx ribbon keys list client-demo --json', project)) as [{ keyId: string }]
  const chosen = commands.map((command) => command.replace('<client>', 'client-demo').replace('<id>', key.keyId))
  await Promise.all(chosen.map((command) => run(command, project)))
  t.ok(existsSync(join(project, 'copy.db')), 'the backup is there')
})

t.test('figures are there, and say what is shown', async (t) => {
  const { commands, answer } = blockWith("grep '^ribbon_store_ready'")
  const [start = '', scrape = ''] = commands.split(/(?<=npm start\n)/)
  const shell = inShell(t, start.replace('9464', '0'), project, { DATABASE_URL: 'file:./watched.db' })
  const url = await written(shell, /metrics are at (http:\S+\/metrics)/)
  t.equal(await run(scrape.replace('http://127.0.0.1:9464/metrics', url), project), answer)
  await stop(shell)
})

t.test('a new store on PostgreSQL gets its first client', async (t) => {
  const { commands } = blockWith('ribbon clients create')
  const chosen = commands
    .replace(/'postgres:[^']+'/, `'${newDatabase}'`)
    .replace('--exotel-user …', '--exotel-user acme')
  const shell = inShell(t, chosen, project, { EXOTEL_TOKEN: 'a token' })
  const [origin, key] = [await written(shell, READY), await written(shell, /API key, shown this once: (\S+)/)]
  t.match(await init(origin, { apiKey: key, domain: 'acme.com' }), { exotelToken: 'a token' })
  await stop(shell)
})

t.test('a store moves up to PostgreSQL with its calls and its credentials', async (t) => {
  await stop(server)
  const { commands } = blockWith('ribbon migrate-store')
  const shell = inShell(t, commands, project, {
    DATABASE_URL: emptyDatabase,
    ALLOW_DEMO_CLIENTS: 'client-demo,client-001,client-002',
  })
  const origin = await written(shell, READY)
  const calls = await fetch(`${origin}/api/ribbon/call-logs`, { headers: { 'x-api-key': DEMO_KEY } })
  t.match(await calls.json(), { logs: [{ data: { callSid: 'CA1234567890' } }] })
  t.match(await init(origin, { apiKey: DEMO_KEY, domain: 'acme.com' }), { exotelToken: 'demo-exotel-token' })
  await stop(shell)
})

t.test('no block of commands goes untried', async (t) => {
  for (const { text } of BLOCKS.filter(({ language }) => language === 'sh')) {
    t.ok(tried.has(text) !== text in RUN_ELSEWHERE, `is run here, or named with the place that runs it: ${text}`)
  }
  for (const { file, says } of Object.values(RUN_ELSEWHERE).flat()) {
    t.ok((await readFile(file, 'utf8')).includes(says), `${file} says ${says}`)
  }
})

t.test('every command, script, file and folder that is named is there', async (t) => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: object }
  const code = [...SPANS, ...BLOCKS.map(({ text }) => text)].join('\n')
  for (const [, script = ''] of code.matchAll(/npm run ([\w-]+)/g)) t.ok(script in scripts, `npm run ${script}`)
  for (const [, path = ''] of code.matchAll(/node (dist\/\S+)/g)) t.ok(existsSync(path), path)
  for (const [, path = ''] of README.matchAll(/\]\(([^):#]+)\)/g)) t.ok(existsSync(path), path)
  for (const [, path = ''] of code.matchAll(/^((?:schemas|src|scripts|test)\/[^\s<]*)$/gm)) t.ok(existsSync(path), path)
})

t.test('the variables that are explained are those that are read', async (t) => {
  const config = await readFile('src/config.ts', 'utf8')
  const read = [...config.matchAll(/^ {2}([A-Z_]+): (?:Type|integer)/gm)].map(([, name]) => name)
  const rows = [...README.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) +\|/gm)].flatMap(([, cell = '']) =>
    cell.split(', '),
  )
  t.strictSame([...rows, '`NODE_ENV`'].sort(), read.map((name) => `\`${String(name)}\``).sort())
})

t.test('every command of the command line that is named is in its help', async (t) => {
  const named = commandsNamed().map((command) => /^(?:(.*) )?(.*)$/.exec(command)?.slice(1) ?? [])
  const groups = [...new Set(named.map(([group = '']) => group))]
  const helps = await Promise.all(groups.map((group) => run(`node dist/src/cli/ribbon.js ${group} --help`, project)))
  for (const [group = '', name = ''] of named) {
    t.match(helps[groups.indexOf(group)], new RegExp(`^ {2}${name} `, 'm'), `ribbon ${group} ${name}`)
  }
})

/**
 * What stands after `ribbon`, options and arguments aside; in a row of the table of commands the first says which group
 * the others are of.
 */
function commandsNamed(): string[] {
  const inText = [...SPANS, ...BLOCKS.map(({ text }) => text)].flatMap((code) => [
    ...code.matchAll(/npx ribbon((?: [a-z][\w-]*\b(?!\.))+)/g),
  ])
  const inTable = [...README.matchAll(/^\| `ribbon .*?\|/gm)].flatMap(([cell]) => {
    const [first = '', ...others] = [...cell.matchAll(/`(?:ribbon )?([^`]+)`/g)].map(([, words = '']) => words)
    const group = first.split(' ').slice(0, -1)
    return [first, ...others.map((name) => [...group, name].join(' '))]
  })
  return [...inText.map(([, words = '']) => words.trim()), ...inTable]
}
