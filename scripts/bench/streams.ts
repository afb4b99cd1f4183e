/** Changes of calls as they are told to many streams: when they come, whether all do, and what that costs those who post. */
import { request, type IncomingMessage } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { sealCredentials } from '../../src/clients/credentials.js'
import { KeyRing } from '../../src/clients/key-ring.js'
import { DEFAULT_TIMEZONE } from '../../src/core/defaults.js'
import { hashApiKey, hintOfApiKey, newApiKey } from '../../src/clients/api-keys.js'
import { openStorage } from '../../src/storage/open.js'
import { figuresOf, percentile, type Figure } from './figures.js'
import { BUILT_SERVER, startServer } from './processes.js'
import { logCall } from './requests.js'
import type { Workspace } from './workspace.js'

const CLIENTS = 50
const STREAMS_PER_CLIENT = 10
const EVENTS_PER_SECOND = 200
/** Times that one stream of a client is cut off at a random moment. */
const CUTS = 200
const SETTLE_MS = 3000
/** Servers that were just started compile what they run. */
const WARM_UP_SECONDS = 4
const LONGEST_PIECE_MS = 250
/** A server that is behind refuses new readers for a while. */
const BUSY_MS = 100
const EVENTS = ['dialing', 'connected', 'callEnded'] as const
const DAY_MS = 24 * 3_600_000

/** As `startServer` gives it to servers. */
const SERVER_KEYS = new KeyRing([Buffer.alloc(32, 1)])

const figure = figuresOf('streams')

/** What a stream has told: the ids of changes, in order. */
interface Listener {
  readonly ids: number[]
  close(): void
}

/** When each of a client's events was acknowledged, by its place among them. */
interface Poster {
  readonly key: string
  readonly acknowledgedAt: Map<number, number>
  sent: number
}

export async function measureStreams(workspace: Workspace): Promise<Figure[]> {
  const { postgres, rounds, roundSeconds } = workspace.options
  const url = await workspace.database('streams', false)
  const posters = await createClients(url)
  const count = postgres === null ? 1 : 2
  const servers = await Promise.all(
    Array.from({ length: count }, () => startServer(workspace, BUILT_SERVER, { DATABASE_URL: url })),
  )
  const ports = servers.map(({ port }) => port)
  const portOf = (n: number) => ports[n % ports.length] as number

  workspace.say(`streams: ${String(CLIENTS * STREAMS_PER_CLIENT)} streams`)
  const latencies: number[] = []
  const listeners = await Promise.all(
    posters.flatMap((poster) =>
      Array.from({ length: STREAMS_PER_CLIENT }, (_, n) =>
        listen(portOf(n), poster.key, null, (id) => {
          // Of one that comes before its acknowledgement does, nobody has waited.
          latencies.push(performance.now() - (poster.acknowledgedAt.get(id) ?? performance.now()))
        }),
      ),
    ),
  )
  const [first] = posters as [Poster]
  const cutting = cutOff(ports, first.key)
  await post(posters, portOf, WARM_UP_SECONDS)
  latencies.length = 0
  const before = posters.reduce((sum, poster) => sum + poster.sent, 0)
  const postMs = await post(posters, portOf, rounds * roundSeconds)
  await wait(SETTLE_MS)
  const pieces = await cutting.finish()
  for (const listener of listeners) listener.close()
  await Promise.all(servers.map((server) => server.stop()))

  const wrong = listeners.filter(({ ids }, n) => {
    const { sent } = posters[Math.floor(n / STREAMS_PER_CLIENT)] as Poster
    return ids.length !== sent || ids.some((id, i) => id !== i + 1)
  })
  const sent = posters.reduce((sum, poster) => sum + poster.sent, 0) - before
  return [
    figure('processes', count, ''),
    figure('events posted', sent / (rounds * roundSeconds), '/s'),
    figure('messages told', latencies.length / (rounds * roundSeconds), '/s'),
    figure('streams that missed, repeated or mixed up a change', wrong.length, '', { atMost: 0 }),
    figure('from acknowledgement to message: p50', percentile(latencies, 50), 'ms'),
    figure('from acknowledgement to message: p99', percentile(latencies, 99), 'ms', { below: 500 }),
    figure('log-call beside it: p50', percentile(postMs, 50), 'ms'),
    figure('log-call beside it: p99', percentile(postMs, 99), 'ms', { below: 50 }),
    figure('cuts of one stream', pieces.cuts, '', { atLeast: CUTS }),
    figure('changes it missed or repeated', difference(pieces.ids, listeners[0]?.ids ?? []), '', { atMost: 0 }),
  ]
}

function difference(ids: readonly number[], whole: readonly number[]): number {
  const missed = whole.filter((id) => !ids.includes(id)).length
  return missed + (ids.length - new Set(ids).size)
}

async function createClients(url: string): Promise<Poster[]> {
  const storage = await openStorage({ url, maxCallAgeMs: DAY_MS })
  try {
    const posters: Poster[] = []
    for (let n = 0; n < CLIENTS; n += 1) {
      const key = newApiKey('full')
      const clientId = `streamed-${String(n)}`
      await storage.createClient({
        clientId,
        name: clientId,
        plan: 'enterprise',
        monthlyLimit: 1_000_000,
        features: ['call'],
        allowedDomains: ['*'],
        timezone: DEFAULT_TIMEZONE,
        retentionMonths: null,
        requireAgentSessions: false,
        sealedExotel: await sealCredentials(SERVER_KEYS, clientId, { exotelToken: 'token', userId: 'user' }),
        sealedExotelApi: null,
        status: 'active',
        apiKeyHash: hashApiKey(key),
        apiKeyHint: hintOfApiKey(key),
        createdAt: Date.now(),
      })
      posters.push({ key, acknowledgedAt: new Map(), sent: 0 })
    }
    return posters
  } finally {
    await storage.close()
  }
}

/** Posts events of all clients in turn, at a steady rate. @returns how long each took, in milliseconds */
async function post(posters: readonly Poster[], portOf: (n: number) => number, seconds: number): Promise<number[]> {
  const latencies: number[] = []
  const posting: Promise<void>[] = []
  const startedAt = performance.now()
  for (let n = 0; n < EVENTS_PER_SECOND * seconds; n += 1) {
    const due = startedAt + (n * 1000) / EVENTS_PER_SECOND
    if (due > performance.now()) await wait(due - performance.now())
    const poster = posters[n % posters.length] as Poster
    poster.sent += 1
    const place = poster.sent
    const event = EVENTS[(place - 1) % EVENTS.length] as string
    const data = { callSid: `CA${String(Math.floor((place - 1) / EVENTS.length))}`, callDirection: 'outbound' }
    posting.push(
      logCall(portOf(n), event, data, Date.now(), poster.key).then((ms) => {
        poster.acknowledgedAt.set(place, performance.now())
        latencies.push(ms)
      }),
    )
  }
  await Promise.all(posting)
  return latencies
}

/** Opens a stream, and resolves once it is told what happens. */
async function listen(
  port: number,
  key: string,
  after: number | null,
  onChange: (id: number) => void,
): Promise<Listener> {
  const headers = { 'x-api-key': key, ...(after !== null && { 'last-event-id': String(after) }) }
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ agent: false, host: '127.0.0.1', port, path: '/api/ribbon/stream', headers }, resolve)
      .on('error', reject)
      .end()
  })
  if (response.statusCode === 503) {
    response.resume()
    await wait(BUSY_MS)
    return listen(port, key, after, onChange)
  }
  if (response.statusCode !== 200) throw new Error(`the stream answered ${String(response.statusCode)}`)
  const ids: number[] = []
  let text = ''
  response.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    response.setEncoding('utf8').on('data', (part: string) => {
      const blocks = (text + part).split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id, event] = /^id: (\d+)\nevent: (\S+)/.exec(block) ?? []
        if (event?.startsWith('call.') === true) {
          ids.push(Number(id))
          onChange(Number(id))
        }
        // It comes last of what a stream begins with.
        if (event === 'today') resolve()
      }
    })
  })
  return { ids, close: () => response.destroy() }
}

/** A stream that is cut off again and again, and goes on where it was. */
function cutOff(ports: readonly number[], key: string): { finish(): Promise<{ ids: number[]; cuts: number }> } {
  const ids: number[] = []
  let ending = false
  const run = async (): Promise<number> => {
    let cuts = 0
    for (;;) {
      const isLast = ending && cuts >= CUTS
      const piece = await listen(ports[cuts % ports.length] as number, key, ids.at(-1) ?? 0, (id) => ids.push(id))
      await wait(isLast ? SETTLE_MS : Math.random() * (ending ? 10 : LONGEST_PIECE_MS))
      piece.close()
      if (isLast) return cuts
      cuts += 1
    }
  }
  const running = run()
  return {
    async finish() {
      ending = true
      return { cuts: await running, ids }
    },
  }
}
