import fc from 'fast-check'
import t from 'tap'
import { deriveCall } from '../../src/core/call.js'
import { storyOf } from '../../src/core/call-story.js'
import { factsOf, join, type CallEvent, type CallFacts } from '../../src/core/facts.js'
import type { JsonObject } from '../../src/core/json.js'
import { callEvent } from '../helpers/events.js'

const AT = Date.parse('2025-10-12T10:30:00Z')

function told(event: string, seconds: number, data: JsonObject = {}, members: Partial<CallEvent> = {}): CallEvent {
  return { event, occurredAt: AT + seconds * 1000, data, context: {}, source: 'ribbon', ...members }
}

function reported(seconds: number, data: JsonObject): CallEvent {
  return told('statusCallback', seconds, { CallSid: 'CA1', EventType: 'terminal', ...data }, { source: 'provider' })
}

function foldOf(events: readonly CallEvent[]): CallFacts {
  return events
    .map(factsOf)
    .reduce<CallFacts>((facts, claimed) => (claimed === null ? facts : join(facts, claimed)), {})
}

const story = (...events: CallEvent[]) => storyOf(deriveCall(foldOf(events)), events, 'IN')

const RIBBON = { callSid: 'CA1', phoneNumber: '+919876543210', callDirection: 'outbound' }
const FROM_AGENT = { context: { agentUserId: 'agent-42' } }

t.test('of a call that ribbons alone tell of, each fact is theirs, and how it is known is said', async (t) => {
  const all = story(
    told('dialing', 0, RIBBON, FROM_AGENT),
    told('connected', 12, RIBBON, FROM_AGENT),
    told('callEnded', 192, { ...RIBBON, duration: 180 }),
  )
  t.strictSame(all, {
    start: { value: AT, source: 'ribbon' },
    answer: { value: AT + 12_000, source: 'ribbon' },
    end: { value: AT + 192_000, source: 'ribbon' },
    talkSeconds: { value: 180, source: 'ribbon', basis: 'reported' },
    ringSeconds: { value: 12, source: 'ribbon', basis: 'answer' },
    waitSeconds: { value: null, source: null },
    direction: { value: 'outbound', source: 'ribbon', basis: 'said' },
    outcome: { value: 'completed', source: 'ribbon', basis: 'answer' },
    phone: { value: '+919876543210', source: 'ribbon' },
    agent: { value: 'agent-42', source: 'ribbon' },
    holds: [],
    mutes: [],
  })
})

t.test('where the provider says otherwise it is believed, and both claims are told', async (t) => {
  const legs = [{ Status: 'completed' }, { Status: 'busy' }]
  const all = story(
    told('dialing', 0, RIBBON),
    told('connected', 5, RIBBON),
    told('callEnded', 25, { ...RIBBON, duration: 20 }),
    reported(60, {
      Status: 'completed',
      Direction: 'outbound-api',
      From: '09812345678',
      To: '09876543210',
      StartTime: '2025-10-12 16:00:02',
      EndTime: '2025-10-12 16:00:30',
      Legs: legs,
    }),
  )
  t.match(all.start, { value: AT + 2000, source: 'provider', claims: { ribbon: AT, provider: AT + 2000 } })
  t.strictSame(all.answer, { value: null, source: 'provider', claims: { ribbon: AT + 5000, provider: null } })
  t.match(all.end, { source: 'provider', claims: { ribbon: AT + 25_000, provider: AT + 30_000 } })
  t.match(all.talkSeconds, { value: 0, source: 'provider', basis: 'reported', claims: { ribbon: 20, provider: 0 } })
  t.match(all.outcome, { source: 'provider', basis: 'said', claims: { ribbon: 'completed', provider: 'no-answer' } })
  t.strictSame(
    all.phone,
    { value: '09876543210', source: 'provider' },
    'one number in two spellings is no disagreement',
  )
  t.strictSame(all.direction, { value: 'outbound', source: 'provider', basis: 'said' })
  t.strictSame(all.ringSeconds, { value: 28, source: 'provider', basis: 'end' })
})

t.test('what nobody says is assumed or implied, and what goes on has neither end nor outcome', async (t) => {
  const missed = story(told('incoming', 0), told('missed', 30))
  t.match(missed.direction, { value: 'inbound', source: 'ribbon', basis: 'implied' })
  t.strictSame(missed.outcome, { value: 'missed', source: 'ribbon', basis: 'end' })
  t.strictSame(missed.talkSeconds, { value: 0, source: 'ribbon', basis: 'nothing' })
  t.strictSame(missed.waitSeconds, { value: 30, source: 'ribbon', basis: 'end' })
  const active = story(told('connected', 0))
  t.strictSame(active.direction, { value: 'outbound', source: null, basis: 'assumed' })
  t.strictSame(
    [active.end, active.talkSeconds, active.phone].map(({ source }) => source),
    [null, null, null],
  )
  t.strictSame(active.outcome, { value: 'active', source: null })
  const reportedAlone = story(told('callEnded', 60, { duration: 60 }))
  t.strictSame(reportedAlone.outcome, { value: 'completed', source: 'ribbon', basis: 'reported' })
  t.match(reportedAlone.start, { value: AT, source: 'ribbon' })
  t.match(story(told('connected', 0), told('callEnded', 9)).talkSeconds, { value: 9, basis: 'measured' })
  t.match(story(told('dtmf', 0, { duration: 7 }), told('callEnded', 9)).talkSeconds, { value: 7, basis: 'mentioned' })
  t.match(story(told('rejected', 9)).outcome, { value: 'rejected', source: 'ribbon', basis: 'said' })
})

t.test(
  'toggles that say nothing turn, those that say how things are set, and an open span ends with the call',
  async (t) => {
    const at = (from: number, to: number | null) => ({
      from: AT + from * 1000,
      to: to === null ? null : AT + to * 1000,
    })
    const { holds, mutes } = story(
      told('connected', 0),
      told('holdtoggle', 10),
      told('mutetoggle', 15, { isMuted: true }),
      told('mutetoggle', 16, { isMuted: 'true' }),
      told('holdtoggle', 20),
      told('holdtoggle', 25, { hold: 'off' }),
      told('mutetoggle', 30, { muted: false }),
      told('holdtoggle', 40),
      told('callEnded', 50),
      told('holdtoggle', 55),
    )
    t.strictSame(holds, [at(10, 20), at(40, 50)])
    t.strictSame(mutes, [at(15, 30)])
    t.strictSame(story(told('connected', 0), told('holdtoggle', 10)).holds, [at(10, null)])
  },
)

t.test('the facts of a call have the values that the call has, whatever its events', async () => {
  fc.assert(
    fc.property(fc.array(callEvent(fc.constant('CA1')), { maxLength: 8 }), (events) => {
      const facts = foldOf(events)
      if (Object.keys(facts).length === 0) return
      const call = deriveCall(facts)
      const all = storyOf(call, events, 'IN')
      const same =
        all.start.value === call.startAt &&
        all.answer.value === call.answeredAt &&
        all.end.value === call.endAt &&
        all.talkSeconds.value === call.durationSeconds &&
        all.outcome.value === call.status &&
        all.agent.value === call.agentUserId &&
        (all.start.source !== null || call.startAt === 0)
      if (!same) throw new Error(JSON.stringify({ all, call }))
      for (const { claims } of [all.start, all.answer, all.end, all.talkSeconds, all.direction, all.agent]) {
        if (claims !== undefined && claims.ribbon === claims.provider) throw new Error('claims that agree are told')
      }
    }),
  )
})
