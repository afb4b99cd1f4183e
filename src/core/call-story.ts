/** Where each fact of a call comes from, and what the browser and the provider say where they disagree. */
import { dispositionOf, type DerivedCall, deriveCall } from './call.js'
import { factsOf, join, type CallEvent, type CallFacts } from './facts.js'
import type { Json, JsonObject } from './json.js'
import { numberKey } from './phone-number.js'
import type { Direction, FactBasis } from './vocabulary/calls.js'
import { EVENT_SOURCES, type EventSource } from './vocabulary/events.js'

/** A fact as the call has it, and whose claim it is. */
export interface Fact<Value extends string | number = string | number> {
  /** Null for what nobody tells, or what was told not to be. */
  readonly value: Value | null
  /** Null where nobody's claim is behind it. */
  readonly source: EventSource | null
  /** How it is known, where there are several ways. */
  readonly basis?: FactBasis
  /** What browser and provider say, where they say different things; null is that there is none. */
  readonly claims?: Readonly<Record<'ribbon' | 'provider', Value | null>>
}

/** A stretch of a call, in epoch milliseconds; `to` is null while it goes on. */
export interface Span {
  readonly from: number
  readonly to: number | null
}

interface CallStory {
  readonly start: Fact<number>
  readonly answer: Fact<number>
  readonly end: Fact<number>
  readonly talkSeconds: Fact<number>
  readonly ringSeconds: Fact<number>
  /** How long a customer who called waited to be talked to. */
  readonly waitSeconds: Fact<number>
  readonly direction: Fact<Direction>
  readonly outcome: Fact<DerivedCall['status']>
  readonly phone: Fact<string>
  readonly agent: Fact<string>
  readonly holds: readonly Span[]
  readonly mutes: readonly Span[]
}

type Attribute = keyof CallFacts
/** What a source says: undefined where it says nothing of it, null where it says that there is none. */
type Says<Value> = (facts: CallFacts) => Value | null | undefined

/**
 * The story of a call by what its events claim.
 * @param call as the events make it
 * @param events in order of their time
 * @param region whose way of writing numbers tells whether two of them are one: see `numberKey`
 */
export function storyOf(call: DerivedCall, events: readonly CallEvent[], region: string): CallStory {
  const told = {
    ribbon: factsBy('ribbon', events),
    provider: factsBy('provider', events),
    operator: factsBy('operator', events),
  }
  const joined = join(join(told.ribbon, told.provider), told.operator)
  const by = (attribute: Attribute): EventSource | null => {
    const winner = joined[attribute]
    if (winner === undefined) return null
    return EVENT_SOURCES.find((source) => winner === told[source][attribute]) as EventSource
  }
  const fact = <Value extends string | number>(
    value: Value | null,
    { source, basis }: Origin,
    says: Says<Value>,
    isSame: (a: Value | null, b: Value | null) => boolean = Object.is,
  ): Fact<Value> => {
    const [ribbon, provider] = [says(told.ribbon), says(told.provider)]
    const disagree = ribbon !== undefined && provider !== undefined && !isSame(ribbon, provider)
    return { value, source, ...(basis && { basis }), ...(disagree && { claims: { ribbon, provider } }) }
  }
  const answerBy = answerOrigin(joined)
  const ring = { basis: call.answered ? 'answer' : 'end', source: by(call.answered ? answerBy : 'end') } as const
  const isSameNumber = (a: string | null, b: string | null) =>
    numberKey(String(a), region) === numberKey(String(b), region)
  const talk = talkOrigin(call, joined)
  const outcome = outcomeOrigin(call, joined)
  const wayKnown = joined.direction !== undefined ? 'direction' : 'impliedDirection'
  return {
    start: fact(call.startAt, { source: by('start') ?? by('end') }, ({ start }) => start?.[0]),
    answer: fact(call.answeredAt, { source: by(answerBy) }, answerIn),
    end: fact(call.endAt, { source: by('end') }, ({ end }) => end?.[0]),
    talkSeconds: fact(call.durationSeconds, { ...talk, source: talk.of && by(talk.of) }, talkIn),
    ringSeconds: call.ringSeconds === null ? NOTHING : { value: call.ringSeconds, ...ring },
    waitSeconds:
      call.ringSeconds === null || call.direction === 'outbound' ? NOTHING : { value: call.ringSeconds, ...ring },
    direction: fact(
      call.direction,
      {
        source: by(wayKnown),
        basis: by(wayKnown) === null ? 'assumed' : wayKnown === 'direction' ? 'said' : 'implied',
      },
      ({ direction, impliedDirection }) => (direction ?? impliedDirection)?.[0],
    ),
    outcome: fact(call.status, { ...outcome, source: outcome.of && by(outcome.of) }, (facts) => {
      // Which way the call went is not what they are asked here.
      const { direction, impliedDirection } = joined
      return facts.end && deriveCall({ ...facts, ...defined({ direction, impliedDirection }) }).status
    }),
    phone: fact(call.phoneNumber, { source: by('phone') }, ({ phone }) => phone?.[0], isSameNumber),
    agent: fact(call.agentUserId, { source: by('agent') }, ({ agent }) => agent?.[0]),
    holds: spansOf(events, 'holdtoggle', HELD, call.endAt),
    mutes: spansOf(events, 'mutetoggle', MUTED, call.endAt),
  }
}

const NOTHING = { value: null, source: null }

interface Origin {
  readonly source: EventSource | null
  readonly basis?: FactBasis
}

interface Known {
  readonly of: Attribute | null
  readonly basis?: FactBasis
}

function factsBy(source: EventSource, events: readonly CallEvent[]): CallFacts {
  let facts: CallFacts = {}
  for (const event of events) {
    const claimed = event.source === source ? factsOf(event) : null
    if (claimed !== null) facts = join(facts, claimed)
  }
  return facts
}

function answerOrigin({ answered, conversation }: CallFacts): Attribute {
  if (answered?.[0] === false) return 'answered'
  return conversation === undefined ? 'answer' : 'conversation'
}

function answerIn({ answered, conversation, answer }: CallFacts): number | null | undefined {
  return answered?.[0] === false ? null : (conversation ?? answer)?.[0]
}

/** In the order in which `deriveCall` believes them. */
function talkOrigin({ endAt, answeredAt }: DerivedCall, { endDuration, duration }: CallFacts): Known {
  if (endAt === null) return { of: null }
  if (endDuration !== undefined) return { of: 'endDuration', basis: 'reported' }
  if (answeredAt !== null) return { of: 'end', basis: 'measured' }
  return duration !== undefined ? { of: 'duration', basis: 'mentioned' } : { of: 'end', basis: 'nothing' }
}

function talkIn(facts: CallFacts): number | undefined {
  const { end, endDuration, duration } = facts
  const answered = answerIn(facts)
  if (endDuration !== undefined) return endDuration[0]
  if (end !== undefined && answered != null) return Math.max(0, Math.floor((end[0] - answered) / 1000))
  return duration?.[0]
}

/** In the order in which `deriveCall` believes them. */
function outcomeOrigin({ endAt, answeredAt, answered }: DerivedCall, facts: CallFacts): Known {
  if (endAt === null) return { of: null }
  if (dispositionOf(facts) !== undefined) return { of: 'disposition', basis: 'said' }
  if (facts.answered !== undefined) return { of: 'answered', basis: 'said' }
  if (answeredAt !== null) return { of: answerOrigin(facts), basis: 'answer' }
  return answered ? { of: 'endDuration', basis: 'reported' } : { of: 'end', basis: 'end' }
}

/** Members in which a ribbon may say how things are after a toggle. Exotel's SDK has none: it says that they changed. */
const HELD = ['isOnHold', 'onHold', 'isHeld', 'held', 'hold']
const MUTED = ['isMuted', 'muted', 'isMute', 'mute']
const WORDS: ReadonlyMap<Json | undefined, boolean> = new Map<Json | undefined, boolean>([
  [true, true],
  ['true', true],
  ['on', true],
  [false, false],
  ['false', false],
  ['off', false],
])

/** The stretches between toggles. One that is open when the call ends, ends with it. */
function spansOf(
  events: readonly CallEvent[],
  name: string,
  members: readonly string[],
  endAt: number | null,
): readonly Span[] {
  const spans: Span[] = []
  let from: number | null = null
  for (const { event, data, occurredAt } of events) {
    if (event !== name || occurredAt > (endAt ?? Infinity)) continue
    const isOn: boolean = saidIn(data, members) ?? from === null
    if (isOn) from ??= occurredAt
    else if (from !== null) {
      spans.push({ from, to: occurredAt })
      from = null
    }
  }
  return from === null ? spans : [...spans, { from, to: endAt }]
}

function saidIn(data: JsonObject, members: readonly string[]): boolean | undefined {
  return members.map((member) => WORDS.get(data[member])).find((word) => word !== undefined)
}

function defined(facts: { readonly [A in Attribute]?: CallFacts[A] | undefined }): CallFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, register]) => register !== undefined))
}
