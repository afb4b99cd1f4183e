/**
 * The members of Exotel's callbacks, and the words that stand in them: what readers understand, the contract documents, and
 * whatever else turns up is counted as odd. Words are in lower case, as they are compared. Sources: developer.exotel.com,
 * "StatusCallback"; support.exotel.com, "Working with Passthru applet"; docs.exotel.com on popups and integrations.
 */
import type { CallbackEvent } from '../vocabulary/callbacks.js'

/** What a call, or its last dial, came to. */
export const STATUS_ENDS = ['completed', 'failed', 'busy', 'no-answer', 'canceled', 'cancelled'] as const
const STATUSES = ['queued', 'ringing', 'in-progress', ...STATUS_ENDS] as const

/** What a flow came to. */
export const FLOW_ENDS = ['completed', 'client-hangup', 'incomplete', 'voicemail'] as const
/** `call-attempt` is a flow that has dialled nobody, and may go on. */
const CALL_TYPES = ['call-attempt', ...FLOW_ENDS] as const

/** How an integration's call ends. */
export const INTEGRATION_ENDS = [
  'completed',
  'to_leg_unanswered',
  'from_leg_unanswered',
  'from_leg_cancelled',
  'failed',
] as const
/** `free` says that a leg is over, and nothing of the outcome. */
const INTEGRATION_STATUSES = ['in-progress', 'free', 'busy', ...INTEGRATION_ENDS] as const

const DIRECTIONS = ['inbound', 'incoming', 'outbound', 'outgoing', 'outbound-api', 'outbound-dial'] as const

/** What can stand in a member: these words, a time, or anything. */
type Holds = readonly string[] | 'time' | null

const MEMBERS = {
  statusCallback: {
    CallSid: null,
    Status: STATUSES,
    EventType: ['answered', 'terminal'],
    DateCreated: 'time',
    DateUpdated: 'time',
    StartTime: 'time',
    EndTime: 'time',
    ConversationDuration: null,
    Direction: DIRECTIONS,
    From: null,
    To: null,
    PhoneNumberSid: null,
    RecordingUrl: null,
    CustomField: null,
    Legs: null,
  },
  integrationCallback: {
    AppId: null,
    AppUserID: null,
    CallSid: null,
    CallState: ['active', 'terminal'],
    CallStatus: INTEGRATION_STATUSES,
    Direction: DIRECTIONS,
    FromNumber: null,
    ToNumber: null,
    VirtualNumber: null,
    TotalDuration: null,
    CallRecordings: null,
    StartTime: 'time',
    EndTime: 'time',
  },
  passthru: {
    CallSid: null,
    CallFrom: null,
    CallTo: null,
    From: null,
    To: null,
    CallStatus: [...STATUSES, 'free'],
    CallType: CALL_TYPES,
    DialCallStatus: STATUSES,
    DialWhomNumber: null,
    Direction: DIRECTIONS,
    Created: 'time',
    StartTime: 'time',
    EndTime: 'time',
    CurrentTime: 'time',
    DialCallDuration: null,
    OutgoingPhoneNumber: null,
    RecordingUrl: null,
    RecordingAvailableBy: null,
    ProcessStatus: null,
    flow_id: null,
    tenant_id: null,
    digits: null,
    Legs: null,
  },
  popup: {
    CallSid: null,
    CallFrom: null,
    From: null,
    CallTo: null,
    To: null,
    Direction: DIRECTIONS,
    Created: 'time',
    CurrentTime: 'time',
    DialWhomNumber: null,
    Status: ['busy', 'free'],
    EventType: ['dial', 'ringing', 'answered', 'terminal'],
    AgentEmail: null,
  },
} as const satisfies Record<CallbackEvent, Readonly<Record<string, Holds>>>

export type MemberOf<Event extends CallbackEvent> = keyof (typeof MEMBERS)[Event] & string

/** What stands in each leg of a call. */
const LEG_MEMBERS = {
  OnCallDuration: null,
  Status: STATUSES,
  AnsweredBy: ['human', 'machine', 'na'],
  CauseCode: null,
  Cause: null,
} as const satisfies Readonly<Record<string, Holds>>

function held(members: Readonly<Record<string, Holds>>): ReadonlyMap<string, Holds> {
  return new Map(Object.entries(members))
}

/** What stands in the members of a callback, by their names. */
export const CALLBACK_MEMBERS: Readonly<Record<CallbackEvent, ReadonlyMap<string, Holds>>> = {
  statusCallback: held(MEMBERS.statusCallback),
  integrationCallback: held(MEMBERS.integrationCallback),
  passthru: held(MEMBERS.passthru),
  popup: held(MEMBERS.popup),
}
export const LEG_HOLDS = held(LEG_MEMBERS)
