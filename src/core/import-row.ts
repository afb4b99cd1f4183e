/** A row of somebody's list of calls as the event that logs it. */
import { formatInstant, parseInstant } from './calendar.js'
import { directionIn, SESSION_PREFIX } from './identity.js'
import { shown, type JsonObject } from './json.js'
import { LIMITS } from './limits.js'
import { DISPOSITIONS } from './vocabulary/calls.js'

/** What can be imported of a call, with headings under which it is found, in lower case and without spaces or signs. */
export const IMPORTED = {
  callSid: ['callsid', 'sid', 'sessionid', 'callid', 'id'],
  phoneNumber: ['phonenumber', 'phone', 'customernumber', 'customerphone', 'mobile', 'number'],
  callDirection: ['direction', 'calldirection'],
  startTime: ['starttime', 'start', 'startedat', 'datecreated', 'calldate'],
  answeredAt: ['answeredat', 'answertime'],
  endTime: ['endtime', 'end', 'endedat'],
  duration: ['durations', 'duration', 'durationseconds', 'talktime', 'talkseconds', 'conversationduration'],
  status: ['status', 'callstatus', 'outcome'],
  customerId: ['customerid', 'crmid'],
  customerName: ['customername', 'name'],
  agentUserId: ['agent', 'agentuserid', 'agentid'],
} as const satisfies Record<string, readonly string[]>
export type ImportedMember = keyof typeof IMPORTED
/** Under which heading a member stands. */
export type Mapping = Readonly<Partial<Record<ImportedMember, string>>>

/** What `log-call` takes. */
export interface ImportedEvent {
  readonly event: string
  readonly data: JsonObject
  readonly timestamp: string
  readonly agentUserId?: string
}

/** The headings of a file under which something is found that can be imported; what is told goes before what is guessed. */
export function mappingOf(headings: readonly string[], told: Mapping = {}): Mapping {
  const plain = new Map(headings.map((heading) => [heading.toLowerCase().replace(/[^a-z0-9]/g, ''), heading]))
  const found = Object.entries(IMPORTED).flatMap(([member, names]) => {
    const name = names.find((candidate) => plain.has(candidate))
    return name === undefined ? [] : [[member, plain.get(name) as string]]
  })
  return { ...Object.fromEntries(found), ...told } as Mapping
}

/** Words for how a call ended, beside those of this API. */
const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ...['completed', 'missed', 'no-answer', 'active', 'expired', ...DISPOSITIONS].map((word) => [word, word] as const),
  ['answered', 'completed'],
  ['unanswered', 'no-answer'],
  ['noanswer', 'no-answer'],
  ['no answer', 'no-answer'],
  ['cancelled', 'canceled'],
])

/**
 * @param zone IANA name, of times without an offset
 * @returns the event; or why there is none, in words for whoever made the file
 */
export function eventOfRow(
  row: Readonly<Record<string, string>>,
  mapping: Mapping,
  zone: string,
): ImportedEvent | { readonly fault: string } {
  const faults: string[] = []
  const text = (member: ImportedMember): string | null => textOf(row[mapping[member] ?? ''])
  /** What a reader makes of a text; a text of which it makes nothing is a fault. */
  const read = <Value>(
    member: ImportedMember,
    reader: (text: string) => Value | null,
    expected: string,
  ): Value | null => {
    const given = text(member)
    const value = given === null ? null : reader(given)
    if (given !== null && value === null) faults.push(`${member} is ${shown(given)}, not ${expected}`)
    return value
  }
  const time = (member: ImportedMember) =>
    read(member, (given) => parseInstant(given, zone), 'a date-time such as 2025-10-12 16:00:00')
  const id = text('callSid')
  const callSid = id?.startsWith(SESSION_PREFIX) === true ? id.slice(SESSION_PREFIX.length) : id
  if (callSid === null) faults.push('callSid is missing: without an id, a second import would make a second call')
  const [startAt, answeredAt, endTime] = [time('startTime'), time('answeredAt'), time('endTime')]
  const duration = read('duration', secondsIn, 'seconds, m:ss or h:mm:ss')
  const direction = read('callDirection', directionIn, 'inbound or outbound')
  const outcome = read(
    'status',
    (given) => OUTCOMES.get(given.toLowerCase()) ?? null,
    `one of ${[...OUTCOMES.keys()].join(', ')}`,
  )
  const at = endTime ?? (startAt === null ? null : startAt + (duration ?? 0) * 1000)
  if (at === null) faults.push('startTime and endTime are missing')
  if (faults.length > 0 || at === null) return { fault: faults.join('; ') }

  const isOpen = outcome === 'active' || outcome === 'expired'
  const isAnswered = outcome === 'completed' || (outcome === null && (duration ?? 0) > 0)
  const established = answeredAt ?? (outcome === 'completed' ? at - (duration ?? 0) * 1000 : null)
  const customer = { customerId: text('customerId'), name: text('customerName') }
  const agentUserId = text('agentUserId')
  return {
    event: isOpen ? (direction === 'inbound' ? 'incoming' : 'dialing') : 'callEnded',
    timestamp: formatInstant(isOpen ? (startAt ?? at) : at),
    data: present({
      callSid,
      phoneNumber: text('phoneNumber'),
      callDirection: direction ?? directionOfOutcome(outcome),
      callStartedTime: startAt === null ? null : formatInstant(startAt),
      callEstablishedTime: established === null || (!isAnswered && !isOpen) ? null : formatInstant(established),
      duration: isOpen ? null : isAnswered ? duration : 0,
      status: DISPOSITIONS.find((word) => word === outcome) ?? null,
      customerData: Object.values(customer).some((value) => value !== null) ? present(customer) : null,
    }),
    ...(agentUserId !== null && { agentUserId }),
  }
}

/** Only inbound calls are missed. */
function directionOfOutcome(outcome: string | null): string | null {
  return outcome === 'missed' ? 'inbound' : outcome === 'no-answer' ? 'outbound' : null
}

/** As a spreadsheet shows it: without what keeps it from reading a text as a formula or a number. */
function textOf(cell: string | undefined): string | null {
  const text = (cell ?? '')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^'(?=[=+\-@])/, '')
  return text === '' || text === '-' ? null : text
}

function secondsIn(text: string): number | null {
  const [, hours = '0', minutes = '0', seconds = ''] =
    /^(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:\.\d+)?$/.exec(text) ?? []
  if (seconds === '') return null
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return total <= LIMITS.durationSeconds ? total : null
}

function present(members: Readonly<Record<string, JsonObject[string]>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
}
