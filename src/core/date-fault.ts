import { lastOfMonth } from './calendar.js'

const DATE = /^(\d{4}-(\d\d))-(\d\d)/
const TIME = /^[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?/

/** What is wrong with a text that names no instant, as a clause that follows the text. */
export function dateFault(text: string): string {
  const date = DATE.exec(text)
  if (date === null) {
    if (/^\d{9,}$/.test(text)) return 'which counts seconds or milliseconds'
    return /^\d\d?\D\d\d?\D\d{4}/.test(text) ? 'which does not begin with the year' : 'which is no ISO 8601 date'
  }
  const [written, month = '', monthNumber = '', day = ''] = date
  if (monthNumber < '01' || monthNumber > '12') return `but there is no month ${monthNumber}`
  const lastDay = lastOfMonth(month).slice(8)
  if (day < '01' || day > lastDay) return `but the days of ${month} are 01 to ${lastDay}`
  if (text === written) return 'which has no time of day'
  const time = TIME.exec(text.slice(written.length))
  if (time === null) return 'but what follows its date is no time such as T09:30:00'
  const [, hour = '', minute = '', second = '00'] = time
  if (hour > '23' || minute > '59' || second > '60') return `but there is no time ${hour}:${minute}:${second}`
  return 'but what follows its time is no UTC offset such as Z or +05:30'
}
