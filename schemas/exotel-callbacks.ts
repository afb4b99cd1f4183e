/**
 * Exotel's callbacks: documented member by member, and validated not at all, because whatever Exotel sends is kept. Sources:
 * see src/core/provider/words.ts.
 */
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import {
  CALLBACK_EVENTS,
  CALLBACK_ODDITIES,
  CALLBACK_PATHS,
  type CallbackEvent,
} from '../src/core/vocabulary/callbacks.js'
import { DEMO_CALLBACK_KEY } from '../src/core/vocabulary/demo.js'
import { CALLBACK_MEMBERS, type MemberOf } from '../src/core/provider/words.js'
import { Anything, Count, Instant, LogIdSchema, NullableInstant, NullableText, StringEnum, Text } from './common.js'

interface NamedExample {
  readonly summary: string
  readonly value: Readonly<Record<string, unknown>>
}

type Documented<Event extends CallbackEvent> = Readonly<
  Record<MemberOf<Event>, readonly [description: string, example: unknown]>
>

const CALL = 'Exotel’s id of the call.'
const START = 'When the call began.'
const END = 'When it ended. `1970-01-01 05:30:00` is none.'
const WAY = 'Which way the call went.'
const RECORDING = 'Where Exotel keeps the recording.'
const NOW = 'When the callback was made.'

const STATUS_MEMBERS: Documented<'statusCallback'> = {
  CallSid: [CALL, 'c5797dcbaaeed7678c4062a4a3ed2f8a'],
  Status: ['What the call came to. `completed` says that its first leg was answered.', 'completed'],
  EventType: ['Of which event it tells.', 'terminal'],
  DateCreated: ['When the call was asked for.', '2025-10-12 16:00:00'],
  DateUpdated: ['When its status changed last.', '2025-10-12 16:03:16'],
  StartTime: [START, '2025-10-12 16:00:05'],
  EndTime: [END, '2025-10-12 16:03:15'],
  ConversationDuration: ['Seconds for which both were on the call.', 175],
  Direction: [WAY, 'outbound-api'],
  From: ['The number that was called first.', '+919812345678'],
  To: ['The number that was called then.', '+919876543210'],
  PhoneNumberSid: ['The ExoPhone.', '08041234567'],
  RecordingUrl: [RECORDING, 'https://recordings.exotel.com/exotelrecordings/acme/c5797dcb.mp3'],
  CustomField: ['What was given when the call was asked for.', 'ticket-4711'],
  Legs: [
    'The two legs: `OnCallDuration`, `Status` and `AnsweredBy` of each.',
    [
      { OnCallDuration: 182, Status: 'completed', AnsweredBy: 'NA' },
      { OnCallDuration: 175, Status: 'completed', AnsweredBy: 'human' },
    ],
  ],
}

const INTEGRATION_MEMBERS: Documented<'integrationCallback'> = {
  AppId: ['The integration.', 'acme-crm'],
  AppUserID: ['The agent, as the integration knows them.', 'agent-42'],
  CallSid: [CALL, '2b7d4c1f0a9e8d7c6b5a493827160f5e'],
  CallState: ['Whether the call is over.', 'terminal'],
  CallStatus: ['What it came to.', 'completed'],
  Direction: [WAY, 'inbound'],
  FromNumber: ['The caller’s number.', '+919876543210'],
  ToNumber: ['The number that was called.', '+919812345678'],
  VirtualNumber: ['The ExoPhone.', '08041234567'],
  TotalDuration: ['Seconds from the first ring.', 190],
  CallRecordings: [RECORDING, [{ url: 'https://recordings.exotel.com/exotelrecordings/acme/2b7d4c1f.mp3' }]],
  StartTime: [START, '2025-10-12T16:00:00+05:30'],
  EndTime: [END, '2025-10-12T16:03:10+05:30'],
}

const PASSTHRU_MEMBERS: Documented<'passthru'> = {
  CallSid: [CALL, '9f8e7d6c5b4a39281706f5e4d3c2b1a0'],
  CallFrom: ['The caller’s number.', '09876543210'],
  CallTo: ['The number that was called.', '08041234567'],
  From: ['As `CallFrom`, in older flows.', '09876543210'],
  To: ['As `CallTo`, in older flows.', '08041234567'],
  CallStatus: ['Status of the call.', 'completed'],
  CallType: ['What the flow came to.', 'completed'],
  DialCallStatus: ['What the Connect applet’s dial came to.', 'completed'],
  DialWhomNumber: ['The agent’s number.', '09812345678'],
  Direction: [WAY, 'incoming'],
  Created: ['When the call was made.', 'Sun, 12 Oct 2025 16:00:00'],
  StartTime: [START, '2025-10-12 16:00:05'],
  EndTime: [END, '1970-01-01 05:30:00'],
  CurrentTime: [NOW, '2025-10-12 16:03:15'],
  DialCallDuration: ['Seconds from the dial to its end.', '183'],
  OutgoingPhoneNumber: ['The number that the agent was shown.', '08041234567'],
  RecordingUrl: [RECORDING, 'https://recordings.exotel.com/exotelrecordings/acme/9f8e7d6c.mp3'],
  RecordingAvailableBy: ['When the recording will be there.', 'Sun, 12 Oct 2025 16:08:15'],
  ProcessStatus: ['Status of the recording.', 'null'],
  flow_id: ['The flow.', '152437'],
  tenant_id: ['The account.', '61274'],
  digits: ['What the caller typed, in quotes.', '"123"'],
  Legs: [
    'Its legs: `OnCallDuration` and `CauseCode` of each.',
    [{ OnCallDuration: '175', CauseCode: 'NORMAL_CLEARING' }],
  ],
}

const POPUP_MEMBERS: Documented<'popup'> = {
  CallSid: [CALL, '0a1b2c3d4e5f60718293a4b5c6d7e8f9'],
  CallFrom: ['The caller’s number.', '09876543210'],
  From: ['As `CallFrom`.', '09876543210'],
  CallTo: ['The number that was called.', '08041234567'],
  To: ['As `CallTo`.', '08041234567'],
  Direction: ['Which way the agent’s leg went.', 'outbound'],
  Created: ['When the call was made.', '2025-10-12 16:00:00'],
  CurrentTime: [NOW, '2025-10-12 16:00:08'],
  DialWhomNumber: ['The agent’s number.', '09812345678'],
  Status: ['Whether the agent is `busy` with the call or `free` again.', 'busy'],
  EventType: ['What happens: `Dial`, `Ringing`, `Answered` or `Terminal`.', 'Answered'],
  AgentEmail: ['The agent.', 'asha@example.com'],
}

const DOCUMENTED: { readonly [Event in CallbackEvent]: Documented<Event> } = {
  statusCallback: STATUS_MEMBERS,
  integrationCallback: INTEGRATION_MEMBERS,
  passthru: PASSTHRU_MEMBERS,
  popup: POPUP_MEMBERS,
}

function membersOf(event: CallbackEvent): [name: string, schema: TSchema][] {
  return Object.entries(DOCUMENTED[event] as Readonly<Record<string, readonly [string, unknown]>>).map(
    ([name, [description, example]]) => {
      const holds = CALLBACK_MEMBERS[event].get(name)
      const words = Array.isArray(holds) ? ` Known: ${holds.map((word) => `\`${word}\``).join(', ')}.` : ''
      return [name, Anything(description + words, example)]
    },
  )
}

/** A callback as it looks mostly: without members that stand for others. */
export function callbackExample(event: CallbackEvent): Readonly<Record<string, unknown>> {
  const members = Object.entries(DOCUMENTED[event] as Readonly<Record<string, readonly [string, unknown]>>)
  const own = members.filter(([name]) => !/^(?:From|To)$/.test(name) || event === 'statusCallback')
  return Object.fromEntries(own.map(([name, [, example]]) => [name, example]))
}

/** The same as the fields of a form, whose names are nested. */
export function formExample(event: CallbackEvent): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(callbackExample(event)).flatMap(([name, value]) => fieldsOf(name, value)))
}

function fieldsOf(name: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]]
  return Object.entries(value).flatMap(([step, inner]) => fieldsOf(`${name}[${step}]`, inner))
}

const IDS: Readonly<Record<CallbackEvent, string>> = {
  statusCallback: 'ExotelStatusCallback',
  integrationCallback: 'ExotelIntegrationCallback',
  passthru: 'ExotelPassthru',
  popup: 'ExotelPopup',
}

/** By the names of the bodies' schemas. */
export const CALLBACK_EXAMPLES: Readonly<Record<string, Readonly<Record<string, NamedExample>>>> = Object.fromEntries(
  CALLBACK_EVENTS.map((event) => [
    IDS[event],
    {
      json: { summary: 'As JSON', value: callbackExample(event) },
      form: { summary: 'As a form: names of nested values stand in brackets', value: formExample(event) },
    },
  ]),
)

export function callbackBody(event: CallbackEvent): TSchema {
  return Type.Unsafe({
    $id: IDS[event],
    type: 'object',
    properties: Object.fromEntries(membersOf(event)),
    additionalProperties: true,
    description: `Exotel’s callback. Any other member and value is kept, too; at most ${String(LIMITS.dataLength)} characters as JSON.`,
    examples: [callbackExample(event), formExample(event)],
  })
}

/** A query is text: names of nested values stand in brackets, `Legs[0][OnCallDuration]=175`. */
export function callbackQuery(event: CallbackEvent): TSchema {
  const members = membersOf(event).map(([name, { description, examples }]) => {
    const [example] = examples as unknown[]
    const text = typeof example === 'string' ? example : JSON.stringify(example)
    const schema = Type.String({ maxLength: LIMITS.dataLength, description: String(description), examples: [text] })
    // Exotel always names the call; nothing is held against what it sends, all the same.
    return [name, name === 'CallSid' ? schema : Type.Optional(schema)] as const
  })
  return Type.Object(Object.fromEntries(members), { additionalProperties: true })
}

export const CallbackParamsSchema = Type.Object({
  key: Type.String({
    maxLength: LIMITS.apiKeyLength,
    description: 'A key of kind `callback`. It is a secret: Exotel alone has it.',
    examples: [DEMO_CALLBACK_KEY],
  }),
})

export const CallbackAnswerSchema = Type.Object(
  {
    success: Type.Boolean({ description: 'True: the callback is on disk.', examples: [true] }),
    logId: LogIdSchema,
  },
  {
    $id: 'CallbackAnswer',
    description: 'What Exotel is told.',
    examples: [{ success: true, logId: 'log-1760280743-abc123' }],
  },
)
export type CallbackAnswer = Static<typeof CallbackAnswerSchema>

const EventSchema = StringEnum(CALLBACK_EVENTS, {
  description: `Which callback: also the name under which it is in the call logs. Its address ends in ${Object.values(
    CALLBACK_PATHS,
  )
    .map((path) => `\`${path}\``)
    .join(', ')}.`,
})

export const CallbackSummarySchema = Type.Object(
  {
    callbacks: Type.Array(
      Type.Object(
        {
          event: EventSchema,
          received: Count('How many came, repeats among them.', 3120),
          repeated: Count('How many of them had come before.', 40),
          firstAt: NullableInstant('When the first came; null when none did.', '2025-10-01T09:00:00Z'),
          lastAt: NullableInstant('When the last came.', '2025-10-12T10:30:00Z'),
          lastLogId: NullableText('Log id of the last.', 'log-1760280743-abc123'),
        },
        { $id: 'CallbackCount', description: 'How many callbacks of a kind came.' },
      ),
      { description: 'Each kind of callback.' },
    ),
    oddities: Type.Array(
      Type.Object(
        {
          event: EventSchema,
          kind: StringEnum(CALLBACK_ODDITIES, {
            description:
              'What is odd: a member that is not known, a value of a known member that is not, no `CallSid`, a time that cannot be read, a member that could not be kept; `others` are those beyond what is told apart.',
          }),
          what: Text(
            `The member, with its value where that is odd; at most ${String(LIMITS.oddityLength)} characters.`,
            'Status=ringing-out',
          ),
          times: Count('How often it was seen, not counting repeats.', 2),
          firstAt: Instant('When it was seen first.', '2025-10-12T10:30:00Z'),
          lastAt: Instant('When it was seen last.', '2025-10-12T10:31:00Z'),
          logId: Text('Log id of the last callback that had it.', 'log-1760280743-abc123'),
        },
        { $id: 'CallbackOddity', description: 'Something about callbacks that this server does not know.' },
      ),
      { description: `At most ${String(LIMITS.callbackOddities)}, and \`others\`.` },
    ),
  },
  {
    $id: 'CallbackSummary',
    description:
      'What Exotel has sent. It is statistics: a server that is killed may lose what came in its last second.',
    examples: [
      {
        callbacks: [
          {
            event: 'statusCallback',
            received: 3120,
            repeated: 40,
            firstAt: '2025-10-01T09:00:00Z',
            lastAt: '2025-10-12T10:30:00Z',
            lastLogId: 'log-1760280743-abc123',
          },
        ],
        oddities: [
          {
            event: 'statusCallback',
            kind: 'unknown-value',
            what: 'Status=ringing-out',
            times: 2,
            firstAt: '2025-10-12T10:30:00Z',
            lastAt: '2025-10-12T10:31:00Z',
            logId: 'log-1760280743-abc123',
          },
        ],
      },
    ],
  },
)
export type CallbackSummary = Static<typeof CallbackSummarySchema>
