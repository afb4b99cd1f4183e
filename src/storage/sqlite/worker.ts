/**
 * A storage thread: owns one connection, and answers the calls of `thread.ts`. Loads what its role needs: a store starts as
 * fast as its threads do.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { StorageUnavailable } from '../errors.js'
import { isUnavailable, type Role } from './connection.js'
import type { Answer, Request, Thread, ThreadSettings, WireError } from './wire.js'

type Opening = (port: MessagePort, settings: ThreadSettings) => Thread | Promise<Thread>

const OPENINGS: Readonly<Record<Role, () => Promise<Opening>>> = {
  writer: async () => (await import('./writer-thread.js')).openWriter,
  reader: async () => (await import('./reader-thread.js')).openReader,
  checkpointer: async () => (await import('./checkpointer-thread.js')).openCheckpointer,
}

function wireError(error: unknown): WireError {
  const { message, code = '' } = error as Error & { code?: string }
  return {
    unavailable: isUnavailable(error),
    outcomeOpen: error instanceof StorageUnavailable && error.outcomeOpen,
    message: code === '' ? message : `${code}: ${message}`,
  }
}

async function serve(port: MessagePort, settings: ThreadSettings): Promise<void> {
  const open = await OPENINGS[settings.role]()
  const thread = await open(port, settings)
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
