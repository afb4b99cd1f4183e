import type { DailyReport, DailyReportQuery } from '../../schemas/daily-report.js'
import type { CallFigures } from '../../schemas/report-parts.js'
import { addDays, isDate, localSlot, startOfDay } from '../core/calendar.js'
import { shown } from '../core/json.js'
import { parseRange } from '../core/range.js'
import { DEFAULTS } from '../core/defaults.js'
import { failInvalid } from '../errors.js'
import { statedRetention } from '../http/ranges.js'
import type { Client } from '../storage/port/clients.js'
import type { Storage } from '../storage/port/storage.js'
import { CallQuestions, windowOf } from './call-questions.js'
import {
  agentsOf,
  changesOf,
  customersOf,
  figuresOf,
  missedOf,
  outcomesOf,
  percentilesOf,
  serviceLevelFrom,
  virtualNumbersOf,
} from './report-parts.js'

/** One local day of a client, as a scheduler mails it in the morning after. */
export class DailyReportService {
  readonly #storage: Storage
  readonly #clock: () => number

  constructor({ storage, clock }: { readonly storage: Storage; readonly clock: () => number }) {
    this.#storage = storage
    this.#clock = clock
  }

  async of(client: Client, query: DailyReportQuery): Promise<DailyReport> {
    const now = this.#clock()
    const { clientId, timezone: zone } = client
    const date = query.date ?? addDays(localSlot(zone, now).date, -1)
    checkDate(date, zone)
    const rangeOf = (day: string) => ({ from: startOfDay(zone, day), to: startOfDay(zone, addDays(day, 1)) })
    const about = { clientId, range: rangeOf(date), zone, now, window: windowOf(client) }
    const questions = new CallQuestions(this.#storage, about)
    const others = [addDays(date, -1), addDays(date, -7)]
    const [figures, compared, hours, outcomes, percentiles, missedCalls, agents, customers, virtualNumbers] =
      await Promise.all([
        figuresOf(questions),
        Promise.all(others.map((day) => figuresOf(questions.about(rangeOf(day))))),
        hoursOf(questions),
        outcomesOf(questions),
        percentilesOf(questions),
        dailyMissedOf(questions),
        agentsOf(questions),
        customersOf(questions),
        virtualNumbersOf(questions),
      ])
    const [dayBefore, weekBefore] = others.map((day, at) => {
      const previous = compared[at] as CallFigures
      return { date: day, figures: previous, changes: changesOf(figures, previous) }
    }) as [DailyReport['dayBefore'], DailyReport['weekBefore']]
    return {
      clientId,
      clientName: client.name,
      date,
      timezone: zone,
      isOver: questions.range.to <= now,
      figures,
      dayBefore,
      weekBefore,
      hours: hours.rows,
      busiestHour: busiestOf(hours.rows),
      outcomes,
      percentiles,
      serviceLevel: serviceLevelFrom(figures),
      missedCalls,
      agents,
      customers,
      virtualNumbers,
      ...statedRetention(questions.range, hours.retainedFrom),
    }
  }
}

/** @throws ApiError naming what is wrong with it */
function checkDate(date: string, zone: string): void {
  if (!isDate(date)) {
    const message = `is ${shown(date)}, which is no date: write one such as 2025-10-11`
    failInvalid({ in: 'query', pointer: '/date', message })
  }
  const parsed = parseRange({ startDate: date, endDate: date }, zone)
  if ('fault' in parsed) failInvalid({ in: 'query', pointer: '/date', message: parsed.fault.fault })
}

type Hours = DailyReport['hours']

async function hoursOf(questions: CallQuestions): Promise<{ rows: Hours; retainedFrom: number | null }> {
  const { rows, retainedFrom } = await questions.ask(['calls', 'inbound', 'outbound'], {
    groupBy: ['hourOfDay'],
    fill: true,
  })
  const hours = rows.map(({ keys, values }) => {
    const [calls, inbound, outbound] = values as readonly [number, number, number]
    return { hour: Number(keys[0]), calls, inbound, outbound }
  })
  return { rows: hours, retainedFrom }
}

function busiestOf(hours: Hours): number | null {
  const most = Math.max(...hours.map(({ calls }) => calls))
  return most === 0 ? null : hours.findIndex(({ calls }) => calls === most)
}

async function dailyMissedOf(questions: CallQuestions): Promise<DailyReport['missedCalls']> {
  const [followUp, { rows }] = await Promise.all([
    missedOf(questions),
    questions.ask(['openMissed'], {
      groupBy: ['phoneNumber'],
      filters: { direction: ['inbound'] },
      limit: DEFAULTS.topCustomers,
    }),
  ])
  const numbers = rows.map(({ keys, values }) => ({ phoneNumber: String(keys[0]), openMissed: values[0] as number }))
  return { ...followUp, numbers: numbers.filter(({ openMissed }) => openMissed > 0) }
}
