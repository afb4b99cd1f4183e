import { retentionStart } from '../core/retention.js'
import type { Storage } from '../storage/port.js'
import { Sweep, type SweepOptions } from './sweep.js'

/** Events and calls in one transaction: few enough that recording hardly notices waiting for it. */
const BATCH_ROWS = 500
/** Between two transactions, so that what waits to be recorded goes first. */
const PAUSE_MS = 50
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
}): Sweep {
  const { storage, clock, logger, pause } = options
  return new Sweep({
    name: 'retention',
    storage,
    logger,
    pause,
    everyMs: SWEEP_EVERY_MS,
    work: async ({ clientId, timezone, retentionMonths }, wait) => {
      if (retentionMonths === null) return
      const instant = retentionStart(timezone, retentionMonths, clock())
      let rows = 0
      for (;;) {
        const dropped = await storage.dropBefore(clientId, instant, BATCH_ROWS)
        if (dropped === 0) break
        rows += dropped
        await wait(PAUSE_MS)
      }
      if (rows > 0) logger.info({ clientId, rows, before: instant }, 'dropped what is no longer kept')
    },
  })
}
