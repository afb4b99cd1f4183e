import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'
import { scratchFolder } from './storage.js'

const run = promisify(execFile)

export interface Cell {
  readonly type: 'string' | 'float' | 'date'
  /** What stands in it: a date as ISO 8601, without a zone. */
  readonly value: string
}

/** Comma, double quote, UTF-8, from the first row on: what its dialog offers. */
const FILTER = '--infilter=CSV:44,34,76,1'

/**
 * The rows of CSV files as LibreOffice opens them.
 * @throws Error saying how to install it when it is not there
 */
export async function opened<const N extends string>(
  t: Test,
  files: Readonly<Record<N, Buffer>>,
): Promise<Record<N, Cell[][]>> {
  const folder = await scratchFolder(t)
  const names = Object.keys(files) as N[]
  const paths = names.map((name) => join(folder, `${name}.csv`))
  await Promise.all(names.map((name, i) => writeFile(String(paths[i]), files[name])))
  const profile = `-env:UserInstallation=file://${folder}/profile`
  try {
    await run('soffice', [profile, '--headless', FILTER, '--convert-to', 'fods', '--outdir', folder, ...paths])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error('This test needs LibreOffice: apt-get install libreoffice-calc', { cause: error })
  }
  const read = async (name: N) => [name, rowsOf(await readFile(join(folder, `${name}.fods`), 'utf8'))] as const
  return Object.fromEntries(await Promise.all(names.map(read))) as Record<N, Cell[][]>
}

/** The cells of its one sheet, by the elements that OpenDocument has for them. */
function rowsOf(document: string): Cell[][] {
  return [...document.matchAll(/<table:table-row\b.*?<\/table:table-row>/gs)].map(([row]) =>
    [...row.matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(
      ([, attributes = '', content = '']) => {
        const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
        const type = (of('office:value-type') ?? 'string') as Cell['type']
        const value =
          of('office:date-value') ??
          of('office:value') ??
          content
            .replace(/<[^>]*>/g, '')
            .replaceAll('&apos;', "'")
            .trim()
        return Array.from({ length: Number(of('table:number-columns-repeated') ?? 1) }, () => ({ type, value }))
      },
    ),
  )
}
