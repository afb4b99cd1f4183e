/** Exotel’s callbacks: where they go, what is counted of them, and what is odd about them. */
import type { ProviderEvent } from './events.js'

/** The provider’s events that Exotel sends by itself, to an address that ends so. */
export const CALLBACK_PATHS = {
  statusCallback: 'status-callback',
  integrationCallback: 'integration-callback',
  passthru: 'passthru',
  popup: 'popup',
} as const satisfies Partial<Record<ProviderEvent, string>>
export type CallbackEvent = keyof typeof CALLBACK_PATHS
export const CALLBACK_EVENTS = Object.keys(CALLBACK_PATHS) as [CallbackEvent, ...CallbackEvent[]]

export const CALLBACK_ROOT = '/api/exotel'

/** Where callbacks of a kind go. */
export function callbackPath(event: CallbackEvent, key: string): string {
  return `${CALLBACK_ROOT}/${key}/${CALLBACK_PATHS[event]}`
}

/** What is counted of callbacks, whatever they say: all, and those of them that had come before. */
export const CALLBACK_COUNTS = ['received', 'repeated'] as const
export type CallbackCount = (typeof CALLBACK_COUNTS)[number]

/**
 * What is odd about a callback: a member, or a value of a member, that is not known; no id of the call; a time that none of
 * the known ways of writing one explains; a member that could not be kept, and was left out; and whatever else was odd when
 * as many oddities as are told apart were known.
 */
export const CALLBACK_ODDITIES = [
  'unknown-member',
  'unknown-value',
  'missing-callsid',
  'unusable-time',
  'left-out',
  'others',
] as const
export type CallbackOddity = (typeof CALLBACK_ODDITIES)[number]
