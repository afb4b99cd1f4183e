/** What the thread does that writes: see `worker.ts`. */
import type { MessagePort } from 'node:worker_threads'
import { storeContext, type BuiltPage } from '../sql/session.js'
import { BUSY_TIMEOUT_MS, SqliteConnection } from './connection.js'
import type { Notice, Thread, ThreadSettings } from './wire.js'
import { Writer, type Checkpoint } from './writer.js'

export async function openWriter(port: MessagePort, { path, maxCallAgeMs, slowMs }: ThreadSettings): Promise<Thread> {
  // A command that erases, or drops calls, lets go of the lock for a moment after each batch: events that wait come in then.
  const connection = new SqliteConnection(path, 'writer', BUSY_TIMEOUT_MS)
  const say = (notice: Notice): void => {
    port.postMessage(notice)
  }
  connection.watch(slowMs, (slow) => {
    say({ slow })
  })
  const writer = await Writer.open(connection, `${path}.log`, storeContext(maxCallAgeMs, 0), {
    trouble: (trouble) => {
      say({ trouble })
    },
    committed: (committed) => {
      say({ committed })
    },
  })
  // Pages are bytes: they come as they are, and nobody waits for them to be kept.
  port.on('message', (message: unknown) => {
    if (typeof message === 'object') void writer.savePages(message as BuiltPage[]).catch(() => undefined)
  })
  return {
    behindSince: () => writer.behindSince,
    answer: async ({ kind }, body) => {
      if (kind === 'method') return writer.write(body)
      if (kind === 'commit') return writer.commit()
      if (kind === 'checkpointed') return writer.checkpointed(JSON.parse(body) as Checkpoint)
      if (kind === 'forgetErased') return writer.forgetErased()
      if (kind === 'setAsideWrites') return writer.setAsideWrites(JSON.parse(body) as number)
      if (kind === 'retrySetAside') return writer.retrySetAside(JSON.parse(body) as number)
      return writer.close()
    },
  }
}
