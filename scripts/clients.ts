/**
 * The clients of a store: lists them, creates one and prints its API key, which is kept nowhere, or changes one's time zone.
 * `npm run clients`, `npm run clients -- create --name "Acme" --domains acme.com --exotel-token … --exotel-user …`
 */
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { loadConfig } from '../src/config.js'
import { isTimeZone } from '../src/core/calendar.js'
import { FEATURES, LIMITS, PLANS, type Feature, type Plan } from '../src/core/vocabulary.js'
import { secretsKeyOf } from '../src/secrets-key.js'
import { hashApiKey, hintOfApiKey } from '../src/clients/api-keys.js'
import { sealCredentials } from '../src/clients/credentials.js'
import { everyClient } from '../src/clients/every-client.js'
import { openStorage } from '../src/storage/open.js'
import type { Storage } from '../src/storage/port.js'

const USAGE = `Usage:
  npm run clients                      lists the clients
  npm run clients -- create --name <name> --exotel-token <token> --exotel-user <user>
      [--id <client id>] [--domains <host,host|*>] [--plan ${PLANS.join('|')}] [--limit <calls a month>]
      [--features ${FEATURES.join(',')}] [--timezone <IANA zone>]
      [--retention-months <months to keep before the current one; all unless told>]
  npm run clients -- set-timezone --id <client id> --timezone <IANA zone>`

const OPTIONS = {
  id: { type: 'string' },
  name: { type: 'string' },
  domains: { type: 'string', default: '' },
  plan: { type: 'string', default: 'professional' },
  limit: { type: 'string', default: '5000' },
  features: { type: 'string', default: 'call,mute,hold,dtmf' },
  timezone: { type: 'string' },
  'retention-months': { type: 'string' },
  'exotel-token': { type: 'string' },
  'exotel-user': { type: 'string' },
} as const

try {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true })
  const config = loadConfig(process.env)
  const storage = await openStorage({ url: config.databaseUrl, maxCallAgeMs: config.maxCallAgeMs })
  try {
    if (positionals[0] === 'create') {
      const timezone = values.timezone ?? config.defaultTimezone
      await create(storage, await secretsKeyOf(config), { ...values, timezone })
    } else if (positionals[0] === 'set-timezone') {
      await setTimezone(storage, values.id, values.timezone)
    } else if (positionals.length === 0) {
      await list(storage)
    } else {
      throw new Error(USAGE)
    }
  } finally {
    await storage.close()
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function list(storage: Storage): Promise<void> {
  for await (const client of everyClient(storage)) {
    const { clientId, name, plan, monthlyLimit, timezone, allowedDomains, apiKeyHint } = client
    const hint = apiKeyHint ?? 'no live key'
    console.log([clientId, name, plan, monthlyLimit, timezone, allowedDomains.join(' '), hint].join('\t'))
  }
}

async function setTimezone(
  storage: Storage,
  clientId: string | undefined,
  timezone: string | undefined,
): Promise<void> {
  if (clientId === undefined || timezone === undefined) throw new Error(USAGE)
  if (!isTimeZone(timezone)) refuse('--timezone', 'an IANA time zone such as Asia/Kolkata')
  await storage.changeTimezone(clientId, timezone)
  console.log(`The days of ${clientId} are those of ${timezone} now.`)
}

interface Wishes extends Readonly<Record<'domains' | 'plan' | 'limit' | 'features' | 'timezone', string>> {
  readonly id?: string
  readonly 'retention-months'?: string
  readonly name?: string
  readonly 'exotel-token'?: string
  readonly 'exotel-user'?: string
}

async function create(storage: Storage, secretsKey: Buffer, wishes: Wishes): Promise<void> {
  const { name, 'exotel-token': exotelToken, 'exotel-user': userId, timezone } = wishes
  if (name === undefined || exotelToken === undefined || userId === undefined) throw new Error(USAGE)
  const clientId = wishes.id ?? `client-${randomBytes(6).toString('hex')}`
  const apiKey = `ribbon-${randomBytes(24).toString('base64url')}`
  const isNew = await storage.createClient({
    clientId,
    name,
    plan: oneOf<Plan>('--plan', PLANS, wishes.plan),
    monthlyLimit: wholeNumber('--limit', wishes.limit),
    features: members(wishes.features).map((feature) => oneOf<Feature>('--features', FEATURES, feature)),
    allowedDomains: members(wishes.domains),
    timezone: isTimeZone(timezone) ? timezone : refuse('--timezone', 'an IANA time zone such as Asia/Kolkata'),
    retentionMonths: retentionMonths(wishes['retention-months']),
    sealedExotel: sealCredentials(secretsKey, clientId, { exotelToken, userId }),
    status: 'active',
    apiKeyHash: hashApiKey(apiKey),
    apiKeyHint: hintOfApiKey(apiKey),
    createdAt: Date.now(),
  })
  if (!isNew) throw new Error(`There is a client ${clientId} already.`)
  console.log(`Created ${clientId}. Its API key, shown this once: ${apiKey}`)
}

function refuse(option: string, expected: string): never {
  throw new Error(`${option} must be ${expected}.`)
}

function oneOf<T extends string>(option: string, words: readonly T[], word: string): T {
  return words.find((known) => known === word) ?? refuse(option, `one of ${words.join(', ')}`)
}

function wholeNumber(option: string, text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : refuse(option, 'a whole number')
}

function retentionMonths(text: string | undefined): number | null {
  if (text === undefined) return null
  const months = wholeNumber('--retention-months', text)
  const most = LIMITS.retentionMonths
  return months >= 1 && months <= most ? months : refuse('--retention-months', `from 1 to ${String(most)}`)
}

function members(text: string): string[] {
  return text.split(',').filter((member) => member !== '')
}
