/** The year of calls, with all that calls can be found by: values that most have, and values that very few have. */
import type { NewEvent } from '../../src/storage/port/events.js'
import { yearOfCalls } from './year-calls.js'

/** What only a few calls have, whatever the volume. */
export const RARE = {
  agentUserId: 'agent-rare',
  virtualNumber: '+918069999999',
  endReason: 'RARE_REASON',
  seconds: 20_000,
} as const
/** One call of so many has a status that is rare, and one of so many never ended. */
const RARE_STATUS_EVERY = 10_000
const OPEN_EVERY = 1000
/** Calls that have the few values. */
const FEW = 3
/** One call of so many is told by Exotel, too. */
const REPORTED_EVERY = 4
const AGENTS = 100
const VIRTUAL_NUMBERS = 20
const LONG_RING_MS = 30_000

/** Each of a ribbon's event, and some of Exotel's report besides. */
export function* searchedCalls(calls: number, now: number): Generator<NewEvent> {
  const fewEvery = Math.floor(calls / (FEW + 1))
  let n = 0
  for (const event of yearOfCalls(calls, now, 'even-200000')) {
    n += 1
    const isFew = n % fewEvery === 0 && n < calls
    const isRare = n % RARE_STATUS_EVERY === 0
    const isAnswered = n % 5 !== 0 && !isRare
    const agentUserId = isFew ? RARE.agentUserId : `agent-${String(n % AGENTS)}`
    const duration = isFew ? RARE.seconds : isAnswered ? event.data['duration'] : 0
    const data = {
      ...event.data,
      duration: duration as number,
      callEndReason: isFew ? RARE.endReason : isAnswered ? 'NORMAL' : 'NO_ANSWER',
      ...(isRare && { status: 'busy' }),
    }
    const isOpen = n % OPEN_EVERY === 1
    yield { ...event, event: isOpen ? 'connected' : event.event, data, context: { ...event.context, agentUserId } }
    if (isOpen || (n % REPORTED_EVERY !== 0 && !isFew)) continue
    yield reportOf(event, { n, isAnswered: isAnswered || isFew, isFew, duration: duration as number })
  }
}

interface Told {
  readonly n: number
  readonly isAnswered: boolean
  readonly isFew: boolean
  readonly duration: number
}

function reportOf(event: NewEvent, { n, isAnswered, isFew, duration }: Told): NewEvent {
  const { callSid, callDirection, phoneNumber } = event.data
  const isInbound = callDirection === 'inbound'
  const own = isFew ? RARE.virtualNumber : `0804${String(1_000_000 + (n % VIRTUAL_NUMBERS))}`
  const data = {
    CallSid: callSid as string,
    EventType: 'terminal',
    Status: isAnswered ? 'completed' : 'no-answer',
    Direction: isInbound ? 'inbound' : 'outbound-api',
    From: isInbound ? (phoneNumber as string) : '09812345678',
    To: isInbound ? own : (phoneNumber as string),
    PhoneNumberSid: own,
    StartTime: new Date(event.occurredAt - duration * 1000 - LONG_RING_MS + 19_800_000).toISOString().slice(0, 19),
    EndTime: new Date(event.occurredAt + 19_800_000).toISOString().slice(0, 19),
    ConversationDuration: duration,
    ...(isAnswered && { RecordingUrl: `https://recordings.exotel.com/acme/${callSid as string}.mp3` }),
  }
  return {
    ...event,
    event: 'statusCallback',
    source: 'provider',
    data,
    occurredAt: event.occurredAt + 2000,
    receivedAt: event.occurredAt + 2000,
    context: {},
  }
}
