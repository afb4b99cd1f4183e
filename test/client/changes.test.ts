import t from 'tap'
import { changes } from '../../src/client/changes.js'

t.test(
  'a server that says nothing for too long is given up, and the next one goes on after what was read',
  async (t) => {
    const asked: (number | undefined)[] = []
    const open = async (after: number | undefined, signal: AbortSignal): Promise<Response> => {
      asked.push(after)
      const { length } = asked
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const data = new TextEncoder().encode(`id: ${String(length)}\nevent: today\ndata: {}\n\n`)
          controller.enqueue(data)
          // As `fetch` does: what is read fails once the request is given up.
          signal.addEventListener('abort', () => {
            controller.error(signal.reason)
          })
        },
      })
      return new Response(body)
    }
    const ids: number[] = []
    for await (const { id } of changes(open, {}, 20)) {
      ids.push(id)
      if (ids.length === 3) break
    }
    t.same(ids, [1, 2, 3])
    t.same(asked, [undefined, 1, 2])
  },
)
