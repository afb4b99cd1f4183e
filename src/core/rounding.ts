/** Shares are told in four digits. */
export function inFourDigits(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
