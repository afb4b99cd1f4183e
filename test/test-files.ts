/**
 * Which files a test run has. Most of what a short file takes is to load the whole application: some of a folder share a process, by a
 * file that is made for them.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

const TESTS = 'dist/test'
const MADE = 'made'

/**
 * What runs on PostgreSQL as well: what reads and writes most, and what keeps clients apart. What plugins, pages and browsers do is
 * the same on every store, as are conversations with Exotel; what a store itself answers is in its own tests, which run on both
 * engines. Whole servers do so in the soak.
 */
const ON_POSTGRES = {
  test: /^routes\/(?:admin|agents|analytics|call|customer|daily|detailed|export|log|missed|retention|ribbon|webhooks)|^attack\/tenants/,
  soak: /^e2e\/(?:durability|shutdown|webhooks)/,
}
const SAYS_POSTGRES = "process.env.TEST_ENGINE = 'postgres'\n"

/** What shares processes: it sets nothing that belongs to its process. */
const TOGETHER = /^(?:clients|core|dashboard|exotel|http|jobs|plugins|routes|schemas|services)\//
/** What does not: it is long by itself, or its server listens, which refuses work while that of other files keeps the process. */
const ALONE =
  /exotel-callbacks|problem-examples|reconciliation|spreadsheet|request-end|error-handler|load-shedding|pages|shutdown|export|recordings|stream|change-feed/
const MOST_TOGETHER = 6

/** Tap ends, and clears up, when it has no test for a moment: it has one until all are known. */
const OPEN =
  "import t from 'tap'\nlet ready\nvoid t.test('loading', () => new Promise((resolve) => (ready = resolve)))\n"
const LOADED = 'ready()\n'

/** @returns the files of a whole run */
export async function filesOfRun(): Promise<readonly string[]> {
  const all = await testFiles()
  const repeated = matching(all, ON_POSTGRES.test)
  return [
    ...all.filter((file) => !isShared(file)).map((file) => join(TESTS, file)),
    ...(await made('together', '', all.filter(isShared), MOST_TOGETHER)),
    ...(await made('on-postgres', SAYS_POSTGRES, repeated.filter(isShared), MOST_TOGETHER)),
    ...(await made(
      'on-postgres-alone',
      SAYS_POSTGRES,
      repeated.filter((file) => !isShared(file)),
      1,
    )),
  ]
}

/** @returns those files that a soak repeats on PostgreSQL */
export async function soakedOnPostgres(): Promise<readonly string[]> {
  return made('on-postgres', SAYS_POSTGRES, matching(await testFiles(), ON_POSTGRES.soak), 1)
}

/** Their paths below `dist/test`. */
async function testFiles(): Promise<readonly string[]> {
  await rm(join(TESTS, MADE), { recursive: true, force: true })
  const files = await readdir(TESTS, { recursive: true })
  return files.filter((file) => file.endsWith('.test.js')).sort()
}

const isShared = (file: string) => TOGETHER.test(file) && !ALONE.test(file)
const matching = (files: readonly string[], pattern: RegExp) => files.filter((file) => pattern.test(file))

/** Makes files that run some of a folder each, one after another. @returns their paths */
async function made(name: string, before: string, files: readonly string[], most: number): Promise<string[]> {
  const paths: string[] = []
  for (const folder of new Set(files.map(dirname))) {
    const members = files.filter((file) => dirname(file) === folder)
    const groups = Math.ceil(members.length / most)
    for (let n = 0; n < groups; n++) {
      const path = join(TESTS, MADE, name, `${folder}-${String(n + 1)}.test.js`)
      const group = members.filter((_member, index) => index % groups === n)
      const imports = group.map((file) => `await import('${relative(dirname(path), join(TESTS, file))}')\n`)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, `${before}${OPEN}${imports.join('')}${LOADED}`)
      paths.push(path)
    }
  }
  return paths
}
