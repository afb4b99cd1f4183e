/** Secrets come from a file, the environment or a prompt: arguments end up in histories and lists of processes. */
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

interface Sources {
  /** What it is, for people. */
  readonly name: string
  /** A path; `-` is standard input. */
  readonly file: string | undefined
  readonly fileOption: string
  readonly variable: string
}

export async function readSecret(here: Surroundings, { name, file, fileOption, variable }: Sources): Promise<string> {
  if (file !== undefined) return (await (file === '-' ? text(here.input) : readFile(file, 'utf8'))).trim()
  const given = here.env[variable]
  if (given !== undefined && given !== '') return given
  if (!here.input.isTTY) {
    throw new UsageError(`The ${name} is needed: name a file with ${fileOption}, or set ${variable}.`)
  }
  const { read } = await import('read')
  // What a command prints can be written to a file while it asks.
  const typed = await read({ prompt: `${name}:`, silent: true, input: here.input, output: here.errors })
  here.errors.write('\n')
  return typed
}
