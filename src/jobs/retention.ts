import { retentionStart } from '../core/retention.js'
import type { Storage } from '../storage/port/storage.js'
import { removeInBatches, Sweep, type SweepOptions } from './sweep.js'

/** How soon what was paused goes on. */
const SWEEP_EVERY_MS = 60 * 1000
/** Of a client of which nothing was left, how soon is looked for what came late. */
const LOOK_AGAIN_MS = 60 * 60 * 1000

/**
 * Drops what clients no longer want kept, a little at a time. Any number of processes may do so: batches of one
 * client take turns, and who comes second finds less to do.
 * @param clock epoch milliseconds
 */
export function retentionSweep(options: {
  readonly storage: Storage
  readonly clock: () => number
  readonly logger: SweepOptions['logger'] & { info(details: object, message: string): void }
  readonly pause?: SweepOptions['pause']
  readonly onEnd?: SweepOptions['onEnd']
}): Sweep {
  const { storage, clock, logger, pause, onEnd } = options
  const done = new Map<string, { readonly instant: number; readonly at: number }>()
  return new Sweep({
    name: 'retention',
    storage,
    logger,
    pause,
    onEnd,
    everyMs: SWEEP_EVERY_MS,
    work: async ({ clientId, timezone, retentionMonths, retentionPaused }, wait) => {
      if (retentionMonths === null || retentionPaused) return 0
      const instant = retentionStart(timezone, retentionMonths, clock())
      const last = done.get(clientId)
      if (last?.instant === instant && clock() < last.at + LOOK_AGAIN_MS) return 0
      const rows = await removeInBatches((limit) => storage.dropBefore(clientId, instant, limit, clock()), wait)
      // What was paused meanwhile is not done.
      if ((await storage.client(clientId))?.retentionPaused === false) done.set(clientId, { instant, at: clock() })
      if (rows > 0) logger.info({ clientId, rows, before: instant }, 'dropped what is no longer kept')
      return rows
    },
  })
}
