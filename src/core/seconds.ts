import type { Json } from './json.js'

/** Seconds as a number or as decimal digits, with or without a fraction; null for anything else, `0x10` and `1e3` among it. */
export function secondsOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d{1,16}(\.\d{1,16})?$/.test(value) ? Number(value) : null
}
