/** Who is signed in: kept for this tab alone, in what browsers forget with it. */
import { createRibbonClient, RibbonError, type RibbonClient } from '../../client/client.js'

const KEY = 'ribbon.key'
const ADMIN = 'ribbon.admin'
const LENT = 'ribbon.lent'

/** A read key that the operator's page was lent for a client. */
interface Lent {
  readonly clientId: string
  readonly keyId: string
  readonly apiKey: string
}

interface Signed {
  /** Null: the operator has not chosen a client yet. */
  readonly apiKey: string | null
  readonly adminToken: string | null
}

export function clientWith(credentials: { apiKey?: string; adminToken?: string }, retries = 1): RibbonClient {
  return createRibbonClient({ baseUrl: location.origin, retries, ...credentials })
}

/** @returns null when nobody is signed in */
export function signedIn(): Signed | null {
  const adminToken = sessionStorage.getItem(ADMIN)
  const apiKey = adminToken === null ? sessionStorage.getItem(KEY) : (lent()?.apiKey ?? null)
  return adminToken === null && apiKey === null ? null : { adminToken, apiKey }
}

/** @throws RibbonError when the key opens nothing, or may not read */
export async function signIn(apiKey: string): Promise<void> {
  answered(await clientWith({ apiKey }).GET('/api/ribbon/active-calls'))
  sessionStorage.setItem(KEY, apiKey)
}

/** @throws RibbonError when the token opens nothing */
export async function signInAsOperator(adminToken: string): Promise<void> {
  answered(await clientWith({ adminToken }).GET('/api/admin/clients'))
  sessionStorage.setItem(ADMIN, adminToken)
}

/** Lends the operator's page a read key of a client, unless it has one, and gives back that of the client before. */
export async function enter(adminToken: string, clientId: string): Promise<void> {
  if (lent()?.clientId === clientId) return
  await giveBack(adminToken)
  const path = { clientId }
  const body = { kind: 'secret', scopes: ['read'], name: 'dashboard', days: 1 } as const
  const made = await clientWith({ adminToken }).POST('/api/admin/clients/{clientId}/keys', {
    params: { path },
    body: { ...body, scopes: ['read'] },
  })
  const { keyId, apiKey } = answered(made)
  sessionStorage.setItem(LENT, JSON.stringify({ clientId, keyId, apiKey } satisfies Lent))
}

export async function signOut(): Promise<void> {
  const adminToken = sessionStorage.getItem(ADMIN)
  try {
    if (adminToken !== null) await giveBack(adminToken)
  } finally {
    for (const name of [KEY, ADMIN, LENT]) sessionStorage.removeItem(name)
  }
}

/** @throws RibbonError when the server refused */
export function answered<Data>(outcome: { data?: Data; error?: unknown; response: Response }): NonNullable<Data> {
  if (outcome.data === undefined || outcome.data === null) throw new RibbonError(outcome.response, outcome.error)
  return outcome.data
}

function lent(): Lent | null {
  return JSON.parse(sessionStorage.getItem(LENT) ?? 'null') as Lent | null
}

async function giveBack(adminToken: string): Promise<void> {
  const key = lent()
  if (key === null) return
  sessionStorage.removeItem(LENT)
  const { clientId, keyId } = key
  await clientWith({ adminToken }).DELETE('/api/admin/clients/{clientId}/keys/{keyId}', {
    params: { path: { clientId, keyId } },
  })
}
