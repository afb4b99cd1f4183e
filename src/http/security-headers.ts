/**
 * What every answer of the API tells browsers: it is data, never a page, it is what its type says, and links from it say
 * nothing of where they were. Pages of any origin may use it: which ones may read it is a matter of CORS and of the key.
 */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
} as const

/** For a year, no plain HTTP any more. Said over TLS alone, as RFC 6797 (7.2) asks. */
export const TLS_HEADERS = { 'strict-transport-security': 'max-age=31536000' } as const
