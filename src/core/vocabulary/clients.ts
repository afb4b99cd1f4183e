/** Clients: what they can have, and what is said of them. */

export const PLANS = ['trial', 'professional', 'enterprise'] as const
export type Plan = (typeof PLANS)[number]

export const FEATURES = ['call', 'mute', 'hold', 'dtmf', 'transfer'] as const
export type Feature = (typeof FEATURES)[number]

/** One that is `deleting` opens nothing, as a suspended one, and can be restored for a while. */
export const CLIENT_STATUSES = ['active', 'suspended', 'deleting'] as const

/** What the hours are of within which a missed call can be won back: those of the clock, or business hours alone. */
export const WINDOW_UNITS = ['clock', 'businessHours'] as const
export type WindowUnit = (typeof WINDOW_UNITS)[number]
