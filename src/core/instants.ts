/** The grain of time, and where it begins and ends. */

/** The grain of the finest tallies. Every UTC offset in use is a multiple of it, so any local day is whole slots. */
export const SLOT_MS = 15 * 60 * 1000

/** The first and the last instant, exclusive, that an event or a range may name: 2000-01-01 and 2100-01-01, UTC. */
export const MIN_INSTANT_MS = 946_684_800_000
export const MAX_INSTANT_MS = 4_102_444_800_000
