/** Which failures are the server's or the network's, not the statement's. */
import { StorageUnavailable } from '../errors.js'

/**
 * SQLSTATE classes and codes (PostgreSQL, appendix A): connection, resources, operator intervention, system; a server
 * that starts or stops; a login refused or a database that is not there; a lock or deadlock to try again after.
 */
const UNAVAILABLE = /^(08|53|57|58|28|3D|40|25006|55P03)/

/** Codes of Node's sockets, and the sentences of `pg` that carry no code. */
const SOCKET = /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENOTFOUND|ENETUNREACH|EAI_)/
const SENTENCE =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered|Cannot use a pool|driver has already)/

/** What Citus says, as an internal error, when it loses a node at the commit. */
const LOST_NODE = /^(could not commit transaction for shard|failure on connection marked as essential)/

/**
 * @param committing whether the commit had been sent: a connection lost from then on leaves it open whether it was made
 * @returns the failure as `StorageUnavailable`, with the server's own words, if it is one; else the error itself
 */
export function failureOf(error: unknown, committing = false): unknown {
  if (error instanceof StorageUnavailable) return error
  const { message, code } = error as { message: string; code?: unknown }
  const text = typeof code === 'string' ? code : ''
  const match = UNAVAILABLE.test(text) || SOCKET.test(text) || SENTENCE.test(message) || LOST_NODE.test(message)
  if (!match) return error
  // A refusal leaves nothing open: the server says of itself that it did not commit.
  const isRefusal = /^(40|53|55|25)/.test(text)
  return new StorageUnavailable(message === '' ? text : message, {
    cause: error,
    outcomeOpen: committing && !isRefusal,
  })
}

/** The oldest server with everything that is used here, as `server_version_num` counts. */
const OLDEST_SERVER = 140_000

/** @throws StorageUnavailable when a server, by its `server_version_num`, is too old */
export function refuseOldServer(version: number): void {
  if (version >= OLDEST_SERVER) return
  const [needed, found] = [OLDEST_SERVER, version].map((number) => String(Math.floor(number / 10_000)))
  throw new StorageUnavailable(`PostgreSQL ${String(needed)} or newer is needed, and this is ${String(found)}`)
}

/** A server as a URL names it, with what stands in for what the URL does not say. */
export interface ServerPlace {
  readonly host: string
  readonly port: number
  readonly database?: string | undefined
}

/** Why a server cannot be used, by code of the failure, and what to check. */
const REFUSALS: readonly (readonly [code: RegExp, sentence: (place: ServerPlace) => string])[] = [
  [
    /^ECONNREFUSED|^ENOENT/,
    () => 'accepts no connections: check that it runs there, and the host and port in DATABASE_URL',
  ],
  [/^(ENOTFOUND|EAI_)/, ({ host }) => `cannot be found: check the host name ${host} in DATABASE_URL`],
  [/^28/, () => 'refuses the login: check the user and the password in DATABASE_URL'],
  [/^25006/, () => 'is a standby: DATABASE_URL must name the server that takes writes, or both'],
  [/^3D/, ({ database = '' }) => `has no database ${database}: create it, or correct the name in DATABASE_URL`],
]
const UNREACHED = 'does not answer: check the host and port in DATABASE_URL, the network and the firewalls between'
const TIMEOUT = /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)|timeout/

/** The failure to connect to a server in a sentence for whoever set it up: where, what, and what to check. */
export function refusalOf(error: unknown, place: ServerPlace): StorageUnavailable {
  const { message, code } = error as { message: string; code?: unknown }
  const cause = typeof code === 'string' ? code : message
  const where = `PostgreSQL at ${place.host}:${String(place.port)}`
  const known = REFUSALS.find(([pattern]) => pattern.test(cause))
  if (known !== undefined) return new StorageUnavailable(`${where} ${known[1](place)} (${cause})`, { cause: error })
  const sentence = TIMEOUT.test(cause) ? `${UNREACHED} (${cause})` : `cannot be used: ${message}`
  return new StorageUnavailable(`${where} ${sentence}`, { cause: error })
}
