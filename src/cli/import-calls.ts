/** `ribbon import`: a list of calls from a CSV file, into a running server. */
import type { Command } from '@commander-js/extra-typings'
import { IMPORTED, type ImportedMember, type Mapping } from '../core/import-row.js'
import { DEFAULT_TIMEZONE } from '../core/defaults.js'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

const KEY = { name: 'API key', fileOption: '--api-key-file', variable: 'RIBBON_API_KEY' }
const MEMBERS = Object.keys(IMPORTED) as ImportedMember[]

export function addImport(program: Command, here: Surroundings): void {
  program
    .command('import <calls.csv>')
    .description(
      `log the calls of a CSV file at a running server, with a secret key of scope write, which is asked for unless it is in a file or in ${KEY.variable}; rows that are there already change nothing, so that an import that broke off is simply started again`,
    )
    .option('--url <url>', 'where the server is', 'http://127.0.0.1:3000')
    .option('--api-key-file <path>', 'a file with the API key; - is standard input')
    .option(
      '--map <member=heading...>',
      `under which heading something stands that is not found by itself: ${MEMBERS.join(', ')}`,
    )
    .option('--timezone <zone>', 'IANA zone of times without an offset', DEFAULT_TIMEZONE)
    .option('--from-row <row>', 'the first row to send, 1 being the one below the headings', '1')
    .option('--refused <path>', 'where rows that are refused go, each with why; <calls.csv>.refused.csv unless told')
    .option('--dry-run', 'read everything and send nothing')
    .action(async (path, { url, apiKeyFile, map = [], timezone, fromRow, refused = `${path}.refused.csv`, dryRun }) => {
      const [{ isTimeZone }, { ImportRun }, { readSecret }] = await Promise.all([
        import('../core/calendar.js'),
        import('./import-run.js'),
        import('./secret.js'),
      ])
      if (!isTimeZone(timezone))
        throw new UsageError(`--timezone ${timezone} is no IANA time zone such as Asia/Kolkata.`)
      if (!/^[1-9]\d{0,14}$/.test(fromRow))
        throw new UsageError(`--from-row ${fromRow} is no number of a row: the first is 1.`)
      const apiKey = dryRun === true ? null : await readSecret(here, { ...KEY, file: apiKeyFile })
      const run = new ImportRun(here, {
        path,
        refused,
        url,
        apiKey,
        timezone,
        mapping: mappingIn(map),
        firstRow: Number(fromRow),
      })
      const { created, duplicates, refused: count } = await run.finish()
      const sent = dryRun === true ? 'would be sent' : 'were logged'
      here.console.log(
        `${String(created)} calls ${sent}, ${String(duplicates)} were there already, ${String(count)} rows were refused${count > 0 ? `: see ${refused}` : ''}.`,
      )
      if (count > 0) throw new Error('Mend the refused rows and import that file: it has the same columns.')
    })
}

function mappingIn(pairs: readonly string[]): Mapping {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [member = '', ...heading] = pair.split('=')
      if (!(member in IMPORTED) || heading.length === 0)
        throw new UsageError(`--map ${pair} is not <member>=<heading>, of ${MEMBERS.join(', ')}.`)
      return [member, heading.join('=')]
    }),
  )
}
