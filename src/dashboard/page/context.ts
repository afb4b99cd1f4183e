import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { RibbonClient } from '../../client/client.js'
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
  readonly quota: { readonly callsThisMonth: number; readonly limit: number; readonly remaining: number }
  readonly range: Range
  readonly live: Live
  /** What the server's clock is ahead of the browser's. */
  readonly aheadMs: number
  /** Goes up when reports may have changed. */
  readonly version: number
  /** Loads everything again. */
  readonly again: () => void
  /** Ends the session where the key opens nothing any more. */
  readonly onFailure: (failure: Failure) => void
}

export const SharedContext = createContext<Shared | null>(null)

export function useShared(): Shared {
  const shared = useContext(SharedContext)
  if (shared === null) throw new Error('This part stands outside of the page.')
  return shared
}
