/** API keys, as an operator hands them out. */
import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { CALLBACK_EVENTS, type CallbackEvent, callbackPath } from '../src/core/vocabulary/callbacks.js'
import { KEY_KINDS, KEY_SCOPES } from '../src/core/vocabulary/keys.js'
import { ClientIdParam } from './client.js'
import {
  Defaulted,
  Instant,
  NullableInstant,
  NullableText,
  OverlapHours,
  StringEnum,
  Text,
  VISIBLE_TEXT,
  withDefault,
} from './common.js'

const KeyKindSchema = StringEnum(KEY_KINDS, {
  $id: 'KeyKind',
  description:
    'What the key is for. `publishable`: for pages, where everybody can read it. `secret`: for servers, for what its scopes say. `full`: for everything else. `callback`: stands in the addresses to which Exotel sends its callbacks, and opens those alone.',
  examples: ['secret'],
})

const KeyScopeSchema = StringEnum(KEY_SCOPES, {
  $id: 'KeyScope',
  description: 'Something that a secret key may do.',
  examples: ['read'],
})

const SCOPES = { items: KeyScopeSchema, maxItems: KEY_SCOPES.length, uniqueItems: true, examples: [['read', 'export']] }

function Addresses(description: string) {
  return Type.Unsafe<string[] | null>({
    type: ['array', 'null'],
    items: {
      type: 'string',
      minLength: 2,
      maxLength: ADDRESS_LENGTH,
      description: 'An IP address, or a block of them (CIDR).',
      examples: ['203.0.113.0/24'],
    },
    maxItems: LIMITS.keyAddresses,
    description,
    examples: [['203.0.113.0/24', '198.51.100.7']],
  })
}

/** The longest way of writing an address of IPv6, and a block of it. */
const ADDRESS_LENGTH = 49

const NameSchema = NullableText('What the key is for, for people; null when nobody said.', 'reports', {
  maxLength: LIMITS.apiKeyNameLength,
  pattern: VISIBLE_TEXT,
})

const DaysSchema = Defaulted(
  Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    format: 'int32',
    minimum: 1,
    maximum: LIMITS.keyDays,
    default: null,
    description: 'Days that the key opens the API; null is for ever.',
    examples: [90],
  }),
)

const MasksSchema = Type.Boolean({
  description:
    'Whether people’s numbers are masked, as `+9198••••3210`, in all that the key is answered: see the guide to privacy.',
  examples: [false],
})

export const NewApiKeyBodySchema = Type.Object(
  {
    kind: withDefault(
      StringEnum(KEY_KINDS, { description: 'What the key is for: see `KeyKind`. `secret` unless told.' }),
      'secret',
    ),
    scopes: Type.Optional(
      Type.Unsafe<(typeof KEY_SCOPES)[number][]>({
        type: 'array',
        minItems: 1,
        ...SCOPES,
        description: 'What a secret key may do; everything unless told. Other kinds have no scopes.',
      }),
    ),
    addresses: withDefault(
      Addresses('Of a callback key: from where it may be used, as Exotel signs nothing; null is from anywhere.'),
      null,
    ),
    name: withDefault(NameSchema, null),
    days: DaysSchema,
    maskNumbers: Type.Optional(MasksSchema),
  },
  {
    $id: 'NewApiKeyBody',
    additionalProperties: false,
    description: 'An API key to be made.',
    examples: [{ kind: 'secret', scopes: ['read', 'export'], name: 'reports', days: 90 }],
  },
)
export type NewApiKeyBody = Static<typeof NewApiKeyBodySchema>

export const KeyRotationSchema = Type.Object(
  {
    overlapHours: OverlapHours('Hours for which the old key still opens the API.'),
    days: DaysSchema,
  },
  {
    $id: 'KeyRotation',
    additionalProperties: false,
    description: 'How a key is replaced.',
    examples: [{ overlapHours: DEFAULTS.overlapHours }],
  },
)
export type KeyRotation = Static<typeof KeyRotationSchema>

export const ApiKeyAccountSchema = Type.Object(
  {
    keyId: Text('Names the key among its client’s. It tells nothing of the key.', 'c1f0a2b3d4e5'),
    apiKey: Text('The start of the key, to recognise it by.', 'rk_sec_4fK2...'),
    kind: KeyKindSchema,
    scopes: Type.Unsafe<(typeof KEY_SCOPES)[number][] | null>({
      type: ['array', 'null'],
      ...SCOPES,
      description: 'What a secret key may do; null for the other kinds.',
    }),
    addresses: Addresses('Of a callback key: from where it may be used; null is from anywhere.'),
    name: NullableText('What the key is for, for people; null when nobody said.', 'reports'),
    createdAt: Instant('When it was made.', '2025-10-01T09:00:00Z'),
    lastUsedAt: NullableInstant('When it was used last, to the hour; null when it never was.', '2025-10-12T10:00:00Z'),
    endsAt: NullableInstant('From then on it opens nothing; null is never.', '2025-12-30T09:00:00Z'),
    maskNumbers: Type.Optional(MasksSchema),
  },
  { $id: 'ApiKey', description: 'An API key, without what opens the API.' },
)
export type ApiKeyAccount = Static<typeof ApiKeyAccountSchema>

const keyExample: ApiKeyAccount = {
  keyId: 'c1f0a2b3d4e5',
  apiKey: 'rk_sec_4fK2...',
  kind: 'secret',
  scopes: ['read', 'export'],
  addresses: null,
  name: 'reports',
  createdAt: '2025-10-01T09:00:00Z',
  lastUsedAt: '2025-10-12T10:00:00Z',
  endsAt: '2025-12-30T09:00:00Z',
}
ApiKeyAccountSchema['examples'] = [keyExample]

export const ApiKeyListSchema = Type.Object(
  {
    keys: Type.Array(ApiKeyAccountSchema, {
      maxItems: LIMITS.listedKeys,
      description: `The keys of the client, oldest first, with those that have ended; the newest ${String(LIMITS.listedKeys)}.`,
    }),
  },
  { $id: 'ApiKeyList', description: 'The API keys of a client.', examples: [{ keys: [keyExample] }] },
)

const CallbackUrlsSchema = Type.Optional(
  Type.Unsafe<Record<CallbackEvent, string>>({
    ...Type.Object(
      Object.fromEntries(
        CALLBACK_EVENTS.map((event) => {
          const url = `https://api.example.com${callbackPath(event, 'rk_cb_4fK2dQ8xWm1nB7vTzLs0yHcEa3pR9g')}`
          return [event, Text(`Where Exotel’s ${event} goes.`, url)]
        }),
      ),
    ),
    description:
      'Of a callback key: what to paste into Exotel. They hold the key. Paths alone where the server was not told its `PUBLIC_ORIGIN`.',
  }),
)

export const NewKeySchema = Type.Object(
  {
    keyId: Text('Names the key among its client’s.', 'c1f0a2b3d4e5'),
    apiKey: Text('The API key. It is told this once, and kept nowhere.', 'rk_sec_4fK2dQ8xWm1nB7vTzLs0yHcEa3pR9g'),
    key: ApiKeyAccountSchema,
    callbackUrls: CallbackUrlsSchema,
  },
  {
    $id: 'NewKey',
    description: 'An API key that was just made.',
    examples: [
      {
        keyId: 'c1f0a2b3d4e5',
        apiKey: 'rk_sec_4fK2dQ8xWm1nB7vTzLs0yHcEa3pR9g',
        key: { ...keyExample, lastUsedAt: null },
      },
    ],
  },
)
export type NewKey = Static<typeof NewKeySchema>

/** The path of a key. @param clientId and keyId: examples, of a client that new servers know */
export function KeyParams(clientId: string, keyId: string) {
  return Type.Object({
    clientId: ClientIdParam(clientId),
    keyId: Type.String({
      maxLength: 12,
      pattern: '^[0-9a-f]{12}$',
      description: '`keyId` of the key, as the list of keys has it.',
      examples: [keyId],
    }),
  })
}
