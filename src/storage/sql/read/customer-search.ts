/** Lists of customers: by what people type into a box, and by when somebody called last. */
import { beginWith, wordsOf } from '../../../core/customer-words.js'
import { numberKey } from '../../../core/phone-number.js'
import { OPEN_RANGE } from '../../../core/range.js'
import { LIMITS } from '../../../core/limits.js'
import type { CustomerEntry, CustomerPage, CustomerQuery } from '../../port/customers.js'
import { find } from '../bulk.js'
import type { CustomerRow, CustomerWordRow } from '../schema/tables.js'
import type { Session } from '../session.js'
import { rowsOf, sql } from '../transaction.js'
import { COUNTS } from '../codes.js'
import { IS_COUNTED } from '../write/calls.js'
import { keptOf, readClient, type ClientNow } from './client.js'
import { contactsOf } from './customers.js'
import { latestCalls, unknownCallers } from './customer-recency.js'

/** A customer of a page, and where the list goes on after it. */
export interface Listed {
  readonly number: number
  readonly place: string
}

/** Part of a list. */
export interface Part {
  readonly listed: readonly Listed[]
  /** Where it goes on when it ended early; null when it is over. */
  readonly next: string | null
}

/**
 * One of the lists that a list of customers is made of, one after the other. Places in it begin with its name.
 * @param after what follows the name in the place where the page before ended; null for the beginning
 */
type Section = (after: string | null, wanted: number) => Promise<Part>

const customersByNumber = find<Pick<CustomerRow, 'number' | 'customer_id' | 'words'>>(
  'number, customer_id, words',
  'customers',
  ['number'],
)

/** See `Storage.listCustomers`. */
export async function listCustomers(session: Session, query: CustomerQuery): Promise<CustomerPage> {
  const now = await readClient(session, query.clientId)
  if (now === null) return { customers: [], next: null }
  const search = query.search?.trim() ?? ''
  const sections = search === '' ? byRecency(session, now) : await bySearch(session, now, search)
  const [name = '', after = null] = query.after === null ? [] : splitPlace(query.after)
  const names = Object.keys(sections)
  const listed: Listed[] = []
  let next: string | null = null
  for (const section of names.slice(Math.max(names.indexOf(name), 0))) {
    const wanted = query.pageSize + 1 - listed.length
    const part = await (sections[section] as Section)(section === name ? after : null, wanted)
    listed.push(...part.listed.map((entry) => ({ ...entry, place: `${section}.${entry.place}` })))
    next = part.next === null ? null : `${section}.${part.next}`
    if (next !== null || listed.length > query.pageSize) break
  }
  const page = listed.slice(0, query.pageSize)
  if (listed.length > page.length) next = (page.at(-1) as Listed).place
  return { customers: await entriesOf(session, now, page), next }
}

function splitPlace(place: string): [string, string] {
  const dot = place.indexOf('.')
  return [place.slice(0, dot), place.slice(dot + 1)]
}

function byRecency(session: Session, now: ClientNow): Readonly<Record<string, Section>> {
  return { c: latestCalls(session, now), u: unknownCallers(session, now) }
}

/** Customers of the number, then those whose id begins so, then those of whose name each word asked for begins a word. */
async function bySearch(session: Session, now: ClientNow, search: string): Promise<Readonly<Record<string, Section>>> {
  const ofNumber = await customersOfNumber(session, now, search)
  return {
    n: async (after, wanted) => {
      const rest = ofNumber.filter((number) => after === null || number < Number(after))
      return { listed: rest.slice(0, wanted).map((number) => ({ number, place: String(number) })), next: null }
    },
    i: (after, wanted) => byId(session, now, { search, ofNumber, after, wanted }),
    w: (after, wanted) => byName(session, now, { search, ofNumber, after, wanted }),
  }
}

interface Asked {
  readonly search: string
  /** Customers that were listed before all others. */
  readonly ofNumber: readonly number[]
  readonly after: string | null
  readonly wanted: number
}

/** The customers that have a number saved, or whose newest calls are with it; the latest made first. */
async function customersOfNumber({ tx }: Session, now: ClientNow, search: string): Promise<readonly number[]> {
  if (!/\d/.test(search)) return []
  const found = new Set<number>()
  for (const phone of new Set([numberKey(search, now.region), search])) {
    const saved = await rowsOf(
      tx,
      sql<{ number: number }>`select number from customers where client = ${now.client} and phone = ${phone}
        order by number desc limit ${LIMITS.customersOfNumber}`,
    )
    const { from } = keptOf(OPEN_RANGE, now.retainedFrom)
    const called = await rowsOf(
      tx,
      sql<{ customer: number | null }>`select customer from calls
        where client = ${now.client} and phone = ${phone} and start_at >= ${from} and ${IS_COUNTED}
        order by start_at desc limit ${LIMITS.callsOfNumber}`,
    )
    for (const { number } of saved) found.add(number)
    for (const { customer } of called) if (customer !== null) found.add(customer)
  }
  return [...found].sort((a, b) => b - a)
}

/** @param after number of the last customer of the page before */
async function byId({ tx }: Session, now: ClientNow, { search, ofNumber, after, wanted }: Asked): Promise<Part> {
  const [last] = after === null ? [] : await customersByNumber(tx, now.client, [[Number(after)]])
  const rows = await rowsOf(
    tx,
    sql<Pick<CustomerRow, 'number' | 'customer_id'>>`select number, customer_id from customers
      where client = ${now.client} and customer_id >= ${last?.customer_id ?? search}
      order by customer_id limit ${wanted + ofNumber.length + 1}`,
  )
  const listed = rows
    .filter(
      ({ number, customer_id }) =>
        customer_id.startsWith(search) && number !== last?.number && !ofNumber.includes(number),
    )
    .map(({ number }) => ({ number, place: String(number) }))
  return { listed: listed.slice(0, wanted), next: null }
}

/** Words that are read together after the first ones, which mostly are enough. */
const WORDS_CHUNK = 400

/**
 * The words that the longest word asked for begins, in their order; a customer stands at the first of its own.
 * @param after `<word>.<customer>` of the last customer of the page before
 */
async function byName({ tx }: Session, now: ClientNow, { search, ofNumber, after, wanted }: Asked): Promise<Part> {
  const asked = wordsOf(search)
  const [prefix] = [...asked].sort((a, b) => b.length - a.length)
  if (prefix === undefined) return { listed: [], next: null }
  const [word = prefix, customer = '0'] = after?.split('.') ?? []
  let place = { word, customer: Number(customer) }
  const listed: Listed[] = []
  for (let looked = 0, chunk = 0; looked < LIMITS.lookedAtNames; looked += chunk) {
    chunk = looked === 0 ? wanted : WORDS_CHUNK
    const rows = await rowsOf(
      tx,
      sql<Pick<CustomerWordRow, 'word' | 'customer'>>`select word, customer from customer_words
        where client = ${now.client} and (word, customer) > (${place.word}, ${place.customer})
        order by word, customer limit ${chunk}`,
    )
    const fitting = rows.filter((row) => row.word.startsWith(prefix))
    const found = await customersByNumber(
      tx,
      now.client,
      fitting.map((row) => [row.customer]),
    )
    const byNumber = new Map(found.map((row) => [row.number, row]))
    for (const row of fitting) {
      const { customer_id, words } = byNumber.get(row.customer) as (typeof found)[number]
      const own = (words as string).split(' ')
      if (own.find((one) => one.startsWith(prefix)) !== row.word || !beginWith(own, asked)) continue
      if (customer_id.startsWith(search) || ofNumber.includes(row.customer)) continue
      listed.push({ number: row.customer, place: `${row.word}.${String(row.customer)}` })
      if (listed.length === wanted) return { listed, next: null }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < chunk || fitting.length < rows.length) return { listed, next: null }
    place = last
  }
  return { listed, next: `${place.word}.${String(place.customer)}` }
}

const newestStart = find<{ customer: number; start_at: number }>(
  'customer, start_at',
  'calls',
  ['customer'],
  `start_at is not null and ${COUNTS} order by start_at desc, number desc limit 1`,
)

async function entriesOf(session: Session, now: ClientNow, page: readonly Listed[]): Promise<CustomerEntry[]> {
  const keys = page.map(({ number }) => [number])
  const contacts = await contactsOf(
    session,
    now.client,
    page.map(({ number }) => number),
  )
  const rows = await customersByNumber(session.tx, now.client, keys)
  const ids = new Map(rows.map((row) => [row.number, row.customer_id]))
  const { from } = keptOf(OPEN_RANGE, now.retainedFrom)
  const calls = await newestStart(session.tx, now.client, keys)
  const starts = new Map(calls.filter(({ start_at }) => start_at >= from).map((row) => [row.customer, row.start_at]))
  return page.map(({ number }) => ({
    customerId: ids.get(number) as string,
    name: contacts.get(number)?.name ?? null,
    phoneNumber: contacts.get(number)?.phoneNumber ?? null,
    lastCallAt: starts.get(number) ?? null,
  }))
}
