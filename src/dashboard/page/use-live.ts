import { useEffect, useState } from 'preact/hooks'
import type { RibbonClient } from '../../client/client.js'
import { failureOf, type Failure } from '../model/failure.js'
import { fold, type LiveCalls, NOTHING_LIVE } from '../model/live-calls.js'

/** How long to wait where the server refused the stream, which is not the connection's fault. */
const REFUSED_MS = 15_000

export interface Live extends LiveCalls {
  readonly state: 'connecting' | 'on' | 'off'
  /** When the connection was lost last, in epoch milliseconds; null while it was never there. */
  readonly lostAt: number | null
}

const UNKNOWN: Live = { ...NOTHING_LIVE, state: 'connecting', lostAt: null }

/** Follows what happens, for as long as the page is open: the client reconnects by itself, and goes on where it was. */
export function useLive(ribbon: RibbonClient, onFailure: (failure: Failure) => void): Live {
  const [live, setLive] = useState(UNKNOWN)
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    let after: number | undefined
    const onConnection = (isLive: boolean) => {
      if (signal.aborted) return
      setLive((before) =>
        isLive
          ? { ...before, state: 'on', changes: before.changes + Number(before.state === 'off') }
          : { ...before, state: 'off', lostAt: before.state === 'on' ? Date.now() : before.lostAt },
      )
    }
    const follow = async () => {
      try {
        for await (const message of ribbon.changes({ signal, onConnection, ...(after !== undefined && { after }) })) {
          after = message.id
          setLive((before) => ({ ...before, ...fold(before, message) }))
        }
      } catch (error) {
        if (signal.aborted) return
        onFailure(failureOf(error))
        setTimeout(() => void follow(), REFUSED_MS)
      }
    }
    void follow()
    return () => {
      ended.abort()
    }
  }, [ribbon])
  return live
}
