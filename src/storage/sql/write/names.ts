/** Customers and agents that events name: their numbers, and records of those that are named for the first time. */
import type { Dimension } from '../dimensions.js'
import type { Session } from '../session.js'
import type { Transaction } from '../transaction.js'
import type { LockedClient } from './state.js'

/** Numbers of the values of a dimension that are there, by id. Those that were looked up lately cost nothing. */
export async function numbersOf(
  { tx, numbers: looked }: Session,
  client: number,
  dimension: Dimension,
  ids: Iterable<string>,
): Promise<Map<string, number>> {
  const remembered = looked[dimension.name]
  const numbers = new Map<string, number>()
  const unknown: [string][] = []
  for (const id of ids) {
    const number = remembered.get(`${String(client)} ${id}`)
    if (number === undefined) unknown.push([id])
    else numbers.set(id, number)
  }
  if (unknown.length === 0) return numbers
  for (const { id, number } of await dimension.byId(tx, client, unknown)) {
    numbers.set(id, number)
    remembered.set(`${String(client)} ${id}`, number)
  }
  return numbers
}

/** The values of one dimension that a batch names. */
export class NamedValues {
  readonly #dimension: Dimension
  readonly #state: LockedClient
  readonly #numbers: Map<string, number>
  readonly #added: { readonly number: number; readonly id: string; readonly receivedAt: number }[] = []

  /** @param numbers of the values that are stored, by id */
  constructor(dimension: Dimension, state: LockedClient, numbers: Map<string, number>) {
    this.#dimension = dimension
    this.#state = state
    this.#numbers = numbers
  }

  /** Of a value that an event of the batch names, or the stored calls. */
  known(id: string): number {
    return this.#numbers.get(id) as number
  }

  /** @param receivedAt of the event that names the value: the first one makes its record */
  number(id: string, receivedAt: number): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    const number = (this.#state[this.#dimension.lastColumn] += 1)
    this.#numbers.set(id, number)
    this.#added.push({ number, id, receivedAt })
    return number
  }

  /** Makes the records. */
  write(tx: Transaction, client: number): void {
    const rows = this.#added.map(({ number, id, receivedAt }) => [number, id, receivedAt, receivedAt])
    this.#dimension.insert(tx, client, rows)
  }
}
