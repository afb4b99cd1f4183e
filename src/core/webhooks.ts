/** What is sent to webhooks, and when again. */
import type { WebhookEventType, WebhookStatus } from './vocabulary/webhooks.js'

/** What a client says of an endpoint. */
export interface WebhookSettings {
  readonly url: string
  /** What it is sent. */
  readonly eventTypes: readonly WebhookEventType[]
  readonly status: WebhookStatus
}

/** How soon a message is sent again that was not delivered, and for how long. */
export interface RetrySchedule {
  readonly firstMs: number
  /** Each delay is so many times the one before. */
  readonly factor: number
  readonly mostMs: number
  /** After its first failure. Then it is parked; an endpoint to which nothing was delivered for as long is paused. */
  readonly giveUpMs: number
}

const SECOND_MS = 1000
const HOUR_MS = 60 * 60 * SECOND_MS

/** 5 s, 15 s, 45 s, 2 min, 7 min, 20 min, 1 h, 3 h, and every 4 h for three days. */
export const RETRY_SCHEDULE: RetrySchedule = {
  firstMs: 5 * SECOND_MS,
  factor: 3,
  mostMs: 4 * HOUR_MS,
  giveUpMs: 72 * HOUR_MS,
}

/**
 * How long to wait for the next try, in milliseconds. Up to a quarter more or less, so that what failed together is not all sent
 * again together.
 * @param attempts tries that failed, from 1
 * @param random from 0 to 1
 */
export function retryDelay({ firstMs, factor, mostMs }: RetrySchedule, attempts: number, random: number): number {
  const delay = Math.min(firstMs * factor ** (attempts - 1), mostMs)
  return Math.round(delay * (0.75 + random / 2))
}

/** Shares of the month's calls at which a client is warned, and told that they are used up; the larger first. */
export const QUOTA_LEVELS = [
  { percent: 100, type: 'quota.reached' },
  { percent: 80, type: 'quota.warning' },
] as const satisfies readonly { readonly percent: number; readonly type: WebhookEventType }[]
export type QuotaLevel = (typeof QUOTA_LEVELS)[number]

/**
 * The level that a month's calls have reached and of which nothing was told in this month, nor of a higher one.
 * @param told mark of the last message
 * @param wanted what the endpoint is sent
 */
export function quotaDue(
  { calls, limit, month }: { readonly calls: number; readonly limit: number; readonly month: string },
  told: string,
  wanted: readonly WebhookEventType[],
): QuotaLevel | null {
  const levels = QUOTA_LEVELS.filter(({ type }) => wanted.includes(type))
  const level = levels.find(({ percent }) => calls > 0 && calls * 100 >= limit * percent)
  if (level === undefined) return null
  const [toldMonth, toldPercent] = told.split(' ')
  return toldMonth === month && Number(toldPercent) >= level.percent ? null : level
}

/** Which quota message it was: of a month, `YYYY-MM`, and a level. */
export function quotaMark(month: string, { percent }: QuotaLevel): string {
  return `${month} ${String(percent)}`
}
