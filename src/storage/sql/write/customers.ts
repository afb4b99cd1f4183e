/** Customers: those that events name, and what is saved of them. */
import { mergePatch } from '../../../core/customer.js'
import type { JsonObject } from '../../../core/json.js'
import { LIMITS } from '../../../core/limits.js'
import { customersById, profilesOf } from '../read/customers.js'
import { requireClient, type Session } from '../session.js'
import { run, sql } from '../transaction.js'
import { foundBy, saveWords } from './customer-words.js'
import { lockClient, saveClientState } from './state.js'

/** See `Storage.saveCustomer`. The client's state is locked, so that no patch is lost. */
export async function saveCustomer(
  session: Session,
  clientId: string,
  customerId: string,
  patch: JsonObject,
  now: number,
): Promise<boolean> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  const state = await lockClient(tx, client)
  const [known] = await customersById(tx, client, [[customerId]])
  const before = known === undefined ? undefined : (await profilesOf(session, client, [known.number])).get(known.number)
  const merged = mergePatch(before?.profile ?? {}, patch)
  const profile = JSON.stringify(merged)
  if (profile.length > LIMITS.customerLength) return false
  const number = known?.number ?? state.last_customer + 1
  if (known === undefined) {
    state.last_customer += 1
    run(
      tx,
      sql`insert into customers (client, number, customer_id, profile, created_at, updated_at)
        values (${client}, ${state.last_customer}, ${customerId}, ${profile}, ${now}, ${now})`,
    )
    saveClientState(tx, client, state)
  } else {
    run(
      tx,
      sql`update customers set profile = ${profile}, mentions = null, updated_at = ${now}
        where client = ${client} and number = ${known.number}`,
    )
  }
  const words = before?.words ?? null
  saveWords(tx, client, [{ number, before: words, ...foundBy(merged, state.region) }])
  return true
}
