/** When a client is at work: as its own keys set it, and as whoever administers it does. */
import type { BusinessHours, BusinessHoursBody, BusinessHoursQuery } from '../../schemas/business-hours.js'
import {
  timesOfWeekday,
  versionOn,
  type OpenTime,
  type Schedule,
  type ScheduleVersion,
} from '../core/analytics/schedule.js'
import { BEGINNING, WEEKDAYS } from '../core/analytics/vocabulary.js'
import { isDate, localSlot } from '../core/calendar.js'
import { shown, type JsonObject } from '../core/json.js'
import { LIMITS } from '../core/limits.js'
import { failInvalid, type Fault } from '../errors.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { entryBy, type Actor } from './audit-log.js'
import { failUnknown } from './client-accounts.js'
import { fault } from './client-settings.js'

type Parts = {
  readonly storage: Pick<Storage, 'client' | 'businessHours' | 'setBusinessHours' | 'administer'>
  /** Epoch milliseconds. */
  readonly clock: () => number
}

type Whose = Pick<Client, 'clientId' | 'timezone'>
type Body = Omit<BusinessHoursBody, 'apiKey'>

export class BusinessHoursService {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What applies on a date: today, unless told. @throws ApiError 400 */
  async of(client: Whose, { date = this.#today(client) }: BusinessHoursQuery): Promise<BusinessHours> {
    if (!isDate(date)) failInvalid({ in: 'query', pointer: '/date', message: noDate(date) })
    const versions = await this.#parts.storage.businessHours(client.clientId)
    const { appliesFrom = null, schedule = null } = versionOn(versions, date) ?? {}
    return {
      timezone: client.timezone,
      date,
      appliesFrom,
      schedule,
      versions: versions.map((version) => version.appliesFrom),
    }
  }

  /** Sets what applies from a date on: today, unless told. @throws ApiError 400 */
  async set(client: Whose, body: Body): Promise<BusinessHours> {
    const version = this.#checked(client, body)
    if (!(await this.#parts.storage.setBusinessHours(client.clientId, version))) failTooMany()
    return this.#told(client, version)
  }

  /** @throws ApiError 404 when there is no such client */
  async ofClient(clientId: string, query: BusinessHoursQuery): Promise<BusinessHours> {
    return this.of(await this.#required(clientId), query)
  }

  /** The same for whoever administers a client, with an entry in the audit log. @throws ApiError 400, 404 */
  async setOfClient(clientId: string, body: Body, by: Actor): Promise<BusinessHours> {
    const client = await this.#required(clientId)
    const version = this.#checked(client, body)
    const details = detailsOf(version)
    const entry = entryBy({ ...this.#parts, by }, { action: 'business-hours.set', clientId, details })
    if (!(await this.#parts.storage.administer(['setBusinessHours', clientId, version], entry))) failTooMany()
    return this.#told(client, version)
  }

  #checked(client: Whose, { appliesFrom = this.#today(client), schedule }: Body): ScheduleVersion {
    const isDated = appliesFrom === BEGINNING || isDate(appliesFrom)
    const faults = [
      ...(isDated ? [] : [fault('/appliesFrom', noDate(appliesFrom))]),
      ...(schedule === null ? [] : faultsOf(schedule)),
    ]
    if (faults.length > 0) failInvalid(...faults)
    return { appliesFrom, schedule }
  }

  /** As it is on the first day that it applies to. */
  #told(client: Whose, { appliesFrom }: ScheduleVersion): Promise<BusinessHours> {
    return this.of(client, appliesFrom === BEGINNING ? {} : { date: appliesFrom })
  }

  #today({ timezone }: Whose): string {
    return localSlot(timezone, this.#parts.clock()).date
  }

  async #required(clientId: string): Promise<Whose> {
    return (await this.#parts.storage.client(clientId)) ?? failUnknown(clientId)
  }
}

function faultsOf({ weekly, dates = [] }: Schedule): Fault[] {
  return [
    ...timeFaults('/schedule/weekly', weekly),
    ...dates.flatMap(({ date, hours }, index) => {
      const pointer = `/schedule/dates/${String(index)}`
      const isFirst = dates.findIndex((other) => other.date === date) === index
      return [
        ...(isDate(date) ? [] : [fault(`${pointer}/date`, noDate(date))]),
        ...(isFirst ? [] : [fault(`${pointer}/date`, `is ${shown(date)}, which is there already: give it once`)]),
        ...timeFaults(`${pointer}/hours`, hours),
      ]
    }),
  ]
}

function timeFaults(pointer: string, times: readonly OpenTime[]): Fault[] {
  return times.flatMap(({ from, to }, index) => {
    if (from < to) return []
    const message = `is ${shown(to)}, which is not after ${shown(from)}: write hours over midnight as two, on both days`
    return [fault(`${pointer}/${String(index)}/to`, message)]
  })
}

function noDate(text: string): string {
  return `is ${shown(text)}, which is no date of the calendar`
}

function failTooMany(): never {
  const most = String(LIMITS.scheduleVersions)
  failInvalid(
    fault(
      '/appliesFrom',
      `would make more than ${most} schedules: set one from an earlier date on, in place of the later`,
    ),
  )
}

/** Dates are many: how many there are is told. */
function detailsOf({ appliesFrom, schedule }: ScheduleVersion): JsonObject {
  if (schedule === null) return { appliesFrom, schedule }
  return { appliesFrom, weekly: weekText(schedule), dates: schedule.dates?.length ?? 0 }
}

/** The times of each weekday, for people. */
export function weekText(schedule: Schedule): Record<string, string> {
  return Object.fromEntries(WEEKDAYS.map((weekday) => [weekday, timesText(timesOfWeekday(schedule, weekday))]))
}

/** Times of a day, for people: `09:00–13:00 14:00–18:00`. */
export function timesText(times: readonly OpenTime[]): string {
  return times.map(({ from, to }) => `${from}–${to}`).join(' ') || 'closed'
}
