/** What a sender says of an endpoint for which it sends. */
import { LIMITS } from '../../../core/limits.js'
import { WEBHOOK_STATUSES } from '../../../core/vocabulary/webhooks.js'
import type { NewDelivery, StoredWebhook, WebhookLease, WebhookProgress } from '../../port/webhooks.js'
import { insert, remove } from '../bulk.js'
import { webhookNow } from '../read/webhooks.js'
import { clientNumber, type Session } from '../session.js'
import { rowOf, run, sql, type Transaction } from '../transaction.js'

const ACTIVE = WEBHOOK_STATUSES.indexOf('active')
const PAUSED = WEBHOOK_STATUSES.indexOf('paused')

/** See `Storage.claimWebhook`. */
export async function claimWebhook(
  session: Session,
  clientId: string,
  endpointId: string,
  { owner, now, ends }: WebhookLease,
): Promise<StoredWebhook | null> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  const claimed = await rowOf(
    tx,
    sql`update webhook_endpoints set lease_owner = ${owner}, lease_ends = ${ends}
      where client = ${client} and endpoint = ${endpointId} and status = ${ACTIVE}
        and (lease_owner is null or lease_owner = ${owner} or lease_ends <= ${now}) returning client`,
  )
  return client === null || claimed === undefined ? null : webhookNow(tx, client, endpointId)
}

const putPending = insert(
  'webhook_pending',
  ['endpoint', 'sequence', 'session', 'attempts', 'first_at', 'next_at', 'parked'],
  ['endpoint', 'sequence'],
)
const removePending = remove('webhook_pending', ['endpoint', 'sequence'])

/** See `Storage.saveWebhookProgress`. */
export async function saveWebhookProgress(
  session: Session,
  clientId: string,
  endpointId: string,
  progress: WebhookProgress,
): Promise<StoredWebhook | null> {
  const { tx } = session
  const client = await clientNumber(session, clientId)
  const { lease, pausedReason } = progress
  const status = pausedReason === null ? null : PAUSED
  // What others changed meanwhile is due when they said.
  const saved = await rowOf(
    tx,
    sql`update webhook_endpoints set lease_ends = ${lease.ends}, position = ${progress.position},
        next_at = case when changes = ${progress.changes} then ${progress.nextAt} else next_at end,
        failing_since = case when changes = ${progress.changes} then ${progress.failingSince} else failing_since end,
        quota_told = ${progress.quotaTold}, status = coalesce(${status}, status),
        paused_reason = coalesce(${pausedReason}, paused_reason)
      where client = ${client} and endpoint = ${endpointId} and lease_owner = ${lease.owner} returning client`,
  )
  if (client === null || saved === undefined) return null
  removePending(
    tx,
    client,
    progress.settled.map((sequence) => [endpointId, sequence]),
  )
  putPending(
    tx,
    client,
    progress.pending.map(({ sequence, sessionId, attempts, firstAt, nextAt, isParked }) => {
      return [endpointId, sequence, sessionId, attempts, firstAt, nextAt, isParked ? 1 : 0]
    }),
  )
  await addDeliveries(tx, client, endpointId, progress.deliveries)
  return webhookNow(tx, client, endpointId)
}

/** See `Storage.noteDeliveries`. */
export async function noteDeliveries(
  session: Session,
  clientId: string,
  endpointId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const client = await clientNumber(session, clientId)
  if (client !== null) await addDeliveries(session.tx, client, endpointId, deliveries)
}

const insertDeliveries = insert('webhook_deliveries', [
  'endpoint',
  'number',
  'sequence',
  'message_id',
  'type',
  'attempt',
  'at',
  'duration',
  'status',
  'error',
  'answer',
])

async function addDeliveries(
  tx: Transaction,
  client: number,
  endpointId: string,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return
  const counted = await rowOf(
    tx,
    sql<{ last_delivery: number }>`update webhook_endpoints set last_delivery = last_delivery + ${deliveries.length}
      where client = ${client} and endpoint = ${endpointId} returning last_delivery`,
  )
  if (counted === undefined) return
  const last = counted.last_delivery
  const first = last - deliveries.length + 1
  insertDeliveries(
    tx,
    client,
    deliveries.map(({ sequence, messageId, type, attempt, at, durationMs, status, error, answer }, i) => {
      return [endpointId, first + i, sequence, messageId, type, attempt, at, durationMs, status, error, answer]
    }),
  )
  run(
    tx,
    sql`delete from webhook_deliveries
      where client = ${client} and endpoint = ${endpointId} and number <= ${last - LIMITS.webhookDeliveries}`,
  )
}
