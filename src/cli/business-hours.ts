/** `ribbon clients business-hours`: when a client is at work. */
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { Command } from '@commander-js/extra-typings'
import type { BusinessHours } from '../../schemas/business-hours.js'
import { BEGINNING } from '../core/analytics/vocabulary.js'
import type { Surroundings } from './surroundings.js'
import { UsageError } from './usage.js'

export function addBusinessHours(clients: Command, here: Surroundings): void {
  clients
    .command('business-hours <client>')
    .description('show when a client is at work, or set it')
    .option('--date <date>', 'the local date of which to tell; today unless told')
    .option('--set <path>', 'a file with a schedule, as JSON, or with null for none; - is standard input')
    .option(
      '--from <date>',
      `local date from which it applies, in place of what was set from then on, or ${BEGINNING} for all of the past; today unless told`,
    )
    .option('--json', 'print JSON')
    .action(async (clientId, { date, set, from, json }) => {
      if (set === undefined && from !== undefined) throw new UsageError('Name the schedule with --set.')
      if (set !== undefined && date !== undefined) throw new UsageError('Say --date without --set.')
      const [{ withBusinessHours }, { withChecked }, schemas] = await Promise.all([
        import('./store.js'),
        import('./check.js'),
        import('../../schemas/business-hours.js'),
      ])
      const schedule = set === undefined ? undefined : await readJson(here, set)
      await withBusinessHours(here, async (hours, by) => {
        const told =
          schedule === undefined
            ? withChecked(schemas.BusinessHoursQuerySchema, { date }, (query) => hours.ofClient(clientId, query))
            : withChecked(schemas.AdminBusinessHoursBodySchema, { appliesFrom: from, schedule }, (body) =>
                hours.setOfClient(clientId, body, by),
              )
        await print(here, await told, json)
      })
    })
}

async function readJson(here: Surroundings, path: string): Promise<unknown> {
  const content = await (path === '-' ? text(here.input) : readFile(path, 'utf8'))
  try {
    return JSON.parse(content)
  } catch {
    throw new Error(`${path === '-' ? 'Standard input' : path} is no JSON.`)
  }
}

async function print(here: Surroundings, told: BusinessHours, json: true | undefined): Promise<void> {
  const [{ printJson, printRecord }, { timesText, weekText }] = await Promise.all([
    import('./print.js'),
    import('../services/business-hours.js'),
  ])
  if (json === true) {
    printJson(here, told)
    return
  }
  const { timezone, date, appliesFrom, schedule, versions } = told
  const special = (schedule?.dates ?? []).map(({ date, name = '', hours }) => [
    date,
    `${timesText(hours)} ${name}`.trim(),
  ])
  const record = {
    timezone,
    date,
    'applies from': appliesFrom,
    ...(schedule === null ? { schedule: 'none' } : weekText(schedule)),
    ...(Object.fromEntries(special) as Record<string, string>),
    versions,
  }
  printRecord(here, record, undefined)
}
