import { WEBHOOK_STATUSES, type WebhookEventType, type WebhookStatus } from '../../../core/vocabulary/webhooks.js'
import type { ListedWebhook, PendingMessage, SentWebhook, StoredDelivery, StoredWebhook } from '../../port/webhooks.js'
import type { WebhookDeliveryRow, WebhookEndpointRow, WebhookPendingRow } from '../schema/tables.js'
import { clientNumber, type Session } from '../session.js'
import { raw, rowsOf, sql, type Transaction } from '../transaction.js'

interface EndpointRow extends WebhookEndpointRow {
  readonly client_id: string
  readonly last_sequence: number
}

const ENDPOINTS = raw(`from webhook_endpoints w join client_state s on s.client = w.client
  join clients c on c.client = w.client`)

function webhookOf(row: EndpointRow): StoredWebhook {
  return {
    clientId: row.client_id,
    endpointId: row.endpoint,
    url: row.url,
    eventTypes: row.event_types.split(' ') as WebhookEventType[],
    sealedSecrets: row.sealed_secrets,
    status: WEBHOOK_STATUSES[row.status] as WebhookStatus,
    pausedReason: row.paused_reason,
    failingSince: row.failing_since,
    position: row.position,
    lastSequence: row.last_sequence,
    nextAt: row.next_at,
    quotaTold: row.quota_told,
    changes: row.changes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** See `Storage.webhooks`. */
export async function webhooks(session: Session, clientId: string): Promise<readonly ListedWebhook[]> {
  const client = await clientNumber(session, clientId)
  const rows = await rowsOf(
    session.tx,
    sql<EndpointRow & { readonly pending: number; readonly parked: number }>`
      select w.*, c.client_id, s.last_sequence, coalesce(p.pending, 0) as pending, coalesce(p.parked, 0) as parked
      ${ENDPOINTS} left join (
        select endpoint, cast(sum(1 - parked) as bigint) as pending, cast(sum(parked) as bigint) as parked
        from webhook_pending
        where client = ${client} group by endpoint
      ) p on p.endpoint = w.endpoint
      where w.client = ${client} and s.client = ${client} order by w.created_at, w.endpoint`,
  )
  return rows.map((row) => ({ ...webhookOf(row), pending: row.pending, parked: row.parked }))
}

/** One that is there. */
export async function webhookNow(tx: Transaction, client: number, endpointId: string): Promise<StoredWebhook> {
  const [row] = (await rowsOf(
    tx,
    sql<EndpointRow>`select w.*, c.client_id, s.last_sequence ${ENDPOINTS}
      where w.client = ${client} and s.client = ${client} and w.endpoint = ${endpointId}`,
  )) as [EndpointRow]
  return webhookOf(row)
}

/** See `Storage.allWebhooks`. */
export async function allWebhooks(
  { tx }: Session,
  { after: [clientId, endpointId], limit }: { after: readonly [string, string]; limit: number },
): Promise<readonly SentWebhook[]> {
  const rows = await rowsOf(
    tx,
    sql<EndpointRow & { readonly is_open: number }>`select w.*, c.client_id, s.last_sequence,
        case when c.status = 'active' and c.deletes_at is null then 1 else 0 end as is_open
      ${ENDPOINTS} where c.status <> 'deleted' and (c.client_id, w.endpoint) > (${clientId}, ${endpointId})
      order by c.client_id, w.endpoint limit ${limit}`,
  )
  return rows.map((row) => {
    const webhook = webhookOf(row)
    return {
      ...webhook,
      isServed: row.is_open === 1 && webhook.status === 'active',
      leaseOwner: row.lease_owner,
      leaseEnds: row.lease_ends,
    }
  })
}

/** See `Storage.pendingMessages`. */
export async function pendingMessages(
  session: Session,
  clientId: string,
  endpointId: string,
): Promise<readonly PendingMessage[]> {
  const rows = await rowsOf(
    session.tx,
    sql<WebhookPendingRow>`select * from webhook_pending
      where client = ${await clientNumber(session, clientId)} and endpoint = ${endpointId} and parked = 0
      order by sequence`,
  )
  return rows.map((row) => ({
    sequence: row.sequence,
    sessionId: row.session,
    attempts: row.attempts,
    firstAt: row.first_at,
    nextAt: row.next_at,
    isParked: row.parked === 1,
  }))
}

/** See `Storage.webhookDeliveries`. */
export async function webhookDeliveries(
  session: Session,
  query: { clientId: string; endpointId: string; before: number; limit: number },
): Promise<readonly StoredDelivery[]> {
  const client = await clientNumber(session, query.clientId)
  const rows = await rowsOf(
    session.tx,
    sql<WebhookDeliveryRow>`select * from webhook_deliveries
      where client = ${client} and endpoint = ${query.endpointId} and number < ${query.before}
      order by number desc limit ${query.limit}`,
  )
  return rows.map(({ number, sequence, type, attempt, at, status, error, answer, ...row }) => {
    return {
      number,
      sequence,
      messageId: row.message_id,
      type,
      attempt,
      at,
      durationMs: row.duration,
      status,
      error,
      answer,
    }
  })
}
