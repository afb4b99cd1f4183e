/** `ribbon retention`: how far dropping what clients no longer keep is, and whether it pauses. */
import type { Command } from '@commander-js/extra-typings'
import { formatInstant } from '../core/calendar.js'
import { retentionStart } from '../core/retention.js'
import type { RetentionProgress } from '../storage/port/retention.js'
import type { Surroundings } from './surroundings.js'

interface Listed extends RetentionProgress {
  readonly clientId: string
  readonly retentionMonths: number
}

export function addRetention(program: Command, here: Surroundings): void {
  const retention = program
    .command('retention')
    .description('dropping what clients no longer keep: how far it is; pause it, and go on')
  retention
    .command('list')
    .description('how far it is, for each client that does not keep everything')
    .option('--json', 'print JSON')
    .action(async ({ json }) => {
      const [{ withStore }, { printList }, { everyClient }] = await Promise.all([
        import('./store.js'),
        import('./print.js'),
        import('../clients/every-client.js'),
      ])
      await withStore(here, async (storage) => {
        const found: Listed[] = []
        for await (const { clientId, timezone, retentionMonths, status } of everyClient(storage)) {
          if (retentionMonths === null || status === 'deleting') continue
          const instant = retentionStart(timezone, retentionMonths, Date.now())
          const progress = (await storage.retentionProgress(clientId, instant)) as RetentionProgress
          found.push({ clientId, retentionMonths, ...progress })
        }
        printList(here, found, COLUMNS, { json, empty: 'Every client keeps everything.' })
      })
    })
  for (const [name, isPaused, description] of [
    ['pause', true, 'drop nothing from now on, until it is resumed; at every process within a second'],
    ['resume', false, 'go on, within a minute'],
  ] as const) {
    retention
      .command(`${name} [client]`)
      .description(`${description}: of all clients, or of one`)
      .action(async (client) => {
        const [{ withAccounts, withStore }, { everyClient }] = await Promise.all([
          import('./store.js'),
          import('../clients/every-client.js'),
        ])
        const wanted: string[] = client === undefined ? [] : [client]
        if (client === undefined) {
          await withStore(here, async (storage) => {
            for await (const { clientId, retentionPaused, retentionMonths, status } of everyClient(storage)) {
              if (retentionMonths !== null && retentionPaused !== isPaused && status !== 'deleting')
                wanted.push(clientId)
            }
          })
        }
        await withAccounts(here, async ({ clients }) => {
          for (const clientId of wanted) await clients.update(clientId, { retentionPaused: isPaused })
        })
        here.console.log(`${isPaused ? 'Paused' : 'Resumed'}: ${wanted.join(', ') || 'no client'}.`)
      })
  }
}

const COLUMNS = {
  CLIENT: ({ clientId }: Listed) => clientId,
  'MONTHS KEPT': ({ retentionMonths }: Listed) => retentionMonths,
  'KEPT FROM': ({ retainedFrom }: Listed) => (retainedFrom === null ? null : formatInstant(retainedFrom)),
  STATE: (of: Listed) => (of.isPaused ? 'paused' : of.rowsLeft > 0 ? 'dropping' : 'done'),
  'DROPPED LAST': ({ droppedRows }: Listed) => droppedRows,
  'ROWS A SECOND': (of: Listed) => paceOf(of)?.rowsASecond.toFixed(0) ?? null,
  LEFT: ({ rowsLeft }: Listed) => rowsLeft,
  'DONE AT': (of: Listed) => {
    const pace = paceOf(of)
    if (pace === null || of.isPaused) return null
    return formatInstant(Math.round(pace.at / 1000 + of.rowsLeft / pace.rowsASecond) * 1000)
  },
} satisfies Record<string, (of: Listed) => string | number | null>

/** Of the run that goes on; null where none does, or it has only begun. */
function paceOf({ droppingSince, droppedAt, droppedRows }: Listed): { rowsASecond: number; at: number } | null {
  if (droppingSince === null || droppedAt === null || droppedAt <= droppingSince) return null
  return { rowsASecond: (droppedRows * 1000) / (droppedAt - droppingSince), at: droppedAt }
}
