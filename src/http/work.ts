/** What requests are for, as limits see them: what one kind uses up, another still has. */
import type { FastifyRequest } from 'fastify'
import type { KeyScope } from '../core/vocabulary/keys.js'

/**
 * `ingest` is what a ribbon cannot do without: it starts and reports calls. `callbacks` is what Exotel reports. `unknown` is a path that does not exist.
 */
export type Work = 'ingest' | 'callbacks' | 'reads' | 'writes' | 'exports' | 'admin' | 'unknown'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route is for, where its scope does not tell. */
    work?: Work
  }
}

const WORK_OF_SCOPE: Readonly<Record<KeyScope, Work>> = {
  read: 'reads',
  write: 'writes',
  export: 'exports',
  manage: 'writes',
}

/** @returns null for what is never limited: health, the documentation */
export function workOf({ is404, routeOptions: { config } }: FastifyRequest): Work | null {
  if (is404) return 'unknown'
  if (config.work !== undefined) return config.work
  return config.scope === undefined ? null : WORK_OF_SCOPE[config.scope]
}
