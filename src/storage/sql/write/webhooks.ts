/** What a client, and who administers it, changes of webhooks. */
import { sessionIdOf } from '../../../core/identity.js'
import type { TimeRange } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import { WEBHOOK_STATUSES } from '../../../core/vocabulary/webhooks.js'
import type { NewWebhook, Redelivery, WebhookChanges } from '../../port/webhooks.js'
import { insert } from '../bulk.js'
import { clientNumber, requireClient, type Session } from '../session.js'
import { raw, rowOf, rowsOf, run, sql } from '../transaction.js'
import { lockClient } from './state.js'

/** See `Storage.createWebhook`. */
export async function createWebhook(session: Session, clientId: string, webhook: NewWebhook): Promise<boolean> {
  const { tx } = session
  const client = await requireClient(session, clientId)
  const { last_sequence: position } = await lockClient(tx, client)
  const [known] = (await rowsOf(
    tx,
    sql<{ endpoints: number }>`select count(*) as endpoints from webhook_endpoints where client = ${client}`,
  )) as [{ endpoints: number }]
  if (known.endpoints >= LIMITS.webhooks) return false
  const { endpointId, url, eventTypes, sealedSecrets, createdAt } = webhook
  run(
    tx,
    sql`insert into webhook_endpoints (client, endpoint, url, event_types, sealed_secrets, status, position, quota_told,
        changes, last_delivery, lease_ends, created_at, updated_at)
      values (${client}, ${endpointId}, ${url}, ${eventTypes.join(' ')}, ${sealedSecrets}, 0, ${position}, '', 0, 0, 0,
        ${createdAt}, ${createdAt})`,
  )
  return true
}

/** See `Storage.updateWebhook`. */
export async function updateWebhook(
  session: Session,
  clientId: string,
  endpointId: string,
  { url, eventTypes, status, sealedSecrets }: WebhookChanges,
  now: number,
): Promise<boolean> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  const types = eventTypes?.join(' ') ?? null
  const code = status === undefined ? null : WEBHOOK_STATUSES.indexOf(status)
  const updated = await rowOf(
    tx,
    sql`update webhook_endpoints set url = coalesce(${url ?? null}, url), event_types = coalesce(${types}, event_types),
        sealed_secrets = coalesce(${sealedSecrets ?? null}, sealed_secrets), status = coalesce(${code}, status),
        changes = changes + 1, updated_at = ${now}
      where client = ${client} and endpoint = ${endpointId} returning client`,
  )
  if (updated === undefined) return false
  if (status !== undefined) {
    run(
      tx,
      sql`update webhook_endpoints set paused_reason = null, failing_since = null
        where client = ${client} and endpoint = ${endpointId}`,
    )
  }
  if (status === 'active') {
    run(
      tx,
      sql`update webhook_pending set attempts = 0, first_at = null, next_at = ${now}
        where client = ${client} and endpoint = ${endpointId} and parked = 0`,
    )
    run(tx, sql`update webhook_endpoints set next_at = ${now} where client = ${client} and endpoint = ${endpointId}`)
  }
  return true
}

/** See `Storage.resealWebhook`. */
export async function resealWebhook(
  session: Session,
  clientId: string,
  endpointId: string,
  from: string,
  to: string,
): Promise<boolean> {
  const resealed = await rowOf(
    session.tx,
    sql`update webhook_endpoints set sealed_secrets = ${to}
      where client = ${await clientNumber(session, clientId)} and endpoint = ${endpointId} and sealed_secrets = ${from}
      returning client`,
  )
  return resealed !== undefined
}

/** See `Storage.deleteWebhook`. */
export async function deleteWebhook(session: Session, clientId: string, endpointId: string): Promise<boolean> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  const deleted = await rowOf(
    tx,
    sql`delete from webhook_endpoints where client = ${client} and endpoint = ${endpointId} returning client`,
  )
  if (deleted === undefined) return false
  for (const table of ['webhook_pending', 'webhook_deliveries']) {
    run(tx, sql`delete from ${raw(table)} where client = ${client} and endpoint = ${endpointId}`)
  }
  return true
}

const insertPending = insert(
  'webhook_pending',
  ['endpoint', 'sequence', 'session', 'attempts', 'first_at', 'next_at', 'parked'],
  ['endpoint', 'sequence'],
)

/** See `Storage.redeliverWebhook`. The row of the endpoint is locked first, so that its sender does not go on meanwhile. */
export async function redeliverWebhook(
  session: Session,
  clientId: string,
  endpointId: string,
  { from, to }: TimeRange,
  now: number,
): Promise<Redelivery> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  const endpoint = await rowOf(
    tx,
    sql<{ position: number }>`update webhook_endpoints set changes = changes + 1, next_at = ${now}
      where client = ${client} and endpoint = ${endpointId} returning position`,
  )
  if (client === null || endpoint === undefined) return { status: 'unknown' }
  const most = LIMITS.webhookPending
  const found = await rowsOf(
    tx,
    sql<{ sequence: number; call_key: string }>`select e.sequence, k.call_key
      from events e join calls k on k.client = e.client and k.number = e.call
      where e.client = ${client} and k.client = ${client} and e.occurred_at >= ${from} and e.occurred_at < ${to}
        and e.sequence <= ${endpoint.position} and k.call_key is not null
      order by e.occurred_at, e.sequence limit ${most + 1}`,
  )
  const [waiting] = (await rowsOf(
    tx,
    sql<{ messages: number }>`select count(*) as messages from webhook_pending
      where client = ${client} and endpoint = ${endpointId} and parked = 0`,
  )) as [{ messages: number }]
  if (found.length + waiting.messages > most) return { status: 'too-many' }
  insertPending(
    tx,
    client,
    found.map(({ sequence, call_key: key }) => [endpointId, sequence, sessionIdOf(key), 0, null, now, 0]),
  )
  return { status: 'queued', messages: found.length }
}
