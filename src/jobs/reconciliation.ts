import type { ClientListing } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { Sweep, type SweepOptions } from './sweep.js'

const SWEEP_EVERY_MS = 60 * 60 * 1000

/** What became of one client's last day. */
interface Outcome {
  readonly state: string
  readonly missing: number
  readonly changed: number
  readonly unknown: number
  readonly pending: number
  readonly error: string | null
}

/**
 * Compares the last day of every client with Exotel's records, every hour. Any number of processes may do so.
 * @param reconcile what it does for one client; null when there was nothing to do
 */
export function reconciliationSweep(options: {
  readonly storage: Storage
  readonly reconcile: (client: ClientListing, signal: AbortSignal) => Promise<Outcome | null>
  readonly logger: SweepOptions['logger'] & { info(details: object, message: string): void }
  readonly pause?: SweepOptions['pause']
  readonly onEnd?: SweepOptions['onEnd']
}): Sweep {
  const { storage, reconcile, logger, pause, onEnd } = options
  return new Sweep({
    name: 'reconciliation',
    storage,
    logger,
    pause,
    onEnd,
    everyMs: SWEEP_EVERY_MS,
    work: async (client, _pause, signal) => {
      const outcome = await reconcile(client, signal)
      if (outcome === null) return
      const { clientId } = client
      const { state, missing, changed, unknown, pending, error } = outcome
      if (state === 'failed') {
        logger.warn({ clientId, reason: error }, 'the last day could not be reconciled; it will be tried again')
      } else if (missing + changed + unknown > 0) {
        logger.info({ clientId, missing, changed, unknown, pending }, 'the last day differed from Exotel’s records')
      }
    },
  })
}
