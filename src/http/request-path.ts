import { KEYS_IN_TEXT } from '../core/keys-in-text.js'
import { CALLBACK_ROOT } from '../core/vocabulary/callbacks.js'

/** The path of a request as it may be shown and logged: without the query and the keys of callbacks, which nobody else may read. */
export function pathOf(url: string): string {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  return path.includes('rk_') || path.startsWith(CALLBACK_ROOT) ? path.replace(KEYS, '*') : path
}

/** Keys that stand in a path, in their place or not: what follows the root of callbacks, and what begins as keys do. */
const KEYS = new RegExp(`(?<=^${CALLBACK_ROOT}/)[^/]+|${KEYS_IN_TEXT.source}`, 'g')
