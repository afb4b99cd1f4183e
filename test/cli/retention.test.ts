import { join } from 'node:path'
import t from 'tap'
import { retentionStart } from '../../src/core/retention.js'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ENGINES, newClient, newEvent, scratchFolder, scratchUrl } from '../helpers/storage.js'

t.setTimeout(120_000)

const MINUTE = 60_000
const OLD = Date.parse('2020-01-01T00:00:00Z')

t.test('dropping is watched, paused and resumed from the command line', async (t) => {
  const env = {
    DATABASE_URL: `file:${join(await scratchFolder(t), 'ribbon.db')}`,
    SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  }
  const ribbon = (...args: string[]) => runRibbon(['retention', ...args], env)
  const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
  await storage.createClient(newClient('client-all'))
  t.match(await ribbon('list'), { code: 0, stdout: 'Every client keeps everything.\n' })
  for (const id of ['client-a', 'client-b']) await storage.createClient(newClient(id, { retentionMonths: 6 }))
  await storage.createClient(newClient('client-gone', { retentionMonths: 6 }))
  await storage.updateClient('client-gone', { deletesAt: 9e12 })
  await storage.recordAll(
    Array.from({ length: 10 }, (_, n) =>
      newEvent({ event: 'connected', data: { callSid: `CA${String(n)}` }, occurredAt: OLD + n * 24 * 60 * MINUTE }),
    ),
  )
  const instant = retentionStart('Asia/Kolkata', 6, Date.now())
  t.match((await ribbon('list')).stdout, /^client-a +6 +- +dropping +0 +- +20 +-\nclient-b +6 +- +done +0 +- +0 +-$/m)
  t.equal(await storage.dropBefore('client-a', instant, 4, OLD), 4)
  t.match((await ribbon('list')).stdout, /^client-a +6 +\S+Z +dropping +4 +- +16 +-$/m, 'the first batch tells no pace')
  t.equal(await storage.dropBefore('client-a', instant, 4, OLD + 4000), 4)
  // Eight rows in four seconds, and twelve are left.
  t.match((await ribbon('list')).stdout, /^client-a +6 +\S+Z +dropping +8 +2 +12 +2020-01-01T00:00:10Z$/m)

  t.match(await ribbon('pause'), { code: 0, stdout: 'Paused: client-a, client-b.\n' })
  t.equal(await storage.dropBefore('client-a', instant, 4, OLD + 5000), 0)
  t.match((await ribbon('list')).stdout, /^client-a +6 +\S+Z +paused +8 +2 +12 +-$/m)
  t.match(JSON.parse((await ribbon('list', '--json')).stdout), [
    { clientId: 'client-a', isPaused: true, rowsLeft: 12 },
    {},
  ])
  t.match(await ribbon('pause'), { stdout: 'Paused: no client.\n' })
  t.match(await ribbon('resume', 'client-a'), { code: 0, stdout: 'Resumed: client-a.\n' })
  t.match(await ribbon('resume', 'nobody'), { code: 1 })
  t.match((await runRibbon(['audit-log'], env)).stdout, 'retentionPaused')

  t.equal(await storage.dropBefore('client-a', instant, 4, OLD + 60 * MINUTE), 4)
  t.match(await storage.retentionProgress('client-a', instant), { droppedRows: 4, droppingSince: OLD + 60 * MINUTE })
  while ((await storage.dropBefore('client-a', instant, 100, OLD + 61 * MINUTE)) > 0);
  t.match((await ribbon('list')).stdout, /^client-a +6 +\S+Z +done +12 +- +0 +-$/m)
  t.equal(await storage.retentionProgress('nobody', instant), null)
  await storage.close()
})

for (const engine of ENGINES) {
  t.test(`${engine}: what is left is what tallies say, and a paused client loses nothing`, async (t) => {
    const storage = await openStorage({ url: await scratchUrl(t, engine), maxCallAgeMs: 1 })
    t.teardown(() => storage.close())
    await storage.createClient(newClient('client-a'))
    await storage.record(newEvent({ event: 'connected', data: { callSid: 'CA1' }, occurredAt: OLD }))
    const instant = retentionStart('Asia/Kolkata', 1, OLD + 90 * 24 * 60 * MINUTE)
    await storage.updateClient('client-a', { retentionPaused: true })
    t.equal(await storage.dropBefore('client-a', instant, 10), 0)
    t.match(await storage.retentionProgress('client-a', instant), { isPaused: true, rowsLeft: 2, retainedFrom: null })
    await storage.updateClient('client-a', { retentionPaused: false })
    t.equal(await storage.dropBefore('client-a', instant, 10, OLD), 2)
    t.match(await storage.retentionProgress('client-a', instant), { droppedRows: 2, droppingSince: OLD, rowsLeft: 0 })
  })
}
