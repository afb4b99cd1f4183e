import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { components, RibbonClient } from '../../client/client.js'
import type { Choice } from '../model/choice.js'
import type { Failure } from '../model/failure.js'
import type { Format } from '../model/format.js'
import type { Range } from '../model/range.js'
import type { Texts } from '../texts/en.js'
import type { Live } from './use-live.js'

export type Choose = (change: Partial<Choice>) => void

/** What all parts of the page share. */
export interface Shared {
  readonly texts: Texts
  readonly format: Format
  readonly choice: Choice
  readonly choose: Choose
  readonly ribbon: RibbonClient
  /** IANA time zone of the client. */
  readonly zone: string
  readonly range: Range
  /** Goes up when reports may have changed. */
  readonly version: number
  /** Loads everything again. */
  readonly again: () => void
  /** Ends the session where the key opens nothing any more. */
  readonly onFailure: (failure: Failure) => void
}

/** What changes with every call: apart from the rest, so that nothing else is drawn again for it. */
interface Now {
  readonly live: Live
  readonly quota: components['schemas']['Usage']
  /** What the server's clock is ahead of the browser's. */
  readonly aheadMs: number
}

export const NowContext = createContext<Now | null>(null)

export const SharedContext = createContext<Shared | null>(null)

export function useShared(): Shared {
  const shared = useContext(SharedContext)
  if (shared === null) throw new Error('This part stands outside of the page.')
  return shared
}

export function useLiveNow(): Now {
  const now = useContext(NowContext)
  if (now === null) throw new Error('This part stands outside of the page.')
  return now
}
