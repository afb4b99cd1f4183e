import { createHmac, hash, randomInt } from 'node:crypto'
import type { KeyKind } from '../core/vocabulary/keys.js'
import type { StoredApiKey } from '../storage/port/keys.js'

/**
 * What a key is stored and looked up as: SHA-256, lower-case hex. Enough without salt or stretching because keys are
 * high-entropy secrets, not passwords.
 */
export function hashApiKey(apiKey: string): string {
  return hash('sha256', apiKey)
}

/** Characters of a key that are shown to recognise it by, behind its prefix. */
const HINT_LENGTH = 4

/** What an administrator recognises a key by, as lists show it: `demo-api-k...`, `rk_sec_4fK2...`. Never enough to use it. */
export function hintOfApiKey(apiKey: string): string {
  const prefix = PREFIX.exec(apiKey)?.[0]
  return `${apiKey.slice(0, prefix === undefined ? 10 : prefix.length + HINT_LENGTH)}...`
}

const PREFIXES: Readonly<Record<KeyKind, string>> = {
  publishable: 'rk_pub_',
  secret: 'rk_sec_',
  full: 'rk_full_',
  callback: 'rk_cb_',
}
const PREFIX = new RegExp(`^(?:${Object.values(PREFIXES).join('|')})`)

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 24 of 62 characters are 142 bits; six for the checksum tell a mistyped key from a real one. */
const RANDOM_LENGTH = 24
const CHECKSUM_LENGTH = 6

/**
 * A new key. It is shown once, to who asked for it, and kept nowhere. Its prefix says what it is for, to people and to tools
 * that look for secrets in code; its last characters are a checksum of the others.
 */
export function newApiKey(kind: KeyKind): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
  return keyOf(kind, random)
}

/**
 * The key that a secret makes of a name, the same each time: whoever has the secret needs to keep it nowhere.
 * @param secret 32 bytes. Without it the key tells nothing of keys of other names
 */
export function derivedApiKey(kind: KeyKind, secret: Buffer, name: string): string {
  // Some letters are a little likelier than others: 136 bits are left.
  return keyOf(kind, lettersOf(createHmac('sha256', secret).update(name).digest(), RANDOM_LENGTH))
}

function keyOf(kind: KeyKind, letters: string): string {
  const key = `${PREFIXES[kind]}${letters}`
  return `${key}${checksumOf(key)}`
}

/** Whether this can be a key: one with a prefix of ours and a wrong checksum was mistyped or guessed, and needs no look-up. */
export function canBeApiKey(text: string): boolean {
  if (!PREFIX.test(text)) return true
  return checksumOf(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH)
}

function checksumOf(key: string): string {
  return lettersOf(Buffer.from(hash('sha256', key), 'hex'), CHECKSUM_LENGTH)
}

function lettersOf(digest: Buffer, count: number): string {
  return Array.from(digest.subarray(0, count), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}

/** Whether a key opens anything at an instant, as far as the key itself says. Epoch milliseconds. */
export function isLive({ endsAt }: Pick<StoredApiKey, 'endsAt'>, now: number): boolean {
  return endsAt === null || now < endsAt
}

/** Enough of a hash to tell a client's keys apart, and to name one of them. */
const ID_LENGTH = 12

/** What a key is named by when it is revoked: it tells nothing of the key. */
export function idOfApiKey(keyHash: string): string {
  return keyHash.slice(0, ID_LENGTH)
}
