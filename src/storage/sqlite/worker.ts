/** A thread that owns one connection and answers the calls of `RemoteStorage`. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import type { Engine } from '../sql/database.js'
import { migrate } from '../sql/migrations.js'
import { SqlStorage, type SqlStorageOptions } from '../sql/sql-storage.js'
import { openConnection, type ConnectionOptions } from './connection.js'
import { JournaledWriter } from './journaled-writer.js'
import type { Answer, Request, WireError } from './wire.js'

export type WorkerSettings = ConnectionOptions & SqlStorageOptions

/** Failures of the machine or of another process, not of the statement. */
const UNAVAILABLE = /^(SQLITE_(FULL|IOERR|BUSY|LOCKED|CANTOPEN|READONLY|NOMEM)|ENOSPC|EDQUOT|EFBIG|EIO|EROFS|EACCES)/

function wireError(error: unknown): WireError {
  const { message, code = '' } = error as Error & { code?: string }
  return { unavailable: UNAVAILABLE.test(code), message: code === '' ? message : `${code}: ${message}` }
}

async function openWriter(engine: Engine, { path, maxCallAgeMs }: WorkerSettings): Promise<JournaledWriter> {
  await migrate(engine)
  return JournaledWriter.open(engine, `${path}.journal`, maxCallAgeMs)
}

async function serve(port: MessagePort, settings: WorkerSettings): Promise<void> {
  const engine = openConnection(settings)
  const storage = new SqlStorage(engine, settings)
  const writer = settings.readonly ? null : await openWriter(engine, settings)
  const post = (answer: Answer): void => {
    port.postMessage(JSON.stringify(answer))
  }
  const streams = new Map<number, AsyncGenerator<unknown, void, undefined>>()

  const answer = async (request: Request, body: string): Promise<unknown> => {
    switch (request.kind) {
      case 'record':
        return writer?.record(body)
      case 'commit':
        return writer?.commit()
      case 'call':
        if (request.method === 'close') await writer?.close()
        else await writer?.commit()
        return (storage[request.method] as (...args: unknown[]) => Promise<unknown>).apply(storage, [...request.args])
      case 'open':
        streams.set(request.id, storage.exportCalls(...request.args))
        return undefined
      case 'next': {
        const { done, value } = await (streams.get(request.stream) as AsyncGenerator<unknown, void>).next()
        if (done !== true) return value
        streams.delete(request.stream)
        return null
      }
      case 'leave':
        await streams.get(request.stream)?.return()
        streams.delete(request.stream)
        return undefined
    }
  }

  port.on('message', (text: string) => {
    const headEnd = text.indexOf('\n')
    const request = JSON.parse(headEnd < 0 ? text : text.slice(0, headEnd)) as Request
    answer(request, text.slice(headEnd + 1)).then(
      (value) => {
        post({ id: request.id, value })
        // With its port closed and its connection gone nothing keeps the thread alive.
        if (request.kind === 'call' && request.method === 'close') port.close()
      },
      (error: unknown) => {
        post({ id: request.id, error: wireError(error) })
      },
    )
  })
  post({ id: 0, value: 'ready' })
}

if (parentPort !== null) {
  const port = parentPort
  await serve(port, workerData as WorkerSettings).catch((error: unknown) => {
    port.postMessage(JSON.stringify({ id: 0, error: wireError(error) } satisfies Answer))
    port.close()
  })
}
