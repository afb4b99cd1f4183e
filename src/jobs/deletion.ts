import type { Storage } from '../storage/port.js'
import { Sweep, type SweepOptions } from './sweep.js'

/** Rows in one transaction: few enough that recording hardly notices waiting for it. */
const BATCH_ROWS = 500
/** Between two transactions, so that what waits to be recorded goes first. */
const PAUSE_MS = 50
const SWEEP_EVERY_MS = 60 * 60 * 1000
/** Past the instant after which nobody can restore the client: whoever checked that before it is through. */
const MARGIN_MS = 60_000

/**
 * Removes all that deleted clients have, a little at a time, once their time has come. Any number of processes may do so.
 * @param clock epoch milliseconds
 */
export function deletionSweep(options: {
  readonly storage: Storage
  readonly clock: () => number
  readonly logger: SweepOptions['logger'] & { info(details: object, message: string): void }
  readonly pause?: SweepOptions['pause']
}): Sweep {
  const { storage, clock, logger, pause } = options
  return new Sweep({
    name: 'deletion',
    storage,
    logger,
    pause,
    everyMs: SWEEP_EVERY_MS,
    work: async ({ clientId, deletesAt }, wait) => {
      const at = clock()
      if (deletesAt === null || deletesAt + MARGIN_MS > at) return
      const entry = { at, actor: 'server', action: 'client.deleted', clientId, details: {}, requestId: null } as const
      while ((await storage.deleteClient(clientId, BATCH_ROWS, entry)) > 0) await wait(PAUSE_MS)
      logger.info({ clientId }, 'deleted a client')
    },
  })
}
