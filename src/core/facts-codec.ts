/**
 * The facts of a call as bytes: every stored call has them, so they are kept small. Instants are differences to one of them,
 * and what the call's own columns say already, its number, its agent and its customer data, can be left out.
 */
import type { CallFacts } from './facts.js'
import type { Json, JsonObject } from './json.js'
import { isMark, MARK, type MemberRegister, type Register, type Registers, valuesOf, weightOf } from './register.js'
import { ByteReader, ByteWriter } from './varint.js'
import { DIRECTIONS, DISPOSITIONS } from './vocabulary.js'

type Attribute = Exclude<keyof CallFacts, 'customer'>

/** How the value of an attribute is written. The order is that of the bits which say what is there: append only. */
const ATTRIBUTES: readonly (readonly [Attribute, 'instant' | 'seconds' | 'spoken' | readonly string[]])[] = [
  ['start', 'instant'],
  ['answer', 'instant'],
  ['end', 'instant'],
  ['endDuration', 'seconds'],
  ['disposition', DISPOSITIONS],
  ['duration', 'seconds'],
  ['direction', DIRECTIONS],
  ['impliedDirection', DIRECTIONS],
  ['phone', 'spoken'],
  ['agent', 'spoken'],
]
const CUSTOMER_BIT = 1 << ATTRIBUTES.length
const WHOLE_BIT = CUSTOMER_BIT << 1
const MARK_BIT = WHOLE_BIT << 1

/** What the facts claim of the call's number, agent and customer, where it is kept beside them. */
export interface Spoken {
  readonly phone: string | null
  readonly agent: string | null
  readonly customerData: JsonObject | null
}

/** @param whole keeps number, agent and customer data with the facts; else `decodeFacts` has to be given them again */
export function encodeFacts(facts: CallFacts, whole: boolean): Uint8Array {
  const writer = new ByteWriter(64)
  const members = membersOf(facts.customer)
  const mark = members.find(([, claim]) => isMark(claim))
  let present = facts.customer === undefined ? 0 : CUSTOMER_BIT
  if (whole) present |= WHOLE_BIT
  if (mark !== undefined) present |= MARK_BIT
  for (const [bit, [attribute]] of ATTRIBUTES.entries()) if (facts[attribute] !== undefined) present |= 1 << bit
  const base = (facts.start ?? facts.end)?.[0] ?? 0
  writer.varint(present)
  if (whole) writeJson(writer, spokenOf(facts))
  if (mark !== undefined) writeJson(writer, mark[0])
  writer.signed(base)
  for (const [attribute, kind] of ATTRIBUTES) {
    const register = facts[attribute]
    if (register === undefined) continue
    const [value, rank, at] = register
    writer.varint(rank)
    writer.signed(at - base)
    if (kind === 'instant') writer.signed((value as number) - at)
    else if (kind === 'seconds') writer.varint(value as number)
    else if (kind !== 'spoken') writer.varint(kind.indexOf(value as string))
  }
  for (const [name, claim] of members) {
    if (isMark(claim)) continue
    const [value, rank, at, weight] = claim
    writer.varint(rank)
    writer.signed(at - base)
    writer.varint(weight - weightOf(name, JSON.stringify(value)))
  }
  return writer.bytes()
}

/** @param beside what stands beside the facts; not looked at when they are whole */
export function decodeFacts(bytes: Uint8Array, beside: Spoken): CallFacts {
  const reader = new ByteReader(bytes)
  const present = reader.varint()
  const spoken = (present & WHOLE_BIT) === 0 ? beside : (readJson(reader, bytes) as Spoken)
  const mark = (present & MARK_BIT) === 0 ? null : (readJson(reader, bytes) as string)
  const base = reader.signed()
  const facts: Partial<Record<Attribute, Register>> & { customer?: Registers } = {}
  for (const [bit, [attribute, kind]] of ATTRIBUTES.entries()) {
    if ((present & (1 << bit)) === 0) continue
    const rank = reader.varint()
    const at = base + reader.signed()
    let value: Json
    if (kind === 'instant') value = at + reader.signed()
    else if (kind === 'seconds') value = reader.varint()
    else if (kind === 'spoken') value = spoken[attribute as 'phone' | 'agent']
    else value = kind[reader.varint()] as string
    facts[attribute] = [value, rank, at]
  }
  if ((present & CUSTOMER_BIT) !== 0) {
    const members: [string, MemberRegister][] = []
    for (const [name, value] of membersOf(spoken.customerData)) {
      const rank = reader.varint()
      const at = base + reader.signed()
      members.push([name, [value as Json, rank, at, reader.varint() + weightOf(name, JSON.stringify(value))]])
    }
    if (mark !== null) members.push([mark, MARK])
    facts.customer = Object.fromEntries(members)
  }
  return facts as CallFacts
}

function spokenOf({ phone, agent, customer }: CallFacts): Spoken {
  const values = valuesOf(customer ?? {})
  const customerData = Object.keys(values).length === 0 ? null : values
  return { phone: phone?.[0] ?? null, agent: agent?.[0] ?? null, customerData }
}

function writeJson(writer: ByteWriter, value: unknown): void {
  const text = new TextEncoder().encode(JSON.stringify(value))
  writer.varint(text.length)
  writer.append(text)
}

function readJson(reader: ByteReader, bytes: Uint8Array): unknown {
  const length = reader.varint()
  const text = new TextDecoder().decode(bytes.subarray(reader.at, reader.at + length))
  reader.skip(length)
  return JSON.parse(text)
}

/** In the order of their names: objects move names that look like numbers to the front. */
function membersOf<Value>(members: Readonly<Record<string, Value>> | null | undefined): [string, Value][] {
  return Object.entries(members ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
}
