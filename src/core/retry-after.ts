/** More than anybody waits. */
const MOST_SECONDS = 999_999

/**
 * What a header `Retry-After` asks for (RFC 9110): so many seconds, or to wait until a date. A date that is over says nothing:
 * a clock is wrong.
 * @param now epoch milliseconds
 * @returns milliseconds, at most eleven days; null when it says neither
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000
  return seconds >= 0 ? Math.min(seconds, MOST_SECONDS) * 1000 : null
}
