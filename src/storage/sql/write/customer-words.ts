/** The words that customers are found by: those of the saved name; of a customer that nobody saved, of all that calls say. */
import { withWords, wordsOf } from '../../../core/customer-words.js'
import { nameOf, textOf } from '../../../core/identity.js'
import type { JsonObject } from '../../../core/json.js'
import { numberKey } from '../../../core/phone-number.js'
import { LIMITS } from '../../../core/limits.js'
import { find, insert, remove, update } from '../bulk.js'
import type { CustomerRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import type { Transaction } from '../transaction.js'

/** A name that a call says of a customer. */
export interface SaidName {
  readonly customer: number
  readonly name: string
}

type Found = Pick<CustomerRow, 'number' | 'words' | 'profile'>

/** Profiles are read where they are needed: of customers that were saved before names were noted. */
const customersToName = find<Found & { readonly saved: number }>(
  `number, words, case when words is null then profile end as profile,
    case when profile is null then 0 else 1 end as saved`,
  'customers',
  ['number'],
)
export const setWords = update('customers', ['number'], ['words', 'phone'])
export const insertWords = insert('customer_words', ['word', 'customer'])
export const removeWords = remove('customer_words', ['word', 'customer'])

/** What a customer is found by, before and after. */
interface Change {
  readonly number: number
  readonly before: string | null
  readonly words: readonly string[]
  readonly phone: string | null
}

/** What a saved profile is found by. */
export function foundBy(profile: JsonObject, region: string): Pick<Change, 'words' | 'phone'> {
  const name = textOf(profile['name'])
  const phone = nameOf(profile['phone'], LIMITS.phoneNumberLength)
  return { words: name === null ? [] : wordsOf(name), phone: phone === null ? null : numberKey(phone, region) }
}

export function saveWords(tx: Transaction, client: number, changes: readonly Change[]): void {
  const rows = (of: (change: Change) => readonly string[]) =>
    changes.flatMap((change) => of(change).map((word) => [word, change.number]))
  removeWords(
    tx,
    client,
    rows(({ before, words }) => listOf(before).filter((word) => !words.includes(word))),
  )
  insertWords(
    tx,
    client,
    rows(({ before, words }) => words.filter((word) => !listOf(before).includes(word))),
  )
  setWords(
    tx,
    client,
    changes.map(({ number, words, phone }) => [number, words.join(' '), phone]),
  )
}

export function listOf(words: string | null): readonly string[] {
  return words === null || words === '' ? [] : words.split(' ')
}

/**
 * Notes names that calls say. Mostly they are those that calls of the customer said before, which costs nothing. The client is
 * locked, so that no word is lost.
 */
export async function noteNames(
  { tx, named }: Session,
  client: number,
  region: string,
  said: readonly SaidName[],
): Promise<void> {
  const fresh = new Map<number, string[]>()
  for (const { customer, name } of said) {
    const key = `${String(client)} ${String(customer)}`
    if (named.get(key) === name) continue
    named.set(key, name)
    fresh.set(customer, [...(fresh.get(customer) ?? []), name])
  }
  const found = await customersToName(
    tx,
    client,
    [...fresh.keys()].map((number) => [number]),
  )
  const changes = found.flatMap(({ number, words, profile, saved }): Change[] => {
    if (saved === 1) {
      if (profile === null) return []
      return [{ number, before: words, ...foundBy(JSON.parse(profile) as JsonObject, region) }]
    }
    const after = withWords(listOf(words), (fresh.get(number) as string[]).flatMap(wordsOf))
    return after.join(' ') === words ? [] : [{ number, before: words, words: after, phone: null }]
  })
  saveWords(tx, client, changes)
}
