/** Reconciliation of a client's calls with Exotel's own records of them. */
import { Type, type Static } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { RECONCILED_KINDS, RECONCILED_MEMBERS, RECONCILIATION_STATES } from '../src/core/vocabulary/reconciliation.js'
import { Count, Instant, NullableInstant, NullableText, StringEnum, Text } from './common.js'

function bound(description: string, example: string) {
  return Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: LIMITS.timestampLength,
      description: `${description} An ISO 8601 date (that whole local day) or date-time, included. Without an offset it is read in the client’s time zone.`,
      examples: [example],
    }),
  )
}

export const ReconciliationBodySchema = Type.Object(
  {
    from: bound('Start of the range, six months ago at the earliest. Absent: a day before its end.', '2025-10-11'),
    to: bound('End of the range; what is ahead of now is left out. Absent: now.', '2025-10-12'),
  },
  {
    $id: 'ReconciliationBody',
    additionalProperties: false,
    description:
      'Which calls to reconcile: those that Exotel created in a range. Without bounds, those of the last day.',
    examples: [{}],
  },
)
export type ReconciliationBody = Static<typeof ReconciliationBodySchema>

const ChangeSchema = Type.Object(
  {
    member: StringEnum(RECONCILED_MEMBERS, {
      description: 'What of the call. More may be added.',
      examples: ['status'],
    }),
    before: NullableText('As it was, as text; null when it was not known.', 'active'),
    after: NullableText('As it is.', 'completed'),
  },
  { $id: 'ReconciledChange', description: 'What Exotel’s record told of a call.' },
)

const DifferenceSchema = Type.Object(
  {
    sessionId: Text('The call, in this API.', 'session-c5797dcbaaeed7678c4062a4a3ed2f8a'),
    callSid: Text('Exotel’s id of the call.', 'c5797dcbaaeed7678c4062a4a3ed2f8a'),
    kind: StringEnum(RECONCILED_KINDS, {
      description:
        '`missing`: Exotel has the call, and it was not known here; it is now. `changed`: Exotel told something else of it, or more. `unknown`: a ribbon told of the call, and Exotel knows of none; it stays as it is.',
      examples: ['changed'],
    }),
    changes: Type.Array(ChangeSchema, {
      maxItems: RECONCILED_MEMBERS.length,
      description: 'What it was and is; nothing of an `unknown` call.',
    }),
  },
  { $id: 'ReconciledCall', description: 'A call that differed from Exotel’s record of it.' },
)

export const ReconciliationSchema = Type.Object(
  {
    runId: Text('Names the run.', '0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e'),
    state: StringEnum(RECONCILIATION_STATES, {
      description:
        '`running`; `finished`; `failed`, for the reason in `error`; `stopped` with the server that did it. What was found until then is kept, and a new run goes over it again.',
      examples: ['finished'],
    }),
    startedBy: Text('Name of the admin token that started it; `server` for one of every hour.', 'admin'),
    startedAt: Instant('When it began.', '2025-10-12T10:30:00Z'),
    finishedAt: NullableInstant('When it was over; null while it runs.', '2025-10-12T10:30:41Z'),
    from: Instant('Start of the range.', '2025-10-10T18:30:00Z'),
    to: Instant('End of the range, not included.', '2025-10-12T10:30:00Z'),
    doneTo: Instant('All before it is done.', '2025-10-12T10:30:00Z'),
    calls: Count('Calls that Exotel listed until now.', 3120),
    missing: Count('Those that were not known here.', 1),
    changed: Count('Those of which Exotel told something else, or more.', 1),
    unknown: Count(
      `Calls that a ribbon told of and Exotel knows nothing of. At most ${String(LIMITS.unlistedCalls)} calls that Exotel does not list are asked for in one run.`,
      0,
    ),
    pending: Count(
      'Calls of which Exotel has yet to say how they ended, which takes it some minutes: a later run settles them.',
      2,
    ),
    unusable: Count('Calls that Exotel told without an id, or that are too long to be kept.', 0),
    differences: Type.Array(DifferenceSchema, {
      maxItems: LIMITS.listedDifferences,
      description: `Of \`missing\`, \`changed\` and \`unknown\` calls the first ${String(LIMITS.listedDifferences)}.`,
    }),
    error: NullableText('Why it came to no good end.', 'Exotel’s records could not be read to the end: Internal error'),
  },
  { $id: 'Reconciliation', description: 'A reconciliation of a client’s calls: how far it is, and what it found.' },
)
export type Reconciliation = Static<typeof ReconciliationSchema>

ReconciliationSchema['examples'] = [
  {
    runId: '0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e',
    state: 'finished',
    startedBy: 'admin',
    startedAt: '2025-10-12T10:30:00Z',
    finishedAt: '2025-10-12T10:30:41Z',
    from: '2025-10-10T18:30:00Z',
    to: '2025-10-12T10:30:00Z',
    doneTo: '2025-10-12T10:30:00Z',
    calls: 3120,
    missing: 0,
    changed: 1,
    unknown: 0,
    pending: 2,
    unusable: 0,
    differences: [
      {
        sessionId: 'session-c5797dcbaaeed7678c4062a4a3ed2f8a',
        callSid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
        kind: 'changed',
        changes: [
          { member: 'status', before: 'active', after: 'completed' },
          { member: 'durationSeconds', before: null, after: '175' },
        ],
      },
    ],
    error: null,
  } satisfies Reconciliation,
]
