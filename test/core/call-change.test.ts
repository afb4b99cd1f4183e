import t from 'tap'
import { begunCall } from '../../src/core/call.js'
import { callChangeOf } from '../../src/core/call-change.js'
import { factsOf, join, type CallFacts } from '../../src/core/facts.js'
import type { EventSource } from '../../src/core/vocabulary/events.js'

const START = 1_760_265_000_000

/** What each of some events changes, in this order. */
function changesOf(events: readonly (readonly [event: string, source?: EventSource, data?: object])[]) {
  let facts: CallFacts | null = null
  return events.map(([event, source = 'ribbon', data = {}], n) => {
    const said = { event, source, data: { callSid: 'CA1', ...data }, context: {}, occurredAt: START + n * 1000 }
    const before: CallFacts | null = facts
    const own = factsOf(said) as CallFacts
    facts = before === null ? own : join(before, own)
    return callChangeOf(begunCall(before), begunCall(facts))
  })
}

const CASES: readonly (readonly [
  name: string,
  events: Parameters<typeof changesOf>[0],
  changes: readonly unknown[],
])[] = [
  [
    'a call that rings, is answered and ends',
    [['incoming'], ['connected'], ['callEnded']],
    ['call.started', 'call.answered', 'call.ended'],
  ],
  ['one that nobody answers', [['incoming'], ['missed']], ['call.started', 'call.missed']],
  ['one of which only the end is told', [['callEnded', 'ribbon', { duration: 5 }]], ['call.ended']],
  ['one that begins with its answer', [['connected']], ['call.answered']],
  ['what tells nothing new', [['dialing'], ['dtmf'], ['mutetoggle']], ['call.started', null, null]],
  [
    'what becomes known of one that is over',
    [['missed'], ['annotated', 'operator', { notes: 'call back' }], ['missed']],
    ['call.missed', 'call.updated', 'call.updated'],
  ],
  [
    'one that was missed after all',
    [
      ['connected', 'ribbon', { callDirection: 'inbound' }],
      ['callEnded'],
      [
        'statusCallback',
        'provider',
        { CallSid: 'CA1', EventType: 'terminal', Status: 'no-answer', Direction: 'inbound' },
      ],
    ],
    ['call.answered', 'call.ended', 'call.missed'],
  ],
  [
    'one that does not count, and counts again',
    [['dialing'], ['voided', 'operator'], ['connected'], ['restored', 'operator']],
    ['call.started', 'call.updated', null, 'call.updated'],
  ],
  ['one of which people speak before it is known', [['annotated', 'operator', { notes: 'x' }]], [null]],
  ['one that never counted', [['voided', 'operator'], ['dialing']], [null, null]],
]

for (const [name, events, changes] of CASES) {
  t.test(`${name} changes by what each event adds`, async (t) => {
    t.same(changesOf(events), changes)
  })
}
