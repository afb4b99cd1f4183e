/** API keys and agent sessions: what they open. */

/**
 * What API keys are for. A `publishable` key stands in pages, where everybody can read it: it opens what a ribbon needs. A
 * `secret` key is a server's, and opens what its scopes say. A `full` key opens everything but callbacks. A `callback` key
 * stands in the addresses to which Exotel sends its reports, and opens those alone.
 */
export const KEY_KINDS = ['publishable', 'secret', 'full', 'callback'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/** What a secret key may do: read calls, customers and reports; log events and save customers; export; save agents, hand out agent sessions, set business hours and keep webhooks. */
export const KEY_SCOPES = ['read', 'write', 'export', 'manage'] as const
export type KeyScope = (typeof KEY_SCOPES)[number]

/** What pages may do, and an agent's session may be limited to. */
export const PAGE_PERMISSIONS = ['init', 'config', 'log-call'] as const
export type PagePermission = (typeof PAGE_PERMISSIONS)[number]
