/** A storage thread: owns one connection, and answers the calls of `thread.ts`. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { StorageUnavailable } from '../errors.js'
import { runMethod, type Method } from '../sql/methods.js'
import { storeContext, type BuiltPage, type Session } from '../sql/session.js'
import { rowsOf, sql } from '../sql/transaction.js'
import { isUnavailable, SqliteConnection } from './connection.js'
import type { Answer, Notice, Request, ThreadSettings, WireError } from './wire.js'
import { Writer, type Checkpoint } from './writer.js'

/** Decoded pages that a reader keeps. */
const PAGE_CACHE_BYTES = 48 * 1024 * 1024

/** How long a read may take, unless the settings say otherwise. */
const READ_MS = 10_000

/** Answers a request; `body` is the text behind its head. */
type Handler = (request: Request, body: string) => Promise<unknown>

interface Thread {
  readonly answer: Handler
  readonly behindSince?: () => number | null
}

function wireError(error: unknown): WireError {
  const { message, code = '' } = error as Error & { code?: string }
  return {
    unavailable: isUnavailable(error),
    outcomeOpen: error instanceof StorageUnavailable && error.outcomeOpen,
    message: code === '' ? message : `${code}: ${message}`,
  }
}

async function openWriter(port: MessagePort, { path, maxCallAgeMs }: ThreadSettings): Promise<Thread> {
  const connection = new SqliteConnection(path, 'writer')
  const say = (notice: Notice): void => {
    port.postMessage(notice)
  }
  const writer = await Writer.open(connection, `${path}.log`, storeContext(maxCallAgeMs, 0), {
    trouble: (trouble) => {
      say({ trouble })
    },
    committed: () => {
      say({ committed: true })
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
      if (kind === 'setAsideWrites') return writer.setAsideWrites(JSON.parse(body) as number)
      if (kind === 'retrySetAside') return writer.retrySetAside(JSON.parse(body) as number)
      return writer.close()
    },
  }
}

function openReader(port: MessagePort, { path, maxCallAgeMs, readMs = READ_MS }: ThreadSettings): Thread {
  const connection = new SqliteConnection(path, 'reader')
  const context = storeContext(maxCallAgeMs, PAGE_CACHE_BYTES)
  const read = async (body: string): Promise<unknown> => {
    const [method, args] = JSON.parse(body) as [Method, unknown[]]
    const pages: BuiltPage[] = []
    const startedAt = performance.now()
    const session: Session = {
      ...context,
      tx: connection,
      unsettled: new Map(),
      keepPage: (page) => pages.push(page),
      checkTime: () => {
        if (performance.now() - startedAt > readMs) throw new StorageUnavailable('the read takes too long')
      },
    }
    connection.exec('begin')
    try {
      return await runMethod(session, method, args)
    } finally {
      // SQLite itself may have ended it, when the disk failed.
      connection.rollback()
      if (pages.length > 0) port.postMessage(pages)
    }
  }
  return {
    answer: async ({ kind }, body) => {
      if (kind === 'method') return read(body)
      connection.close()
      return undefined
    },
  }
}

function openCheckpointer({ path }: ThreadSettings): Thread {
  const connection = new SqliteConnection(path, 'checkpointer')
  return {
    answer: async ({ kind }): Promise<Checkpoint | undefined> => {
      if (kind === 'checkpoint') {
        const [place] = (await rowsOf(connection, sql`select number from log_place`)) as [{ number: number }]
        return { applied: place.number, ...connection.checkpoint('passive') }
      }
      connection.close()
      return undefined
    },
  }
}

async function serve(port: MessagePort, settings: ThreadSettings): Promise<void> {
  const thread =
    settings.role === 'writer'
      ? await openWriter(port, settings)
      : settings.role === 'reader'
        ? openReader(port, settings)
        : openCheckpointer(settings)
  const post = (answer: Answer): void => {
    port.postMessage(JSON.stringify(answer))
  }
  const behindSince = (): number | null => thread.behindSince?.() ?? null
  // A reader's answers are given one after the other: its transaction is the connection's only one.
  let turn: Promise<unknown> = Promise.resolve()
  port.on('message', (message: unknown) => {
    if (typeof message !== 'string') return
    const headEnd = message.indexOf('\n')
    const request = JSON.parse(message.slice(0, headEnd)) as Request
    const body = message.slice(headEnd + 1)
    const answered =
      settings.role === 'writer' ? thread.answer(request, body) : turn.then(() => thread.answer(request, body))
    turn = answered.catch(() => undefined)
    answered.then(
      (value) => {
        post({ id: request.id, value, behindSince: behindSince() })
        // With its port closed and its connection gone nothing keeps the thread alive.
        if (request.kind === 'close') port.close()
      },
      (error: unknown) => {
        post({ id: request.id, error: wireError(error), behindSince: behindSince() })
      },
    )
  })
  post({ id: 0, value: 'ready', behindSince: behindSince() })
}

if (parentPort !== null) {
  const port = parentPort
  await serve(port, workerData as ThreadSettings).catch((error: unknown) => {
    port.postMessage(JSON.stringify({ id: 0, error: wireError(error), behindSince: null } satisfies Answer))
    port.close()
  })
}
