import t from 'tap'
import { openStorage } from '../../src/storage/open.js'
import { runRibbon } from '../helpers/ribbon.js'
import { ENGINES, newClient, newEvent, scratchUrl } from '../helpers/storage.js'
import { isSigned, WebhookReceiver } from '../helpers/webhook-receiver.js'

t.setTimeout(400_000)

const FROM = '2025-10-12T00:00:00Z'
const AT = Date.parse('2025-10-12T10:00:00Z')

for (const engine of ENGINES) {
  t.test(`the command line does with webhooks what the API does: ${engine}`, async (t) => {
    const env = {
      DATABASE_URL: await scratchUrl(t, engine),
      SECRETS_KEY: Buffer.alloc(32).toString('base64'),
      WEBHOOK_ALLOW_PRIVATE: 'on',
    }
    const storage = await openStorage({ url: env.DATABASE_URL, maxCallAgeMs: 1 })
    t.teardown(() => storage.close())
    await storage.createClient(newClient('client-a'))
    await storage.record(newEvent({ event: 'dialing', data: { callSid: 'CA1' }, occurredAt: AT }))
    const receiver = await WebhookReceiver.start(t)
    const ribbon = (...args: string[]) => runRibbon(['webhooks', ...args], env)

    t.match(await ribbon('list', 'client-a'), { code: 0, stdout: 'client-a has no webhooks.\n' })
    const created = await ribbon('create', 'client-a', '--url', receiver.url)
    t.match(created, {
      code: 0,
      stdout: /^Created the webhook we_[0-9a-f]{16} of client-a\. Its secret, shown this once: whsec_\S+\n$/,
    })
    const [, id = '', secret = ''] = /webhook (we_\w+) .* (whsec_\S+)/.exec(created.stdout) ?? []
    t.match((await ribbon('deliveries', 'client-a', id)).stdout, 'Nothing was sent yet.\n')
    t.match(await ribbon('test', 'client-a', id), { code: 0, stdout: /delivered +true/ })
    const [message] = receiver.received
    t.ok(message !== undefined && isSigned(message, secret))
    receiver.treat = () => 500
    t.match(await ribbon('test', 'client-a', id, '--json'), { code: 1, stderr: 'It was not delivered.\n' })
    t.match(await ribbon('deliveries', 'client-a', id, '--limit', '1'), {
      code: 0,
      stdout: /^AT .*\n\S+ +webhook\.test +msg_\w+ +1 +500 +\d+ +it answered 500\n$/,
    })

    t.match(await ribbon('pause', 'client-a', id), { code: 0, stdout: `Paused the webhook ${id} of client-a.\n` })
    t.match((await ribbon('list', 'client-a')).stdout, / paused /)
    t.match(await ribbon('resume', 'client-a', id), { code: 0, stdout: `Resumed the webhook ${id} of client-a.\n` })
    t.match(await ribbon('rotate-secret', 'client-a', id, '--hours', '0'), {
      code: 0,
      stdout: /has a new secret.*whsec_/,
    })
    const rotated = await ribbon('rotate-secret', 'client-a', id, '--json')
    t.match(JSON.parse(rotated.stdout), { secret: /^whsec_/, webhook: { endpointId: id } })
    const range = ['--from', FROM, '--to', '2025-10-13T00:00:00Z']
    t.match(await ribbon('redeliver', 'client-a', id, ...range), { code: 0, stdout: 'messages  1\n' })
    t.match(await ribbon('redeliver', 'client-a', id, '--from', 'x', '--to', 'y'), {
      code: 1,
      stderr: /^--to "y" is "y", which is no ISO 8601 date/,
    })
    t.match(await ribbon('create', 'client-a', '--url', 'x', '--event-types', 'call.ended, call.missed'), {
      code: 1,
      stderr: /^--url "x" must be a URL/,
    })
    t.match(await ribbon('create', 'client-a', '--url', receiver.url, '--event-types', 'x'), {
      code: 1,
      stderr: /^--event-types "x" must be call\.started, /,
    })
    const list = JSON.parse((await ribbon('list', 'client-a', '--json')).stdout) as object[]
    t.match(list, [{ endpointId: id, pending: 1 }])
    t.match(await ribbon('delete', 'client-a', id), { code: 0, stdout: `Deleted the webhook ${id} of client-a.\n` })
    t.match(await ribbon('test', 'client-a', id), { code: 1, stderr: `client-a has no webhook ${id}.\n` })
    const log = (await runRibbon(['audit-log'], env)).stdout
    for (const what of ['created', 'updated', 'secret-rotated', 'redelivered', 'deleted'])
      t.match(log, `webhook.${what}`)
    t.notMatch(log, /whsec_|receivers-own/)
  })
}
