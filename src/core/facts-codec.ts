/**
 * The facts of a call as bytes: every stored call has them, so they are kept small. Instants are differences to one of them,
 * and what the call's own columns say already, such as its number, its agent and its customer data, can be left out.
 */
import type { CallFacts } from './facts.js'
import type { Json, JsonObject } from './json.js'
import { isMark, MARK, type MemberRegister, type Register, type Registers, valuesOf, weightOf } from './register.js'
import { ByteReader, ByteWriter } from './varint.js'
import { DIRECTIONS, DISPOSITIONS } from './vocabulary/calls.js'

type Attribute = Exclude<keyof CallFacts, 'customer'>

type Kind = 'instant' | 'seconds' | 'spoken' | readonly (string | boolean)[]

/**
 * How the value of an attribute is written, in this order, and which bit says that it is there. Attributes that are stored
 * keep their bit and their order among each other: a new one takes the next bit.
 */
const ATTRIBUTES: readonly (readonly [bit: number, Attribute, Kind])[] = [
  [0, 'start', 'instant'],
  [1, 'answer', 'instant'],
  [13, 'conversation', 'instant'],
  [2, 'end', 'instant'],
  [3, 'endDuration', 'seconds'],
  [14, 'answered', [false, true]],
  [4, 'disposition', DISPOSITIONS],
  [17, 'endReason', 'spoken'],
  [5, 'duration', 'seconds'],
  [6, 'direction', DIRECTIONS],
  [7, 'impliedDirection', DIRECTIONS],
  [8, 'phone', 'spoken'],
  [15, 'virtualNumber', 'spoken'],
  [9, 'agent', 'spoken'],
  [23, 'domain', 'spoken'],
  [16, 'agentNumber', 'spoken'],
  [18, 'recording', 'spoken'],
  [19, 'notes', 'spoken'],
  [20, 'tags', 'spoken'],
  [21, 'dispositionCode', 'spoken'],
  [22, 'voided', [false, true]],
]
const CUSTOMER_BIT = 1 << 10
const WHOLE_BIT = 1 << 11
const MARK_BIT = 1 << 12

const SPOKEN = [
  'phone',
  'agent',
  'virtualNumber',
  'agentNumber',
  'endReason',
  'recording',
  'notes',
  'tags',
  'dispositionCode',
  'domain',
] as const

/** What the facts claim of the call's numbers, agent, page, end, recording and customer, where it is kept beside them. */
export interface Spoken extends Readonly<Record<(typeof SPOKEN)[number], string | null>> {
  readonly customerData: JsonObject | null
}

/** @param whole keeps what is spoken with the facts; else `decodeFacts` has to be given them again */
export function encodeFacts(facts: CallFacts, whole: boolean): Uint8Array {
  const writer = new ByteWriter(64)
  const members = membersOf(facts.customer)
  const mark = members.find(([, claim]) => isMark(claim))
  let present = facts.customer === undefined ? 0 : CUSTOMER_BIT
  if (whole) present |= WHOLE_BIT
  if (mark !== undefined) present |= MARK_BIT
  for (const [bit, attribute] of ATTRIBUTES) if (facts[attribute] !== undefined) present |= 1 << bit
  const base = (facts.start ?? facts.end)?.[0] ?? 0
  writer.varint(present)
  if (whole) writeJson(writer, spokenOf(facts))
  if (mark !== undefined) writeJson(writer, mark[0])
  writer.signed(base)
  for (const [, attribute, kind] of ATTRIBUTES) {
    const register = facts[attribute]
    if (register === undefined) continue
    const [value, rank, at] = register
    writer.varint(rank)
    writer.signed(at - base)
    if (kind === 'instant') writer.signed((value as number) - at)
    else if (kind === 'seconds') writer.varint(value as number)
    else if (kind !== 'spoken') writer.varint(kind.indexOf(value as string | boolean))
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
  for (const [bit, attribute, kind] of ATTRIBUTES) {
    if ((present & (1 << bit)) === 0) continue
    const rank = reader.varint()
    const at = base + reader.signed()
    let value: Json
    if (kind === 'instant') value = at + reader.signed()
    else if (kind === 'seconds') value = reader.varint()
    else if (kind === 'spoken') value = spoken[attribute as (typeof SPOKEN)[number]] ?? null
    else value = kind[reader.varint()] as Json
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

function spokenOf(facts: CallFacts): Spoken {
  const values = valuesOf(facts.customer ?? {})
  const customerData = Object.keys(values).length === 0 ? null : values
  const spoken = Object.fromEntries(SPOKEN.map((attribute) => [attribute, facts[attribute]?.[0] ?? null]))
  return { ...(spoken as Record<(typeof SPOKEN)[number], string | null>), customerData }
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
