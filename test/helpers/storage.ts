import { DEFAULT_REGION, DEFAULTS } from '../../src/core/defaults.js'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { openStorage } from '../../src/storage/open.js'
import type { ClientListing, NewClient } from '../../src/storage/port/clients.js'
import type { NewEvent } from '../../src/storage/port/events.js'
import type { Storage } from '../../src/storage/port/storage.js'
import { scratchDatabase } from './postgres.js'

/** Whatever a test says of storage, it says of both. */
export const ENGINES = ['sqlite', 'postgres'] as const
export type EngineName = (typeof ENGINES)[number]

/** The engine of tests that do not choose: the HTTP tests run on both, one run after the other. */
export const DEFAULT_ENGINE: EngineName = process.env['TEST_ENGINE'] === 'postgres' ? 'postgres' : 'sqlite'

/** A folder of the test's own, gone when it ends. */
export async function scratchFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ribbon-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** URL of an empty database of the test's own. */
export async function scratchUrl(t: Test, engine: EngineName): Promise<string> {
  return engine === 'postgres' ? scratchDatabase(t) : `file:${join(await scratchFolder(t), 'ribbon.db')}`
}

/** What `MAX_CALL_AGE` is unless it is set. */
const MAX_CALL_AGE_MS = 4 * 3_600_000

/** An empty store on a database of the test's own, closed and gone when the test ends. */
export async function scratchStorage(
  t: Test,
  maxCallAgeMs = MAX_CALL_AGE_MS,
  engine: EngineName = DEFAULT_ENGINE,
): Promise<Storage> {
  const storage = await openStorage({ url: await scratchUrl(t, engine), maxCallAgeMs })
  t.teardown(() => storage.close())
  return storage
}

export function newClient(clientId: string, members: Partial<NewClient> = {}): NewClient {
  return {
    clientId,
    name: `Client ${clientId}`,
    plan: 'trial',
    monthlyLimit: 100,
    features: ['call', 'mute'],
    allowedDomains: ['*'],
    timezone: 'Asia/Kolkata',
    retentionMonths: null,
    requireAgentSessions: false,
    sealedExotel: 'sealed',
    sealedExotelApi: null,
    status: 'active',
    apiKeyHash: `hash of ${clientId}`,
    apiKeyHint: clientId,
    createdAt: 1,
    ...members,
  }
}

/** A client as lists have it. */
export function listedClient(clientId: string, members: Partial<ClientListing> = {}): ClientListing {
  return {
    ...newClient(clientId),
    region: DEFAULT_REGION,
    missedCallWindowHours: DEFAULTS.missedCallWindowHours,
    missedCallWindowIn: DEFAULTS.missedCallWindowIn,
    retentionPaused: false,
    deletesAt: null,
    ...members,
  }
}

/** An event of `client-a` whose identity is all in its content. */
export function newEvent(members: Partial<NewEvent> & Pick<NewEvent, 'event' | 'data' | 'occurredAt'>): NewEvent {
  return {
    clientId: 'client-a',
    receivedAt: members.occurredAt,
    source: 'ribbon',
    timestamp: new Date(members.occurredAt).toISOString(),
    context: {},
    idempotencyKey: null,
    ...members,
  }
}

/** The same store with one method replaced: to make it fail, wait or be counted. */
export function replacing<Name extends keyof Storage>(
  method: Name,
  replacement: Storage[Name],
): (real: Storage) => Storage {
  return (real) =>
    new Proxy(real, {
      get: (target, name) => {
        if (name === method) return replacement
        return (target[name as keyof Storage] as (...args: unknown[]) => unknown).bind(target)
      },
    })
}
