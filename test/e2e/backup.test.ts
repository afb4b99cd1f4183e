/**
 * A backup that is made while events come, restored elsewhere: it holds all that was acknowledged before it began, and its numbers
 * are those of its events. `BACKUP_ROUNDS=20` is the long form.
 */
import { dirname, join } from 'node:path'
import t from 'tap'
import { OPEN_RANGE } from '../../src/core/range.js'
import { databasePath, openForCommand } from '../../src/storage/open.js'
import type { StoredEvent } from '../../src/storage/port/events.js'
import { Load } from '../helpers/load.js'
import { oracle } from '../helpers/oracle.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { scratchFolder } from '../helpers/storage.js'

const ROUNDS = Number(process.env['BACKUP_ROUNDS'] ?? 1)
const EVENTS_BEFORE = 300
const clientId = 'client-demo'

t.setTimeout(120_000 + ROUNDS * 60_000)

t.test(
  'every event that was acknowledged before a backup began is in it, and its totals are the oracle’s',
  async (t) => {
    for (let round = 1; round <= ROUNDS; round++) {
      const env = await serverEnv(t, 'sqlite')
      const server = new ServerProcess(t, env)
      const origin = await server.ready()
      let begun: (() => void) | undefined
      const enough = new Promise<void>((resolve) => (begun = resolve))
      const load = new Load(origin, `r${String(round)}`, (count) => {
        if (count === EVENTS_BEFORE) begun?.()
      })
      await enough
      const acknowledged = load.acknowledged.map(({ logId }) => logId)
      const file = join(dirname(databasePath(String(env['DATABASE_URL']))), 'backup.db')
      const [backup, beside] = await Promise.all([runRibbon(['backup', file], env), runRibbon(['check'], env)])
      t.match(backup, { code: 0, stdout: /and read all of it again: 3 clients and \d+ events, the newest/, stderr: '' })
      t.match(beside, { code: 0 }, 'a check beside the load finds no difference')
      server.child.kill('SIGKILL')
      await load.finished
      await server.exited

      const elsewhere = { ...env, DATABASE_URL: `file:${join(await scratchFolder(t), 'new', 'ribbon.db')}` }
      t.match(await runRibbon(['restore', file], elsewhere), { code: 0, stderr: '' })
      t.match(await runRibbon(['check'], elsewhere), { code: 0, stderr: '' })

      const storage = await openForCommand({ url: elsewhere.DATABASE_URL, maxCallAgeMs: 4 * 3_600_000 })
      const events: StoredEvent[] = []
      let position: Parameters<typeof storage.listEvents>[0]['position'] = { page: 1 }
      for (;;) {
        const filter = { range: OPEN_RANGE, customerId: null, event: null, direction: null }
        const page = await storage.listEvents({ clientId, ...filter, position, pageSize: 500 })
        events.push(...page.events)
        if (page.next === null) break
        position = { after: page.next }
      }
      const stored = new Set(events.map(({ logId }) => logId))
      t.strictSame(
        acknowledged.filter((logId) => !stored.has(logId)),
        [],
        'nothing that was acknowledged is missing',
      )
      const { calls, seconds, inbound, answered } = (
        await storage.report({ clientId, range: OPEN_RANGE, zone: 'UTC', recent: 1 })
      ).summary
      await storage.close()
      const told = oracle(
        events.map(({ event, data, context, occurredAt }) => ({ event, data, context, occurredAt, source: 'ribbon' })),
        { now: Date.now(), zone: 'UTC' },
      )
      t.match(told, { totalCalls: calls, totalDuration: seconds, inboundCalls: inbound, answeredCalls: answered })
      t.comment(`round ${String(round)}: ${String(acknowledged.length)} before, ${String(events.length)} in the copy`)
    }
  },
)
