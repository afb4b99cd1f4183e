/** What administrators did. */
import { Type, type Static } from '@sinclair/typebox'
import { DEFAULTS } from '../src/core/defaults.js'
import { LIMITS } from '../src/core/limits.js'
import { AUDIT_ACTIONS } from '../src/core/vocabulary/audit-log.js'
import {
  EXACT_TEXT,
  Instant,
  NullableCount,
  NullableText,
  OpenObject,
  Query,
  QueryInteger,
  StringEnum,
  Text,
} from './common.js'

export const AuditLogQuerySchema = Query({
  clientId: Type.Optional(
    Type.String({
      maxLength: LIMITS.clientIdLength,
      pattern: EXACT_TEXT,
      description: 'Only what was done about this client. Absent: about any.',
      examples: ['client-001'],
    }),
  ),
  before: Type.Optional(
    Type.Integer({
      format: 'int64',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      description: '`nextBefore` of the page before. Absent: from the newest on.',
      examples: [1001],
    }),
  ),
  limit: QueryInteger(`How many entries to list, ${String(LIMITS.auditEntries)} at most.`, {
    maximum: LIMITS.auditEntries,
    default: DEFAULTS.auditEntries,
    examples: [DEFAULTS.auditEntries],
  }),
})
export type AuditLogQuery = Static<typeof AuditLogQuerySchema>

const AuditEntrySchema = Type.Object(
  {
    id: Type.Integer({
      format: 'int64',
      minimum: 1,
      description: 'Ascends with the order of the actions, without gaps: an entry that is missing would show.',
      examples: [1],
    }),
    at: Instant('When it was done.', '2025-10-12T10:30:00Z'),
    actor: Text(
      'Who did it: the name of an admin token, `command line (…)` with the user of the machine, `server`, or `API key …` with the name or the start of the key.',
      'admin',
    ),
    action: StringEnum(AUDIT_ACTIONS, {
      $id: 'AuditAction',
      description: 'What was done. More may be added.',
      examples: ['client.updated'],
    }),
    clientId: NullableText('The client that it was about; null is all of them.', 'client-001'),
    details: OpenObject('What was set, and how. No secret is ever among it.', [{ limit: 10_000 }]),
    requestId: NullableText('`X-Request-Id` of the request; null when there was none.', '0b9f3c52-7e0c-4c3f-9d53'),
  },
  { $id: 'AuditEntry', description: 'Something that an administrator did, or a recording that somebody listened to.' },
)

export const AuditLogSchema = Type.Object(
  {
    entries: Type.Array(AuditEntrySchema, { maxItems: LIMITS.auditEntries, description: 'Newest first.' }),
    nextBefore: NullableCount('`before` of the next page; null after the oldest entry.', 951),
  },
  {
    $id: 'AuditLog',
    description: 'A page of the audit log.',
    examples: [
      {
        entries: [
          {
            id: 1000,
            at: '2025-10-12T10:30:00Z',
            actor: 'admin',
            action: 'client.updated',
            clientId: 'client-001',
            details: { limit: 10_000 },
            requestId: '0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e',
          },
        ],
        nextBefore: 951,
      },
    ],
  },
)
export type AuditLogPage = Static<typeof AuditLogSchema>
