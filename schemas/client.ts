/** What an operator says of a client. What the members say beyond their form is checked by `src/services/client-accounts.ts`. */
import { Type, type Static } from '@sinclair/typebox'
import { DEFAULT_REGION, DEFAULT_TIMEZONE, DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { CLIENT_STATUSES, FEATURES } from '../src/core/vocabulary/clients.js'
import {
  DIALLED,
  EXACT_TEXT,
  FeatureSchema,
  Instant,
  NullableInstant,
  NullableText,
  PlanSchema,
  Query,
  QueryInteger,
  StringEnum,
  Text,
  VISIBLE_TEXT,
  withDefault,
  WindowUnitSchema,
} from './common.js'

const MEMBERS = {
  name: Type.String({
    minLength: 1,
    maxLength: LIMITS.clientNameLength,
    pattern: VISIBLE_TEXT,
    description: 'The client’s name, for people.',
    examples: ['Acme Collections'],
  }),
  domains: Type.Array(
    Text('A host name, `*.` and a host name for all its subdomains, or `*` for any.', 'acme.com', {
      maxLength: LIMITS.domainLength,
    }),
    {
      maxItems: LIMITS.clientDomains,
      uniqueItems: true,
      description: 'Where the ribbon may be embedded. None: nowhere.',
      examples: [['acme.com', '*.acme.in']],
    },
  ),
  plan: PlanSchema,
  limit: Type.Integer({
    format: 'int32',
    minimum: 0,
    maximum: LIMITS.monthlyCalls,
    description: 'Calls a month that the plan allows.',
    examples: [5000],
  }),
  features: Type.Array(FeatureSchema, {
    maxItems: FEATURES.length,
    uniqueItems: true,
    description: 'What the ribbon may offer.',
  }),
  timezone: Text('IANA time zone of the client’s days and months.', DEFAULT_TIMEZONE, {
    maxLength: LIMITS.timezoneLength,
  }),
  region: Type.String({
    maxLength: 2,
    pattern: '^[A-Z]{2}$',
    description:
      'Country whose way of writing phone numbers counts where a number names none: two letters of ISO 3166-1. With `IN`, `09876543210` is `+919876543210`. Calls that are stored keep the number they are found by.',
    examples: [DEFAULT_REGION],
  }),
  retentionMonths: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    format: 'int32',
    minimum: 1,
    maximum: LIMITS.retentionMonths,
    description: 'Whole local months of events and calls that are kept before the current one; null keeps everything.',
    examples: [24],
  }),
  retentionPaused: Type.Boolean({
    description: 'Whether nothing of what is no longer kept is dropped for now.',
    examples: [false],
  }),
  missedCallWindowHours: Type.Integer({
    format: 'int32',
    minimum: 1,
    maximum: LIMITS.missedCallWindowHours,
    description:
      'Within how many hours after its end a missed call is won back by a call of its number that is answered. After them it is lost.',
    examples: [DEFAULTS.missedCallWindowHours],
  }),
  missedCallWindowIn: WindowUnitSchema,
  requireAgentSessions: Type.Boolean({
    description:
      'Whether the Exotel credentials go to agent sessions, and to secret keys of servers, alone: then no key that stands in a page gets them.',
    examples: [false],
  }),
  exotelToken: secret('Token with which the ribbon signs in to Exotel.', 'exotel-token'),
  userId: secret('Exotel user that the ribbon signs in as.', 'exotel-user'),
}

function secret(description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: LIMITS.textLength,
    pattern: EXACT_TEXT,
    description,
    examples: [example],
  })
}

/** A word without spaces, as Exotel makes them. */
const EXOTEL_WORD = '^[A-Za-z0-9_-]+$'

function exotelWord(description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: LIMITS.exotelWordLength,
    pattern: EXOTEL_WORD,
    description,
    examples: [example],
  })
}

export const ExotelApiBodySchema = Type.Object(
  {
    accountSid: exotelWord('The account’s SID.', 'acme1'),
    apiKey: exotelWord('The API key: the name that the server signs in with.', 'exotel-api-key'),
    apiToken: exotelWord('The API token: the password that goes with the key.', 'exotel-api-token'),
    subdomain: withDefault(
      Text('Host of the API in the account’s region: `api.exotel.com` or `api.in.exotel.com`.', DEFAULTS.exotelHost, {
        maxLength: LIMITS.domainLength,
      }),
      DEFAULTS.exotelHost,
    ),
    callerId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: LIMITS.phoneNumberLength,
        pattern: DIALLED,
        description: 'The virtual number from which calls are made that name none. Absent: each names its own.',
        examples: ['08047112233'],
      }),
    ),
  },
  {
    $id: 'ExotelApiBody',
    additionalProperties: false,
    description:
      'What the server signs in to Exotel’s API with, to make calls and to hear recordings: from the API settings of the account. Given as a whole, kept sealed, and told nobody.',
    examples: [
      {
        accountSid: 'acme1',
        apiKey: 'exotel-api-key',
        apiToken: 'exotel-api-token',
        subdomain: DEFAULTS.exotelHost,
        callerId: '08047112233',
      },
    ],
  },
)
export type ExotelApiBody = Static<typeof ExotelApiBodySchema>

const ExotelApiChangeSchema = Type.Unsafe<ExotelApiBody | null>({
  ...ExotelApiBodySchema,
  $id: 'ExotelApiChange',
  type: ['object', 'null'],
  description: 'What the server signs in to Exotel’s API with, as a whole; null takes it away.',
})

export const NewClientBodySchema = Type.Object(
  {
    clientId: Type.Optional(
      Type.String({
        maxLength: LIMITS.clientIdLength,
        pattern: `^[A-Za-z0-9][A-Za-z0-9._-]{0,${String(LIMITS.clientIdLength - 1)}}$`,
        description: 'The client’s id: letters, digits, `.`, `_` and `-`. Absent: one is made.',
        examples: ['acme'],
      }),
    ),
    name: MEMBERS.name,
    domains: withDefault(MEMBERS.domains, []),
    plan: withDefault(MEMBERS.plan, DEFAULTS.plan),
    limit: withDefault(MEMBERS.limit, DEFAULTS.monthlyLimit),
    features: withDefault(MEMBERS.features, DEFAULTS.features),
    timezone: Type.Optional(MEMBERS.timezone),
    region: withDefault(MEMBERS.region, DEFAULT_REGION),
    retentionMonths: withDefault(MEMBERS.retentionMonths, null),
    missedCallWindowHours: withDefault(MEMBERS.missedCallWindowHours, DEFAULTS.missedCallWindowHours),
    missedCallWindowIn: withDefault(MEMBERS.missedCallWindowIn, DEFAULTS.missedCallWindowIn),
    requireAgentSessions: withDefault(MEMBERS.requireAgentSessions, false),
    exotelToken: MEMBERS.exotelToken,
    userId: MEMBERS.userId,
    exotelApi: Type.Optional(ExotelApiBodySchema),
  },
  {
    $id: 'NewClientBody',
    additionalProperties: false,
    description: 'A client to be created.',
    examples: [
      {
        name: 'Acme Collections',
        domains: ['acme.com'],
        plan: 'professional',
        limit: 5000,
        features: ['call', 'mute', 'hold', 'dtmf'],
        timezone: DEFAULT_TIMEZONE,
        region: DEFAULT_REGION,
        retentionMonths: null,
        missedCallWindowHours: DEFAULTS.missedCallWindowHours,
        missedCallWindowIn: DEFAULTS.missedCallWindowIn,
        requireAgentSessions: false,
        exotelToken: 'exotel-token',
        userId: 'exotel-user',
      },
    ],
  },
)
export type NewClientBody = Static<typeof NewClientBodySchema>

export const ClientChangesBodySchema = Type.Partial(
  Type.Object({
    ...MEMBERS,
    status: StringEnum(['active', 'suspended'], {
      description: 'Keys of a suspended client open nothing, and nothing of it is lost.',
    }),
    exotelApi: ExotelApiChangeSchema,
  }),
  {
    $id: 'ClientChangesBody',
    additionalProperties: false,
    description: 'What is to be different about a client: members that are absent stay as they are.',
    examples: [{ domains: ['acme.com', '*.acme.in'], limit: 10_000 }],
  },
)
export type ClientChangesBody = Static<typeof ClientChangesBodySchema>

/** A client’s id in a path. @param example the id of a client that new servers know */
export function ClientIdParam(example: string) {
  return Type.String({
    minLength: 1,
    maxLength: LIMITS.clientIdLength,
    pattern: EXACT_TEXT,
    description: 'The client’s id.',
    examples: [example],
  })
}

export function ClientParams(example: string) {
  return Type.Object({ clientId: ClientIdParam(example) })
}

export const DeleteClientQuerySchema = Query({
  graceDays: QueryInteger('Days until all that the client has is removed: until then it can be restored.', {
    maximum: LIMITS.graceDays,
    default: DEFAULTS.graceDays,
    examples: [DEFAULTS.graceDays],
  }),
})

export const ClientAccountSchema = Type.Object(
  {
    clientId: Text('The client’s id.', 'acme'),
    name: Text('The client’s name.', 'Acme Collections'),
    plan: PlanSchema,
    status: StringEnum(CLIENT_STATUSES, {
      description:
        'Keys of a client that is not `active` open nothing. `deleting`: all that it has goes at `deletesAt`.',
    }),
    limit: MEMBERS.limit,
    features: MEMBERS.features,
    domains: MEMBERS.domains,
    timezone: Text('IANA time zone of the client’s days and months.', DEFAULT_TIMEZONE),
    region: MEMBERS.region,
    retentionMonths: MEMBERS.retentionMonths,
    retentionPaused: MEMBERS.retentionPaused,
    missedCallWindowHours: MEMBERS.missedCallWindowHours,
    missedCallWindowIn: MEMBERS.missedCallWindowIn,
    requireAgentSessions: MEMBERS.requireAgentSessions,
    hasExotelApi: Type.Boolean({
      description: 'Whether the server has what it signs in to Exotel’s API with, to make calls.',
      examples: [true],
    }),
    createdAt: Instant('When it was created.', '2025-10-01T09:00:00Z'),
    deletesAt: NullableInstant(
      'From then on all that it has is removed, and it cannot be restored; null unless it is `deleting`.',
      '2025-11-11T10:30:00Z',
    ),
    apiKey: NullableText('The start of its oldest key without an end; null when it has none.', 'rk_full_4fK2...'),
  },
  { $id: 'Client', description: 'A client, as it is set up.' },
)
export type ClientAccount = Static<typeof ClientAccountSchema>

const clientExample: ClientAccount = {
  clientId: 'acme',
  name: 'Acme Collections',
  plan: 'professional',
  status: 'active',
  limit: 5000,
  features: ['call', 'mute', 'hold', 'dtmf'],
  domains: ['acme.com'],
  timezone: DEFAULT_TIMEZONE,
  region: DEFAULT_REGION,
  retentionMonths: null,
  retentionPaused: false,
  missedCallWindowHours: DEFAULTS.missedCallWindowHours,
  missedCallWindowIn: DEFAULTS.missedCallWindowIn,
  requireAgentSessions: false,
  hasExotelApi: true,
  createdAt: '2025-10-01T09:00:00Z',
  deletesAt: null,
  apiKey: 'rk_full_4fK2...',
}
ClientAccountSchema['examples'] = [clientExample]

export const NewClientSchema = Type.Object(
  {
    client: ClientAccountSchema,
    keyId: Text('Names the client’s first key.', 'c1f0a2b3d4e5'),
    apiKey: Text(
      'Its first key, of kind `full`. It is told this once, and kept nowhere.',
      'rk_full_4fK2dQ8xWm1nB7vTzLs0yHcEa3pR9g',
    ),
  },
  {
    $id: 'NewClient',
    description: 'A client that was just created.',
    examples: [{ client: clientExample, keyId: 'c1f0a2b3d4e5', apiKey: 'rk_full_4fK2dQ8xWm1nB7vTzLs0yHcEa3pR9g' }],
  },
)
