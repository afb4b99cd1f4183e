/** What went wrong, as far as somebody at the page can do something about it. */
import { RibbonError } from '../../client/error.js'

type FailureKind = 'key' | 'right' | 'page' | 'missing' | 'tooLarge' | 'busy' | 'offline' | 'other'

export interface Failure {
  readonly kind: FailureKind
  /** What the server said of it; empty when it said nothing. */
  readonly detail: string
}

const KINDS: Readonly<Record<number, FailureKind>> = {
  401: 'key',
  403: 'right',
  404: 'missing',
  422: 'tooLarge',
  429: 'busy',
  503: 'busy',
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof RibbonError)) return { kind: 'offline', detail: '' }
  const isOfPage = error.code === 'origin_not_allowed'
  return { kind: isOfPage ? 'page' : (KINDS[error.status] ?? 'other'), detail: error.message }
}
