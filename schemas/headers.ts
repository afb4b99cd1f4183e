/** Headers beside the bodies: those that an operation takes, and those that its answers carry. */
import { Type, type TSchema } from '@sinclair/typebox'
import { LIMITS } from '../src/core/limits.js'
import { Count, InstantSchema, RetainedFromSchema, Text } from './common.js'

export const DATA_AS_OF_HEADER = 'Data-As-Of'
/** A header, because CSV has no place for it but among the calls. */
export const RETAINED_FROM_HEADER = 'Retained-From'
/** A header for the same reason. */
export const OMITTED_GROUPS_HEADER = 'Omitted-Groups'

/** Every header of an answer that a caller may want to read. Pages of allowed origins may read these and no others. */
export const RESPONSE_HEADERS: Readonly<Record<string, TSchema>> = {
  'Accept-Ranges': Text('`bytes`: parts of it can be asked for, with `Range`.', 'bytes'),
  Allow: Text('The methods that the path has. With a 405.', 'GET, HEAD, OPTIONS'),
  'Content-Disposition': Text(
    'Name of the file.',
    'attachment; filename="call-logs-client-demo-2025-10-01-2025-10-12.csv"',
  ),
  'Content-Range': Text(
    'Which bytes these are, of how many; with a 416, of how many there is no such part.',
    'bytes 0-65535/1048576',
  ),
  [DATA_AS_OF_HEADER]: {
    ...InstantSchema,
    description:
      'While the server cannot write, a full disk for one: answers are of what was committed before this instant (UTC).',
  },
  ETag: Text('Validator of this report: send it as `If-None-Match` to hear whether it has changed.', '"Zk1r8Ck3xQ"'),
  Link: Text('With `rel="next"`: where the next part of the list is. Absent after the last.', '</api/…>; rel="next"'),
  Location: Text('Path of what was created.', '/api/admin/clients/acme'),
  [OMITTED_GROUPS_HEADER]: Count('Groups beyond `limit`, which are not in the file. Absent where there are none.', 12),
  'Preference-Applied': Text('The preference that was followed, as `Prefer` named it.', 'handling=strict'),
  RateLimit: Text(
    'What is left of the limit that ends first: `r` requests, for `t` seconds. Absent where requests are not counted.',
    '"ingest";r=5999;t=42',
  ),
  'RateLimit-Policy': Text('That limit: `q` requests in `w` seconds.', '"ingest";q=6000;w=60'),
  [RETAINED_FROM_HEADER]: RetainedFromSchema,
  'Retry-After': Count('Seconds after which to try again.', 1),
  'WWW-Authenticate': Text('How to authenticate. With a 401.', 'ApiKey header="X-API-Key"'),
  'X-Request-Id': Text(
    'Id of the request, as in the server’s log: the caller’s own `X-Request-Id` where it is made of up to 64 letters, digits and `_.:-`.',
    '0b9f3c52-7e0c-4c3f-9d53-0f5b8a1c2d3e',
  ),
}

/** The schema of an answer that carries these headers beside those of every answer. */
export function withHeaders<T extends TSchema>(schema: T, ...names: readonly string[]): T {
  return { ...schema, headers: Object.fromEntries(names.map((name) => [name, {}])) }
}

export const ConditionalHeadersSchema = Type.Object({
  'if-none-match': Type.Optional(
    Text('`ETag` of the report at hand: a 304 says that it has not changed.', '"Zk1r8Ck3xQ"', {
      maxLength: LIMITS.textLength,
    }),
  ),
})
