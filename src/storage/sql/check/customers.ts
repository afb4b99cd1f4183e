import type { JsonObject } from '../../../core/json.js'
import type { Difference } from '../../port/check.js'
import { find } from '../bulk.js'
import type { CustomerRow, CustomerWordRow } from '../schema/tables.js'
import { rowsOf, sql } from '../transaction.js'
import { foundBy, insertWords, listOf, removeWords, setWords } from '../write/customer-words.js'
import { endOf, type Part } from './part.js'

const ROWS = 500

type Found = Pick<CustomerRow, 'number' | 'customer_id' | 'profile' | 'words' | 'phone'>

const wordsThatAre = find<Omit<CustomerWordRow, 'client'>>('word, customer', 'customer_words', ['word', 'customer'])
const wordsOfCustomers = find<Pick<CustomerRow, 'number' | 'words'>>('number, words', 'customers', ['number'])

/** Customers: the words and the number that each is found by. */
export const customers: Part = async ({ session: { tx }, client, state, mends }, after) => {
  const rows = await rowsOf(
    tx,
    sql<Found>`select number, customer_id, profile, words, phone from customers
      where client = ${client} and number > ${Number(after ?? 0)} order by number limit ${ROWS}`,
  )
  // Nobody has searched for customers that were saved before names were noted.
  const noted = rows.filter(({ words }) => words !== null)
  const right = noted.map((row) => {
    if (row.profile === null) return { ...row, found: listOf(row.words) }
    const { words, phone } = foundBy(JSON.parse(row.profile) as JsonObject, state.region)
    // What a number is found by stays when the client's country becomes another.
    const isSame = row.phone !== null && row.phone.slice(-6) === phone?.slice(-6)
    return { ...row, found: words, phone: isSame ? row.phone : phone }
  })
  const asked = right.flatMap(({ number, found }) => found.map((word): [string, number] => [word, number]))
  const there = new Set(
    (await wordsThatAre(tx, client, asked)).map(({ word, customer }) => `${String(customer)} ${word}`),
  )
  const isThere = (number: number, word: string) => there.has(`${String(number)} ${word}`)
  const wrong = right.filter(
    ({ number, found, phone }, i) =>
      found.join(' ') !== noted[i]?.words || phone !== noted[i].phone || !found.every((word) => isThere(number, word)),
  )
  if (mends) {
    insertWords(
      tx,
      client,
      wrong.flatMap(({ number, found }) =>
        found.filter((word) => !isThere(number, word)).map((word) => [word, number]),
      ),
    )
    setWords(
      tx,
      client,
      wrong.map(({ number, found, phone }) => [number, found.join(' '), phone]),
    )
  }
  const differences = wrong.map(({ customer_id: id }): Difference => ({
    kind: 'customers that are not found by their name or number',
    id,
  }))
  return { checked: rows.length, next: endOf(rows, ROWS, ({ number }) => number), differences }
}

/** Words by which a customer is found whose name does not have them. */
export const words: Part = async ({ session: { tx }, client, mends }, after) => {
  const [word, customer] = after === null ? ['', 0] : (JSON.parse(String(after)) as [string, number])
  const rows = await rowsOf(
    tx,
    sql<Omit<CustomerWordRow, 'client'>>`select word, customer from customer_words
      where client = ${client} and (word, customer) > (${word}, ${customer}) order by word, customer limit ${ROWS}`,
  )
  const found = await wordsOfCustomers(
    tx,
    client,
    [...new Set(rows.map((row) => row.customer))].map((number) => [number]),
  )
  const wordsOf = new Map(found.map((row) => [row.number, listOf(row.words)]))
  const stray = rows.filter((row) => wordsOf.get(row.customer)?.includes(row.word) !== true)
  if (mends)
    removeWords(
      tx,
      client,
      stray.map((row) => [row.word, row.customer]),
    )
  return {
    checked: rows.length,
    next: endOf(rows, ROWS, (last) => JSON.stringify([last.word, last.customer])),
    differences: stray.map((row) => ({
      kind: 'words of customers whose names do not have them',
      id: String(row.customer),
    })),
  }
}
