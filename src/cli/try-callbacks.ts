/** Sends made-up callbacks to a server, as Exotel would, and looks at what became of them. */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'qs'
import { sessionIdOf } from '../core/identity.js'
import { isObject } from '../core/json.js'
import { callbackPath } from '../core/vocabulary/callbacks.js'
import { madeUpCallbacks, type MadeUpCallback } from '../demo/callbacks.js'
import type { CommandStorage } from '../storage/open.js'
import { printList } from './print.js'
import { noServer, originOf } from './server.js'
import { withStore } from './store.js'
import type { Surroundings } from './surroundings.js'

interface Options {
  /** Whose calls to look up in the store of this machine; null looks up none. */
  readonly clientId: string | null
  readonly url: string | undefined
  /** A secret: it is in no output. */
  readonly key: string
  readonly json: true | undefined
}

interface Tried {
  readonly event: string
  readonly sentAs: string
  readonly answer: number
  /** What the server said where it refused. */
  readonly detail: string | null
  readonly logId: string | null
  readonly sessionId: string
  /** Of its call; null where it was not looked up, or is not there. */
  readonly status: string | null
}

const ANSWER_MS = 10_000
/** A server tells of an event before it is in the database: it is there soon after. */
const LOOKS = 25
const LOOK_EVERY_MS = 200
const HOUR_MS = 3_600_000

/** @throws Error when nothing answers, or a callback was refused, after all was printed */
export async function tryCallbacks(here: Surroundings, { clientId, url, key, json }: Options): Promise<void> {
  const origin = originOf(here, url)
  const now = Date.now()
  const tried: Tried[] = []
  for (const callback of madeUpCallbacks(`try-${randomBytes(4).toString('hex')}`, now)) {
    tried.push(await send(origin, key, callback))
  }
  const statuses = new Map<string, string>()
  if (clientId !== null) await withStore(here, (storage) => lookUp(storage, { clientId, tried, now, statuses }))
  const columns = {
    CALLBACK: ({ event }: Tried) => event,
    'SENT AS': ({ sentAs }: Tried) => sentAs,
    ANSWER: ({ answer, detail }: Tried) => (detail === null ? answer : `${String(answer)} ${detail}`),
    'LOG ID': ({ logId }: Tried) => logId,
    CALL: ({ sessionId }: Tried) => sessionId,
    STATUS: ({ status }: Tried) => status,
  }
  const all = tried.map((one) => ({ ...one, status: statuses.get(one.sessionId) ?? null }))
  printList(here, all, columns, { json, empty: '' })
  const refused = tried.filter(({ logId }) => logId === null).length
  if (refused > 0) throw new Error(`${String(refused)} of ${String(tried.length)} callbacks were refused.`)
  const lost = clientId === null ? 0 : all.filter(({ status }) => status === null).length
  if (lost > 0) {
    throw new Error(
      `${String(lost)} calls are not to be found under ${String(clientId)}: the key is another client’s, or the server has another database.`,
    )
  }
}

async function send(origin: string, key: string, callback: MadeUpCallback): Promise<Tried> {
  const { event, encoding, callSid, payload } = callback
  const address = origin + callbackPath(event, encodeURIComponent(key))
  const signal = AbortSignal.timeout(ANSWER_MS)
  const body = encoding === 'json' ? JSON.stringify(payload) : stringify(payload)
  const type = encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded'
  const sent =
    encoding === 'query'
      ? fetch(`${address}?${body}`, { signal })
      : fetch(address, { method: 'POST', signal, headers: { 'content-type': type }, body })
  const answer = await sent.catch((error: unknown) => {
    throw noServer(origin, error)
  })
  const said: unknown = await answer.json().catch(() => null)
  const told = (member: string) => (isObject(said) && typeof said[member] === 'string' ? said[member] : null)
  return {
    event,
    sentAs: encoding,
    answer: answer.status,
    detail: told('detail'),
    logId: told('logId'),
    sessionId: sessionIdOf(callSid),
    status: null,
  }
}

interface Wanted {
  readonly clientId: string
  readonly tried: readonly Tried[]
  readonly now: number
  /** Takes what was found, by session id. */
  readonly statuses: Map<string, string>
}

async function lookUp(storage: CommandStorage, { clientId, tried, now, statuses }: Wanted): Promise<void> {
  const wanted = new Set(tried.filter(({ logId }) => logId !== null).map(({ sessionId }) => sessionId))
  const range = { from: now - HOUR_MS, to: now + HOUR_MS }
  for (let look = 0; look < LOOKS && statuses.size < wanted.size; look++) {
    if (look > 0) await sleep(LOOK_EVERY_MS)
    const { recent } = await storage.report({ clientId, range, zone: 'UTC', recent: 500 })
    for (const { sessionId, status } of recent) if (wanted.has(sessionId)) statuses.set(sessionId, status)
  }
}
