/**
 * Calls as they really happen: what the ribbon in the browser reports, what Exotel reports, and what comes of it, in whatever
 * order it arrives. It is both documentation and test: `test/core/call-flows.test.ts` holds the core to it.
 */
import { formatForSheet } from '../core/calendar.js'
import type { JsonObject } from '../core/json.js'
import { PROVIDER_TIMEZONE } from '../core/provider/payload.js'
import type { CallStatus, Direction } from '../core/vocabulary/calls.js'
import type { ProviderEvent } from '../core/vocabulary/events.js'

/** `[seconds after the start, event, data, agent]` */
type Said = readonly [at: number, event: string, data?: JsonObject, agent?: string]
/** `[seconds after the start, report, payload]` */
type Reported = readonly [at: number, event: ProviderEvent, payload: JsonObject]

interface FlowOutcome {
  readonly direction: Direction
  readonly status: CallStatus
  readonly talkSeconds: number
  readonly ringSeconds: number | null
  readonly agentUserId: string | null
  readonly endReason: string | null
}

export interface CallFlow {
  readonly name: string
  /** What is worth knowing of it. */
  readonly why: string
  readonly browser: readonly Said[]
  readonly provider: readonly Reported[]
  readonly outcome: FlowOutcome
  /** Where Exotel’s reports alone would tell less, as they do of who the agent was: what differs then. */
  readonly providerAlone?: Partial<FlowOutcome>
}

/** Where the flows begin: 2025-10-12T10:30:00Z, four in the afternoon in India. */
export const FLOW_START = Date.parse('2025-10-12T10:30:00Z')
export const FLOW_CALL = 'f0a1b2c3d4'
const CUSTOMER = '09876543210'
const AGENT = '09812345678'
const OTHER_AGENT = '09800000000'
const VIRTUAL = '08041234567'

interface Ended {
  readonly from: number
  readonly to: number
  readonly talked: number
  readonly status?: string
  readonly second?: string
}

/** Each flow, with the call beginning at an instant. @param start epoch milliseconds */
export function callFlows(start: number): readonly CallFlow[] {
  /** As Exotel writes it. */
  function ist(seconds: number): string {
    return formatForSheet(PROVIDER_TIMEZONE, start + seconds * 1000)
  }

  function leg(Status: string, seconds = 0): JsonObject {
    return { OnCallDuration: String(seconds), Status, AnsweredBy: 'NA' }
  }

  /** The status callback of a call that is over. */
  function over(
    direction: 'inbound' | 'outbound-api',
    { from, to, talked, status = 'completed', second }: Ended,
  ): Reported {
    const outbound = direction !== 'inbound'
    return [
      to + 5,
      'statusCallback',
      {
        EventType: 'terminal',
        Status: status,
        Direction: direction,
        From: outbound ? AGENT : CUSTOMER,
        To: outbound ? CUSTOMER : VIRTUAL,
        PhoneNumberSid: VIRTUAL,
        DateCreated: ist(0),
        StartTime: ist(from),
        EndTime: ist(to),
        DateUpdated: ist(to + 4),
        ConversationDuration: String(talked),
        ...(second !== undefined && { Legs: [leg('completed', to - from), leg(second, talked)] }),
      },
    ]
  }

  /** The popup of a Connect applet, which rings an agent. */
  function rings(at: number, agent: string, Status: 'busy' | 'free' = 'busy'): Reported {
    const numbers = { From: CUSTOMER, To: VIRTUAL, DialWhomNumber: agent }
    return [
      at,
      'popup',
      { ...numbers, Status, EventType: 'Dial', Direction: 'outbound-dial', Created: ist(0), CurrentTime: ist(at) },
    ]
  }

  /** The passthru of an inbound flow. */
  function flow(at: number, CallType: string, more: JsonObject = {}): Reported {
    const numbers = { CallFrom: CUSTOMER, CallTo: VIRTUAL, Direction: 'incoming' }
    const times = { StartTime: ist(0), EndTime: '1970-01-01 05:30:00', CurrentTime: ist(at) }
    return [at, 'passthru', { ...numbers, ...times, CallType, ...more }]
  }

  const OUT = { callDirection: 'outbound', phoneNumber: CUSTOMER }
  const IN = { callDirection: 'inbound', phoneNumber: CUSTOMER }
  const UNANSWERED = { talkSeconds: 0, endReason: null } as const

  return [
    {
      name: 'outbound, answered',
      why: 'The browser is connected as soon as the agent’s own leg is; Exotel knows when the customer answered.',
      browser: [
        [0, 'dialing', OUT, 'agent-1'],
        [3, 'connected', OUT, 'agent-1'],
        [192, 'callEnded', { ...OUT, duration: 189 }, 'agent-1'],
      ],
      provider: [
        [
          15,
          'statusCallback',
          {
            EventType: 'answered',
            Status: 'in-progress',
            Direction: 'outbound-api',
            StartTime: ist(0),
            DateUpdated: ist(15),
          },
        ],
        over('outbound-api', { from: 0, to: 190, talked: 175, second: 'completed' }),
      ],
      outcome: {
        direction: 'outbound',
        status: 'completed',
        talkSeconds: 175,
        ringSeconds: 15,
        agentUserId: 'agent-1',
        endReason: null,
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'outbound, not answered',
      why: 'The browser was connected to Exotel, and nobody to the customer.',
      browser: [
        [0, 'dialing', OUT, 'agent-1'],
        [3, 'connected', OUT, 'agent-1'],
        [40, 'callEnded', { ...OUT, duration: 37 }, 'agent-1'],
      ],
      provider: [over('outbound-api', { from: 0, to: 39, talked: 0, status: 'no-answer', second: 'no-answer' })],
      outcome: { ...UNANSWERED, direction: 'outbound', status: 'no-answer', ringSeconds: 39, agentUserId: 'agent-1' },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'outbound, busy',
      why: 'Exotel says why nobody answered.',
      browser: [
        [0, 'dialing', OUT, 'agent-1'],
        [8, 'callEnded', OUT, 'agent-1'],
      ],
      provider: [over('outbound-api', { from: 0, to: 7, talked: 0, status: 'busy' })],
      outcome: { ...UNANSWERED, direction: 'outbound', status: 'busy', ringSeconds: 7, agentUserId: 'agent-1' },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'outbound, failed',
      why: 'The number does not exist, or no line was to be had.',
      browser: [[0, 'dialing', OUT, 'agent-1']],
      provider: [over('outbound-api', { from: 0, to: 2, talked: 0, status: 'failed' })],
      outcome: { ...UNANSWERED, direction: 'outbound', status: 'failed', ringSeconds: 2, agentUserId: 'agent-1' },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'outbound, the agent’s own phone not answered',
      why: 'A call that was clicked: Exotel rings the agent first, and there was nobody.',
      browser: [],
      provider: [
        [
          31,
          'integrationCallback',
          {
            CallState: 'terminal',
            CallStatus: 'from_leg_unanswered',
            Direction: 'outbound',
            FromNumber: 'sip:agent1',
            ToNumber: CUSTOMER,
            VirtualNumber: VIRTUAL,
            StartTime: ist(0),
            EndTime: ist(30),
          },
        ],
      ],
      outcome: {
        direction: 'outbound',
        status: 'no-answer',
        talkSeconds: 0,
        ringSeconds: 30,
        agentUserId: null,
        endReason: 'from_leg_unanswered',
      },
    },
    {
      name: 'inbound, answered',
      why: 'The flow rings an agent, who answers in the browser; the passthru follows the conversation.',
      browser: [
        [6, 'incoming', IN, 'agent-1'],
        [12, 'connected', IN, 'agent-1'],
        [132, 'callEnded', { ...IN, duration: 120 }, 'agent-1'],
      ],
      provider: [
        rings(5, AGENT),
        rings(133, AGENT, 'free'),
        flow(133, 'completed', {
          DialCallStatus: 'completed',
          DialWhomNumber: AGENT,
          Legs: [{ OnCallDuration: '121', CauseCode: 'NORMAL_CLEARING' }],
        }),
      ],
      outcome: {
        direction: 'inbound',
        status: 'completed',
        talkSeconds: 121,
        ringSeconds: 12,
        agentUserId: 'agent-1',
        endReason: 'NORMAL_CLEARING',
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'inbound, missed',
      why: '`completed` at the top only says that Exotel took the call: the leg to the agent was not answered.',
      browser: [[6, 'incoming', IN, 'agent-1']],
      provider: [
        rings(5, AGENT),
        rings(35, AGENT, 'free'),
        flow(36, 'incomplete', { DialCallStatus: 'no-answer', DialWhomNumber: AGENT }),
        over('inbound', { from: 0, to: 40, talked: 0, second: 'no-answer' }),
      ],
      outcome: {
        direction: 'inbound',
        status: 'missed',
        talkSeconds: 0,
        ringSeconds: 40,
        agentUserId: 'agent-1',
        endReason: 'incomplete',
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'inbound, turned down by the agent',
      why: 'Exotel knows that nobody answered; only the browser knows that the agent pressed the red button.',
      browser: [
        [6, 'incoming', IN, 'agent-1'],
        [9, 'rejected', IN, 'agent-1'],
      ],
      provider: [rings(5, AGENT), over('inbound', { from: 0, to: 12, talked: 0, second: 'no-answer' })],
      outcome: { ...UNANSWERED, direction: 'inbound', status: 'rejected', ringSeconds: 12, agentUserId: 'agent-1' },
      providerAlone: { status: 'missed', agentUserId: null },
    },
    {
      name: 'inbound, given up in the menu',
      why: 'No agent was rung, so no browser knows of it.',
      browser: [],
      provider: [flow(4, 'call-attempt', { digits: '"2"' }), over('inbound', { from: 0, to: 25, talked: 0 })],
      outcome: { ...UNANSWERED, direction: 'inbound', status: 'missed', ringSeconds: 25, agentUserId: null },
    },
    {
      name: 'inbound, the caller hung up while it rang',
      why: 'An abandoned call is a missed one.',
      browser: [[6, 'incoming', IN, 'agent-1']],
      provider: [rings(5, AGENT), flow(20, 'client-hangup', { DialCallStatus: 'canceled', DialWhomNumber: AGENT })],
      outcome: {
        direction: 'inbound',
        status: 'canceled',
        talkSeconds: 0,
        ringSeconds: 20,
        agentUserId: 'agent-1',
        endReason: 'client-hangup',
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'inbound, left a message',
      why: 'A message is no conversation: the call is missed, and has a recording.',
      browser: [[6, 'incoming', IN, 'agent-1']],
      provider: [
        rings(5, AGENT),
        flow(70, 'voicemail', { RecordingUrl: 'https://recordings.exotel.com/exotelrecordings/acme/f0.mp3' }),
      ],
      outcome: {
        direction: 'inbound',
        status: 'missed',
        talkSeconds: 0,
        ringSeconds: 70,
        agentUserId: 'agent-1',
        endReason: 'voicemail',
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'a second call while the agent was busy',
      why: 'The ribbon shows it, the agent goes on with the first one; it is a call of its own, and missed.',
      browser: [
        [2, 'incoming', IN, 'agent-1'],
        [30, 'missed', IN, 'agent-1'],
      ],
      provider: [flow(31, 'incomplete', { DialCallStatus: 'busy', DialWhomNumber: AGENT })],
      outcome: {
        direction: 'inbound',
        status: 'busy',
        talkSeconds: 0,
        ringSeconds: 31,
        agentUserId: 'agent-1',
        endReason: 'incomplete',
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'the tab was closed during the call',
      why: 'The browser never says that it ended: Exotel does.',
      browser: [
        [0, 'dialing', OUT, 'agent-1'],
        [3, 'connected', OUT, 'agent-1'],
      ],
      provider: [over('outbound-api', { from: 0, to: 310, talked: 295, second: 'completed' })],
      outcome: {
        direction: 'outbound',
        status: 'completed',
        talkSeconds: 295,
        ringSeconds: 15,
        agentUserId: 'agent-1',
        endReason: null,
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'held and muted',
      why: 'Holding and muting are part of the conversation.',
      browser: [
        [0, 'incoming', IN, 'agent-1'],
        [5, 'connected', IN, 'agent-1'],
        [20, 'holdtoggle', IN, 'agent-1'],
        [50, 'holdtoggle', IN, 'agent-1'],
        [60, 'mutetoggle', IN, 'agent-1'],
        [105, 'callEnded', { ...IN, duration: 100 }, 'agent-1'],
      ],
      provider: [
        flow(106, 'completed', {
          DialCallStatus: 'completed',
          DialWhomNumber: AGENT,
          Legs: [{ OnCallDuration: '101' }],
        }),
      ],
      outcome: {
        direction: 'inbound',
        status: 'completed',
        talkSeconds: 101,
        ringSeconds: 5,
        agentUserId: 'agent-1',
        endReason: null,
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'transferred to another agent',
      why: 'One call: its agent is who was connected last, and its talk time is the customer’s.',
      browser: [
        [0, 'incoming', IN, 'agent-1'],
        [5, 'connected', IN, 'agent-1'],
        [60, 'incoming', IN, 'agent-2'],
        [65, 'connected', IN, 'agent-2'],
        [125, 'callEnded', IN, 'agent-2'],
      ],
      provider: [over('inbound', { from: 0, to: 125, talked: 120, second: 'completed' })],
      outcome: {
        direction: 'inbound',
        status: 'completed',
        talkSeconds: 120,
        ringSeconds: 5,
        agentUserId: 'agent-2',
        endReason: null,
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'a masked number',
      why: 'Where Exotel hides the customer’s digits, the number that the ribbon knows is kept.',
      browser: [
        [0, 'incoming', IN, 'agent-1'],
        [5, 'connected', IN, 'agent-1'],
        [65, 'callEnded', { ...IN, duration: 60 }, 'agent-1'],
      ],
      provider: [
        [
          66,
          'passthru',
          {
            CallFrom: '98XXXXXX10',
            CallTo: VIRTUAL,
            Direction: 'incoming',
            StartTime: ist(0),
            CurrentTime: ist(66),
            CallType: 'completed',
            DialCallStatus: 'completed',
            Legs: [{ OnCallDuration: '60' }],
          },
        ],
      ],
      outcome: {
        direction: 'inbound',
        status: 'completed',
        talkSeconds: 60,
        ringSeconds: 6,
        agentUserId: 'agent-1',
        endReason: null,
      },
      providerAlone: { agentUserId: null },
    },
    {
      name: 'two agents rung, one answers',
      why: 'The agent of the call is who was connected; that the other one’s phone stopped ringing says nothing.',
      browser: [
        [6, 'incoming', IN, 'agent-1'],
        [7, 'incoming', IN, 'agent-2'],
        [14, 'connected', IN, 'agent-2'],
        [15, 'missed', IN, 'agent-1'],
        [75, 'callEnded', { ...IN, duration: 61 }, 'agent-2'],
      ],
      provider: [
        rings(5, AGENT),
        rings(5, OTHER_AGENT),
        rings(15, AGENT, 'free'),
        rings(76, OTHER_AGENT, 'free'),
        flow(76, 'completed', {
          DialCallStatus: 'completed',
          DialWhomNumber: OTHER_AGENT,
          Legs: [{ OnCallDuration: '0' }, { OnCallDuration: '61' }],
        }),
      ],
      outcome: {
        direction: 'inbound',
        status: 'completed',
        talkSeconds: 61,
        ringSeconds: 15,
        agentUserId: 'agent-2',
        endReason: null,
      },
      providerAlone: { agentUserId: null },
    },
  ]
}

export const CALL_FLOWS = callFlows(FLOW_START)
