/** `ribbon check`: whether what is stored follows from the events. */
import type { Command } from '@commander-js/extra-typings'
import type { Finding } from '../services/store-check.js'
import type { Surroundings } from './surroundings.js'

export function addCheck(program: Command, here: Surroundings): void {
  program
    .command('check')
    .description('compare calls, tallies and pages with the events that they follow from, beside a running server')
    .option('--client <client>', 'of one client; of all unless told')
    .option('--repair', 'put right what differs, say so in the audit log, and compare again')
    .option('--json', 'print JSON')
    .action(async ({ client, repair = false, json }) => {
      const [{ withStore, byCommandLine }, { checkClient }, { everyClient }, { printJson }] = await Promise.all([
        import('./store.js'),
        import('../services/store-check.js'),
        import('../clients/every-client.js'),
        import('./print.js'),
      ])
      await withStore(here, async (storage) => {
        const wanted: string[] = []
        for await (const { clientId, status } of everyClient(storage)) {
          // One that is being removed is there in parts.
          if (status !== 'deleting' && (client ?? clientId) === clientId) wanted.push(clientId)
        }
        if (client !== undefined && wanted.length === 0) throw new Error(`There is no client ${client}.`)
        const repaired: Finding[] = []
        const found: Finding[] = []
        for (const clientId of wanted) {
          let rows = 0
          const look = (repairs: Parameters<typeof checkClient>[2]['repairs']) =>
            checkClient(storage, clientId, {
              repairs,
              onChecked: (count) => {
                rows += count
              },
            })
          if (repair) {
            const by = { at: Date.now(), ...byCommandLine(), action: 'store.repaired' as const, clientId, details: {} }
            repaired.push(...(await look(by)))
          }
          const differing = await look(null)
          found.push(...differing)
          if (json !== true)
            here.console.log(
              `${clientId}: ${differing.length === 0 ? 'all follows from its events' : 'not all follows from its events'} (${String(rows)} rows compared).`,
            )
        }
        if (json === true) printJson(here, { repaired, found })
        else {
          for (const finding of repaired) here.console.log(`Repaired: ${sentenceOf(finding)}`)
          for (const finding of found) here.console.log(sentenceOf(finding))
        }
        if (repaired.length > 0) {
          here.console.error(
            'Servers that run may remember reports from before: replace them (kill -HUP), or restart them.',
          )
        }
        if (found.length === 0) return
        throw new Error(
          repair
            ? 'Not all of it could be put right.'
            : 'Differences were found: ribbon check --repair puts them right.',
        )
      })
    })
}

function sentenceOf({ clientId, kind, count, ids }: Finding): string {
  const more = count > ids.length ? ', …' : ''
  return `${clientId}: ${String(count)} ${kind}: ${ids.join(', ')}${more}`
}
