/** The tokens that open the admin API, as the environment or a file names them. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '../config-error.js'

/** A token, known by its digest alone: digests have one length, which comparison in constant time needs. */
export interface AdminToken {
  /** Who holds it: the audit log names them by it. */
  readonly name: string
  readonly digest: Buffer
}

interface Sources {
  readonly ADMIN_TOKEN?: string
  readonly ADMIN_TOKENS?: string
  readonly ADMIN_TOKENS_FILE?: string
}

/** The name of the token that stands alone. */
const ONLY = 'admin'
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/
/** What can stand behind `Bearer` (RFC 6750, 2.1). */
const BEARER = /^[A-Za-z0-9._~+/-]+=*$/
/** Bits that a token has to have, and different characters: fewer are no accident where the others are random. */
const LEAST_BITS = 128
const LEAST_DIFFERENT = 8
/** The alphabets that tokens are made of, with the bits of a character. */
const ALPHABETS: readonly (readonly [RegExp, number])[] = [
  [/^\d+$/, Math.log2(10)],
  [/^(?:[\da-f]+|[\dA-F]+)$/, 4],
  [/^(?:[\da-z]+|[\dA-Z]+)$/, Math.log2(36)],
  [/^[\dA-Za-z]+$/, Math.log2(62)],
  [/^/, 6],
]
const REMEDY = 'make one with: openssl rand -base64 32'

/**
 * `ADMIN_TOKEN` is one token; `ADMIN_TOKENS` is a list of `name=token`, separated by commas; `ADMIN_TOKENS_FILE` names a file
 * with one `name=token` a line.
 * @throws ConfigError naming the variable and the token's name, never the token
 */
export function readAdminTokens({ ADMIN_TOKEN, ADMIN_TOKENS, ADMIN_TOKENS_FILE }: Sources): AdminToken[] {
  const tokens = [
    ...(ADMIN_TOKEN === undefined ? [] : [strongToken('ADMIN_TOKEN', ONLY, ADMIN_TOKEN)]),
    ...entriesOf('ADMIN_TOKENS', ADMIN_TOKENS?.split(',') ?? []),
    ...entriesOf('ADMIN_TOKENS_FILE', ADMIN_TOKENS_FILE === undefined ? [] : linesOf(ADMIN_TOKENS_FILE)),
  ]
  const [name] = repeated(tokens.map(({ name }) => name))
  if (name !== undefined) throw new ConfigError(`Two admin tokens have the name ${name}: give each its own`)
  if (repeated(tokens.map(({ digest }) => digest.toString('hex'))).length > 0) {
    throw new ConfigError('Two names have the same admin token: give each its own')
  }
  return tokens
}

/** @returns the name of the token that this text is, or null. Takes as long for any text of one length */
export function holderOf(tokens: readonly AdminToken[], text: string): string | null {
  const digest = digestOf(text)
  return tokens.filter((token) => timingSafeEqual(token.digest, digest))[0]?.name ?? null
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
  } catch (error) {
    throw new ConfigError(
      `ADMIN_TOKENS_FILE must be a file that can be read: ${String((error as NodeJS.ErrnoException).code)}`,
    )
  }
}

function entriesOf(variable: string, entries: readonly string[]): AdminToken[] {
  return entries
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry, index) => {
      const [, name = '', token = ''] = /^([^=]*)=(.*)$/.exec(entry) ?? []
      if (!NAME.test(name)) {
        const place = `entry ${String(index + 1)}`
        throw new ConfigError(`${variable} must be a list of name=token: ${place} has no name of letters and digits`)
      }
      return strongToken(variable, name, token)
    })
}

/** A token of at least 128 bits. @throws ConfigError naming the variable, never the token */
export function strongToken(variable: string, name: string, token: string): AdminToken {
  if (!BEARER.test(token)) {
    throw new ConfigError(
      `${variable} must be of letters, digits and . _ ~ + / - alone, and the token ${name} is not; ${REMEDY}`,
    )
  }
  if (bitsOf(token) < LEAST_BITS) {
    throw new ConfigError(
      `${variable} must be strong: the token ${name} has less than ${String(LEAST_BITS)} bits; ${REMEDY}`,
    )
  }
  return { name, digest: digestOf(token) }
}

/** How many bits it has at the most, if its characters are random. */
function bitsOf(token: string): number {
  const characters = token.replace(/=+$/, '')
  if (new Set(characters).size < LEAST_DIFFERENT) return 0
  const [, bits] = ALPHABETS.find(([alphabet]) => alphabet.test(characters)) as (typeof ALPHABETS)[number]
  return characters.length * bits
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}
