import type { Storage } from '../storage/port/storage.js'
import { Sweep, type SweepOptions } from './sweep.js'

/** Pages in one read: few enough that other reads hardly wait for it. */
const BATCH_PAGES = 10
const PAUSE_MS = 20
const SWEEP_EVERY_MS = 5 * 60 * 1000

/** Builds pages of days and months that are over ahead of need, so that the first report does not have to. */
export function pageSweep(options: {
  readonly storage: Storage
  readonly logger: SweepOptions['logger']
  readonly pause?: SweepOptions['pause']
  readonly onEnd?: SweepOptions['onEnd']
}): Sweep {
  const { storage, logger, pause, onEnd } = options
  return new Sweep({
    name: 'building pages',
    storage,
    logger,
    pause,
    onEnd,
    everyMs: SWEEP_EVERY_MS,
    work: async ({ clientId, status }, wait) => {
      // Nobody can ask for them.
      if (status === 'deleting') return 0
      let rows = 0
      for (;;) {
        const built = await storage.buildPages(clientId, BATCH_PAGES)
        if (built === 0) return rows
        rows += built
        await wait(PAUSE_MS)
      }
    },
  })
}
