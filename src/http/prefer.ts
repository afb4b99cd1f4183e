/** What an answer says that was asked to be strict, and is (RFC 7240, section 3). */
export const STRICT_APPLIED = { 'preference-applied': 'handling=strict' } as const

/** Whether a `Prefer` header asks for `handling=strict` (RFC 7240, 4.4). Of a preference given twice the first counts. */
export function prefersStrict(prefer: string | undefined): boolean {
  if (prefer === undefined) return false
  // Quoted words that hold nothing else lose their quotes, and others all they hold: no comma in them parts anything.
  const plain = prefer.replace(/"(\w*)"/g, '$1').replace(/"[^"]*"/g, '')
  const preferences = plain
    .split(',')
    .map((preference) => String(preference.split(';')[0]).replace(/\s/g, '').toLowerCase())
  return preferences.find((preference) => preference.startsWith('handling=')) === 'handling=strict'
}
