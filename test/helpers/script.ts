import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Script {
  readonly child: ChildProcess
  readonly outcome: Promise<Outcome>
}

/** Starts a script of the `scripts` folder as its npm command does. It is gone when the test ends. */
export function startScript(
  t: Test,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Script {
  const path = fileURLToPath(new URL(`../../scripts/${name}.js`, import.meta.url))
  const child = spawn(process.execPath, [path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => (stdout += String(text)))
  child.stderr.on('data', (text) => (stderr += String(text)))
  const outcome = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  t.teardown(async () => {
    child.kill('SIGKILL')
    await outcome
  })
  return { child, outcome }
}

/** Runs a script to its end. */
export function runScript(...args: Parameters<typeof startScript>): Promise<Outcome> {
  return startScript(...args).outcome
}
