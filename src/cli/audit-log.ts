/** `ribbon audit-log`: what administrators did. */
import type { Command } from '@commander-js/extra-typings'
import type { AuditLogPage } from '../../schemas/audit-log.js'
import { DEFAULTS } from '../core/defaults.js'
import { LIMITS } from '../core/limits.js'
import type { Surroundings } from './surroundings.js'
import { wholeNumber } from './whole-number.js'

type Entry = AuditLogPage['entries'][number]

export function addAuditLog(program: Command, here: Surroundings): void {
  program
    .command('audit-log')
    .description('list what administrators did, by API or command line, newest first')
    .option('--client <client>', 'only what was done about this client')
    .option('--before <id>', 'only entries before this one', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--limit <entries>', 'how many', wholeNumber(1, LIMITS.auditEntries), DEFAULTS.auditEntries)
    .option('--json', 'print JSON')
    .action(async ({ client, before, limit, json }) => {
      const [{ withStore }, { printList }, { auditLogPage }] = await Promise.all([
        import('./store.js'),
        import('./print.js'),
        import('../services/audit-log.js'),
      ])
      await withStore(here, async (storage) => {
        const query = {
          limit,
          ...(client !== undefined && { clientId: client }),
          ...(before !== undefined && { before }),
        }
        const { entries } = await auditLogPage(storage, query)
        const columns = {
          ID: ({ id }: Entry) => id,
          AT: ({ at }: Entry) => at,
          WHO: ({ actor }: Entry) => actor,
          ACTION: ({ action }: Entry) => action,
          CLIENT: ({ clientId }: Entry) => clientId,
          DETAILS: ({ details }: Entry) => JSON.stringify(details),
        }
        printList(here, entries, columns, { json, empty: 'Nothing was done yet.' })
      })
    })
}
