/** Local dates, `2025-10-12`, on the clock of the client: which ones a range has, and how they are drawn. */
import type { Choice } from './choice.js'

const DAY_MS = 86_400_000
/** Up to so many days are drawn by the hour or by the day; longer ranges by the week, and by the month. */
const MOST_DAYS = { hour: 2, date: 92, week: 730 } as const

export interface Range {
  /** Both included. */
  readonly startDate: string
  readonly endDate: string
  readonly compareTo: 'previous' | 'previousMonth'
  readonly grain: 'hour' | 'date' | 'week' | 'month'
  /** Whether calls that start now are part of it. */
  readonly isOpen: boolean
}

export function dateIn(zone: string, now: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(now)
}

/** @param today local date of the client */
export function rangeOf({ range, from, to }: Pick<Choice, 'range' | 'from' | 'to'>, today: string): Range {
  const firstOfMonth = `${today.slice(0, 8)}01`
  const endOfLastMonth = addDays(firstOfMonth, -1)
  switch (range) {
    case 'today':
      return made(today, today, today)
    case 'yesterday':
      return made(addDays(today, -1), addDays(today, -1), today)
    case '7days':
      return made(addDays(today, -6), today, today)
    case '30days':
      return made(addDays(today, -29), today, today)
    case 'month':
      return { ...made(firstOfMonth, today, today), compareTo: 'previousMonth' }
    case 'last-month':
      return { ...made(`${endOfLastMonth.slice(0, 8)}01`, endOfLastMonth, today), compareTo: 'previousMonth' }
    case 'custom': {
      const [first, last] = [dateOr(from, addDays(today, -6)), dateOr(to, today)].sort() as [string, string]
      return made(first, last, today)
    }
  }
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10)
}

function made(startDate: string, endDate: string, today: string): Range {
  const days = (Date.parse(endDate) - Date.parse(startDate)) / DAY_MS + 1
  const grain = (['hour', 'date', 'week'] as const).find((one) => days <= MOST_DAYS[one]) ?? 'month'
  return { startDate, endDate, compareTo: 'previous', grain, isOpen: startDate <= today && endDate >= today }
}

/** Addresses are written by anybody. */
function dateOr(text: string, otherwise: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : otherwise
}
