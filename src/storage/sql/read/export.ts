/** Calls as rows of a file. They are written where they are read, so that no event loop has to hold them as calls. */
import { namesLogIds, rowWriter, type RowFormat } from '../../../core/call-row.js'
import { LIMITS } from '../../../core/limits.js'
import type { CallRow, ExportChunk, ExportQuery } from '../../port/exports.js'
import { find } from '../bulk.js'
import { COUNTS } from '../codes.js'
import type { Session } from '../session.js'
import { raw, rowsOf, sql } from '../transaction.js'
import { IS_COUNTED } from '../write/calls.js'
import { keyOfBytes, logIdOf } from '../write/event-key.js'
import { callOf, LISTED, narrowed, type ListedRow } from './calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'

const COLUMNS = raw(LISTED)

/** See `Storage.exportChunk`. */
export async function exportChunk(session: Session, query: ExportQuery): Promise<ExportChunk> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { rows: [], after: null, sequence: 0, retainedFrom: null }
  const { from, to } = keptOf(query.range, now.retainedFrom)
  const after = query.after ?? { startAt: from, number: 0 }
  const found =
    from >= to
      ? []
      : await rowsOf(
          session.tx,
          sql<ListedRow>`select ${COLUMNS} from calls
            where client = ${now.client} and call_key is not null and ${IS_COUNTED}
              and (start_at, number) > (${Math.max(after.startAt, from)}, ${after.startAt < from ? 0 : after.number})
              and start_at < ${to} ${narrowed({ customer: null, agent: query.agentUserId ?? null })}
            order by start_at, number limit ${query.limit}`,
        )
  const last = found.at(-1)
  return {
    rows: await writtenRows(session, now, found, query.rows),
    after: last === undefined ? null : { startAt: last.start_at as number, number: last.number },
    sequence: now.lastSequence,
    retainedFrom: now.retainedFrom,
  }
}

const listedByNumber = find<ListedRow>(LISTED, 'calls', ['number'], `call_key is not null and ${COUNTS}`)

/** See `Storage.callsTouchedSince`. */
export async function callsTouchedSince(
  session: Session,
  query: Omit<ExportQuery, 'after'>,
  sequence: number,
): Promise<{ rows: readonly CallRow[]; sequence: number; more: boolean }> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { rows: [], sequence, more: false }
  const events = await rowsOf(
    session.tx,
    sql<{ sequence: number; call: number | null }>`select sequence, call from events
      where client = ${now.client} and sequence > ${sequence} order by sequence limit ${query.limit}`,
  )
  const numbers = [...new Set(events.map(({ call }) => call).filter((call) => call !== null))]
  const found = await listedByNumber(
    session.tx,
    now.client,
    numbers.map((number) => [number]),
  )
  const { from, to } = keptOf(query.range, now.retainedFrom)
  const within = found.filter(({ start_at, agent }) => {
    const isOfAgent = query.agentUserId == null || agent === query.agentUserId
    return start_at !== null && start_at >= from && start_at < to && isOfAgent
  })
  return {
    rows: await writtenRows(session, now, within, query.rows),
    sequence: events.at(-1)?.sequence ?? sequence,
    more: events.length === query.limit,
  }
}

async function writtenRows(
  session: Session,
  { client, clientId }: ClientNow,
  found: readonly ListedRow[],
  format: RowFormat,
): Promise<CallRow[]> {
  const write = rowWriter(format)
  const numbers = found.map(({ number }) => number)
  const logIds = namesLogIds(format) ? await logIdsOf(session, client, numbers) : null
  return found.map((row) => ({
    number: row.number,
    text: write(callOf(clientId, row), logIds?.get(row.number) ?? []),
  }))
}

interface EventOfCall {
  readonly call: number
  readonly occurred_at: number
  readonly sequence: number
  readonly key: Uint8Array
  readonly received_at: number
}

const eventsOfCalls = find<EventOfCall>(
  'events.call as call, events.occurred_at as occurred_at, events.sequence as sequence, events.key as key, events.received_at as received_at',
  'calls join events on events.call = calls.number',
  ['calls.number'],
  `calls.events <= ${String(LIMITS.callLogIds)}`,
)

/** Ids of the events of each call, oldest first: none of a call that has too many, which nobody would read in one cell. */
async function logIdsOf(
  { tx }: Session,
  client: number,
  calls: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const keys = calls.map((call) => [call])
  const events = [...(await eventsOfCalls(tx, client, keys))]
  events.sort((a, b) => a.occurred_at - b.occurred_at || a.sequence - b.sequence)
  const ids = new Map<number, string[]>()
  for (const { call, key, received_at } of events) {
    const id = logIdOf(keyOfBytes(key), received_at)
    const listed = ids.get(call)
    if (listed === undefined) ids.set(call, [id])
    else listed.push(id)
  }
  return ids
}
