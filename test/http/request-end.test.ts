/** What a caller breaks off ends for all who tell of requests, as it did. */
import { connect } from 'node:net'
import t from 'tap'
import { createLogger } from '../../src/http/logger.js'
import type { Tracer } from '../../src/traces/tracer.js'
import { buildTestApp, DEMO_KEY } from '../helpers/app.js'
import { eventually } from '../helpers/deadline.js'
import { listen } from '../helpers/listening.js'

t.test(
  'what its caller breaks off is logged and traced, once: a stream as it was answered, all else as broken off',
  async (t) => {
    const lines: Record<string, unknown>[] = []
    const logger = createLogger('info', { write: (text) => lines.push(JSON.parse(text) as Record<string, unknown>) })
    const spans: unknown[][] = []
    const begun: string[] = []
    const request = (method: string) => {
      begun.push(method)
      return {
        within: (work: () => void) => {
          work()
        },
        end: (...end: unknown[]) => spans.push(end),
      }
    }
    const app = await buildTestApp(t, { logger, tracer: { request } as unknown as Tracer })
    const { port, origin } = new URL(await listen(app))
    const ending = new AbortController()
    const headers = { 'x-api-key': DEMO_KEY }
    const stream = await fetch(`${origin}/api/ribbon/stream`, { headers, signal: ending.signal })
    t.equal(stream.status, 200)
    const socket = connect(Number(port), '127.0.0.1')
    const head =
      'POST /api/ribbon/log-call HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n'
    socket.write(`${head}{`)
    await eventually(60_000, 'two requests', () => begun.length === 2)
    ending.abort()
    socket.destroy()
    await eventually(60_000, 'their end', () => spans.length === 2)
    await fetch(`${origin}/health/live`)
    await eventually(60_000, 'the end of the third', () => spans.length === 3)
    const told = lines.filter(({ msg }) => msg === 'request')
    const expected = [
      ['/api/ribbon/log-call', 499],
      ['/api/ribbon/stream', 200],
      ['/health/live', 200],
    ]
    const byPath = (a: readonly unknown[], b: readonly unknown[]) => String(a[0]).localeCompare(String(b[0]))
    t.strictSame(told.map(({ path, status }) => [path, status]).sort(byPath), expected)
    t.strictSame(spans.map(([route, status]) => [route, status]).sort(byPath), expected)
  },
)
