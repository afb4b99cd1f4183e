import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const VERSION = 'v1.'

/** What a softphone signs in to Exotel with. */
export interface ExotelCredentials {
  readonly exotelToken: string
  readonly userId: string
}

/**
 * Seals credentials for one client with AES-256-GCM under a fresh nonce. The client's id is authenticated with them,
 * so that a sealed text copied to another client's row does not open.
 */
export function sealCredentials(key: Buffer, clientId: string, credentials: ExotelCredentials): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(clientId))
  const sealed = Buffer.concat([cipher.update(JSON.stringify(credentials), 'utf8'), cipher.final()])
  return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** @throws Error when the text was sealed with another key, for another client, or was altered */
export function openCredentials(key: Buffer, clientId: string, sealedText: string): ExotelCredentials {
  const bytes = Buffer.from(sealedText.slice(VERSION.length), 'base64url')
  const tagEnd = NONCE_BYTES + TAG_BYTES
  try {
    const nonce = bytes.subarray(0, NONCE_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(clientId)).setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd))
    const text = Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString('utf8')
    return JSON.parse(text) as ExotelCredentials
  } catch (cause) {
    throw new Error(`The Exotel credentials of ${clientId} do not open with this SECRETS_KEY`, { cause })
  }
}

/**
 * The sealing key kept in a directory, made there when there is none yet: readable by its owner alone, on disk before
 * anything is sealed with it. Several processes that start together end up with the same key.
 * @throws Error when the file holds something else than a key
 */
export async function keptSecretsKey(databaseFile: string): Promise<Buffer> {
  const path = join(dirname(databaseFile), 'secrets.key')
  const text = await readFile(path, 'utf8').catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    await mkdir(dirname(path), { recursive: true })
    await createKeyFile(path)
    return readFile(path, 'utf8')
  })
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`${path} does not hold a key of ${String(KEY_BYTES)} bytes in base64`)
  return key
}

/**
 * Writes a key beside its place and links it there, so that no other process can read half of one. A link that fails
 * because another process was first is what it is for; one that fails otherwise shows when the key is read.
 */
async function createKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('base64')}\n`)
    await file.sync()
    await link(draft, path).catch(() => undefined)
  } finally {
    await file.close()
    await unlink(draft)
  }
}
