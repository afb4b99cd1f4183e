import type { Storage } from '../storage/port/storage.js'
import { removeInBatches, Sweep, type SweepOptions } from './sweep.js'

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
  readonly onEnd?: SweepOptions['onEnd']
}): Sweep {
  const { storage, clock, logger, pause, onEnd } = options
  return new Sweep({
    name: 'deletion',
    storage,
    logger,
    pause,
    onEnd,
    everyMs: SWEEP_EVERY_MS,
    work: async ({ clientId, deletesAt }, wait) => {
      const at = clock()
      if (deletesAt === null || deletesAt + MARGIN_MS > at) return 0
      const entry = { at, actor: 'server', action: 'client.deleted', clientId, details: {}, requestId: null } as const
      const rows = await removeInBatches((limit) => storage.deleteClient(clientId, limit, entry), wait)
      logger.info({ clientId }, 'deleted a client')
      return rows
    },
  })
}
