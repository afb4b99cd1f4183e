import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { newClient, newEvent, scratchFolder } from '../helpers/storage.js'

t.setTimeout(120_000)

t.test(
  'a check says in words what does not follow from the events, and repairs it with an entry in the audit log',
  async (t) => {
    const path = join(await scratchFolder(t), 'ribbon.db')
    const env = { DATABASE_URL: `file:${path}` }
    const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
    for (const id of ['client-a', 'client-b']) await storage.createClient(newClient(id))
    await storage.createClient(newClient('client-gone'))
    await storage.updateClient('client-gone', { deletesAt: 9e12 })
    await storage.recordAll(
      Array.from({ length: 7 }, (_, n) =>
        newEvent({ event: 'connected', data: { callSid: `CA${String(n)}` }, occurredAt: 1e12 + n }),
      ),
    )
    await storage.close()
    const check = (...args: string[]) => runRibbon(['check', ...args], env)
    t.match(await check(), {
      code: 0,
      stdout: /^client-a: all follows from its events \(\d+ rows compared\)\.\nclient-b: all follows .*\n$/,
      stderr: '',
    })
    t.match(await check('--client', 'nobody'), { code: 1, stderr: 'There is no client nobody.\n' })

    const database = new SQLite(path)
    t.teardown(() => database.close())
    database.exec(`update calls set status = 1; update days set calls = 9`)
    const found = await check('--client', 'client-a')
    t.match(found, { code: 1, stderr: 'Differences were found: ribbon check --repair puts them right.\n' })
    t.match(found.stdout, 'client-a: 7 calls that are not what their events say: CA0, CA1, CA2, CA3, CA4, …\n')
    t.match(found.stdout, 'client-a: 1 days whose tallies are not those of their calls: 2001-09-09\n')
    t.match(JSON.parse((await check('--json')).stdout), {
      repaired: [],
      found: [{ clientId: 'client-a', part: 'calls', count: 7 }, {}, {}],
    })

    const repaired = await check('--repair')
    t.match(repaired, { code: 0, stderr: /^Servers that run may remember reports from before/ })
    t.match(repaired.stdout, 'Repaired: client-a: 7 calls that are not what their events say: CA0')
    t.match((await runRibbon(['audit-log'], env)).stdout, /store\.repaired +client-a/)
    t.match(await check(), { code: 0 })

    database.exec(`update days set calls = 9;
    create trigger again after update on days begin update days set calls = calls + 1 where client = new.client; end`)
    t.match(await check('--repair'), { code: 1, stderr: /Not all of it could be put right\.\n$/ })
  },
)
