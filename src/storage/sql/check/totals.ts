import type { Difference } from '../../port/check.js'
import { raw, rowOf, sql } from '../transaction.js'
import type { LockedClient } from '../write/state.js'
import { NOTHING_LEFT, type Part } from './part.js'

/** The client's own counters: of all its calls, and where its numbering goes on. */
export const totals: Part = async ({ session: { tx }, client, state, mends }) => {
  const sum = await rowOf(
    tx,
    sql<{ calls: number; seconds: number }>`
      select coalesce(sum(calls), 0) as calls, coalesce(sum(seconds), 0) as seconds from days where client = ${client}`,
  )
  const highest = async (table: string, column: string) => {
    const found = await rowOf(
      tx,
      sql<{ n: number }>`select coalesce(max(${raw(column)}), 0) as n from ${raw(table)} where client = ${client}`,
    )
    return Number(found?.n)
  }
  const atLeast = {
    last_sequence: await highest('events', 'sequence'),
    last_customer: await highest('customers', 'number'),
    last_agent: await highest('agents', 'number'),
  }
  const right: Partial<LockedClient> = { calls: Number(sum?.calls), seconds: Number(sum?.seconds) }
  for (const [name, least] of Object.entries(atLeast) as [keyof typeof atLeast, number][])
    Object.assign(right, { [name]: Math.max(least, state[name]) })
  const wrong = (Object.keys(right) as (keyof typeof right)[]).filter((name) => right[name] !== state[name])
  // Whoever called this saves the client's state.
  if (mends) Object.assign(state, right)
  const differences = wrong.map((id): Difference => ({ kind: 'counters of the client', id }))
  return { ...NOTHING_LEFT, checked: 1, differences }
}
