import { useEffect, useRef, useState } from 'preact/hooks'
import { failureOf, type Failure } from '../model/failure.js'
import { useShared } from './context.js'

export interface Loaded<T> {
  /** What was loaded last: it stays in sight while something newer is asked for. */
  readonly data: T | null
  readonly failure: Failure | null
  readonly isLoading: boolean
  readonly again: () => void
}

/** @param key names what is loaded: it is loaded again when that changes, or when calls did */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const { version, onFailure } = useShared()
  const [tries, setTries] = useState(0)
  const [loaded, setLoaded] = useState<Omit<Loaded<T>, 'again'>>({ data: null, failure: null, isLoading: true })
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    const ended = new AbortController()
    setLoaded((before) => ({ ...before, isLoading: true }))
    latest
      .current(ended.signal)
      .then((data) => {
        if (!ended.signal.aborted) setLoaded({ data, failure: null, isLoading: false })
      })
      .catch((error: unknown) => {
        if (ended.signal.aborted) return
        const failure = failureOf(error)
        setLoaded(({ data }) => ({ data, failure, isLoading: false }))
        onFailure(failure)
      })
    return () => {
      ended.abort()
    }
  }, [key, version, tries])
  const again = () => {
    setTries((count) => count + 1)
  }
  return { ...loaded, again }
}
