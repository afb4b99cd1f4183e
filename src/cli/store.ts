/** The store of the server that the environment describes, opened for one command. */
import { existsSync } from 'node:fs'
import { type Config, loadConfig } from '../config.js'
import { checkKeys, secretKeys } from '../secret-keys.js'
import type { Actor } from '../services/audit-log.js'
import { BusinessHoursService } from '../services/business-hours.js'
import { ClientAccounts } from '../services/client-accounts.js'
import { KeyAccounts } from '../services/key-accounts.js'
import { PrivacyService } from '../services/privacy.js'
import { WebhookService } from '../services/webhooks.js'
import { type CommandStorage, databasePath, isServer, openForCommand } from '../storage/open.js'
import type { Surroundings } from './surroundings.js'

interface Options {
  /** Whether a client is created: a database that is not there is made, and the keys have to open what is in one that is. */
  readonly mayCreate?: boolean
}

export async function withStore(
  { env, console }: Surroundings,
  work: (storage: CommandStorage, config: Config) => Promise<void>,
  { mayCreate = false }: Options = {},
): Promise<void> {
  const config = loadConfig(env)
  const { databaseUrl: url, maxCallAgeMs } = config
  if (!mayCreate) requireDatabase(url)
  const storage = await openForCommand({ url, maxCallAgeMs, onTrouble: console.error })
  try {
    await work(storage, config)
  } finally {
    await storage.close()
  }
}

export function withAccounts(
  here: Surroundings,
  work: (accounts: { readonly clients: ClientAccounts; readonly keys: KeyAccounts }) => Promise<void>,
  options?: Options,
): Promise<void> {
  return withStore(
    here,
    async (storage, config) => {
      const parts = { storage, clock: Date.now, by: byCommandLine() }
      const { defaultTimezone } = config
      const keys = () => secretKeys(config, storage)
      if (options?.mayCreate === true) await checkKeys(await keys(), storage)
      const clients = new ClientAccounts({ ...parts, secretKeys: keys, defaultTimezone })
      await work({ clients, keys: new KeyAccounts({ ...parts, publicOrigin: config.publicOrigin }) })
    },
    options,
  )
}

export function withBusinessHours(
  here: Surroundings,
  work: (hours: BusinessHoursService, by: Actor) => Promise<void>,
): Promise<void> {
  return withStore(here, (storage) => work(new BusinessHoursService({ storage, clock: Date.now }), byCommandLine()))
}

export function withWebhooks(here: Surroundings, work: (webhooks: WebhookService) => Promise<void>): Promise<void> {
  return withStore(here, (storage, config) => {
    const keys = () => secretKeys(config, storage)
    const parts = { storage, clock: Date.now, secretKeys: keys, allowPrivate: config.webhookAllowPrivate }
    return work(new WebhookService({ ...parts, by: byCommandLine() }))
  })
}

export function withPrivacy(here: Surroundings, work: (privacy: PrivacyService) => Promise<void>): Promise<void> {
  return withStore(here, (storage, config) => {
    const readTime = () => ({ now: Date.now(), maxCallAgeMs: config.maxCallAgeMs })
    const parts = { storage, clock: Date.now, readTime, secretKeys: () => secretKeys(config, storage) }
    return work(new PrivacyService({ ...parts, by: byCommandLine() }))
  })
}

/** Who runs the command, as the system calls them: by number, because containers have users without a name. */
export function byCommandLine(): Actor {
  return { actor: `command line (user ${String(process.getuid?.())})`, requestId: null }
}

/** Whoever mistypes a path, or is in the wrong folder, should not find an empty database there afterwards. */
export function requireDatabase(url: string): void {
  if (isServer(url) || existsSync(databasePath(url))) return
  throw new Error(`There is no database at ${databasePath(url)}: start the server once, or set DATABASE_URL.`)
}
