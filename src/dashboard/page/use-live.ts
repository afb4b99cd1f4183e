import { useEffect, useState } from 'preact/hooks'
import { eventReader } from '../model/event-stream.js'
import { failureOf, type Failure } from '../model/failure.js'
import { fold, type LiveCalls, NOTHING_LIVE } from '../model/live-calls.js'
import { RibbonError } from '../../client/client.js'

/** The server says something every 15 seconds: a connection that is silent for longer than this is dead. */
const SILENCE_MS = 35_000
const BACK_OFF = { firstMs: 500, mostMs: 15_000 } as const

export interface Live extends LiveCalls {
  readonly state: 'connecting' | 'on' | 'off'
  /** When the server said something last, in epoch milliseconds; 0 is never. */
  readonly heardAt: number
  /** What its clock is ahead of the browser's. */
  readonly aheadMs: number
}

const UNKNOWN: Live = { ...NOTHING_LIVE, state: 'connecting', heardAt: 0, aheadMs: 0 }

/** Follows what happens, for as long as the page is open: reconnects by itself, and goes on where it was. */
export function useLive(apiKey: string, onFailure: (failure: Failure) => void): Live {
  const [live, setLive] = useState(UNKNOWN)
  useEffect(() => {
    const ended = new AbortController()
    let lastId = ''
    const follow = async () => {
      let waitMs: number = BACK_OFF.firstMs
      while (!ended.signal.aborted) {
        try {
          for await (const told of read(apiKey, lastId, ended.signal)) {
            waitMs = BACK_OFF.firstMs
            setLive((before) => {
              const folded = told.events.reduce<LiveCalls>(fold, before)
              lastId = folded.lastId
              return { ...folded, state: 'on', heardAt: Date.now(), aheadMs: told.aheadMs }
            })
          }
        } catch (error) {
          if (error instanceof RibbonError) onFailure(failureOf(error))
        }
        setLive((before) => ({ ...before, state: 'off' }))
        await pause(waitMs)
        waitMs = Math.min(waitMs * 2, BACK_OFF.mostMs)
      }
    }
    void follow()
    return () => {
      ended.abort()
    }
  }, [apiKey])
  return live
}

/** What one connection says, piece by piece: a piece without events says that it is alive. */
async function* read(apiKey: string, lastId: string, signal: AbortSignal) {
  const dead = new AbortController()
  let timer = setTimeout(() => {
    dead.abort()
  }, SILENCE_MS)
  const response = await fetch('/api/ribbon/stream', {
    headers: { 'X-API-Key': apiKey, ...(lastId !== '' && { 'Last-Event-ID': lastId }) },
    signal: AbortSignal.any([signal, dead.signal]),
  })
  if (!response.ok || response.body === null) throw new RibbonError(response, undefined)
  const serverNow = Date.parse(response.headers.get('Date') ?? '')
  const aheadMs = Number.isNaN(serverNow) ? 0 : serverNow - Date.now()
  const events = eventReader()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        dead.abort()
      }, SILENCE_MS)
      yield { events: events(value), aheadMs }
    }
  } finally {
    clearTimeout(timer)
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
