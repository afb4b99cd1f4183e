import { type ChildProcess, spawn } from 'node:child_process'
import { Console } from 'node:console'
import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import { runCommand } from '../../src/cli/program.js'

const RIBBON = fileURLToPath(new URL('../../src/cli/ribbon.js', import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Running {
  readonly child: ChildProcess
  readonly outcome: Promise<Outcome>
}

type Environment = Readonly<Record<string, string>>

/** Starts the command line as a process, as its users do. It is gone when the test ends. @param input what it reads from standard input */
export function startRibbon(t: Test, args: readonly string[], env: Environment = {}, input = ''): Running {
  return start(t, [process.execPath, RIBBON, ...args], env, input)
}

/**
 * Runs the command line to its end, in this process: a process of its own takes a second, and is for tests of what only a
 * process shows.
 * @param isTTY whether the output is taken for a terminal
 */
export async function runRibbon(
  args: readonly string[],
  env: Environment = {},
  input = '',
  isTTY = false,
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' }
  const [output, errors] = (['stdout', 'stderr'] as const).map(
    (name) =>
      new Writable({
        decodeStrings: false,
        write: (text: string, _encoding, done) => {
          written[name] += text
          done()
        },
      }),
  ) as [Writable, Writable]
  const code = await runCommand(args, {
    env: { ...process.env, ...env },
    input: Readable.from([input]),
    output: Object.assign(output, { isTTY }),
    errors,
    console: new Console(output, errors),
  })
  return { code, ...written }
}

/**
 * Starts a script of Node at a terminal of its own, which `script` of Debian's bsdutils makes. What it writes, to either
 * stream, is in `stdout`, with line ends as terminals have them made plain.
 * @param input what is typed, once it has written something
 */
export function startAtTerminal(t: Test, args: readonly string[], env: Environment = {}, input = ''): Running {
  // `script` asks a shell. One that stays would take Ctrl+C for itself, too: its code would be 130, whatever the server's is.
  const command = `exec ${[process.execPath, ...args].map((word) => `'${word}'`).join(' ')}`
  return start(t, ['script', '-qefc', command, '/dev/null'], { NO_COLOR: '1', ...env }, input, true)
}

/** Runs the command line at a terminal. */
export async function runRibbonAtTerminal(
  t: Test,
  args: readonly string[],
  env: Environment,
  input: string,
): Promise<Outcome> {
  return startAtTerminal(t, [RIBBON, ...args], env, input).outcome
}

function start(
  t: Test,
  [command, ...args]: readonly string[],
  env: Environment,
  input: string,
  isTerminal = false,
): Running {
  const child = spawn(String(command), args, { env: { ...process.env, ...env }, stdio: 'pipe' })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text).replaceAll('\r\n', '\n')))
  child.stderr.on('data', (text) => (stderr += String(text)))
  // A terminal stays open: its end would be the end of what runs there.
  if (!isTerminal) child.stdin.end(input)
  else child.stdout.once('data', () => child.stdin.write(input))
  const outcome = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  t.teardown(async () => {
    child.kill('SIGKILL')
    await outcome
  })
  return { child, outcome }
}
