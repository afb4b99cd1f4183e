/** Exotel writes times without an offset: they are Indian, which is UTC+5:30 all year. */

const INDIAN_OFFSET_MS = 5.5 * 60 * 60 * 1000

/** @param instant epoch milliseconds @returns `YYYY-MM-DD HH:mm:ss` */
export function exotelTime(instant: number): string {
  return new Date(instant + INDIAN_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}
