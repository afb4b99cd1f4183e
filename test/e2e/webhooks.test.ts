/** Over `kill -9` of the server that sends, a receiver that fails and breaks off gets every message, in order, as its own process sees them. */
import { randomInt } from 'node:crypto'
import t from 'tap'
import { DEMO_KEY } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { Load } from '../helpers/load.js'
import { ServerProcess, serverEnv } from '../helpers/server-process.js'
import { ENGINES } from '../helpers/storage.js'
import { WebhookReceiver } from '../helpers/webhook-receiver.js'

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 1)
const EVENTS_A_ROUND = 400

t.setTimeout(240_000 + ROUNDS * 60_000)

interface Webhook {
  readonly behind: number
  readonly pending: number
  readonly parked: number
}

for (const engine of ENGINES) {
  t.test(
    `${engine}: kill -9 in mid-delivery loses no message, and puts none of a call before an earlier one`,
    async (t) => {
      const env = { ...(await serverEnv(t, engine)), WEBHOOK_ALLOW_PRIVATE: 'on' }
      const receiver = await WebhookReceiver.start(t)
      let server = new ServerProcess(t, env)
      let origin = await server.ready()
      const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
        const headers = { 'x-api-key': DEMO_KEY, ...(body && { 'content-type': 'application/json' }) }
        const answer = await fetch(`${origin}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
        if (!answer.ok) throw new Error(await answer.text())
        return (await answer.json()) as T
      }
      const made = await call<{ webhook: { endpointId: string }; secret: string }>('POST', '/api/ribbon/webhooks', {
        url: receiver.url,
        eventTypes: ['call.started', 'call.answered', 'call.updated', 'call.ended', 'call.missed'],
      })
      receiver.secret = made.secret
      // What fails is sent again some five seconds later.
      const bad = [500, 'drop', 'redirect'] as const
      let requests = 0
      receiver.treat = () => ((requests += 1) % 100 === 0 ? (bad[(requests / 100) % bad.length] ?? 500) : 200)
      await call('POST', '/api/ribbon/log-call', { event: 'dialing', data: { callSid: 'first' } })
      await eventually(20_000, 'the first message', () => receiver.received.length > 0)
      for (let round = 1; round <= ROUNDS; round++) {
        const moment = randomInt(EVENTS_A_ROUND / 2, EVENTS_A_ROUND)
        const killed = server
        const load = new Load(origin, `r${String(round)}`, (count) => {
          if (count === moment) killed.child.kill('SIGKILL')
        })
        await load.finished
        await killed.exited
        t.ok(receiver.received.length > 1, `${String(receiver.received.length)} messages had come`)
        server = new ServerProcess(t, env)
        origin = await server.ready()
      }
      const webhook = () => call<Webhook>('GET', `/api/ribbon/webhooks/${made.webhook.endpointId}`)
      await eventually(120_000, 'delivering everything', async () => {
        const { behind, pending } = await webhook()
        return behind === 0 && pending === 0
      })
      t.equal((await webhook()).parked, 0)
      // What all events changed, told by the server from the beginning.
      await call('POST', `/api/ribbon/webhooks/${made.webhook.endpointId}/redeliver`, { from: '2000-01-01T00:00:00Z' })
      const before = new Set(receiver.accepted.map(({ id }) => id))
      await eventually(120_000, 'delivering it all again', async () => (await webhook()).pending === 0)
      const all = new Set(receiver.accepted.map(({ id }) => id))
      t.ok(all.size > EVENTS_A_ROUND / 4)
      t.equal(before.size, all.size, `all of ${String(all.size)} messages had come before they were asked for again`)
      const first = new Set(before)
      t.strictSame(
        [...all].filter((id) => !first.has(id)),
        [],
      )
      t.strictSame(receiver.outOfOrder, [])
      t.strictSame(receiver.faults, [], 'all are signed, and one a call is under way')
      server.child.kill('SIGTERM')
      t.strictSame(await server.exited, { code: 0, signal: null }, 'and it ends in good order')
      t.notMatch(server.stdout, /whsec_|receivers-own/)
    },
  )
}
