/**
 * RUNBOOK.md, read as whoever is called at night reads it: what a section says is to be seen, and its commands, which are run as
 * they are written. So the page cannot say what is not so.
 */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const PAGE = readFileSync('scripts/deploy/RUNBOOK.md', 'utf8')
const RIBBON = 'node dist/src/cli/ribbon.js'

/** Sections by their heading. */
const SECTIONS = new Map(
  PAGE.split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text] as const),
)

/** What a section says is to be seen, in the order of the page. */
interface Seen {
  readonly alerts: readonly string[]
  readonly metrics: readonly string[]
  readonly log: readonly string[]
  readonly ready: readonly string[]
}

/** What stands in for what belongs to a machine: called with the whole command. */
type StandIns = Readonly<Record<string, (command: string) => Promise<unknown>>>

export interface Place {
  readonly folder: string
  readonly origin: string
  readonly env: Readonly<Record<string, string>>
  /** What the server has logged. */
  readonly log: () => string
  /** What the reader puts in place of words such as `<client>`. */
  readonly words?: Readonly<Record<string, string>>
  readonly standIns?: StandIns
}

export function sectionOf(heading: string): string {
  const text = SECTIONS.get(heading)
  if (text === undefined) throw new Error(`RUNBOOK.md has no section ${heading}`)
  return text
}

export const headings = (): readonly string[] => [...SECTIONS.keys()]

/** Lines such as "- log: `Redis cannot be used`". */
export function seenIn(heading: string): Seen {
  const lines = sectionOf(heading).split('\n')
  const spans = (kind: string): readonly string[] =>
    lines
      .filter((line) => line.startsWith(`- ${kind}: `))
      .flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span))
  return {
    alerts: spans('alert'),
    metrics: spans('metrics'),
    log: spans('log'),
    ready: spans('/health/ready'),
  }
}

/** The commands of a section, a line each. */
export function commandsOf(heading: string): readonly string[] {
  return [...sectionOf(heading).matchAll(/^```sh\n(.*?)^```$/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/(^|\s)#\s.*$/, '').trim())
    .filter(Boolean)
}

/** Does what a section says, line by line. @returns what each command wrote. @throws Error when one fails */
export async function follow(heading: string, place: Place): Promise<string> {
  const { folder, origin, env, log, words = {}, standIns = {} } = place
  const logFile = join(folder, 'journal')
  const prelude = `npx() { shift; ${RIBBON} "$@"; }\njournalctl() { cat '${logFile}'; }\n`
  let written = ''
  for (const line of commandsOf(heading)) {
    const [name] = Object.keys(standIns).filter((start) => line.startsWith(start))
    if (name !== undefined) {
      await (standIns[name] as StandIns[string])(line)
      continue
    }
    let command = line.replaceAll('http://127.0.0.1:3000', origin)
    for (const [word, text] of Object.entries(words)) command = command.replaceAll(word, text)
    await writeFile(logFile, log())
    const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', prelude + command], {
      env: { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '', ...env },
    })
    written += `$ ${command}\n${stdout}${stderr}`
  }
  return written
}
