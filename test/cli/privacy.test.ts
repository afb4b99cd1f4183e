import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ENGINES, newClient, newEvent, scratchFolder, scratchUrl } from '../helpers/storage.js'

const NUMBER = '+919812345678'

for (const engine of ENGINES) {
  t.test(`one command tells what is held on a person, and one erases it: ${engine}`, async (t) => {
    const env = { DATABASE_URL: await scratchUrl(t, engine), SECRETS_KEY: Buffer.alloc(32).toString('base64') }
    const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
    t.teardown(() => storage.close())
    await storage.createClient(newClient('acme'))
    const data = { callSid: 'CA1', phoneNumber: NUMBER, customerData: { customerId: 'ZEB-1', name: 'Zebediah' } }
    await storage.record(newEvent({ clientId: 'acme', event: 'incoming', data, occurredAt: 1_760_265_000_000 }))

    const shown = await runRibbon(['privacy', 'export', 'acme', '--number', '098123 45678'], env)
    t.match(JSON.parse(shown.stdout), { calls: [{ call: { phoneNumber: NUMBER }, events: [{ data }] }] })
    const out = join(await scratchFolder(t), 'person.json')
    const written = await runRibbon(['privacy', 'export', 'acme', '--customer', 'ZEB-1', '--out', out], env)
    t.match(written, { code: 0, stdout: `Wrote ${out}.\n` })
    t.match(JSON.parse(await readFile(out, 'utf8')), { customers: [{ customerId: 'ZEB-1', profile: null }] })
    t.equal((await stat(out)).mode & 0o077, 0)
    t.match(await runRibbon(['privacy', 'export', 'acme', '--customer', 'ZEB-1', '--out', out], env), { code: 1 })

    const erased = await runRibbon(['privacy', 'erase', 'acme', '--number', NUMBER, '--reason', 'request 4711'], env)
    t.match(erased, {
      code: 0,
      stdout: /^Erased 1 customers, 1 calls, 1 events\. The audit log has it as person \w{32}\./,
    })
    t.equal(/log of the running server/.test(erased.stdout), engine === 'sqlite')
    t.match(erased.stdout, /until ribbon privacy rewrite is run\.\n$/, 'and what to do about copies in files')
    const again = await runRibbon(['privacy', 'erase', 'acme', '--customer', 'ZEB-1', '--json'], env)
    t.match(JSON.parse(again.stdout), { calls: 0, events: 0, customers: 0 })
    t.match(await runRibbon(['privacy', 'erase', 'acme'], env), { code: 1, stderr: /either phoneNumber or customerId/ })
    t.match(await runRibbon(['privacy', 'rewrite'], env), { code: 0, stdout: 'Wrote the database anew.\n' })
  })
}
