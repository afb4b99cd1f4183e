import { callNameOf, saidAgentOf, saidCustomerOf, saidDirectionOf } from '../../../core/event-identity.js'
import { isErased } from '../../../core/facts.js'
import { LIMITS } from '../../../core/limits.js'
import type { Difference } from '../../port/check.js'
import { find, update } from '../bulk.js'
import { AGENTS, CUSTOMERS } from '../dimensions.js'
import type { CallRow, EventRow } from '../schema/tables.js'
import { rowsOf, sql } from '../transaction.js'
import { bytesOfKey, callKeyDigest, keyOfBytes } from '../write/event-key.js'
import { NamedValues, numbersOf } from '../write/names.js'
import { callEventOf, type ToldEvent } from '../write/nameless.js'
import { endOf, type Part } from './part.js'

const EVENTS = 200

type CheckedEvent = ToldEvent &
  Pick<EventRow, 'sequence' | 'received_at' | 'call' | 'customer' | 'by_agent' | 'own_direction'>

/** What an event's row says beside the event itself. */
const DERIVED = ['call', 'customer', 'by_agent', 'own_direction'] as const

const callsByKey = find<Pick<CallRow, 'key' | 'number' | 'events'>>('key, number, events', 'calls', ['key'])
const putRight = update('events', ['sequence'], DERIVED)

/** Events: the call, the customer and the agent that each names. */
export const events: Part = async ({ session, client, state, mends }, after) => {
  const { tx } = session
  const rows = await rowsOf(
    tx,
    sql<CheckedEvent>`select sequence, received_at, event, occurred_at, source, data, context, call, customer, by_agent, own_direction
      from events where client = ${client} and sequence > ${Number(after ?? 0)} order by sequence limit ${EVENTS}`,
  )
  const told = rows.map((row) => {
    const event = callEventOf(row)
    const name = callNameOf(event)
    return { row, event, digest: name === null ? null : callKeyDigest(name) }
  })
  const calls = await callsByKey(
    tx,
    client,
    [...new Set(told.flatMap(({ digest }) => digest ?? []))].map((digest) => [bytesOfKey(digest)]),
  )
  const callOf = new Map(calls.map((call) => [keyOfBytes(call.key), call]))
  const idsOf = (say: (event: (typeof told)[number]['event']) => string | null) =>
    new Set(told.flatMap(({ event }) => say(event) ?? []))
  // Looked up here, not remembered: the records may be what is missing.
  const fresh = { ...session, numbers: { customer: new Map<string, number>(), agent: new Map<string, number>() } }
  const [customers, agents] = [
    await numbersOf(fresh, client, CUSTOMERS, idsOf(saidCustomerOf)),
    await numbersOf(fresh, client, AGENTS, idsOf(saidAgentOf)),
  ]
  const named = {
    customers: new NamedValues(CUSTOMERS, state, customers),
    agents: new NamedValues(AGENTS, state, agents),
  }
  const numberIn = (values: Map<string, number>, all: NamedValues, id: string | null, receivedAt: number) => {
    if (id === null) return null
    return mends ? all.number(id, receivedAt) : (values.get(id) ?? NaN)
  }

  const differences: Difference[] = []
  const right = told.map(({ row, event, digest }) => {
    const call = digest === null ? undefined : callOf.get(digest)
    const isFull = call !== undefined && call.events >= LIMITS.callEvents
    // What an erased event names it names no more, but for whom it was about: that is nobody.
    if (isErased(event.data)) return { ...row, customer: null }
    return {
      sequence: row.sequence,
      // What names no call belongs to what it was assigned to; a call lists so many events and no more.
      call: call === undefined || (isFull && row.call === null) ? row.call : call.number,
      customer: numberIn(customers, named.customers, saidCustomerOf(event), row.received_at),
      by_agent: numberIn(agents, named.agents, saidAgentOf(event), row.received_at),
      own_direction: saidDirectionOf(event) === null ? 0 : 1,
    }
  })
  const wrong = right.filter((expected, i) => {
    const differing = DERIVED.filter((column) => expected[column] !== (rows[i] as CheckedEvent)[column])
    for (const column of differing) differences.push({ kind: KINDS[column], id: String(expected.sequence) })
    return differing.length > 0
  })
  if (mends) {
    named.customers.write(tx, client)
    named.agents.write(tx, client)
    putRight(
      tx,
      client,
      wrong.map((event) => [event.sequence, ...DERIVED.map((column) => event[column])]),
    )
  }
  return { checked: rows.length, next: endOf(rows, EVENTS, ({ sequence }) => sequence), differences }
}

const KINDS: Readonly<Record<(typeof DERIVED)[number], string>> = {
  call: 'events that are not with the call they name',
  customer: 'events that are not with the customer they name',
  by_agent: 'events that are not with the agent they name',
  own_direction: 'events that are wrong about whether they say a direction',
}
