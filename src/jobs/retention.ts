import { retentionStart } from '../core/retention.js'
import type { Storage } from '../storage/port.js'
import { removeInBatches, Sweep, type SweepOptions } from './sweep.js'

const SWEEP_EVERY_MS = 60 * 60 * 1000

/**
 * Drops what clients no longer want kept, a little at a time, every hour. Any number of processes may do so: batches of one
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
  return new Sweep({
    name: 'retention',
    storage,
    logger,
    pause,
    onEnd,
    everyMs: SWEEP_EVERY_MS,
    work: async ({ clientId, timezone, retentionMonths }, wait) => {
      if (retentionMonths === null) return 0
      const instant = retentionStart(timezone, retentionMonths, clock())
      const rows = await removeInBatches((limit) => storage.dropBefore(clientId, instant, limit), wait)
      if (rows > 0) logger.info({ clientId, rows, before: instant }, 'dropped what is no longer kept')
      return rows
    },
  })
}
