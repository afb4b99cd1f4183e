import type { Readiness } from '../../schemas/health.js'
import { fail } from '../errors.js'
import { StorageDamaged } from '../storage/errors.js'
import type { Storage } from '../storage/port/storage.js'

/** Whether requests can be served. */
export class HealthService {
  readonly #storage: Storage

  constructor({ storage }: { storage: Storage }) {
    this.#storage = storage
  }

  /** Asks the store: 503 when it does not answer or is damaged. */
  async readiness(): Promise<Readiness> {
    await this.#storage.ping().catch((cause: unknown) => {
      const isDamaged = cause instanceof StorageDamaged
      fail('unavailable', isDamaged ? 'The store is damaged: restore a backup of it.' : 'The store does not answer.', {
        cause,
      })
    })
    return { status: 'ready', storage: this.#storage.status().behindSince === null ? 'ok' : 'behind' }
  }
}
